"""The two queues behind the port do the same: each job once at a time, begun work finished, failures survived."""

import asyncio
import json

import pytest
from arq.connections import RedisSettings, create_pool

from core.kernel.identity import new_id
from core.worker.queueing import ArqConsumer, ArqQueue, InProcessQueue, Job, QueueUnavailable

JOB = Job(tenant_id=new_id(), name="desk")


class _Work:
    """A job that waits to be let go, and counts."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()
        self.finished: list[Job] = []

    async def do(self, job: Job) -> None:
        self.begun.set()
        await self.may_end.wait()
        self.finished.append(job)


async def test_begun_work_is_finished_when_the_worker_is_asked_to_stop(valkey: str) -> None:
    queue, work, stopping = ArqQueue(valkey), _Work(), asyncio.Event()
    running = asyncio.create_task(ArqConsumer(queue, work.do).run(stopping))
    await queue.enqueue([JOB])
    await asyncio.wait_for(work.begun.wait(), 10)
    stopping.set()
    await asyncio.sleep(0.2)
    assert not running.done()
    work.may_end.set()
    await asyncio.wait_for(running, 10)
    assert work.finished == [JOB]
    await queue.close()


async def test_both_queues_do_a_job_again_only_after_it_is_done(valkey: str) -> None:
    work = _Work()
    inside = InProcessQueue(work.do)
    assert await inside.enqueue([JOB]) == 1
    await work.begun.wait()
    assert await inside.enqueue([JOB]) == 0
    work.may_end.set()
    await inside.drain()
    assert await inside.enqueue([JOB]) == 1
    await inside.drain()
    assert work.finished == [JOB, JOB]


async def test_a_job_that_fails_leaves_the_queue_in_order(valkey: str) -> None:
    asked: asyncio.Queue[Job] = asyncio.Queue()

    async def fails(job: Job) -> None:
        asked.put_nowait(job)
        raise ValueError("broken")

    inside = InProcessQueue(fails)
    for _ in range(2):
        await inside.enqueue([JOB])
        await inside.drain()
        assert asked.get_nowait() == JOB
    queue, stopping = ArqQueue(valkey), asyncio.Event()
    running = asyncio.create_task(ArqConsumer(queue, fails).run(stopping))
    for _ in range(2):
        await queue.enqueue([JOB])
        await asyncio.wait_for(asked.get(), 10)
        await asyncio.sleep(0.3)
    stopping.set()
    await asyncio.wait_for(running, 10)
    await queue.close()


async def test_what_lies_in_valkey_is_json_that_cannot_run(valkey: str) -> None:
    queue = ArqQueue(valkey)
    await queue.enqueue([JOB])
    pool = await create_pool(RedisSettings.from_dsn(valkey))
    stored = await pool.get(f"arq:job:{JOB.id}")
    assert stored is not None
    assert json.loads(stored)["a"] == [str(JOB.tenant_id), "desk"]
    await pool.aclose(close_connection_pool=True)
    await queue.close()


async def test_a_queue_that_is_not_there_says_so_at_once() -> None:
    queue = ArqQueue("redis://127.0.0.1:1")
    with pytest.raises(QueueUnavailable):
        await queue.enqueue([JOB])
