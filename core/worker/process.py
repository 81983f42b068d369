"""The process `lixiang worker`: everything running side by side until a signal comes, then finishing what was begun."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

from core.kernel.services import Services
from core.kernel.settings import Settings
from core.policy.rulebooks.registry import Registry
from core.worker.jobs import Toolbox
from core.worker.queueing import ArqConsumer, ArqQueue, InProcessQueue
from core.worker.relay import Relay
from core.worker.schedule import Schedule

_log = structlog.get_logger(__name__)


def run(*, settings: Settings, services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
    """Work until SIGTERM or SIGINT; the batch in hand is finished first."""
    _configure_logging(settings)
    asyncio.run(_run(services))


async def _run(services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(kind, stopping.set)
    async with services() as opened:
        await serve(opened, stopping)


async def serve(services: Services, stopping: asyncio.Event, *, registry: Registry | None = None) -> None:
    """Relay, queue and clock of one process, until asked to stop."""
    settings = services.settings
    toolbox = Toolbox(services, registry=registry)
    inside = InProcessQueue(toolbox.do, limit=settings.worker_jobs)
    queue = ArqQueue(settings.redis_url)
    _log.info("worker_started", jobs=settings.worker_jobs)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(Relay(toolbox, queue, inside).run(stopping))
            group.create_task(Schedule(toolbox).run(stopping))
            group.create_task(ArqConsumer(queue, toolbox.do, limit=settings.worker_jobs).run(stopping))
    finally:
        await inside.drain()
        await queue.close()
        await toolbox.close()
        _log.info("worker_stopped")


def _configure_logging(settings: Settings) -> None:
    """Lines for a person in development, JSON for a collector in production; arq speaks only of trouble."""
    level = logging.getLevelName(settings.log_level.upper())
    shown = structlog.processors.JSONRenderer() if settings.in_production else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.dict_tracebacks
            if settings.in_production
            else structlog.processors.StackInfoRenderer(),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    logging.basicConfig(level=logging.WARNING)
