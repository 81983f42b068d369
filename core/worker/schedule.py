"""What the clock asks for (定时任务): limits, calendars, digests, seals, clearing up.

Waking is all this does on time. Each job finds out from the data what there is to do, so it is right when it runs
twice, at two places at once, or not at all for a day; no schedule is stored, and arq's cron is not used.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from core import journal
from core.documents.sweeping import sweep
from core.kernel import idempotency
from core.kernel.choices import calendar_of
from core.kernel.tenancy import Tenant
from core.kernel.workdays import LAST_ANNOUNCED_YEAR
from core.notices import write_digests
from core.notices.clearing import forget_sent
from core.people.access import forget_ended_sessions, sweep_throttle
from core.stages.lapsing import let_lapse
from core.stages.recalculating import recalculate
from core.stages.sweeping import tell_deadlines
from core.worker import repository
from core.worker.jobs import Toolbox

_log = structlog.get_logger(__name__)

WAKE_SECONDS = 60.0
_THROTTLE = timedelta(days=1)
_SESSIONS = timedelta(days=7)
_SENT = timedelta(days=30)
_CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """One job of the clock: what it is called, how often it is worth looking, what it does in one tenant."""

    name: str
    every: timedelta
    work: Callable[[Toolbox, Tenant], Awaitable[object]]


async def tell(toolbox: Toolbox, tenant: Tenant) -> None:
    """Tell of limits that end soon or have ended."""
    await tell_deadlines(toolbox.database, tenant, today=toolbox.clock.today())


async def lapse(toolbox: Toolbox, tenant: Tenant) -> None:
    """Write down what has lapsed by its date."""
    await let_lapse(toolbox.database, toolbox.venues, tenant, today=toolbox.clock.today())


async def follow_calendar(toolbox: Toolbox, tenant: Tenant) -> None:
    """Reckon running limits again once the tenant's calendar, or the years announced, have changed."""
    async with toolbox.database.unit_of_work(tenant.id) as uow:
        version = f"{(await calendar_of(uow)).version}/{LAST_ANNOUNCED_YEAR}"
        if await repository.find_mark(uow, _CALENDAR) == version:
            return
    await recalculate(toolbox.database, toolbox.venues, tenant, today=toolbox.clock.today())
    async with toolbox.database.unit_of_work(tenant.id) as uow:
        await repository.put_mark(uow, _CALENDAR, version)


async def digest(toolbox: Toolbox, tenant: Tenant) -> None:
    """Write the digests of the day."""
    if toolbox.mailer.is_configured:
        await write_digests(toolbox.database, tenant, toolbox.clock)


async def seal(toolbox: Toolbox, tenant: Tenant) -> None:
    """Seal the journal of the day that has ended."""
    async with toolbox.database.unit_of_work(tenant.id) as uow:
        await journal.daily_root(uow, on=toolbox.clock.today() - timedelta(days=1))


async def clear_uploads(toolbox: Toolbox, tenant: Tenant) -> None:
    """Remove files that nobody handed in."""
    await sweep(toolbox.database, toolbox.store, tenant_id=tenant.id, now=_now(toolbox))


async def clear_rows(toolbox: Toolbox, tenant: Tenant) -> None:
    """Forget sign-in counters, ended sessions, old answers and what was sent long ago."""
    now = _now(toolbox)
    async with toolbox.database.unit_of_work(tenant.id) as uow:
        await sweep_throttle(uow, before=now - _THROTTLE)
        await forget_ended_sessions(uow, before=now - _SESSIONS)
        await idempotency.forget(uow, now - timedelta(days=idempotency.KEEP_DAYS))
        await forget_sent(uow, before=now - _SENT)


def _now(toolbox: Toolbox) -> datetime:
    """The earlier of the clock and the machine's: a demonstration's day must not make rows look old."""
    return min(toolbox.clock.now(), datetime.now(UTC))


PERIODIC = (
    Periodic(name="calendar", every=timedelta(minutes=1), work=follow_calendar),
    Periodic(name="deadlines", every=timedelta(minutes=5), work=tell),
    Periodic(name="lapses", every=timedelta(minutes=10), work=lapse),
    Periodic(name="digest", every=timedelta(minutes=1), work=digest),
    Periodic(name="seal", every=timedelta(minutes=10), work=seal),
    Periodic(name="uploads", every=timedelta(hours=1), work=clear_uploads),
    Periodic(name="clearing", every=timedelta(hours=1), work=clear_rows),
)


class Schedule:
    """The jobs of the clock in one process. Nothing is remembered but when each last ran here."""

    def __init__(self, toolbox: Toolbox, periodic: Sequence[Periodic] = PERIODIC) -> None:
        self._toolbox, self._periodic = toolbox, periodic
        self._ran_at: dict[str, float] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Wake every minute until asked to stop."""
        while not stopping.is_set():
            await self.wake(stopping)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), WAKE_SECONDS)

    async def wake(self, stopping: asyncio.Event | None = None) -> None:
        """Do what is worth looking at by now, tenant by tenant; one that fails does not stop the others."""
        for periodic in self._periodic:
            last = self._ran_at.get(periodic.name)
            if last is not None and time.monotonic() - last < periodic.every.total_seconds():
                continue
            self._ran_at[periodic.name] = time.monotonic()
            try:
                tenants = await self._toolbox.tenants()
            except Exception as error:  # noqa: BLE001 - the database may be away; the next minute comes
                _log.warning("schedule_postponed", reason=str(error) or type(error).__name__)
                self._ran_at.pop(periodic.name)
                return
            for tenant in tenants:
                if stopping is not None and stopping.is_set():
                    return
                await self._one(periodic, tenant)

    async def _one(self, periodic: Periodic, tenant: Tenant) -> None:
        try:
            await periodic.work(self._toolbox, tenant)
        except Exception:  # noqa: BLE001 - logged in full; the other tenants have their turn
            _log.exception("periodic_failed", job=periodic.name, tenant=tenant.code)
