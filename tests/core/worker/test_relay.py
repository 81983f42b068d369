"""The relay: the queue is asked first, and what it does not do is done here."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from core.worker.queueing import ArqQueue, InProcessQueue, Job, QueueUnavailable
from core.worker.relay import Relay
from tests.core.notices.town import Town


class _Silent:
    """A queue that takes everything and does nothing, as one does whose workers have died."""

    def __init__(self) -> None:
        self.taken: list[Job] = []

    async def enqueue(self, jobs: Sequence[Job]) -> int:
        self.taken.extend(jobs)
        return len(jobs)


class _Away:
    async def enqueue(self, jobs: Sequence[Job]) -> int:
        raise QueueUnavailable(f"{len(jobs)} jobs not taken")


async def test_fresh_work_goes_to_the_queue_and_what_waited_too_long_is_done_here(town: Town) -> None:
    await town.submitted()
    queue, inside = _Silent(), InProcessQueue(town.toolbox.do)
    await Relay(town.toolbox, queue, inside).relay(town.tenant)
    await inside.drain()
    assert {job.name for job in queue.taken} == {"desk", "email", "webhook", "listing", "posting", "referral"}
    assert await town.notices(town.wang) == []
    await Relay(town.toolbox, queue, inside, patience=timedelta(0)).relay(town.tenant)
    await inside.drain()
    assert len(await town.notices(town.wang)) == 1


async def test_work_that_a_dead_process_had_leased_comes_back(town: Town) -> None:
    await town.submitted()
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute("UPDATE outbox_delivery SET due_at = now() - interval '1 second', attempts = 3")
    await town.work()
    assert len(await town.notices(town.wang)) == 1


async def test_a_queue_that_is_away_is_done_without(town: Town) -> None:
    await town.submitted()
    inside = InProcessQueue(town.toolbox.do)
    await Relay(town.toolbox, _Away(), inside).relay(town.tenant)
    await inside.drain()
    assert len(await town.notices(town.wang)) == 1


async def test_two_relays_at_once_tell_once(town: Town) -> None:
    for _ in range(2):
        await town.submitted()
    await town.submitted("clinic")
    inside = [InProcessQueue(town.toolbox.do) for _ in range(3)]
    for _ in range(3):
        await asyncio.gather(*(Relay(town.toolbox, queue, queue).relay(town.tenant) for queue in inside))
        await asyncio.gather(*(queue.drain() for queue in inside))
    assert len(await town.notices(town.wang)) == 3


async def test_a_queue_holds_a_job_once(town: Town, valkey: str) -> None:
    queue = ArqQueue(valkey, name="lixiang:test")
    jobs = [Job(tenant_id=town.tenant.id, name="desk"), Job(tenant_id=town.tenant.id, name="email")]
    assert await queue.enqueue(jobs) == 2
    assert await queue.enqueue(jobs) == 0
    await queue.close()


async def test_a_quiet_tenant_is_looked_at_less_often(town: Town) -> None:
    inside = InProcessQueue(town.toolbox.do)
    relay = Relay(town.toolbox, inside, inside)
    for _ in range(8):
        await relay.tick()
        await asyncio.sleep(0.01)
    _, pause = relay._pauses[town.tenant.id]
    assert pause > 0.05
