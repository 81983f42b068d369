"""The queue behind its port (任务队列): what a queue must do, and the two that do it, arq and this process itself.

A job is a name and a tenant, nothing else: whoever does it looks into PostgreSQL for what there is to do. Its id is
made of both, so that a queue holds it once however often it is handed over, and a lost one is simply handed over again.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, cast
from uuid import UUID

import msgspec
import structlog
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.worker import Worker, func
from redis.exceptions import RedisError

_log = structlog.get_logger(__name__)

QUEUE_NAME = "lixiang:jobs"
JOB_SECONDS = 30
POLL_SECONDS = 0.05
_ENQUEUE_SECONDS = 2.0
_RETRY_SECONDS = 2.0
_FUNCTION = "do"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to look after in one tenant."""

    tenant_id: UUID
    name: str

    @property
    def id(self) -> str:
        return f"{self.name}:{self.tenant_id}"


Do = Callable[[Job], Awaitable[object]]


class QueueUnavailable(ConnectionError):
    """The queue does not answer; whoever enqueues does the work otherwise."""


class Queue(Protocol):
    """Whatever spreads jobs over processes."""

    async def enqueue(self, jobs: Sequence[Job]) -> int:
        """Hand jobs over; the answer is how many were not in the queue already.

        Raises: QueueUnavailable.
        """
        ...


class InProcessQueue:
    """Jobs done by this process itself, a bounded number at a time; each once at a time."""

    def __init__(self, do: Do, *, limit: int = 10) -> None:
        self._do = do
        self._free = asyncio.Semaphore(limit)
        self._running: dict[str, asyncio.Task[None]] = {}

    async def enqueue(self, jobs: Sequence[Job]) -> int:
        fresh = [job for job in jobs if job.id not in self._running]
        for job in fresh:
            self._running[job.id] = asyncio.create_task(self._run(job))
        return len(fresh)

    async def _run(self, job: Job) -> None:
        try:
            async with self._free:
                await self._do(job)
        finally:
            self._running.pop(job.id, None)

    async def drain(self) -> None:
        """Wait until everything handed over is done."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)


def _write(value: Any) -> bytes:
    """JSON instead of arq's pickle: with pickle, whoever can write to Valkey can run code here."""
    return json.dumps(value, default=str).encode()


class ArqQueue:
    """Jobs spread by arq over Valkey. It connects when it is first needed and again after every failure."""

    def __init__(self, url: str, *, name: str = QUEUE_NAME) -> None:
        self.url, self.name = url, name
        self._pool: ArqRedis | None = None

    async def connect(self) -> ArqRedis:
        """A pool of its own for the caller, with short patience.

        Raises: OSError, RedisError.
        """
        settings = RedisSettings.from_dsn(self.url)
        settings.conn_retries, settings.conn_retry_delay, settings.conn_timeout = 0, 0, 1
        return await create_pool(
            settings,
            job_serializer=_write,
            job_deserializer=json.loads,
            default_queue_name=self.name,
            expires_extra_ms=300_000,
        )

    async def enqueue(self, jobs: Sequence[Job]) -> int:
        try:
            async with asyncio.timeout(_ENQUEUE_SECONDS):
                if self._pool is None:
                    self._pool = await self.connect()
                taken = [
                    await self._pool.enqueue_job(_FUNCTION, str(job.tenant_id), job.name, _job_id=job.id)
                    for job in jobs
                ]
        except (OSError, RedisError, TimeoutError) as error:
            await self.close()
            raise QueueUnavailable(str(error) or type(error).__name__) from error
        return sum(job is not None for job in taken)

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            with suppress(OSError, RedisError):
                await pool.aclose(close_connection_pool=True)


class ArqConsumer:
    """Does what stands in arq's queue, and begins again when Valkey comes back: arq's own worker would end."""

    def __init__(self, queue: ArqQueue, do: Do, *, limit: int = 10) -> None:
        self._queue, self._do, self._limit = queue, do, limit

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until asked to stop, then finish what was begun."""
        while not stopping.is_set():
            try:
                await self._work(stopping)
            except (OSError, RedisError) as error:
                _log.warning("queue_unavailable", reason=str(error) or type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _RETRY_SECONDS)

    async def _work(self, stopping: asyncio.Event) -> None:
        worker = self._worker(await self._queue.connect())
        main = worker.main_task = asyncio.create_task(worker.main())
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({main, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not main.done():
                worker.allow_pick_jobs = False
                await asyncio.wait(set(worker.tasks.values()) or {stop}, timeout=JOB_SECONDS)
                main.cancel()
            with suppress(asyncio.CancelledError):
                await main
        finally:
            stop.cancel()
            with suppress(OSError, RedisError, asyncio.CancelledError):
                await worker.close()

    def _worker(self, pool: ArqRedis) -> Worker:
        async def do(_context: dict[str, Any], tenant: str, name: str) -> None:
            await self._do(Job(tenant_id=UUID(tenant), name=name))

        return Worker(
            functions=[func(cast("Any", do), name=_FUNCTION, keep_result=0, timeout=JOB_SECONDS)],
            redis_pool=pool,
            queue_name=self._queue.name,
            max_jobs=self._limit,
            poll_delay=POLL_SECONDS,
            handle_signals=False,
            health_check_interval=10,
            log_results=False,
            job_serializer=_write,
            job_deserializer=json.loads,
        )
