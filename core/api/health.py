"""Whether this process lives, and whether it can serve."""

from typing import Any

from litestar import Response, get

from core.api.asking import Asking
from core.kernel.errors import Unavailable


@get("/healthz", operation_id="healthz", summary="进程存活", tags=("运行",))
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "alive"}


@get("/readyz", operation_id="readyz", summary="可以服务", tags=("运行",))
async def readyz(asking: Asking) -> Response[dict[str, Any]]:
    """The database answers."""
    try:
        async with asking.services.database.platform(read_only=True) as uow:
            await uow.fetchval("SELECT 1")
    except Unavailable:
        return Response({"status": "waiting", "database": False}, status_code=503)
    return Response({"status": "ready", "database": True})
