"""What the bureau's findings in the plan review stand in the way of, and attempts used up (第十一、十六、二十二条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.baiyun.gates.shapes import ARTICLE_22, BLOCK, IN_PRINCIPLE, WARN, gate, when

_PASS = at("plan_review", "decide:pass")


def _late_resubmission(case: Case) -> Iterable[Hit]:
    """A late resubmission is accepted and recorded, unless the tenant reads the text more strictly (BY-Q10)."""
    act = case.act
    if act is None or case.option("late_resubmission") != "reject":
        return
    limit, row = (
        ("plan_resubmission", "BY-16-c") if act.stage == "plan_revision" else ("scheme_resubmission", "BY-20-1-c")
    )
    due = case.due(limit)
    if due is not None and due.is_late(act.on):
        yield Hit(message="已超过调整重报的期限，不再受理。", item=limit, severity=BLOCK, rows=(row,))


REVIEW_GATES = (
    gate(
        "G10", "vision_mismatch", "不符合总体目标", cite("BY-22-2", "BY-22", "BY-11-1"), *ARTICLE_22,
        check=when(lambda c: bool(c.find("vision_mismatch_found")), "不符合智慧白云建设总体目标。", item="vision"),
    ),
    gate(
        "G12", "building_integrated_hardware", "应随建设工程同步实施", cite("BY-22-4"), *ARTICLE_22,
        check=when(
            lambda c: bool(c.find("integrated_hardware")), "属于须与建设工程同步设计、同步建设的智能化硬件、专用设备或布展内容。",
            item="integrated_hardware",
        ),
    ),
    gate("G19", "plan_attempts_exhausted", "立项计划三次审核未通过", reading("BY-Q11", "BY-22-11", "BY-16-d", "BY-16-e")),
    gate("G20", "initial_review_attempts_exhausted", "立项方案三次审核未通过", reading("BY-Q12", "BY-22-12", "BY-20-1-d")),
    gate("G21", "expert_attempts_exhausted", "三次专家评审未通过", reading("BY-Q13", "BY-22-13", "BY-20-2-d")),
    gate(
        "G54", "self_built_acceptance_system", "自建受理审批系统", reading("BY-Q08", "BY-11-9"), *_PASS, waiver=IN_PRINCIPLE,
        check=when(
            lambda c: bool(c.fact("builds_acceptance_approval_system")) and c.paper("acceptance_system_consent") is None,
            "原则上不得自建受理审批系统，确需建设的须先取得同意意见。", item="acceptance_system_consent",
        ),
    ),
    gate(
        "G55", "new_media_unapproved", "政务新媒体未经审批备案", reading("BY-Q08", "BY-11-8"), *_PASS, waiver=IN_PRINCIPLE,
        check=when(
            lambda c: bool(c.fact("opens_new_media")) and c.paper("new_media_consent") is None,
            "原则上不开设政务新媒体，确需开设的须按规定审批备案。", item="new_media_consent",
        ),
    ),
    gate(
        "G58", "late_filing", "逾期办理", cite("BY-59"), *at("plan_revision", "submit"), *at("scheme_revision", "submit"),
        severity=WARN, check=_late_resubmission,
    ),
)  # fmt: skip
