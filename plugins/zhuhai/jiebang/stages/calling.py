"""Steps 1 to 5: the demand is proposed, selected, made formal, put to finance and published (第七、八条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, Review, Reviewer, StageKind, to
from core.policy.rules.publicity import PostingKind, Publicity
from plugins.zhuhai.jiebang.roles import INTENDING
from plugins.zhuhai.jiebang.shapes import demand, forward, negative, returned, stage
from plugins.zhuhai.roles import BUREAU, FINANCE, UNIT

_SUPPLY = ("ZH-4-3", "ZH-6-2", "ZH-6-D1", "ZH-6-D2", "ZH-6-D3", "ZH-6-D4")

DEMAND_PROPOSAL = stage(
    StageKind.TASK, "demand_proposal", "提出揭榜需求", cite("ZH-2-1", *_SUPPLY), (UNIT, BUREAU),
    forward("submit", "提交", cite("ZH-4-3")),
    asks=("jiebang_kind", "domain", "tech_direction", "scenario_focus", "involves_sensitive_data", "involves_national_security", "pool_item", "support_kinds"),
    papers=(
        demand("demand_note", "scenario_out_of_focus", cite("ZH-6-D1")),
        demand("support_commitment", "support_missing", cite("ZH-6-D3")),
        demand("compliance_statement", "sensitive_data", cite("ZH-6-D4")),
    ),
)  # fmt: skip

LIST_SELECTION = stage(
    StageKind.REVIEW, "list_selection", "榜单遴选", cite("ZH-4-1", "ZH-7-1", "ZH-7-2", "ZH-7-3"), (BUREAU,),
    forward("select", "入选", cite("ZH-7-4")),
    returned("return", "退回修改", to("demand_proposal")),
    negative("not_select", "不入选", reading("ZH-Q10", "ZH-7-1"), ends=Ends.REJECTED),
    records=("priority_tags", "involves_sensitive_data", "involves_national_security"),
    papers=(demand("assessment_opinion", "assessment_opinion_missing", cite("ZH-8-1", "ZH-2-2"), act="decide:select"),),
)  # fmt: skip

FORMAL_DEMAND = stage(
    StageKind.TASK, "formal_demand", "编制揭榜制项目正式需求", cite("ZH-8-1", "ZH-8-2", "ZH-8-3"), (UNIT,),
    forward("submit", "提交", cite("ZH-8-2")),
    asks=("rd_tasks", "tech_indicators", "expected_results", "implementation_period", "min_rd_goals", "bidder_requirements"),
    records=("max_rd_cost",),
    papers=(demand("formal_demand", "demand_element_missing", cite("ZH-8-2")),),
)  # fmt: skip

FINANCE_CONSULTATION = stage(
    StageKind.REVIEW, "finance_consultation", "征求市财政局意见", cite("ZH-8-4"), (BUREAU,),
    forward("proceed", "发榜", reading("ZH-Q10", "ZH-8-4")),
    returned("return", "退回修改需求", to("formal_demand")),
    negative("drop", "不发榜", reading("ZH-Q10", "ZH-8-4"), ends=Ends.REJECTED),
    review=Review(
        citation=cite("ZH-8-4"), reviewers=(Reviewer(role=FINANCE, gate="finance_opinion_missing", citation=cite("ZH-8-4")),)
    ),
)  # fmt: skip

CALL_ANNOUNCEMENT = stage(
    StageKind.PUBLICATION, "call_announcement", "发榜公告", cite("ZH-8-5", "ZH-2-1", "ZH-2-3"), (BUREAU,),
    forward("published", "发布", cite("ZH-8-5")),
    records=("announcement_number",),
    papers=(demand("call_announcement", "announcement_missing", cite("ZH-8-5")),),
    public=Publicity(
        kind=PostingKind.CALL, unit=True, papers=("call_announcement",), citation=cite("ZH-8-5"),
        facts=(
            "announcement_number", "rd_tasks", "tech_indicators", "expected_results", "implementation_period",
            "min_rd_goals", "max_rd_cost", "bidder_requirements",
        ),
        answers_at="demand_matching", answered_as=INTENDING,
    ),
    aliases=("bang_announcement",),
)  # fmt: skip

CALLING = (DEMAND_PROPOSAL, LIST_SELECTION, FORMAL_DEMAND, FINANCE_CONSULTATION, CALL_ANNOUNCEMENT)
