"""Building, joint acceptance, listing, promotion, evaluation, best list, operation (第三部分（六）至（八）)."""

from core.policy.rules.citations import CORE_DEFAULT, cite
from core.policy.rules.flow import Force, Review, Reviewer, Stage, StageKind, to
from plugins.zhejiang.roles import BUREAU, COMMITTEE, LEAD, SUBJECT
from plugins.zhejiang.stages.shapes import ANEW, BESIDE, CLASS1, EACH, demand, forward, negative, task

_BOTH = (BUREAU, LEAD)


IMPLEMENTATION = task(
    "implementation",
    "开展项目建设",
    cite("ZJ-3-6-b", "ZJ-1-3-d"),
    SUBJECT,
    records=("progress_note", "tasks_done"),
    aliases=("construction",),
    **EACH,
)
ACCEPTANCE_APPLICATION = task(
    "acceptance_application",
    "提交项目验收申请",
    cite("ZJ-3-7-a", "ZJ-1-3-d"),
    SUBJECT,
    papers=(demand("acceptance_application", "acceptance_papers_missing", cite("ZJ-3-7-a"), per_ref=True, **ANEW),),
    **EACH,
)
ACCEPTANCE_EVALUATION = Stage(
    key="acceptance_evaluation",
    title="评估验收",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(LEAD,),
    citation=cite("ZJ-3-7-b"),
    papers=(demand("acceptance_result", "acceptance_papers_missing", cite("ZJ-3-7-b"), act="decide:pass", per_ref=True),),
    outcomes=(
        forward("pass", "通过验收", cite("ZJ-3-7-b", "ZJ-3-7-c")),
        negative("not_pass", "未通过验收", cite("ZJ-3-7-e"), next=to("implementation")),
    ),
    review=Review(
        citation=cite("ZJ-3-7-b"),
        reviewers=(
            Reviewer(role=BUREAU, citation=cite("ZJ-3-7-b"), gate="acceptance_not_joint"),
            Reviewer(role=COMMITTEE, citation=cite("ZJ-4-2-a"), force=Force.ADVISORY),
        ),
        invites=True,
    ),
    unbounded=True,
    **EACH,
)  # fmt: skip
MARKET_LISTING = task(
    "market_listing",
    "应用市场上架",
    cite("ZJ-3-7-c", "ZJ-3-8-e"),
    SUBJECT,
    asks=("investor", "owner", "lister", "income_receiver", "licence_price", "construction_share"),
    papers=(
        demand("source_code", "source_code_missing", cite("ZJ-3-8-f"), lambda case: case.track == CLASS1, per_ref=True),
        demand(
            "property_confirmation", "property_not_confirmed", cite("ZJ-3-8-f"), lambda case: case.track == CLASS1, per_ref=True
        ),
    ),
    outcomes=(forward("listed", "上架", cite("ZJ-3-7-c"), opens=("operation",)),),
    **EACH,
)  # fmt: skip
PROMOTION = task(
    "promotion",
    "全省推广",
    cite("ZJ-3-8-a"),
    LEAD,
    outcomes=(forward("started", "开展推广", cite("ZJ-3-8-a")),),
    **EACH,
)
PERFORMANCE_EVALUATION = Stage(
    key="performance_evaluation",
    title="绩效评估",
    kind=StageKind.PARALLEL_REVIEW,
    actors=_BOTH,
    citation=cite("ZJ-3-8-b"),
    asks=("evaluation_result",),
    outcomes=(forward("recorded", "完成评估", cite("ZJ-3-8-b")),),
    papers=(demand("performance_result", "not_evaluated", cite("ZJ-3-8-b"), per_ref=True),),
    review=Review(
        citation=cite("ZJ-3-8-b"),
        reviewers=tuple(Reviewer(role=role, citation=cite("ZJ-3-8-b")) for role in _BOTH),
        worst_first=("recorded",),
        invites=True,
    ),
    **EACH,
)
BEST_LIST = Stage(
    key="best_list",
    title="梳理最佳应用清单",
    kind=StageKind.FILING,
    actors=_BOTH,
    citation=cite("ZJ-3-8-c"),
    asks=("on_best_list",),
    papers=(
        demand("best_application_list", "not_on_best_list", cite("ZJ-3-8-c"), lambda case: bool(case.find("on_best_list"))),
    ),
    outcomes=(forward("lodged", "列出清单", cite("ZJ-3-8-c")),),
    **EACH,
)  # fmt: skip
EXCELLENCE = task(
    "excellence_recommendation",
    "推荐参与“争先制”评选",
    cite("ZJ-3-8-d"),
    *_BOTH,
    when=lambda case: bool(case.find("on_best_list")),
    when_citation=cite("ZJ-3-8-d"),
    **EACH,
)
OPERATION = Stage(
    key="operation",
    title="运维和持续迭代",
    kind=StageKind.WAIT,
    actors=(SUBJECT,),
    citation=cite("ZJ-1-3-f"),
    outcomes=(forward("ended", "停止运行", CORE_DEFAULT),),
    **BESIDE,
    **EACH,
)

DELIVERY = (
    IMPLEMENTATION,
    ACCEPTANCE_APPLICATION,
    ACCEPTANCE_EVALUATION,
    MARKET_LISTING,
    PROMOTION,
    PERFORMANCE_EVALUATION,
    BEST_LIST,
    EXCELLENCE,
    OPERATION,
)
