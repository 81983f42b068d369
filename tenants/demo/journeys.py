"""The demonstration (make demo): whole projects over HTTP, told as they go, with an exit status."""

from pathlib import Path

import httpx
from rich.console import Console

from core.cli.live import LivePlayer, Officer
from core.policy.actors import PROJECT_UNIT
from core.policy.registry import Jurisdiction, installed
from core.policy.rulebook import Rulebook
from core.policy.scenarios import Scenario, load
from core.policy.scenarios.running import StepReport
from tenants.demo.world import PASSWORD, UNITS

VERBS = {"submit": "提交", "decide": "作出决定", "lodge": "报备", "record": "登记", "complete": "完成", "open": "启动"}
ENDS = {
    "completed": "已办结",
    "rejected": "不予立项",
    "terminated": "已终止",
    "withdrawn": "已撤回",
    "lapsed": "已失效",
}


def run_journeys(base_url: str, tenant: str, place: str, console: Console) -> bool:
    """Play every journey of a place over HTTP; True when each ended as its file says."""
    jurisdiction = installed().place(place)
    good = True
    with httpx.Client(base_url=base_url, timeout=30) as client:
        for number, path in enumerate(_files(jurisdiction)):
            for scenario in load(path):
                unit = UNITS[number % len(UNITS)][0]
                good &= _play(client, scenario, tenant, unit, console)
    return good


def _files(jurisdiction: Jurisdiction) -> list[Path]:
    return [path for path in sorted((jurisdiction.folder / "demo").glob("*.yaml")) if path.name != "standard.yaml"]


def _play(client: httpx.Client, scenario: Scenario, tenant: str, unit: str, console: Console) -> bool:
    console.print(f"\n[bold]{scenario.title}[/bold]")
    known: dict[str, Officer] = {}

    def officer(role: str) -> Officer:
        login = unit if role == PROJECT_UNIT else role
        if login not in known:
            known[login] = Officer(client, tenant=tenant, login=login, password=PASSWORD)
        return known[login]

    player = LivePlayer(scenario, installed(), officer)
    good = True
    for report in player.play():
        _tell(console, player.rules, report)
        for problem in report.problems:
            console.print(f"      [red]与预期不符：{problem}[/red]")
        good &= not report.problems
    code = player.codes.get("main", "")
    end = player.pure.states["main"].end
    console.print(f"  {code} {ENDS[end.kind] if end is not None else '仍在办理'}")
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
        console.print(f"      {finding.severity.value} {finding.message}（{finding.article}）")


def _in_words(rules: Rulebook, title: str) -> str:
    """The step in the words of the regulation: who, where, what."""
    role, _, rest = title.partition(" ")
    verb, _, place = rest.partition(" ")
    if role not in rules.roles or verb not in VERBS:
        return title
    key, _, tail = place.partition(" ")
    return f"{rules.roles[role].title} {VERBS[verb]}“{rules.title_of(key)}” {tail}".rstrip()
