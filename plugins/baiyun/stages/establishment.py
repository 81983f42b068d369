"""Plan application and plan review (立项计划), for every track (第十四至十六条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Review, Reviewer, Stage, StageKind, to
from core.policy.rules.papers import Freshness
from plugins.baiyun.roles import BUREAU
from plugins.baiyun.stages.shapes import DETOUR, demand, forward, is_micro, negative, task

# The six principles (附件1第7项), items of both reviews.
SIX_PRINCIPLES = (
    ("problem_driven", "以问题为导向"),
    ("process_redesign", "流程再造"),
    ("data_use", "数据采集、汇聚、关联、应用"),
    ("joint_building", "共建共享"),
    ("cost_quality", "降本提质"),
    ("industry", "产业集聚"),
)
PRINCIPLE_ITEMS = tuple((key, title, cite("BY-A1-7", "BY-16-a")) for key, title in SIX_PRINCIPLES)

JOINT_REVIEWERS = (
    ("planning_resources", "BY-5-5-a", "involves_geospatial"),
    ("sci_ind_bureau", "BY-5-5-b", "involves_urban_village_comms"),
    ("video_office", "BY-5-5-c", "involves_public_video"),
)


def joins_plan_review(case: Case) -> bool:
    """Joint reviewers sit in the initial review; a micro project has none, so they sit in the plan review (BY-Q23)."""
    return is_micro(case) or case.option("joint_review_stage") == "plan_review"


PLAN_APPLICATION = task(
    "plan_application",
    "立项计划申报",
    cite("BY-6", "BY-13-a", "BY-15-a"),
    asks=("project_kind", "funding_source", "declared"),
    papers=(
        demand("application_form", "application_incomplete", cite("BY-15-a")),
        demand(
            "application_form",
            "application_incomplete",
            reading("BY-Q44", "BY-15-b"),
            lambda case: bool(case.option("seal_application_form") and case.paper("application_form")),
            sealed=True,
        ),
        demand(
            "gov_data_list_new",
            "application_incomplete",
            cite("BY-15-b"),
            lambda case: bool(case.fact("builds_new_system")),
        ),
        demand(
            "gov_data_list_past",
            "application_incomplete",
            cite("BY-15-b"),
            lambda case: bool(case.fact("has_important_past_systems")),
        ),
        demand(
            "feasibility_report",
            "feasibility_missing",
            cite("BY-15-c"),
            lambda case: case.amount("declared") >= case.threshold("feasibility_min"),
        ),
    ),
)

PLAN_REVIEW = Stage(
    key="plan_review",
    title="立项计划审核",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(BUREAU,),
    citation=cite("BY-16-a", "BY-13-a"),
    asks=("confirmed",),
    records=("expert_convened",),
    outcomes=(
        forward("pass", "通过", cite("BY-16-a"), opens=("micro_filing",)),
        negative("not_pass", "不通过", cite("BY-16-a", "BY-16-c"), next=to("plan_revision")),
    ),
    papers=(
        demand(
            "plan_expert_opinion",
            "application_incomplete",
            cite("BY-16-f"),
            lambda case: bool(case.fact("expert_convened")),
            act="decide",
        ),
    ),
    review=Review(
        citation=cite("BY-16-a"),
        items=(
            ("necessity", "必要性", cite("BY-16-a")),
            ("technical_feasibility", "技术可行性", cite("BY-16-a")),
            *PRINCIPLE_ITEMS,
            ("scope", "纳入立项范畴", cite("BY-16-a", "BY-A2-1")),
            ("completeness", "内容完整性", cite("BY-16-a")),
            ("format", "格式规范性", cite("BY-16-a")),
            ("data_lists", "数据清单符合性", cite("BY-16-a")),
        ),
        reviewers=tuple(
            Reviewer(
                role=role,
                citation=reading("BY-Q23", row),
                when=lambda case, flag=flag: bool(case.find(flag)) and joins_plan_review(case),  # type: ignore[misc]
            )
            for role, row, flag in JOINT_REVIEWERS
        ),
        invites=True,
        defects=True,
    ),
)

PLAN_REVISION = task(
    "plan_revision",
    "立项计划调整",
    cite("BY-16-c"),
    nxt=to("plan_review"),
    papers=(demand("application_form", "application_incomplete", cite("BY-16-c"), freshness=Freshness.SINCE_OPENED),),
    **DETOUR,
)

PLAN = (PLAN_APPLICATION, PLAN_REVIEW, PLAN_REVISION)
