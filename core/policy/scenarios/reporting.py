"""Printing how scenarios went: a table a domain expert can follow, or plain values for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.policy.cases.acts import Decision, Finding
from core.policy.scenarios.running import Report, StepReport
from core.policy.wording import SEVERITIES

_ACCEPTED = {True: ("受理", "green"), False: ("不予受理", "yellow")}


def show(reports: Sequence[tuple[str, Report]], console: Console, *, verbose: bool = False) -> None:
    """Print every scenario that failed, step by step, and one line for each that passed (steps too if verbose)."""
    for name, report in reports:
        console.print(_headline(name, report))
        if verbose or not report.passed:
            console.print(_table(report.steps))
        if report.untouched:
            console.print(Text(f"  声明的条款没有参与任何判定：{'、'.join(report.untouched)}", style="red"))
    failed = sum(not report.passed for _, report in reports)
    total = f"共 {len(reports)} 个情景，通过 {len(reports) - failed} 个，未通过 {failed} 个。"
    console.print(Text(total, style="red" if failed else "green"))


def plain(reports: Iterable[tuple[str, Report]]) -> list[dict[str, Any]]:
    """The same as values, for `--json`: everything decided, and what differed."""
    return [
        {
            "file": name,
            "title": report.title,
            "passed": report.passed,
            "rules": list(report.rules),
            "untouched": list(report.untouched),
            "touched": list(report.touched),
            "steps": [_plain_step(step) for step in report.steps],
        }
        for name, report in reports
    ]


def _plain_step(step: StepReport) -> dict[str, Any]:
    return {
        "on": step.on,
        "title": step.title,
        "decision": step.decision,
        "open": list(step.open),
        "problems": list(step.problems),
    }


def _headline(name: str, report: Report) -> Text:
    mark = Text("✓ ", style="green") if report.passed else Text("✗ ", style="red")
    rules = f"  [{'、'.join(report.rules)}]" if report.rules else ""
    return Text.assemble(mark, f"{name}: {report.title}", Text(rules, style="dim"))


def _table(steps: Iterable[StepReport]) -> Table:
    table = Table("日期", "步骤", "结论", "开启 / 办结", "到期日", "提示与条款", box=None, pad_edge=True)
    for step in steps:
        table.add_row(step.on.isoformat(), Text(step.title), *_cells(step.decision))
        for problem in step.problems:
            table.add_row("", Text(f"✗ {problem}", style="red"))
    return table


def _cells(decision: Decision | None) -> tuple[Text, Text, Text, Text]:
    """What a decision says, in four cells; a step on the unit's record decides nothing."""
    if decision is None:
        return Text("已登记", style="dim"), Text(""), Text(""), Text("")
    words, style = _ACCEPTED[decision.accepted]
    moved = [f"+{ref.stage}" for ref in decision.opened]
    moved += [f"-{ref.stage}:{ref.outcome}" for ref in decision.closed]
    dues = [f"{due.limit} {due.due_on.isoformat()}" for due in decision.dues if due.due_on is not None]
    end = f" {decision.end.kind}" if decision.end is not None else ""
    found = [_finding(finding) for finding in decision.findings]
    return Text(words + end, style=style), Text("\n".join(moved)), Text("\n".join(dues)), Text("\n".join(found))


def _finding(finding: Finding) -> str:
    waived = "（已豁免）" if finding.waived else ""
    basis = f"（{finding.article}）" if finding.article else ""
    return f"{SEVERITIES[finding.severity.value]}{waived} {finding.gate}：{finding.message}{basis}"
