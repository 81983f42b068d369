"""Steps 13 to 16: the agreement, the work, its acceptance by the demand party, the report of the result."""

from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.flow import Review, Reviewer, StageKind, to
from plugins.zhuhai.jiebang.roles import BIDDER
from plugins.zhuhai.jiebang.shapes import ANEW, OBLIGATION, demand, forward, negative, stage
from plugins.zhuhai.jiebang.standing import announced
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

AGREEMENT_SIGNING = stage(
    StageKind.TASK, "agreement_signing", "签订合作协议", cite("ZH-11-1", "ZH-11-2", "ZH-11-3"), (UNIT,),
    forward("signed", "签订", cite("ZH-11-1")),
    asks=("agreed_until", "rights_and_duties", "ip_ownership"),
    review=Review(
        citation=cite("ZH-11-2"),
        reviewers=(Reviewer(role=BIDDER, each=announced, gate="party_not_announced", citation=cite("ZH-11-2")),),
    ),
    papers=(demand("cooperation_agreement", "agreement_terms_missing", cite("ZH-11-3")),),
)  # fmt: skip

IMPLEMENTATION = stage(
    StageKind.TASK, "implementation", "项目实施", cite("ZH-12-1", "ZH-6-B5"), (UNIT,),
    forward("complete", "实施完成", cite("ZH-12-1")),
    records=("progress",),
)  # fmt: skip

ACCEPTANCE = stage(
    StageKind.REVIEW, "acceptance", "项目验收", cite("ZH-13-1"), (UNIT,),
    forward(
        "pass", "通过", cite("ZH-13-1", "ZH-14-7"),
        opens=("acceptance_report", "subsidy_application", "performance_evaluation"),
    ),
    negative(
        "not_pass", "不通过", by_reference("ZH-19-3", note=NOT_SUPPLIED), next=to("implementation"), opens=("acceptance_report",)
    ),
    papers=(
        demand("acceptance_conclusion", "implementation_not_complete", cite("ZH-13-1"), act="decide:pass", **ANEW),
        demand("acceptance_conclusion", "implementation_not_complete", cite("ZH-13-1"), act="decide:not_pass", **ANEW),
    ),
)  # fmt: skip

ACCEPTANCE_REPORT = stage(
    StageKind.FILING, "acceptance_report", "报送验收结果", cite("ZH-13-2"), (UNIT,),
    forward("lodged", "报送", cite("ZH-13-2")),
    papers=(demand("acceptance_result_report", "acceptance_not_reported", cite("ZH-13-2"), **ANEW),),
    **OBLIGATION,
)  # fmt: skip

PERFORMANCE_EVALUATION = stage(
    StageKind.REVIEW, "performance_evaluation", "绩效评价", cite("ZH-4-1"), (BUREAU,),
    forward("concluded", "完成评价", reading("ZH-Q16", "ZH-4-1", "ZH-16-1")),
    records=("excellent",),
    papers=(demand("evaluation_result", "evaluation_result_missing", cite("ZH-4-1")),),
    **OBLIGATION,
)  # fmt: skip

CARRYING = (AGREEMENT_SIGNING, IMPLEMENTATION, ACCEPTANCE, ACCEPTANCE_REPORT, PERFORMANCE_EVALUATION)
