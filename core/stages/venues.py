"""Preparing venues: a tenant's choices and calendar, read once a second at most and shared between requests."""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from core.kernel.choices import ChoiceKind, calendar_of, list_choices
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Tenant, TenantDirectory
from core.kernel.workdays import Calendar
from core.policy.cases.context import Renewal
from core.policy.rulebooks.registry import Registry
from core.registers import renewal_of
from core.stages.seating import Tree, alone
from core.stages.venue import Venue

FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of one tenant for one day, and when."""

    read_at: float
    day: date
    calendar: Calendar
    options: dict[str, Any]
    parameters: dict[str, Any]
    renewals: tuple[Renewal, ...]


class Venues:
    """The venues of one process. What a tenant has just chosen is seen here at once, elsewhere within a second.

    Without a directory every tenant stands alone.
    """

    def __init__(self, registry: Registry, directory: TenantDirectory | None = None) -> None:
        self.registry = registry
        self._directory = directory
        self._known: dict[UUID, _Known] = {}

    async def of(self, uow: UnitOfWork, tenant: Tenant, today: date) -> Venue:
        """The venue of a tenant today; at most two round trips, and none while what is known is fresh."""
        known = self._known.get(tenant.id)
        if known is None or known.day != today or monotonic() - known.read_at > FRESH_SECONDS:
            known = await self._read(uow, today)
            self._known[tenant.id] = known
        return Venue(
            tenant=tenant,
            registry=self.registry,
            today=today,
            calendar=known.calendar,
            options=known.options,
            parameters=known.parameters,
            tree=await self._tree(tenant),
            renewals=known.renewals,
        )

    def forget(self, tenant_id: UUID) -> None:
        """Read a tenant's choices again next time: somebody has just changed them."""
        self._known.pop(tenant_id, None)

    async def _tree(self, tenant: Tenant) -> Tree:
        if self._directory is None:
            return alone(tenant)
        return Tree(tenant, {one.id: one for one in await self._directory.all()})

    @staticmethod
    async def _read(uow: UnitOfWork, today: date) -> _Known:
        calendar = await calendar_of(uow)
        choices = await list_choices(uow)
        chosen = {(c.kind, c.key): c.value for c in choices if c.from_on <= today}
        return _Known(
            read_at=monotonic(),
            day=today,
            calendar=calendar,
            options={key: value for (kind, key), value in chosen.items() if kind is ChoiceKind.OPTION},
            parameters={key: value for (kind, key), value in chosen.items() if kind is ChoiceKind.PARAMETER},
            renewals=tuple(renewal_of(c) for c in choices if c.kind is ChoiceKind.RENEWAL),
        )
