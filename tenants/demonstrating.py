"""`make demo`: servers, a tenant of its own, the web process, and the journeys played against it over HTTP."""

import asyncio
from datetime import datetime

from rich.console import Console

from core.kernel.clock import SHANGHAI
from core.kernel.settings import Settings
from tenants import assembly, demo
from tenants.processes import migrate_schema, web


def demonstrate(settings: Settings, place: str, console: Console) -> bool:
    """Play every journey of a place; True when each went as its file says. A running installation is left alone."""
    with assembly.embedded(settings) as (complete, _):
        code = f"demo-{datetime.now(SHANGHAI):%Y%m%d-%H%M%S}"
        asyncio.run(_open(complete, place, code))
        with web(complete) as address:
            console.print(f"{address}/api/v1  {code}")
            return demo.run_journeys(address, code, place, console)


async def _open(settings: Settings, place: str, code: str) -> None:
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        await demo.open_world(services, place, code, f"{place} 演示")
