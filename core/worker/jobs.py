"""What the worker can do for a tenant when it is woken: hand entries to a consumer, send mail, call webhooks.

Each job asks PostgreSQL what there is, does it in batches and stops when nothing is left or its time is up. Doing it
twice at once is harmless: what one has leased the other does not see.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from core.calls import follow_rounds, publish_cases
from core.documents.storing import FileStore, open_store
from core.journal import Recorded
from core.journal.outbox import Delivery, claim, confirm, fail
from core.kernel.clock import Clock
from core.kernel.database import Database, UnitOfWork
from core.kernel.errors import Unavailable
from core.kernel.services import Services
from core.kernel.tenancy import Tenant, TenantStatus
from core.market import open_drafts
from core.notices import Mailer, emailing, write_mails, write_notices
from core.notices.clearing import MAIL, WEBHOOKS
from core.notices.webhooks import Poster, send_due, write_messages
from core.people.access import Vault
from core.policy.rulebooks.registry import Registry, installed
from core.stages import Venues
from core.worker.across import Carrier
from core.worker.queueing import Job

_log = structlog.get_logger(__name__)

BATCH = 100
SECONDS = 20.0
IN_ORDER: Final = frozenset({"webhook"})
ACROSS: Final = "referral"
CONSUMERS: Final = ("desk", "email", "webhook", "listing", "posting", ACROSS)

Handler = Callable[[UnitOfWork, Sequence[Recorded]], Awaitable[object]]


class Toolbox:
    """What the jobs of one process work with, and the jobs themselves."""

    def __init__(self, services: Services, *, registry: Registry | None = None, store: FileStore | None = None) -> None:
        settings = services.settings
        self.services = services
        self.database: Database = services.database
        self.clock: Clock = services.clock
        self.registry = registry or installed()
        self.venues = Venues(self.registry, services.directory)
        self.store = store or open_store(settings.storage_url)
        self.mailer = Mailer(settings)
        self.poster = Poster(settings)
        self.vault = Vault(settings.secret_key.get_secret_value())
        self.handlers: dict[str, Handler] = {
            "desk": self._tell,
            "email": self._write,
            "webhook": write_messages,
            "listing": self._list,
            "posting": self._publish,
            ACROSS: _nothing_more,
        }
        self.carrier = Carrier(
            self.database, services.directory, self.registry, self.clock, by_mail=self.mailer.is_configured
        )

    async def close(self) -> None:
        await self.poster.close()

    async def tenants(self) -> tuple[Tenant, ...]:
        """Everybody work is done for; a closed tenant is left as it is."""
        return tuple(t for t in await self.services.directory.all() if t.status is not TenantStatus.CLOSED)

    async def do(self, job: Job) -> None:
        """Do one job; a failure is logged and everything it had leased comes again."""
        tenant = await self.services.directory.by_id(job.tenant_id)
        if tenant is None or tenant.status is TenantStatus.CLOSED:
            return
        try:
            if job.name in self.handlers:
                await self.consume(tenant, job.name)
            elif job.name == MAIL:
                await self._repeat(lambda: emailing.send_due(self.database, tenant, self.mailer, self.clock))
            elif job.name == WEBHOOKS:
                await self._repeat(lambda: send_due(self.database, tenant, self.poster, self.vault, self.clock))
        except Unavailable as error:
            _log.warning("job_postponed", job=job.name, tenant=tenant.code, reason=str(error))
        except Exception:  # noqa: BLE001 - logged in full; a job that fails must not end the worker
            _log.exception("job_failed", job=job.name, tenant=tenant.code)

    async def consume(self, tenant: Tenant, consumer: str) -> int:
        """Hand a consumer what it is owed; the answer is how many entries it has dealt with."""
        done, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until:
            async with self.database.unit_of_work(tenant.id) as uow:
                some = await claim(uow, consumer, limit=BATCH, in_order=consumer in IN_ORDER)
            done += await self._hand_over(tenant, consumer, some)
            if len(some) < BATCH:
                break
        return done

    async def _hand_over(self, tenant: Tenant, consumer: str, some: Sequence[Delivery]) -> int:
        """All at once; if that fails, one by one, so that one bad entry does not hold back its neighbours."""
        if not some:
            return 0
        try:
            await self._effect(tenant, consumer, some)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it must end at this entry and not stop the rest
            if len(some) == 1:
                await self._fail(tenant, some[0], error)
                return 0
            return sum([await self._hand_over(tenant, consumer, [delivery]) for delivery in some])
        return len(some)

    async def _effect(self, tenant: Tenant, consumer: str, some: Sequence[Delivery]) -> None:
        """Effect and confirmation are one transaction: there is never one without the other.

        What concerns other tenants is carried there before, each in a transaction of its own, and may be repeated.
        """
        if consumer == ACROSS:
            await self.carrier.carry(tenant, [delivery.entry for delivery in some])

        async def work(uow: UnitOfWork) -> None:
            await self.handlers[consumer](uow, [delivery.entry for delivery in some])
            await confirm(uow, some)

        await self.database.run(tenant.id, work)

    async def _fail(self, tenant: Tenant, delivery: Delivery, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        async with self.database.unit_of_work(tenant.id) as uow:
            gave_up = await fail(uow, delivery, reason)
        _log.error(
            "delivery_given_up" if gave_up else "delivery_failed",
            consumer=delivery.consumer,
            tenant=tenant.code,
            entry=str(delivery.entry.id),
            reason=reason,
        )

    async def _repeat(self, send: Callable[[], Awaitable[int]]) -> None:
        until = time.monotonic() + SECONDS / 2
        while await send() and time.monotonic() < until:
            pass

    async def _tell(self, uow: UnitOfWork, entries: Sequence[Recorded]) -> None:
        await write_notices(uow, self.registry, self.clock, entries)

    async def _write(self, uow: UnitOfWork, entries: Sequence[Recorded]) -> None:
        if self.mailer.is_configured:
            await write_mails(uow, self.registry, self.clock, entries)

    async def _publish(self, uow: UnitOfWork, entries: Sequence[Recorded]) -> None:
        tenant = await self.services.directory.by_id(uow.require_tenant())
        if tenant is not None:
            await publish_cases(uow, self.registry, tenant, entries)
            await follow_rounds(uow, entries)

    async def _list(self, uow: UnitOfWork, entries: Sequence[Recorded]) -> None:
        for entry in entries:
            await open_drafts(uow, self.registry, entry)


async def _nothing_more(_uow: UnitOfWork, _entries: Sequence[Recorded]) -> None:
    """The carrier has done all there was to do."""
