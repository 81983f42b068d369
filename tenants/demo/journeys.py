"""The demonstration (make demo): whole projects over HTTP, told as they go, with an exit status."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import cycle

import httpx
from rich.console import Console

from core.cli.live import LivePlayer, Officer
from core.kernel.clock import SHANGHAI
from core.kernel.settings import Settings
from core.policy.registry import installed
from core.policy.rulebook import Rulebook
from core.policy.scenarios import Scenario, load
from core.policy.scenarios.running import StepReport
from core.policy.wording import ACTS, SEVERITIES, TOLD_ENDED
from tenants import assembly
from tenants.demo.places import Place
from tenants.demo.world import UNITS, open_world
from tenants.processes import migrate_schema, web


def demonstrate(settings: Settings, place: str, console: Console) -> bool:
    """Play every journey of a place in a tenant of its own; True when each went as its file says."""
    with assembly.embedded(settings) as (complete, _):
        code = f"demo-{datetime.now(SHANGHAI):%Y%m%d-%H%M%S}"
        asyncio.run(_open(complete, place, code))
        with web(complete) as address, httpx.Client(base_url=address, timeout=30) as client:
            console.print(f"{address}/api/v1  {code}")
            good = True
            for scenario, (unit, _name) in zip(_journeys(place), cycle(UNITS), strict=False):
                good &= _play(scenario, Place(tenant=code, unit=unit).officers(client, {}), console)
            return good


async def _open(settings: Settings, place: str, code: str) -> None:
    await migrate_schema(settings)
    async with assembly.services(settings) as services:
        await open_world(services, place, code)


def _journeys(place: str) -> Iterator[Scenario]:
    folder = installed().place(place).folder / "demo"
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "standard.yaml":
            yield from load(path)


def _play(scenario: Scenario, officers: Callable[[str], Officer], console: Console) -> bool:
    console.print(f"\n[bold]{scenario.title}[/bold]")
    player = LivePlayer(scenario, installed(), officers)
    good = True
    for report in player.play():
        _tell(console, player.rules, report)
        for problem in report.problems:
            console.print(f"      [red]与预期不符：{problem}[/red]")
        good &= not report.problems
    code = player.codes.get("main", "")
    end = player.pure.states["main"].end
    console.print(f"  {code} {TOLD_ENDED[end.kind] if end is not None else '仍在办理'}")
    return good


def _tell(console: Console, rules: Rulebook, report: StepReport) -> None:
    decision = report.decision
    mark = "·" if decision is None else ("✓" if decision.accepted else "✗")
    console.print(f"  {report.on} {mark} {_in_words(rules, report.title)}")
    if decision is None:
        return
    for ref in decision.opened:
        console.print(f"      → {rules.title_of(ref.stage)}")
    for due in decision.dues:
        limit = rules.limits[due.limit]
        console.print(f"      期限 {limit.title}：{due.due_on}（{rules.article(limit.citation.rows)}）")
    for finding in decision.findings:
        console.print(f"      {SEVERITIES[finding.severity.value]} {finding.message}（{finding.article}）")


def _in_words(rules: Rulebook, title: str) -> str:
    """The step in the words of the regulation: who, where, what."""
    role, _, rest = title.partition(" ")
    verb, _, place = rest.partition(" ")
    if role not in rules.roles or verb not in ACTS:
        return title
    key, _, tail = place.partition(" ")
    return f"{rules.roles[role].title} {ACTS[verb]}“{rules.title_of(key)}” {tail}".rstrip()
