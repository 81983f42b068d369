"""Transitions over HTTP against bare asyncpg doing the same SQL, and round trips of a read and a transition.

The transition is an office's decision on a submitted application. Its SQL is recorded, arguments included, inside a
unit of work that is then rolled back, and replayed by asyncpg alone; the other half of the projects is decided over
HTTP. Only the ratio means something: machines differ and share their cores with the client.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec
from asyncpg.pool import PoolConnectionProxy

from core.cli.live import LivePlayer
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Actor, Tenant, system_actor
from core.people.permissions import FUNCTION_SCOPES
from core.policy.rulebooks.registry import installed
from core.policy.scenarios import load
from core.stages import ActRequest, IdempotentKey, Venues, act, open_case
from tenants import assembly
from tenants.demo.places import Company, Place
from tenants.processes import migrate_schema, web
from tenants.scenarios.surroundings import prepare

PLACE = "baiyun"
DAY = date(2025, 9, 5)
PROJECTS, UNITS, CLIENTS, ROUNDS = 960, 96, 8, 3
# Each connection's first transitions fill caches of statements, types and rulebooks.
WARM_UP, MEASURED = slice(0, 4), slice(4, None)
VENUES = Venues(installed())
Statements = list[tuple[str, tuple[Any, ...]]]


class RolledBack(Exception):
    """Ends a unit of work whose SQL has been recorded."""


def submitted(client: httpx.Client, places: Sequence[Place]) -> tuple[list[str], dict[str, Any]]:
    """Codes of projects waiting for the decision, and the decision as a request."""
    scenario = load(installed().place(PLACE).folder / "demo" / "1-micro.yaml")[0]
    company = Company(client=client, messenger=None, known={})
    codes = []
    for number in range(PROJECTS):
        place = places[number % UNITS]
        project = scenario.given.project.model_copy(update={"title": new_id().hex})
        given = scenario.given.model_copy(update={"project": project})
        first = scenario.model_copy(update={"steps": scenario.steps[:1], "given": given})
        player = LivePlayer(first, installed(), company.at(place))
        if problems := [problem for report in player.play() for problem in report.problems]:
            raise SystemExit(str(problems))
        codes.append(player.codes["main"])
    act_of = player.pure.speaker.act_of(scenario.steps[1], player.pure.states["main"].track)
    body: dict[str, Any] = {"act": act_of.name, "stage": act_of.stage, "outcome": act_of.outcome, "role": act_of.role}
    body |= {"items": dict(act_of.items), "facts": dict(act_of.facts), "version": player.versions["main"]}
    return codes, body


def over_http(address: str, place: Place, codes: Sequence[str], body: dict[str, Any]) -> float:
    """Decisions a second, by several clients of one web process."""
    clients = [httpx.Client(base_url=address, timeout=30) for _ in range(CLIENTS)]
    officers = [Company(client=client, messenger=None, known={}).at(place).officer(body["role"]) for client in clients]

    def decide(number: int, part: slice) -> None:
        for code in codes[number::CLIENTS][part]:
            answer = officers[number].send("POST", f"/projects/{code}/acts", DAY, json=body)
            if not answer.is_success:
                raise SystemExit(answer.text)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(decide, range(CLIENTS), [WARM_UP] * CLIENTS))
        begun = time.perf_counter()
        list(pool.map(decide, range(CLIENTS), [MEASURED] * CLIENTS))
        rate = _measured(codes) / (time.perf_counter() - begun)
    for client in clients:
        client.close()
    return rate


async def recorded(services: Services, tenant: Tenant, code: str, body: dict[str, Any]) -> tuple[Statements, int]:
    """The statements of one decision with its idempotency key, and its round trips, begin and commit included."""
    statements: Statements = []

    def note(query: Any) -> None:
        statements.append((query.query, tuple(query.args or ())))

    request = msgspec.convert({k: v for k, v in body.items() if k != "version"}, ActRequest)
    role = body["role"]
    actor = Actor(
        user_id=new_id(),
        name="bench",
        tenant_id=tenant.id,
        organisation_id=new_id(),
        organisation=role,
        roles=frozenset((role,)),
        scopes=FUNCTION_SCOPES["head"],
    )
    unit: UnitOfWork | None = None
    with suppress(RolledBack):
        async with services.database.unit_of_work(tenant.id) as unit:
            venue = await VENUES.of(unit, tenant, DAY)
            with unit.connection.query_logger(note):
                unit.round_trips = 1
                key = IdempotentKey(key=code, request_hash=b"0" * 32)
                await act(unit, venue, actor=actor, code=code, request=request, key=key)
            raise RolledBack
    return statements, unit.round_trips if unit is not None else 0


async def bare(url: str, tenant_id: UUID, work: Sequence[Statements]) -> float:
    """How often a second asyncpg alone sends the same statements, on as many connections as there were clients."""
    async with asyncpg.create_pool(url, min_size=CLIENTS, max_size=CLIENTS) as pool:

        async def replay(connection: PoolConnectionProxy, part: Sequence[Statements]) -> None:
            for statements in part:
                await connection.execute(f"BEGIN; SET LOCAL app.tenant_id = '{tenant_id}'")
                for query, args in statements:
                    await connection.fetch(query, *args)
                await connection.execute("COMMIT")

        connections = [await pool.acquire() for _ in range(CLIENTS)]
        shares = [work[number::CLIENTS] for number in range(CLIENTS)]
        await asyncio.gather(*(replay(c, share[WARM_UP]) for c, share in zip(connections, shares, strict=True)))
        begun = time.perf_counter()
        await asyncio.gather(*(replay(c, share[MEASURED]) for c, share in zip(connections, shares, strict=True)))
        rate = _measured(work) / (time.perf_counter() - begun)
        for connection in connections:
            await pool.release(connection)
        return rate


def _measured(work: Sequence[object]) -> int:
    return sum(len(work[number::CLIENTS][MEASURED]) for number in range(CLIENTS))


async def read_trips(services: Services, tenant: Tenant, code: str) -> int:
    """Round trips of opening one project in a warm process, begin and commit included."""
    for _ in range(2):
        async with services.database.unit_of_work(tenant.id, read_only=True) as uow:
            venue = await VENUES.of(uow, tenant, DAY)
            uow.round_trips = 1
            await open_case(uow, venue, system_actor(tenant.id, name="bench"), code)
    return uow.round_trips


async def directly(settings: Settings, place: Place, codes: Sequence[str], body: dict[str, Any]) -> tuple[float, str]:
    """The rate of bare asyncpg, and a line about round trips."""
    async with assembly.services(settings) as services:
        tenant = place.tree.here
        work = [(await recorded(services, tenant, code, body)) for code in codes]
        read = await read_trips(services, tenant, codes[0])
        rate = await bare(settings.database_url, tenant.id, [statements for statements, _ in work])
    return rate, f"  round trips: read {read}, transition {work[-1][1]} (begin and commit included; +1 for the session)"


async def prepared(settings: Settings) -> list[Place]:
    """A tenant of the place without projects, and as many units in it as projects are spread over."""
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        scenario = load(installed().place(PLACE).folder / "demo" / "1-micro.yaml")[0]
        return await prepare(services, [scenario] * UNITS)


def main() -> None:
    """Prepare, measure in turns, print the ratio of the medians and the spread."""
    print("transitions: HTTP against bare asyncpg with the same SQL")
    with TemporaryDirectory(prefix="lixiang-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ["LIXIANG_DATA_DIR"] = folder
        with assembly.servers() as settings:
            places = asyncio.run(prepared(settings))
            with web(settings) as address, httpx.Client(base_url=address, timeout=30) as client:
                codes, body = submitted(client, places)
                share = PROJECTS // (2 * ROUNDS)
                http, direct, line = [], [], ""
                for number in range(ROUNDS):
                    part = codes[2 * number * share : 2 * (number + 1) * share]
                    http.append(over_http(address, places[0], part[:share], body))
                    rate, line = asyncio.run(directly(settings, places[0], part[share:], body))
                    direct.append(rate)
    for name, rates in (("HTTP", http), ("asyncpg", direct)):
        print(f"  {name:8} {median(rates):>7,.0f}/s   ({min(rates):,.0f} to {max(rates):,.0f}; {CLIENTS} clients)")
    print(f"  ratio    {median(http) / median(direct):.2f}")
    print(line)


if __name__ == "__main__":
    main()
