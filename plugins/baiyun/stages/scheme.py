"""Scheme, its reviews and the approval (立项方案、评审与批复), for projects of 500,000 yuan or more (第十七至二十一条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, PanelRule, Review, Reviewer, Stage, StageKind, computed, to
from core.policy.rules.papers import Freshness
from plugins.baiyun.changes import is_arranged
from plugins.baiyun.roles import BUREAU, GOVERNMENT
from plugins.baiyun.stages.establishment import JOINT_REVIEWERS, PRINCIPLE_ITEMS, joins_plan_review
from plugins.baiyun.stages.shapes import DETOUR, demand, filing, forward, negative, returned, task

_MISSING = "scheme_incomplete"


def _has_data_papers(case: Case) -> bool:
    return case.fact("project_kind") in ("build", "service") and bool(case.fact("involves_app_system"))


def _after_expert_fail(case: Case) -> tuple[str, ...]:
    """Straight to a new expert review, unless the tenant wants the initial review held again (BY-Q56)."""
    again = case.option("after_expert_fail") == "initial_review"
    return ("scheme_initial_review",) if again else ("scheme_expert_review",)


def _needs_government(case: Case) -> bool:
    """From 500,000 yuan the district government decides; a project that fell below keeps its way (BY-Q06)."""
    stays = case.option("below_500k_in_scheme") == "stay"
    return stays or case.amount("cost_reviewed") >= case.threshold("district_government_min")


SCHEME_PREPARATION = task(
    "scheme_preparation",
    "立项方案编制",
    cite("BY-13-a", "BY-15-d", "BY-16-e", "BY-17-a"),
    asks=("estimate", "operation_content", "supporting_services", "main_works", "supervision_fee"),
    papers=(
        demand("scheme", _MISSING, cite("BY-17-a", "BY-17-2-a"), freshness=Freshness.SINCE_OPENED),
        demand("need_self_check", _MISSING, cite("BY-18")),
        demand("data_need_list", _MISSING, cite("BY-17-4"), _has_data_papers),
        demand("project_data_catalogue", _MISSING, cite("BY-17-4"), _has_data_papers),
        demand("data_sharing_catalogue", _MISSING, cite("BY-17-4"), _has_data_papers),
        demand("cloud_need", _MISSING, cite("BY-55"), lambda case: bool(case.fact("uses_district_gov_cloud"))),
        demand(
            "plan_difference_note",
            "change_paper_missing",
            cite("BY-31-1"),
            lambda case: bool(case.fact("differs_from_plan")),
        ),
    ),
)

SCHEME_INITIAL_REVIEW = Stage(
    key="scheme_initial_review",
    title="材料初审",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(BUREAU,),
    citation=cite("BY-20-a", "BY-20-1-a", "BY-19-2"),
    when=lambda case: is_arranged(case, "scheme_initial_review"),
    outcomes=(
        forward("pass", "通过", cite("BY-20-1-a")),
        negative("not_pass", "不通过", cite("BY-20-1-c"), next=to("scheme_revision")),
    ),
    review=Review(
        citation=cite("BY-20-1-a"),
        items=(
            ("form", "规范性", cite("BY-20-1-a")),
            ("completeness", "完整性", cite("BY-20-1-a")),
            ("reasonableness", "合理性", cite("BY-20-1-a")),
            *PRINCIPLE_ITEMS,
        ),
        reviewers=tuple(
            Reviewer(
                role=role,
                citation=cite(row),
                when=lambda case, flag=flag: bool(case.find(flag)) and not joins_plan_review(case),  # type: ignore[misc]
            )
            for role, row, flag in JOINT_REVIEWERS
        ),
        invites=True,
        defects=True,
    ),
)

SCHEME_REVISION = task(
    "scheme_revision",
    "立项方案调整",
    cite("BY-20-1-c"),
    nxt=to("scheme_initial_review"),
    papers=(
        demand("scheme", _MISSING, cite("BY-20-1-c"), freshness=Freshness.SINCE_OPENED),
        demand(
            "initial_review_adjustment_note",
            "change_paper_missing",
            cite("BY-31-2"),
            lambda case: bool(case.fact("clearly_adjusted")),
        ),
    ),
    asks=("clearly_adjusted",),
    **DETOUR,
)

SCHEME_EXPERT_REVIEW = Stage(
    key="scheme_expert_review",
    title="专家评审",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    decided_by="expert",
    citation=cite("BY-20-a", "BY-20-2-a"),
    when=lambda case: case.track == "ordinary" and is_arranged(case, "scheme_expert_review"),
    when_citation=cite("BY-19-2", "BY-20-2-a"),
    outcomes=(
        forward("pass", "通过", cite("BY-20-2-c")),
        negative("not_pass", "不通过", reading("BY-Q56", "BY-20-2-c"), next=to("scheme_revision_expert")),
    ),
    papers=(
        demand("expert_review_opinion", _MISSING, cite("BY-20-2-c"), act="decide", freshness=Freshness.SINCE_OPENED),
    ),
    review=Review(
        citation=cite("BY-20-2-c"),
        items=(
            ("necessity", "必要性", cite("BY-20-2-c")),
            ("technical_feasibility", "技术可行性", cite("BY-20-2-c")),
            ("soundness", "方案科学性", cite("BY-20-2-c")),
            ("estimate", "投资概算合理性", cite("BY-20-2-c")),
        ),
        panel=PanelRule(
            citation=cite("BY-20-2-b"),
            libraries=("expert_library", "city_expert_library"),
            random=True,
            library_gate="expert_library_wrong",
            required=True,
        ),
        defects=True,
    ),
)

SCHEME_REVISION_EXPERT = task(
    "scheme_revision_expert",
    "专家评审后修改",
    reading("BY-Q56", "BY-20-2-d"),
    nxt=computed(_after_expert_fail, "scheme_expert_review", "scheme_initial_review"),
    papers=(demand("scheme", _MISSING, cite("BY-20-2-d"), freshness=Freshness.SINCE_OPENED),),
    **DETOUR,
)

SCHEME_COST_REVIEW = Stage(
    key="scheme_cost_review",
    title="造价评审",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    decided_by="cost_agency",
    citation=reading("BY-Q59", "BY-20-a", "BY-20-3"),
    when=lambda case: is_arranged(case, "scheme_cost_review"),
    asks=("cost_reviewed",),
    papers=(demand("cost_review_report", _MISSING, cite("BY-20-3")),),
    outcomes=(
        forward("done", "完成", cite("BY-20-3")),
        returned("退回修改方案", to("scheme_preparation"), cite("BY-17-2-b")),
    ),
)

SCHEME_APPROVAL = Stage(
    key="scheme_approval",
    title="立项批复",
    kind=StageKind.REVIEW,
    actors=(BUREAU, GOVERNMENT),
    decided_by="government",
    citation=reading("BY-Q07", "BY-20-a", "BY-20-4-a"),
    when=_needs_government,
    when_citation=reading("BY-Q06", "BY-20-4-a"),
    asks=("approved", "approved_on"),
    papers=(
        demand("cost_review_report", _MISSING, cite("BY-20-3")),
        demand("approval_document", _MISSING, cite("BY-20-4-a")),
    ),
    outcomes=(
        forward("approved", "批复同意", cite("BY-20-4-a")),
        returned("退回方案", to("scheme_preparation"), reading("BY-Q55", "BY-20-4-a")),
        negative("not_approved", "不予批复", reading("BY-Q55", "BY-20-4-a"), ends=Ends.REJECTED),
    ),
)

SCHEME_FILING = filing(
    "scheme_filing",
    "立项方案备案",
    cite("BY-13-a", "BY-21-a", "BY-21-b"),
    asks=("opinion_received_on",),
    papers=(demand("final_scheme_scan", _MISSING, cite("BY-21-a")),),
)

SCHEME = (
    SCHEME_PREPARATION,
    SCHEME_INITIAL_REVIEW,
    SCHEME_REVISION,
    SCHEME_EXPERT_REVIEW,
    SCHEME_REVISION_EXPERT,
    SCHEME_COST_REVIEW,
    SCHEME_APPROVAL,
    SCHEME_FILING,
)
