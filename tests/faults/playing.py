"""One fault, played: a town full of clients, the hurt, the recovery, the reckoning, and the figures of it."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from core.policy.rulebooks.registry import installed
from core.policy.scenarios import load
from core.policy.scenarios.running import Player
from tenants import assembly
from tenants.processes import migrate_schema
from tenants.scenarios.surroundings import prepare
from tests.faults.clients import Client, Habits, Load
from tests.faults.reckoning import reckon
from tests.faults.town import Town, town

PLACE = "baiyun"


@dataclass(frozen=True, slots=True)
class Hand:
    """What a fault holds while it hurts: the town, its dice, how long it may last, and the load it interrupts."""

    town: Town
    dice: random.Random
    seconds: float
    load: Load

    def work(self, acts: int = 1, seconds: float = 60) -> None:
        """Let the clients work until so many more acts are acknowledged."""
        aim = len(self.load.acknowledged) + acts
        until = time.monotonic() + seconds
        while len(self.load.acknowledged) < aim and time.monotonic() < until and not self.load.failures():
            time.sleep(0.01)

    def sleep(self, low: float, high: float) -> None:
        """Wait some time between two bounds."""
        time.sleep(self.dice.uniform(low, high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to hurt an installation. `hurt` returns how often it struck.

    `control` spoils one safeguard; with it the reckoning must find something whose sentence begins with `finds`.
    """

    name: str
    title: str
    hurt: Callable[[Hand], int]
    habits: Habits = field(default_factory=Habits)
    control: "Control | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What a control run takes away, and what must be found then."""

    finds: str
    habits: Habits | None = None
    database: Mapping[str, str] = field(default_factory=dict)
    spoil: Callable[[Town], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one run."""

    strikes: int
    acknowledged: int
    recovered_in: float
    wrong: tuple[str, ...]


def play(fault: Fault, *, seed: int, seconds: float, clients: int = 4, controlled: bool = False) -> Outcome:
    """Play a fault, or its control run."""
    control = fault.control if controlled else None
    habits = control.habits if control is not None and control.habits is not None else fault.habits
    with town(database=control.database if control is not None else None) as place:
        tenant, units, decision = inhabit(place, clients)
        as_admin(place, "CHECKPOINT")  # whatever a control run loses, it is not the tenant
        place.start("serve", "worker")
        dice = random.Random(seed)
        several = [
            Client(place.address, tenant[1], unit, decision, random.Random(seed + n), habits)
            for n, unit in enumerate(units)
        ]
        with Load(several) as work:
            hand = Hand(town=place, dice=dice, seconds=seconds, load=work)
            hand.work(acts=3 * clients)
            strikes = fault.hurt(hand)
            recovered = place.await_recovery()
            hand.work(acts=3 * clients)
        if control is not None and control.spoil is not None:
            control.spoil(place)
        wrong = [*work.failures(), *asyncio.run(reckon(place, tenant[0], work.acknowledged))]
        return Outcome(strikes=strikes, acknowledged=len(work.acknowledged), recovered_in=recovered, wrong=tuple(wrong))


def inhabit(place: Town, units: int) -> tuple[tuple[UUID, str], list[str], dict[str, Any]]:
    """Open a tenant with a unit for each client; also the decision on an application, as a request."""
    scenario = load(installed().place(PLACE).folder / "demo" / "1-micro.yaml")[0]
    settings = place.settings

    async def open_all() -> tuple[tuple[UUID, str], list[str]]:
        await migrate_schema(settings)
        async with assembly.services(settings) as services:
            places = await prepare(services, [scenario] * units)
        here = places[0].tree.here
        return (here.id, here.code), [one.unit for one in places]

    tenant, codes = asyncio.run(open_all())
    player = Player(scenario, installed().place(PLACE).rulebook(scenario.given.options))
    player.create("main")
    player.play(scenario.steps[0])
    act = player.speaker.act_of(scenario.steps[1], player.states["main"].track)
    decision = {"act": act.name, "stage": act.stage, "outcome": act.outcome, "items": act.items, "facts": act.facts}
    return tenant, codes, decision


def as_admin(place: Town, statement: str) -> str:
    """Do something to the database that the application could not; the answer is PostgreSQL's, empty if it is away."""

    async def run() -> str:
        connection = await asyncpg.connect(place.admin_url)
        try:
            return await connection.execute(statement)
        finally:
            await connection.close()

    try:
        return asyncio.run(run())
    except (OSError, asyncpg.PostgresError):
        return ""
