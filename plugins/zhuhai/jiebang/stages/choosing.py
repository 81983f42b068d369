"""Steps 6 to 12: bidders meet the demand, hand in plans, and those adopted are argued, approved and announced."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.competing import Binding, Competition, Entering, Join, JoinKind
from core.policy.rules.flow import Ends, Review, Reviewer, StageKind, chosen_from, computed, to
from core.policy.rules.publicity import Notice, PostingKind, Publicity
from plugins.zhuhai.jiebang.roles import BIDDER, INTENDING, PUBLIC
from plugins.zhuhai.jiebang.shapes import ANEW, ENTRY, demand, forward, negative, returned, stage
from plugins.zhuhai.jiebang.standing import AGREEMENTS, adopted, has_agreed
from plugins.zhuhai.roles import BUREAU, EXPERT, FINANCE, UNIT, WORKGROUP

# A changed plan is reviewed, argued, approved and put to the public anew (ZH-Q09).
_ANEW = ("plan_filing_review", "preliminary_argumentation", "workgroup_approval", "public_notice")
_APPROVED = ("workgroup_approval", "public_notice")
_WRONG = reading("ZH-Q10", "ZH-10-1")

DEMAND_MATCHING = stage(
    StageKind.TASK, "demand_matching", "需求对接", cite("ZH-9-1", "ZH-9-2"), (BUREAU,),
    forward("matched", "达成一致", cite("ZH-9-2")),
    negative("no_taker", "无人揭榜", reading("ZH-Q10", "ZH-9-1"), ends=Ends.LAPSED),
    records=("matching_held_on", *AGREEMENTS, "capability_insufficient", "own_ip_or_cases"),
    takes=Entering(roles=(BUREAU, UNIT, INTENDING), citation=cite("ZH-6-3", "ZH-9-1")),
)  # fmt: skip

PLAN_PREPARATION = stage(
    StageKind.TASK, "plan_preparation", "编制项目实施方案", cite("ZH-9-3", "ZH-9-4", "ZH-6-B4"), (INTENDING,),
    forward("submit", "提交方案", cite("ZH-9-4")),
    asks=("estimate", "own_funding", "social_funding", "planned_subsidy", "min_goals_met"),
    records=("guidance",),
    papers=(demand("implementation_plan", "plan_element_missing", cite("ZH-9-4"), per_ref=True),),
    when=has_agreed, when_citation=cite("ZH-9-2"), **ENTRY,
)  # fmt: skip

PLAN_OPINION = stage(
    StageKind.REVIEW, "plan_opinion", "提出初步意见", cite("ZH-9-5"), (UNIT,),
    forward("adopt", "拟采纳", cite("ZH-9-6")),
    negative("not_adopt", "不采纳", cite("ZH-9-5")),
    returned("revise", "退回修改", to("plan_preparation"), cite("ZH-9-3")),
    records=("plan_score", "refusal_ground"),
    papers=(
        demand("initial_opinion", "initial_opinion_missing", cite("ZH-9-5"), act="decide:adopt", per_ref=True),
        demand("initial_opinion", "initial_opinion_missing", cite("ZH-9-5"), act="decide:not_adopt", per_ref=True),
    ),
    **ENTRY,
)  # fmt: skip

ADOPTION_REPORT = stage(
    StageKind.TASK, "adoption_report", "报送拟采纳方案", cite("ZH-9-6"), (UNIT,),
    forward("submit", "报送", cite("ZH-9-6")),
    returned("revise", "重新编制方案", to("plan_preparation")),
    negative("none_adopted", "均不采纳", reading("ZH-Q10", "ZH-9-5"), ends=Ends.LAPSED),
    papers=(demand("adoption_report", "initial_opinion_missing", cite("ZH-9-6"), **ANEW),),
    join=Join(kind=JoinKind.EACH, nobody_ends=Ends.LAPSED, citation=reading("ZH-Q10", "ZH-9-5", "ZH-9-6")),
    competition=Competition(
        winners=adopted, at_most=lambda case: case.option("max_adopted_plans"), cap_gate="too_many_adopted",
        score=lambda case: case.find("plan_score", 0), prefers=lambda case: bool(case.find("own_ip_or_cases")),
        citation=reading("ZH-Q08", "ZH-6-B3"),
    ),
)  # fmt: skip

PLAN_FILING_REVIEW = stage(
    StageKind.REVIEW, "plan_filing_review", "拟采纳方案审核备案", cite("ZH-9-6"), (BUREAU,),
    forward("filed", "备案", cite("ZH-9-6")),
    returned("return", "退回修改", to("plan_preparation"), reading("ZH-Q10", "ZH-9-6")),
    asks=("filing_number",),
)  # fmt: skip

PRELIMINARY_ARGUMENTATION = stage(
    StageKind.PARALLEL_REVIEW, "preliminary_argumentation", "初步论证", cite("ZH-10-1"), (BUREAU,),
    forward("pass", "通过论证", cite("ZH-10-1")),
    negative(
        "not_pass", "未通过论证", _WRONG, reopens=_ANEW,
        next=computed(lambda case: (case.option("argumentation_fail_next"),), "plan_preparation", "plan_filing_review"),
    ),
    review=Review(
        citation=cite("ZH-10-1"),
        reviewers=(
            Reviewer(role=FINANCE, gate="argumentation_incomplete", citation=cite("ZH-10-1")),
            Reviewer(role=EXPERT, gate="argumentation_incomplete", citation=cite("ZH-10-1")),
        ),
    ),
    papers=(
        demand(
            "preliminary_argumentation_opinion", "argumentation_incomplete", cite("ZH-10-1"), act="decide:pass", **ANEW
        ),
    ),
)  # fmt: skip

WORKGROUP_APPROVAL = stage(
    StageKind.REVIEW, "workgroup_approval", "协调工作组审批", cite("ZH-10-2"), (BUREAU,),
    forward("approved", "同意", cite("ZH-10-2")),
    returned("return", "退回修改", to("plan_preparation"), reading("ZH-Q10", "ZH-10-2"), reopens=_ANEW),
    negative("reject", "不同意", reading("ZH-Q10", "ZH-10-2"), ends=Ends.REJECTED),
    papers=(demand("workgroup_decision", "workgroup_approval_missing", cite("ZH-10-2"), act="decide:approved", **ANEW),),
    decided_by=WORKGROUP,
)  # fmt: skip

PUBLIC_NOTICE = stage(
    StageKind.NOTICE, "public_notice", "向社会公示", cite("ZH-10-3", "ZH-10-4"), (BUREAU,),
    forward("no_objection", "公示无异议", cite("ZH-10-3", "ZH-10-4")),
    returned(
        "upheld", "异议成立", chosen_from("plan_preparation", "workgroup_approval"), reading("ZH-Q09", "ZH-10-4"),
        reopens=_APPROVED,
    ),
    negative("closed", "异议成立，终止办理", reading("ZH-Q09", "ZH-10-4"), ends=Ends.REJECTED),
    notice=Notice(
        limit="public_notice", objectors=(PUBLIC,), over_gate="notice_not_completed", objection_gate="objection_open",
        late_gate="objection_late", citation=reading("ZH-Q09", "ZH-10-3", "ZH-10-4"),
    ),
    papers=(demand("public_notice", "workgroup_approval_missing", cite("ZH-10-3"), act="publish", **ANEW),),
    public=Publicity(
        kind=PostingKind.NOTICE, title="拟立项揭榜制项目公示", unit=True, entries=adopted, papers=("public_notice",),
        objects_as=PUBLIC, citation=cite("ZH-10-3", "ZH-10-4"),
    ),
)  # fmt: skip

SELECTION_ANNOUNCEMENT = stage(
    StageKind.PUBLICATION, "selection_announcement", "发布揭榜公告", cite("ZH-10-5"), (BUREAU,),
    forward(
        "published", "发布", cite("ZH-10-5"), binds=(Binding(role=BIDDER, to=adopted, others=Ends.REJECTED, citation=cite("ZH-11-2")),)
    ),
    names=adopted,
    papers=(demand("selection_announcement", "announcement_missing", cite("ZH-10-5")),),
    public=Publicity(
        kind=PostingKind.PUBLICATION, title="揭榜公告", unit=True, names=True, papers=("selection_announcement",),
        citation=cite("ZH-10-5"),
    ),
    aliases=("jiebang_announcement",),
)  # fmt: skip

CHOOSING = (
    DEMAND_MATCHING, PLAN_PREPARATION, PLAN_OPINION, ADOPTION_REPORT, PLAN_FILING_REVIEW, PRELIMINARY_ARGUMENTATION,
    WORKGROUP_APPROVAL, PUBLIC_NOTICE, SELECTION_ANNOUNCEMENT,
)  # fmt: skip
