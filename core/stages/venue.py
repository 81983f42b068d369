"""Where an act takes place: the tenant, its regulations, the day, and what it has chosen (办理环境)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kernel.tenancy import EditionPolicy, Tenant
from core.kernel.workdays import Calendar
from core.policy.archive import archived
from core.policy.registry import Registry, RulesMissing
from core.policy.rulebook import Rulebook
from core.projects.model import Project
from core.stages.seating import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """The surroundings of one request in one tenant: its regulation, today's date, calendar, parameters, its tree.

    Options are those of new projects; a running project has its own, pinned when it was created.
    """

    tenant: Tenant
    registry: Registry
    today: date
    calendar: Calendar
    options: dict[str, Any]
    parameters: dict[str, Any]
    tree: Tree

    def rulebook(self) -> Rulebook:
        """The rulebook new projects are created under: the edition in force today, or the one the tenant holds on to.

        Raises: RulesMissing.
        """
        held = self.tenant.edition if self.tenant.edition_policy is EditionPolicy.HOLD else None
        return self.registry.current(self.tenant.jurisdiction, self.today, self.options, held=held or "")

    def rulebook_of(self, project: Project) -> Rulebook:
        """The rulebook a project is pinned to: its place, its edition, the options of its creation.

        Raises: RulesMissing where that is not installed any more.
        """
        return self.registry.pinned(project.jurisdiction, project.edition, project.options)

    def readable(self) -> Rulebook:
        """The rulebook of new projects for reading titles by; an empty one where none is installed any more."""
        try:
            return self.rulebook()
        except RulesMissing:
            return archived(self.tenant.jurisdiction, self.tenant.edition or "")

    def readable_of(self, project: Project) -> Rulebook:
        """What a project is read by: the rulebook it is pinned to, or, where that is gone, what its record names."""
        try:
            return self.rulebook_of(project)
        except RulesMissing:
            return archived(project.jurisdiction, project.edition, project.state)
