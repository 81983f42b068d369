"""From the library to the subjects: entries, prior opinions, expert review, list, notice, announcement, agreement."""

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, cite, reading
from core.policy.rules.competing import Binding, Entering, Join, JoinKind
from core.policy.rules.flow import STAY, Ends, Force, Review, Reviewer, Stage, StageKind, to
from core.policy.rules.publicity import Notice, PostingKind, Publicity
from plugins.zhejiang.roles import CANDIDATE, COMMITTEE, DRC, FINANCE, LEAD, SUBJECT, TASK_FORCE
from plugins.zhejiang.stages.shapes import (
    ANEW,
    BESIDE,
    DETOUR,
    EACH,
    class_of,
    demand,
    forward,
    is_subject,
    negative,
    public_members,
    returned,
    task,
)

_MATERIALS = "competition_materials_missing"
_HOSTED = reading("ZJ-Q08", "ZJ-3-5-a")


def _form_due(case: Case) -> bool:
    return bool(case.option("application_form_stage") == "subject_competition")


def uses_purchase(case: Case) -> bool:
    """Whether its class buys a service, so that the subject must be eligible to supply one (ZJ-Q41)."""
    return class_of(case)[: len("class1")] in case.option("supplier_check_classes")


def _has_submitted(case: Case) -> bool:
    return case.result("competition_entry", case.ref) == "submit"


def announced(case: Case) -> tuple[str, ...]:
    """The entries the announcement confirms."""
    return tuple(case.find("confirmed_subjects", ()))


SUBJECT_COMPETITION = Stage(
    key="subject_competition",
    title="项目竞争",
    kind=StageKind.WAIT,
    actors=(LEAD,),
    citation=cite("ZJ-3-3-a", "ZJ-1-3-a", "ZJ-3-3-b"),
    takes=Entering(
        roles=(CANDIDATE,), opens=("prior_opinion", "competition_entry"), citation=cite("ZJ-1-3-a", "ZJ-3-3-b")
    ),
    papers=(demand("application_form", "form_item_missing", reading("ZJ-Q07", "ZJ-2-3-a"), _form_due),),
    outcomes=(forward("ended", "竞争申请截止", CORE_DEFAULT),),
    unbounded=True,
)
PRIOR_OPINION = Stage(
    key="prior_opinion",
    title="征求同级发展改革、财政部门意见",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(DRC, FINANCE),
    citation=cite("ZJ-3-3-c", "ZJ-3-3-c1", "ZJ-3-3-c2"),
    when=lambda case: bool(public_members(case)),
    when_citation=reading("ZJ-Q15", "ZJ-3-3-c"),
    outcomes=(
        forward("agree", "无不同意见", cite("ZJ-3-3-c"), next=STAY),
        forward("disagree", "有不同意见", reading("ZJ-Q15", "ZJ-3-3-c"), next=STAY, reason_required=True),
    ),
    review=Review(
        citation=cite("ZJ-3-3-c"),
        reviewers=(
            Reviewer(role=DRC, citation=cite("ZJ-3-3-c1")),
            Reviewer(role=FINANCE, citation=cite("ZJ-3-3-c2")),
        ),
        worst_first=("disagree", "agree"),
    ),
    **BESIDE,
    **EACH,
)
COMPETITION_ENTRY = task(
    "competition_entry",
    "提交竞争申请",
    cite("ZJ-3-3-a"),
    CANDIDATE,
    nxt=STAY,
    asks=("supplier_eligible",),
    papers=(
        demand("competition_materials", _MATERIALS, cite("ZJ-3-3-a"), per_ref=True),
        demand("feasibility_report", _MATERIALS, cite("ZJ-3-3-a"), per_ref=True),
        demand("supplier_eligibility", "supplier_not_eligible", reading("ZJ-Q41", "ZJ-3-3-d"), uses_purchase, per_ref=True),
    ),
    **BESIDE,
    **EACH,
)  # fmt: skip

