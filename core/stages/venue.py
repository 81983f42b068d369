"""Where an act takes place: the tenant, its regulations, the day, and what it has chosen (办理环境)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from core.kernel.tenancy import EditionPolicy, Tenant
from core.kernel.workdays import Calendar
from core.policy.cases.context import Renewal
from core.policy.rulebooks.archive import archived
from core.policy.rulebooks.inheriting import inherit, shares
from core.policy.rulebooks.registry import Registry, RulesMissing
from core.policy.rulebooks.rulebook import Rulebook
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
    renewals: tuple[Renewal, ...] = ()

    def rulebook(self) -> Rulebook:
        """The rulebook new projects are created under: the edition in force today, or the one the tenant holds on to.

        Raises: RulesMissing.
        """
        held = self.tenant.edition if self.tenant.edition_policy is EditionPolicy.HOLD else None
        own = self.registry.current(self.tenant.jurisdiction, self.today, self.options, held=held or "")
        return inherit(own, self.above(own.place))

    def rulebook_of(self, project: Project) -> Rulebook:
        """The rulebook a project is pinned to, with what those above share today: bans that reach all are never pinned.

        Raises: RulesMissing where that is not installed any more.
        """
        return inherit(self.pinned(project), self.above(project.jurisdiction))

    def pinned(self, project: Project) -> Rulebook:
        """What a project is pinned to alone: its place, its edition, the options of its creation.

        Raises: RulesMissing where that is not installed any more.
        """
        return self.registry.pinned(project.jurisdiction, project.edition, project.options)

    def above(self, place: str) -> tuple[Rulebook, ...]:
        """The rulebooks of other places above this tenant that share anything, the nearest first."""
        found: dict[str, Rulebook] = {}
        for tenant in self.tree.way_up()[1:]:
            if tenant.jurisdiction == place or tenant.takes_part or tenant.jurisdiction in found:
                continue
            with suppress(RulesMissing):
                upper = self.registry.current(tenant.jurisdiction, self.today, {})
                found[tenant.jurisdiction] = upper
        return tuple(upper for upper in found.values() if shares(upper))

    @property
    def keepers(self) -> tuple[UUID, ...]:
        """The tenants whose shared registers are seen from here: this one and those above it."""
        return tuple(tenant.id for tenant in self.tree.way_up())

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
