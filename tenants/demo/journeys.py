"""The demonstration (make demo): whole projects over HTTP, told as they go, with an exit status."""

from collections.abc import Sequence

from rich.console import Console

from core.cli.live import LivePlayer
from core.cli.officers import Cast
from core.kernel.settings import Settings
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.scenarios import Scenario
from core.policy.scenarios.running import StepReport
from core.policy.wording import ACTS, SEVERITIES, TOLD_ENDED
from tenants import assembly
from tenants.demo.shown import journeys_of
from tenants.scenarios.serving import serve_on


def demonstrate(settings: Settings, places: Sequence[str], console: Console) -> bool:
    """Play every journey of these places, each in tenants of its own; True when each went as its file says."""
    scenarios = [scenario for place in places for scenario in journeys_of(place)]
    good = True
    with (
        assembly.embedded(settings) as (complete, _),
        serve_on(complete, scenarios, prefix="demo") as (address, casts),
    ):
        for scenario, cast in zip(scenarios, casts, strict=True):
            console.print(f"{address}/api/v1  {cast.tree.here.code}")
            good &= _play(scenario, cast, console)
    return good


def _play(scenario: Scenario, cast: Cast, console: Console) -> bool:
    console.print(f"\n[bold]{scenario.title}[/bold]")
    player = LivePlayer(scenario, installed(), cast)
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
