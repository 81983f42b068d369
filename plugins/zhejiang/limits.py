"""How long, and in which order (第六节期限): one period of three months; the rest is order, or has no number."""

from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.flow import Ends
from core.policy.rules.limits import Lapse, OnLate, TimeLimit, told_by
from plugins.zhejiang.history import GRACE, LOST, deadline
from plugins.zhejiang.roles import BUYER, CANDIDATE, LEAD, SUBJECT, TASK_FORCE
from plugins.zhejiang.thresholds import OVERDUE_MONTHS

_ORDER: dict[str, Any] = {"kind": LimitKind.ORDER, "roll": Roll.NONE}
_NO_NUMBER: dict[str, Any] = {"kind": LimitKind.NONE, "roll": Roll.NONE, "on_late": OnLate.NONE}


def _limit(code: str, key: str, title: str, on: Citation, owner: str, **more: Any) -> TimeLimit:
    return TimeLimit(key=key, code=f"ZJ-{code}", title=title, citation=on, owner=owner, **more)


def _automatic(case: Case) -> bool:
    return bool(case.option("disqualification_mode") == "automatic")


LIMITS = (
    _limit(
        "L01", GRACE, "超期后通过验收的宽限", reading("ZJ-Q10", "ZJ-3-7-e"), SUBJECT, kind=LimitKind.DEADLINE,
        roll=Roll.FORWARD, amount=OVERDUE_MONTHS, unit=Unit.MONTH, start=told_by(deadline),
        met_by=("acceptance_evaluation", "pass"), on_late=OnLate.RIGHT_LOST, late_gate=LOST,
        lapse=Lapse(
            ends=Ends.LAPSED, gate=LOST, when=_automatic, nobody=("subject_loss_decision",),
            citation=reading("ZJ-Q12", "ZJ-3-7-e"),
        ),
    ),
    _limit(
        "L02", "delivery_deadline", "交付期限", reading("ZJ-Q09", "ZJ-3-6-b", "ZJ-2-3-a10"), SUBJECT,
        kind=LimitKind.AGREED, roll=Roll.NONE, start=told_by(deadline), on_late=OnLate.NONE,
    ),
    _limit("L03", "procurement_year", "年度采购累计", reading("ZJ-Q28", "ZJ-3-8-p", "ZJ-3-8-q"), BUYER, **_NO_NUMBER),
    _limit("L04", "selection_notice", "拟入选名单公示", reading("ZJ-Q08", "ZJ-3-5-a"), TASK_FORCE, **_NO_NUMBER),
    _limit("L05", "approval_promptly", "尽快完成立项", cite("ZJ-3-6-c"), SUBJECT, **_NO_NUMBER),
    _limit("L06", "progress_report_timely", "及时报告进展", reading("ZJ-Q37", "ZJ-1-3-c"), SUBJECT, **_NO_NUMBER),
    _limit("L07", "prior_opinion_before", "提交前征求意见", reading("ZJ-Q42", "ZJ-3-3-c"), CANDIDATE, **_ORDER),
    _limit("L08", "procurement_before_build", "采购后建设", cite("ZJ-3-6-f"), SUBJECT, **_ORDER),
    _limit("L09", "listing_after_acceptance", "验收通过后上架", cite("ZJ-3-7-c"), SUBJECT, **_ORDER),
    _limit("L10", "promotion_after_listing", "上架后推广", cite("ZJ-3-8-a"), LEAD, **_ORDER),
    _limit("L11", "whole_course", "全过程管理和参与", cite("ZJ-1-1-a", "ZJ-4-3-a"), TASK_FORCE, **_NO_NUMBER),
)  # fmt: skip
