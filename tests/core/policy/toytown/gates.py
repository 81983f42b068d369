"""What may stop a project of Toytown, and what follows from a report that is late."""

from collections.abc import Callable
from typing import Any

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.actors import PROJECT_UNIT
from core.policy.rules.citations import cite
from core.policy.rules.gating import Effect, EffectHit, Gate, Hit, Target, Waiver, at
from core.policy.rules.papers import Severity
from tests.core.policy.toytown import thresholds as number
from tests.core.policy.toytown.stages import BUREAU


def _running(case: Case) -> list[Hit]:
    running = [p for p in case.unit.projects if p.end is None]
    return [Hit(message=f"已有 {len(running)} 个在办项目。")] if len(running) >= number.RUNNING_MAX else []


def _barred(case: Case) -> list[Hit]:
    return [Hit(message=hit.reason, rows=("TY-11",)) for hit in case.effects("bar_new")]


def _report_late(standing: Standing, case: Case) -> EffectHit | None:
    """From the day after a report was due until it is lodged, the unit's other projects wait."""
    due = standing.due("report_days")
    if due is None or due.due_on is None or not due.is_overdue(case.today):
        return None
    return EffectHit(since=due.due_on, reason=f"“{standing.title}”的报告逾期未交。")


def _gate(key: str, code: str, title: str, **more: Any) -> Gate:
    values: dict[str, Any] = {"severity": Severity.BLOCK, "citation": cite("TY-13")}
    return Gate(key=key, code=f"TY-{code}", title=title, **(values | more))


def _says(message: str, holds: Callable[[Case], bool]) -> Callable[[Case], list[Hit]]:
    return lambda case: [Hit(message=message)] if holds(case) else []


def _is_expired(case: Case) -> bool:
    due = case.due("validity")
    return due is not None and due.is_late(case.today)


_UNIT: dict[str, Any] = {"points": at("apply", "submit"), "needs": ("unit",)}
_OUTSIDE = _says("不在范围。", lambda case: bool(case.find("outside")))
_SECRET = _says("涉密。", lambda case: bool(case.fact("secret")))
_EXPIRED = _says("批准已失效。", _is_expired)
_WAIVER = Waiver(roles=(BUREAU, PROJECT_UNIT), citation=cite("TY-13"))
GATES = (
    _gate("incomplete", "G1", "材料不齐"),
    _gate("exhausted", "G2", "次数用尽"),
    _gate("late", "G3", "逾期", severity=Severity.WARN),
    _gate("wrong_library", "G4", "专家库不符"),
    _gate("scope", "G5", "不在范围", points=at("", "create"), check=_OUTSIDE),
    _gate("running", "G6", "在办项目过多", check=_running, waiver=_WAIVER, **_UNIT),
    _gate("barred", "G7", "报告逾期", check=_barred, **_UNIT),
    _gate("open_secret", "G9", "涉密不得公开", points=at("closing", "lodge"), check=_SECRET),
    _gate("too_secret", "G11", "涉密不得并联", points=at("clearance", "decide:pass"), check=_SECRET, waiver=_WAIVER),
    _gate("expired", "G10", "批准已失效", points=at("works", "submit"), check=_EXPIRED),
)
BAR = Effect(
    key="bar_new",
    code="TY-E1",
    title="暂缓新项目",
    target=Target.UNIT,
    act="apply",
    cure="补交报告",
    citation=cite("TY-11"),
    from_project=_report_late,
)
