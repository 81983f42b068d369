"""Where an act takes place: the tenant, its regulations, the day, and what it has chosen (办理环境)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kernel.tenancy import Tenant
from core.kernel.workdays import Calendar
from core.policy.registry import Registry
from core.policy.rulebook import Rulebook
from core.projects.model import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """The surroundings of one request in one tenant: its regulation and today's date, calendar and parameters.

    Options are those of new projects; a running project has its own, pinned when it was created.
    """

    tenant: Tenant
    registry: Registry
    today: date
    calendar: Calendar
    options: dict[str, Any]
    parameters: dict[str, Any]

    def rulebook(self) -> Rulebook:
        """The rulebook new projects are created under."""
        return self.registry.place(self.tenant.jurisdiction).rulebook(self.options)

    def rulebook_of(self, project: Project) -> Rulebook:
        """The rulebook a project is pinned to: its place, its edition, the options of its creation."""
        return self.registry.place(project.jurisdiction).rulebook(project.options)
