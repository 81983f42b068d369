"""Whether this process lives, whether it can serve, and what it has counted."""

import asyncio
from typing import Any

from litestar import Response, get
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.entrance import Asking, Figures
from core.kernel.errors import LixiangError

_PATIENCE = 3.0


@get("/healthz", operation_id="healthz", summary="进程存活", tags=("运行",))
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "alive"}


@get("/readyz", operation_id="readyz", summary="可以服务", tags=("运行",))
async def readyz(asking: Asking) -> Response[dict[str, Any]]:
    """Database, queue and file store answer; 503 names the one that does not."""
    checks = {"database": _database, "queue": _queue, "storage": _storage}
    answers = await asyncio.gather(*(_holds(check(asking)) for check in checks.values()))
    found = dict(zip(checks, answers, strict=True))
    ready = found["database"] and found["storage"]
    status = "ready" if all(answers) else "degraded" if ready else "waiting"
    return Response({"status": status, **found}, status_code=200 if ready else 503)


@get("/metrics", operation_id="metrics", summary="运行指标", tags=("运行",), media_type="text/plain; version=0.0.4")
async def metrics(figures: Figures) -> bytes:
    """Requests and their duration by route, for Prometheus; keep it behind the proxy."""
    return figures.as_text()


async def _holds(check: Any) -> bool:
    try:
        await asyncio.wait_for(check, _PATIENCE)
    except (LixiangError, OSError, RedisError, TimeoutError, ValueError):
        return False
    return True


async def _database(asking: Asking) -> None:
    async with asking.services.database.platform(read_only=True) as uow:
        await uow.fetchval("SELECT 1")


async def _queue(asking: Asking) -> None:
    """Pages and API serve without the queue: the outbox keeps what it owes."""
    url = asking.services.settings.redis_url
    if url:
        client = Redis.from_url(url, socket_timeout=_PATIENCE)
        try:
            await client.ping()
        finally:
            await client.aclose()


async def _storage(asking: Asking) -> None:
    await asking.store.size("readyz")
