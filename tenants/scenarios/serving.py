"""Serving scenarios: their surroundings are prepared, a web process is started, and officers sign in to it."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from core.cli.officers import Cast
from core.kernel.settings import Settings
from core.policy.scenarios import Scenario
from tenants import assembly
from tenants.demo.places import Company, Place
from tenants.processes import migrate_schema, web
from tenants.relaying import messenger
from tenants.scenarios.surroundings import prepare


@contextmanager
def serve(scenarios: Sequence[Scenario]) -> Iterator[Sequence[Cast]]:
    """Prepare a place for each scenario and serve it; yields who acts in each."""
    with assembly.servers() as settings, serve_on(settings, scenarios, prefix="scenario") as (_, casts):
        yield casts


@contextmanager
def serve_on(settings: Settings, scenarios: Sequence[Scenario], *, prefix: str) -> Iterator[tuple[str, Sequence[Cast]]]:
    """The same on given servers, in tenants called after a prefix; yields the address of the service too."""
    places = asyncio.run(_prepare(settings, scenarios, prefix))
    with (
        web(settings) as address,
        httpx.Client(base_url=address, timeout=30) as client,
        messenger(settings) as carrying,
    ):
        company = Company(client=client, messenger=carrying, known={})
        yield address, [company.at(place) for place in places]


async def _prepare(settings: Settings, scenarios: Sequence[Scenario], prefix: str) -> list[Place]:
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        return await prepare(services, scenarios, prefix=prefix)