EXPERT_REVIEW = Stage(
    key="expert_review",
    title="专家评审",
    kind=StageKind.REVIEW,
    actors=(LEAD,),
    citation=cite("ZJ-3-4-a", "ZJ-3-4-b"),
    when=_has_submitted,
    when_citation=cite("ZJ-3-3-a"),
    records=("qualification_checked",),
    papers=(demand("review_opinion", "review_opinion_missing", cite("ZJ-3-4-c"), act="decide:proposed", per_ref=True),),
    outcomes=(
        forward("proposed", "拟入选", cite("ZJ-3-4-d")),
        negative("not_proposed", "未入选", CORE_DEFAULT, ends=Ends.REJECTED),
    ),
    review=Review(
        citation=cite("ZJ-3-4-b"),
        reviewers=(Reviewer(role=COMMITTEE, citation=cite("ZJ-4-2-a"), force=Force.ADVISORY),),
    ),
    unbounded=True,
    **EACH,
)
LIST_PROPOSAL = task(
    "list_proposal",
    "提出拟入选名单",
    cite("ZJ-3-4-d"),
    LEAD,
    papers=(demand("proposed_list", "review_opinion_missing", cite("ZJ-3-4-d"), **ANEW),),
    join=Join(kind=JoinKind.EACH, citation=cite("ZJ-3-4-d"), nobody=to("subject_competition")),
    unbounded=True,
)
PUBLIC_NOTICE = Stage(
    key="public_notice",
    title="拟入选名单公示",
    kind=StageKind.NOTICE,
    actors=(TASK_FORCE,),
    citation=_HOSTED,
    papers=(demand("notice_record", "notice_not_completed", _HOSTED, act="complete:completed", **ANEW),),
    outcomes=(
        forward("completed", "公示完成", cite("ZJ-3-5-a")),
        returned(to("expert_review")),
    ),
    notice=Notice(
        citation=reading("ZJ-Q08", "ZJ-3-5-a"), objectors=(CANDIDATE, TASK_FORCE), over_gate="notice_not_completed",
        objection_gate="notice_not_completed", late_gate="objection_late",
    ),
    public=Publicity(kind=PostingKind.NOTICE, unit=True, papers=("notice_record",), citation=cite("ZJ-3-5-a")),
    aliases=("selection_notice",),
)  # fmt: skip
SELECTION_ANNOUNCEMENT = Stage(
    key="selection_announcement",
    title="公告确认项目主体",
    kind=StageKind.PUBLICATION,
    actors=(TASK_FORCE,),
    citation=cite("ZJ-3-5-a", "ZJ-3-5-c"),
    asks=("confirmed_subjects",),
    names=announced,
    papers=(demand("announcement", "notice_not_completed", cite("ZJ-3-5-a"), **ANEW),),
    public=Publicity(kind=PostingKind.PUBLICATION, names=True, papers=("announcement",), citation=cite("ZJ-3-5-a")),
    outcomes=(
        forward(
            "announced", "公告确认", cite("ZJ-3-5-a", "ZJ-3-5-c"), deems=("feasibility_approval",),
            binds=(Binding(role=SUBJECT, to=announced, citation=cite("ZJ-3-5-a", "ZJ-1-3-a")),),
        ),
    ),
)  # fmt: skip
AGREEMENT_SIGNING = task(
    "agreement_signing",
    "签订协议",
    cite("ZJ-3-5-b"),
    LEAD,
    SUBJECT,
    when=is_subject,
    when_citation=cite("ZJ-3-5-b"),
    asks=("delivery_deadline", "place_tenant", "ownership_clause", "agreed_fee"),
    papers=(demand("subject_agreement", "agreement_missing", cite("ZJ-3-5-b"), per_ref=True),),
    **EACH,
)
LOSS_DECISION = Stage(
    key="subject_loss_decision",
    title="失去全部项目主体后的处理",
    kind=StageKind.REVIEW,
    actors=(TASK_FORCE,),
    citation=reading("ZJ-Q12", "ZJ-3-7-e"),
    papers=(demand("disqualification_record", "disqualification_unrecorded", reading("ZJ-Q12", "ZJ-3-7-e")),),
    outcomes=(
        forward("reopen", "重新组织竞争", reading("ZJ-Q12", "ZJ-3-7-e"), next=to("subject_competition")),
        negative("close", "终止项目", reading("ZJ-Q12", "ZJ-3-7-e"), ends=Ends.TERMINATED),
    ),
    unbounded=True,
    **DETOUR,
)

SELECTION = (
    SUBJECT_COMPETITION,
    PRIOR_OPINION,
    COMPETITION_ENTRY,
    EXPERT_REVIEW,
    LIST_PROPOSAL,
    PUBLIC_NOTICE,
    SELECTION_ANNOUNCEMENT,
    AGREEMENT_SIGNING,
    LOSS_DECISION,
)
