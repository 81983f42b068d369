"""Final acceptance and its filing (最终验收与备案) (第四十六至四十九条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import PanelRule, Review, Stage, StageKind, to
from plugins.baiyun.roles import BUREAU, PROJECT
from plugins.baiyun.stages.delivery import contract_amount
from plugins.baiyun.stages.shapes import ANEW, DETOUR, demand, filing, forward, negative, task

_MISSING = "acceptance_papers_missing"
_STATEMENT = demand("rectification_statement", "acceptance_filing_incomplete", cite("BY-48-c"), per_ref=True, **ANEW)

FINAL_ACCEPTANCE = Stage(
    key="final_acceptance",
    title="最终验收审核",
    kind=StageKind.REVIEW,
    actors=(PROJECT,),
    citation=cite("BY-41-b", "BY-46", "BY-47-a"),
    records=("mlps_not_applicable_reason", "mobile_app_integrated", "guidance_requested"),
    outcomes=(
        forward("pass", "通过", cite("BY-46", "BY-47-a"), opens=("self_evaluation",)),
        negative("not_pass", "不通过", cite("BY-47-3-a"), next=to("final_rectification")),
    ),
    papers=(
        demand("final_acceptance_materials", _MISSING, cite("BY-47-a"), act="decide", per_ref=True),
        demand("final_acceptance_conclusion", _MISSING, cite("BY-A3-9"), act="decide", per_ref=True, **ANEW),
    ),
    review=Review(
        citation=cite("BY-44", "BY-47-a"),
        items=(
            ("xinchuang", "信创", cite("BY-44")),
            ("crypto", "商用密码", cite("BY-44")),
            ("network_security", "网络安全", cite("BY-44")),
            ("data_security", "数据安全审查", cite("BY-44")),
        ),
        panel=PanelRule(
            citation=cite("BY-5-2-c", "BY-47-1", "BY-47-2"),
            libraries=("expert_library",),
            random=False,
            library_gate="expert_library_wrong",
            meeting_when=lambda case: contract_amount(case) >= case.threshold("final_acceptance_expert_min"),
            meeting_gate="expert_meeting_required",
        ),
    ),
    scope="lot",
)

FINAL_RECTIFICATION = task(
    "final_rectification",
    "终验整改",
    reading("BY-Q28", "BY-47-3-a"),
    nxt=to("final_acceptance"),
    scope="lot",
    **DETOUR,
)

ACCEPTANCE_FILING = filing(
    "acceptance_filing",
    "最终验收备案申请",
    cite("BY-46", "BY-48-a", "BY-A3-10"),
    papers=(demand("acceptance_filing_application", "acceptance_filing_incomplete", cite("BY-48-a"), per_ref=True),),
    scope="lot",
)

ACCEPTANCE_FILING_REVIEW = Stage(
    key="acceptance_filing_review",
    title="验收备案审核",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    citation=cite("BY-46", "BY-48-b"),
    outcomes=(
        forward("pass", "符合要求", cite("BY-48-b")),
        negative("deficient", "不符合要求", cite("BY-48-c"), next=to("acceptance_filing_rectification")),
        negative("refused", "拒不整改", cite("BY-48-d"), next=to("filing_failed")),
    ),
    review=Review(
        citation=cite("BY-48-b"),
        items=(
            ("completeness", "材料完整性", cite("BY-48-b")),
            ("form", "形式规范性", cite("BY-48-b")),
            ("consistency", "内容一致性", cite("BY-48-b")),
            ("data_security_sharing", "数据安全与共享", cite("BY-48-b")),
        ),
        defects=True,
    ),
    scope="lot",
)

ACCEPTANCE_FILING_RECTIFICATION = task(
    "acceptance_filing_rectification",
    "验收备案整改",
    cite("BY-48-c"),
    nxt=to("acceptance_filing_review"),
    papers=(_STATEMENT,),
    scope="lot",
    **DETOUR,
)

FILING_FAILED = task(
    "filing_failed",
    "验收备案未达要求",
    reading("BY-Q30", "BY-48-d"),
    nxt=to("acceptance_filing_review"),
    papers=(_STATEMENT,),
    scope="lot",
    # The text sets no limit here: the unit may go on putting it right, and its other reviews wait until it has.
    unbounded=True,
    **DETOUR,
)

ACCEPTANCE = (
    FINAL_ACCEPTANCE,
    FINAL_RECTIFICATION,
    ACCEPTANCE_FILING,
    ACCEPTANCE_FILING_REVIEW,
    ACCEPTANCE_FILING_RECTIFICATION,
    FILING_FAILED,
)
