"""The relay and the sweeper (转发与补办): what is due in each tenant is handed to the queue until it is done.

A tenant in which something happens is looked at many times a second, a quiet one every two seconds. What the queue
does not take, because Valkey is away, and what it took and did not do within two minutes, this process does itself.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from core.journal import outbox
from core.kernel.tenancy import Tenant
from core.notices import clearing
from core.worker.jobs import CONSUMERS, Toolbox
from core.worker.queueing import InProcessQueue, Job, Queue, QueueUnavailable

_log = structlog.get_logger(__name__)

PATIENCE = timedelta(minutes=2)
_BATCH = 500
_BATCHES = 20
_SHORTEST, _LONGEST = 0.05, 2.0


class Relay:
    """Looks after every tenant by turns. `queue` may be away; `inside` is this process and always there."""

    def __init__(
        self, toolbox: Toolbox, queue: Queue, inside: InProcessQueue, *, patience: timedelta = PATIENCE
    ) -> None:
        self._toolbox, self._queue, self._inside, self._patience = toolbox, queue, inside, patience
        self._pauses: dict[UUID, tuple[float, float]] = {}
        self._queue_answers = True

    async def run(self, stopping: asyncio.Event) -> None:
        """Relay until asked to stop. Nothing that goes wrong in one round ends the next."""
        while not stopping.is_set():
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - the database may be away; the work is still there afterwards
                _log.warning("relay_postponed", reason=str(error) or type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), 1.0)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _SHORTEST)

    async def tick(self) -> int:
        """Look at every tenant whose turn it is; the answer is how many jobs were handed over."""
        handed = 0
        for tenant in await self._toolbox.tenants():
            next_at, pause = self._pauses.get(tenant.id, (0.0, _SHORTEST))
            if time.monotonic() < next_at:
                continue
            jobs = await self.relay(tenant)
            pause = _SHORTEST if jobs else min(pause * 2, _LONGEST)
            self._pauses[tenant.id] = (time.monotonic() + pause, pause)
            handed += jobs
        return handed

    async def relay(self, tenant: Tenant) -> int:
        """Fan out what one tenant's journal has new, and wake whoever has something to do."""
        due = await self._due(tenant)
        late = datetime.now(UTC) - self._patience
        stuck = [Job(tenant_id=tenant.id, name=name) for name, since in due.items() if since < late]
        fresh = [Job(tenant_id=tenant.id, name=name) for name, since in due.items() if since >= late]
        if stuck:
            await self._inside.enqueue(stuck)
        await self._hand_over(fresh)
        return len(due)

    async def _due(self, tenant: Tenant) -> dict[str, datetime]:
        for _ in range(_BATCHES):
            async with self._toolbox.database.unit_of_work(tenant.id) as uow:
                if await outbox.fan_out(uow, CONSUMERS, limit=_BATCH) < _BATCH:
                    break
        async with self._toolbox.database.unit_of_work(tenant.id, read_only=True) as uow:
            return await outbox.due(uow) | await clearing.due(uow)

    async def _hand_over(self, jobs: Sequence[Job]) -> None:
        if not jobs:
            return
        try:
            await self._queue.enqueue(jobs)
            self._note(answers=True, reason="")
        except QueueUnavailable as error:
            self._note(answers=False, reason=str(error))
            await self._inside.enqueue(jobs)

    def _note(self, *, answers: bool, reason: str) -> None:
        """Say once that the queue went away, and once that it came back."""
        if answers != self._queue_answers:
            self._queue_answers = answers
            if answers:
                _log.info("queue_answers_again")
            else:
                _log.warning("queue_away_working_alone", reason=reason)
