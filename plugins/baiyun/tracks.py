"""The three paths of Baiyun (第十三、十九条): micro, simplified for identical operation projects, ordinary."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from plugins.baiyun.stages.acceptance import ACCEPTANCE
from plugins.baiyun.stages.delivery import DELIVERY
from plugins.baiyun.stages.establishment import PLAN
from plugins.baiyun.stages.evaluation import EVALUATION
from plugins.baiyun.stages.procurement import CONTRACTING, MICRO_FILING, PROCUREMENT_NEED_FILING
from plugins.baiyun.stages.scheme import SCHEME
from plugins.baiyun.stages.shapes import is_build, is_micro, is_simplified


def _may_withdraw(case: Case) -> bool:
    """Free until the approval, or until a micro project's plan has passed (BY-Q54)."""
    return case.result("scheme_approval") != "approved" and not (
        case.track == "micro" and case.result("plan_review") == "pass"
    )


SEGMENTS = (
    Segment(key="plan", title="立项计划", stages=PLAN, citation=cite("BY-13-a")),
    Segment(key="micro", title="小微项目备案", stages=(MICRO_FILING,), citation=cite("BY-19-1-b")),
    Segment(key="scheme", title="立项方案", stages=SCHEME, citation=cite("BY-20-a")),
    Segment(key="need", title="采购需求", stages=(PROCUREMENT_NEED_FILING,), citation=cite("BY-24-a")),
    Segment(key="contracting", title="采购与合同", stages=CONTRACTING, citation=cite("BY-26-c")),
    Segment(
        key="build",
        title="建设与验收（建设开发类）",
        stages=(*DELIVERY, *ACCEPTANCE),
        when=is_build,
        citation=cite("BY-39-a"),
        aliases=("delivery_build",),
    ),
    Segment(
        key="other",
        title="实施与验收（运维、服务类）",
        stages=(*DELIVERY, *ACCEPTANCE),
        when=lambda case: not is_build(case),
        citation=cite("BY-39-b"),
        aliases=("delivery_other",),
    ),
    Segment(key="evaluation", title="效能评估", stages=EVALUATION, citation=cite("BY-51-a")),
)

_DELIVERED = ("contracting", "build", "other", "evaluation")
_LEAVE = {"withdrawable": _may_withdraw, "withdraw_citation": reading("BY-Q54", "BY-37")}

TRACKS = (
    Track(
        key="micro",
        title="小微项目（简易立项）",
        applies=is_micro,
        segments=("plan", "micro", *_DELIVERED),
        regulation="measures",
        citation=reading("BY-Q05", "BY-17-a", "BY-19-a", "BY-19-1-a", "BY-19-1-b", "BY-20-2-a"),
        **_LEAVE,  # type: ignore[arg-type]
    ),
    Track(
        key="simplified_om",
        title="往期一致的运维项目（简易立项）",
        applies=is_simplified,
        segments=("plan", "scheme", "need", *_DELIVERED),
        regulation="measures",
        citation=reading("BY-Q21", "BY-19-a", "BY-19-2", "BY-20-2-a"),
        **_LEAVE,  # type: ignore[arg-type]
    ),
    Track(
        key="ordinary",
        title="普通立项",
        applies=lambda _: True,
        segments=("plan", "scheme", "need", *_DELIVERED),
        regulation="measures",
        citation=cite("BY-19-a", "BY-13-a"),
        **_LEAVE,  # type: ignore[arg-type]
    ),
)

SELECTION_POINTS = (
    SelectionPoint(
        stage="plan_review", outcome="pass", basis="confirmed", citation=reading("BY-Q05", "BY-19-a", "BY-17-2-b")
    ),
)
