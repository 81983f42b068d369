"""What is played over HTTP on this installation's servers: the journeys of `make demo`, and scenarios with `--live`."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import httpx
from rich.console import Console

from core.cli.live import Officer
from core.kernel.clock import SHANGHAI
from core.kernel.settings import Settings
from core.policy.scenarios import Scenario
from tenants import assembly, demo
from tenants.demo.staging import Place
from tenants.processes import migrate_schema, web


def demonstrate(settings: Settings, place: str, console: Console) -> bool:
    """Play every journey of a place; True when each went as its file says. A running installation is left alone."""
    with assembly.embedded(settings) as (complete, _):
        code = f"demo-{datetime.now(SHANGHAI):%Y%m%d-%H%M%S}"
        asyncio.run(_open(complete, place, code))
        with web(complete) as address:
            console.print(f"{address}/api/v1  {code}")
            return demo.run_journeys(address, code, place, console)


@contextmanager
def stage(scenarios: Sequence[Scenario]) -> Iterator[Sequence[Callable[[str], Officer]]]:
    """Prepare a place for each scenario and serve it; yields who acts in a role, for each scenario."""
    with assembly.servers() as settings:
        places = asyncio.run(_stage(settings, scenarios))
        known: dict[tuple[str, str], Officer] = {}
        with web(settings) as address, httpx.Client(base_url=address, timeout=30) as client:
            yield [place.officers(client, known) for place in places]


async def _stage(settings: Settings, scenarios: Sequence[Scenario]) -> list[Place]:
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        return await demo.stage(services, scenarios)


async def _open(settings: Settings, place: str, code: str) -> None:
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        await demo.open_world(services, place, code, f"{place}（演示）")
