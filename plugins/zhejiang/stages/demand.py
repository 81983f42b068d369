"""From a demand to the project library: collected, passed up level by level, studied, put in the ledger, published."""

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, cite, reading
from core.policy.rules.flow import Ends, Force, Review, Reviewer, Stage, StageKind, to
from core.policy.rules.publicity import PostingKind, Publicity
from plugins.zhejiang.roles import CANDIDATE, CITY, COMMITTEE, COUNTY, GROUP, KEY_LEAD, LEAD, PROPOSER, TASK_FORCE
from plugins.zhejiang.stages.shapes import demand, forward, negative, returned, task

_LISTS = "three_lists_incomplete"


def _from_county(case: Case) -> bool:
    return bool(case.find("unit_level") == "county")


def _below_province(case: Case) -> bool:
    return case.find("unit_level") in ("county", "city")


DEMAND_COLLECTION = task(
    "demand_collection",
    "项目征集",
    cite("ZJ-1-2-b", "ZJ-3-1-a"),
    PROPOSER,
    asks=(
        "unit_level", "need_categories", "scenario_kind", "multi_cross", "pain_points", "app_kind", "build_started_on",
        "increment_of",
    ),
    papers=(
        demand("three_lists", _LISTS, reading("ZJ-Q03", "ZJ-1-2-b", "ZJ-3-1-d")),
        demand("collection_materials", _LISTS, cite("ZJ-3-1-c")),
    ),
    aliases=("need_collection",),
)  # fmt: skip

COUNTY_SUBMISSION = Stage(
    key="county_submission",
    title="县（市、区）逐级提出",
    kind=StageKind.REVIEW,
    actors=(COUNTY,),
    citation=reading("ZJ-Q30", "ZJ-3-1-d"),
    when=_from_county,
    when_citation=cite("ZJ-3-1-d"),
    outcomes=(forward("pass", "上报", cite("ZJ-3-1-d")), returned(to("demand_collection"))),
    aliases=("level_submission",),
)
CITY_SUBMISSION = Stage(
    key="city_submission",
    title="设区市逐级提出",
    kind=StageKind.REVIEW,
    actors=(CITY,),
    citation=reading("ZJ-Q30", "ZJ-3-1-d"),
    when=_below_province,
    when_citation=cite("ZJ-3-1-d"),
    outcomes=(forward("pass", "上报", cite("ZJ-3-1-d")), returned(to("demand_collection"))),
)

EXPERT_STUDY = Stage(
    key="expert_study",
    title="专家研究论证",
    kind=StageKind.REVIEW,
    actors=(TASK_FORCE,),
    citation=cite("ZJ-3-2-a", "ZJ-1-1-b"),
    records=("lead_unit", "study_experts"),
    papers=(demand("study_opinion", "study_missing", cite("ZJ-3-2-a"), act="decide:pass"),),
    outcomes=(
        forward("pass", "通过论证", cite("ZJ-3-2-a")),
        returned(to("demand_collection")),
        negative("reject", "不予采纳", CORE_DEFAULT, ends=Ends.REJECTED),
    ),
    review=Review(
        citation=cite("ZJ-3-2-a"),
        reviewers=(
            Reviewer(role=KEY_LEAD, citation=cite("ZJ-1-1-b"), gate="materials_not_checked"),
            Reviewer(role=LEAD, citation=cite("ZJ-3-2-a"), force=Force.ADVISORY),
            Reviewer(role=COMMITTEE, citation=cite("ZJ-4-2-a"), force=Force.ADVISORY),
        ),
    ),
)

LEDGER_PROPOSAL = task(
    "ledger_proposal",
    "提出重大应用项目建议",
    cite("ZJ-3-2-b"),
    TASK_FORCE,
    asks=("lists_deepened",),
    papers=(demand("major_project_proposal", "study_missing", cite("ZJ-3-2-b", "ZJ-3-2-c")),),
)
LEDGER_INCLUSION = Stage(
    key="ledger_inclusion",
    title="提请列入“一本账”",
    kind=StageKind.REVIEW,
    actors=(GROUP,),
    citation=cite("ZJ-3-2-c", "ZJ-0-3-b"),
    asks=("ledger_entry_id",),
    papers=(demand("ledger_record", "not_in_ledger", cite("ZJ-3-2-c"), act="decide:included"),),
    outcomes=(
        forward("included", "列入一本账", cite("ZJ-3-2-c")),
        negative("not_included", "未列入", CORE_DEFAULT, next=to("expert_study")),
    ),
    unbounded=True,
)


def _form_due(case: Case) -> bool:
    """The form is due before publication, or, as a tenant may read it, before the first entry (ZJ-Q07)."""
    return bool(case.option("application_form_stage") == "library_publication")


LIBRARY_PUBLICATION = Stage(
    key="library_publication",
    title="纳入项目库并公开发布",
    kind=StageKind.PUBLICATION,
    actors=(TASK_FORCE,),
    citation=cite("ZJ-3-2-d", "ZJ-3-2-e"),
    asks=(
        "construction_money", "approval_required", "class_decided", "class_reason", "application_definition",
        "build_content", "necessity", "feasibility", "build_mode", "technical_norms", "financing_mode",
        "subject_conditions", "implementation_requirements", "delivery_time", "acceptance_criteria", "further_items",
        "funding_source", "user_scale", "fee_standard",
    ),
    papers=(demand("application_form", "form_item_missing", reading("ZJ-Q07", "ZJ-2-3-a"), _form_due),),
    public=Publicity(
        kind=PostingKind.CALL, title="项目库发布", unit=True, citation=cite("ZJ-3-2-e"),
        facts=(
            "application_definition", "build_content", "subject_conditions", "implementation_requirements",
            "delivery_time", "acceptance_criteria",
        ),
        answers_at="subject_competition", answered_as=CANDIDATE,
    ),
    outcomes=(forward("published", "发布", cite("ZJ-3-2-e")),),
)  # fmt: skip

DEMAND = (
    DEMAND_COLLECTION,
    COUNTY_SUBMISSION,
    CITY_SUBMISSION,
    EXPERT_STUDY,
    LEDGER_PROPOSAL,
    LEDGER_INCLUSION,
    LIBRARY_PUBLICATION,
)
