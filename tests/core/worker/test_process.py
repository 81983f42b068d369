"""The whole worker on real PostgreSQL and Valkey: what is written is done, whatever happens to the queue."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from arq.connections import RedisSettings, create_pool

from core.journal.outbox import backlog
from core.kernel.database import Database
from core.worker import serve
from tests.core.notices.town import REGISTRY, Town


@asynccontextmanager
async def _working(town: Town, redis_url: str | None = None) -> AsyncIterator[asyncio.Event]:
    """A worker in this process, stopped at the end."""
    services = town.toolbox.services
    if redis_url is not None:
        settings = services.settings.model_copy(update={"redis_url": redis_url})
        services = type(services)(
            settings=settings, database=services.database, directory=services.directory, clock=services.clock
        )
    stopping = asyncio.Event()
    task = asyncio.create_task(serve(services, stopping, registry=REGISTRY))
    try:
        yield stopping
    finally:
        stopping.set()
        await asyncio.wait_for(task, 20)


async def _until(holds: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < until, "it did not happen in time"
        await asyncio.sleep(0.05)


async def _everything_is_told(town: Town) -> bool:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        left = await backlog(uow)
    return left.waiting == left.owed == 0


async def test_what_an_act_writes_is_told_at_once_through_the_queue(town: Town) -> None:
    async with _working(town):
        code = await town.submitted()

        async def told() -> bool:
            return [notice.code for notice in await town.notices(town.wang)] == [code]

        await _until(told)


async def test_a_queue_wiped_in_the_middle_loses_nothing_and_doubles_nothing(town: Town, valkey: str) -> None:
    pool = await create_pool(RedisSettings.from_dsn(valkey))
    async with _working(town):
        for number in range(12):
            unit = ("school", "clinic")[number % 2]
            code = await town.submitted(unit)
            await pool.flushdb()
            await town.passed(code)
        await _until(lambda: _everything_is_told(town))
    await pool.aclose(close_connection_pool=True)
    ended = await town.notices(town.teacher, topic="ended")
    assert len(ended) == len({notice.code for notice in ended}) == 6


async def test_without_a_queue_the_worker_does_everything_itself(town: Town) -> None:
    async with _working(town, "redis://127.0.0.1:1"):
        await town.submitted()
        await _until(lambda: _everything_is_told(town))
    assert len(await town.notices(town.wang)) == 1


async def test_a_queue_that_was_full_of_strangers_changes_nothing(town: Town, valkey: str) -> None:
    pool = await create_pool(RedisSettings.from_dsn(valkey), default_queue_name="lixiang:jobs")
    with suppress(Exception):
        await pool.enqueue_job("evil", 1)
    async with _working(town):
        await town.submitted()
        await _until(lambda: _everything_is_told(town))
    await pool.aclose(close_connection_pool=True)


@pytest.mark.slow
async def test_the_command_ends_in_order_when_it_is_asked_to(
    database: Database, database_url: str, valkey: str, tmp_path: object
) -> None:
    environment = os.environ | {
        "LIXIANG_DATABASE_URL": database_url,
        "LIXIANG_REDIS_URL": valkey,
        "LIXIANG_STORAGE_URL": f"file://{tmp_path}",
        "LIXIANG_ENVIRONMENT": "test",
    }
    process = subprocess.Popen(  # noqa: ASYNC220 - started once, awaited below
        [sys.executable, "-m", "tenants", "worker"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    output = b""
    assert process.stdout is not None
    while b"worker_started" not in output:
        line = await asyncio.to_thread(process.stdout.readline)
        assert line, output.decode()
        output += line
    await asyncio.sleep(1)
    process.send_signal(signal.SIGTERM)
    rest, _ = await asyncio.to_thread(process.communicate, timeout=30)
    assert process.returncode == 0, (output + rest).decode()
    assert b"worker_stopped" in rest
