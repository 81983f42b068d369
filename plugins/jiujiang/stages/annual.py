"""The annual application: review of need, solutions, argument, joint review, decision, province, start (第十六至二十四条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.competing import Binding
from core.policy.rules.flow import Force, Review, Reviewer, Stage, StageKind, to
from core.policy.rules.papers import Severity
from plugins.jiujiang.measures import over_limit
from plugins.jiujiang.roles import (
    AGENCY,
    COORDINATOR,
    DATA,
    GROUP,
    MEMBERS,
    OFFICE,
    OWNER,
    PROJECT,
    PROVINCE_GROUP,
)
from plugins.jiujiang.stages.applying import APPLICATION_PAPERS
from plugins.jiujiang.stages.obligations import OBLIGATIONS
from plugins.jiujiang.stages.shapes import (
    AGAIN,
    ANEW,
    PASS,
    demand,
    forward,
    negative,
    not_passed,
    review,
    task,
)
from plugins.jiujiang.thresholds import MIN_ALTERNATIVES

FIVE = (
    ("architecture", "统一架构"),
    ("foundation", "统一底座"),
    ("standards", "统一标准"),
    ("common_applications", "统一共性应用"),
    ("operation", "统一运维运营"),
)
_REVIEW_PAPER = "review_papers_missing"
_CHOSEN = ("project_kind", "declared", "unified_platforms_used")


def _owner(case: Case) -> tuple[str, ...]:
    return (case.find("owner") or case.state.unit,)


ANNUAL_APPLICATION = task(
    "annual_application",
    "年度项目申报",
    cite("JJ-17-2", "JJ-16-1", "JJ-6-1"),
    PROJECT,
    COORDINATOR,
    asks=_CHOSEN,
    papers=APPLICATION_PAPERS,
)
PRELIMINARY_REVIEW = review(
    "preliminary_review",
    "必要性、急迫性初步审核",
    cite("JJ-19-2", "JJ-4-2"),
    OFFICE,
    outcomes=(forward("pass", "通过", cite("JJ-19-2")), not_passed(to("annual_application"))),
    papers=(demand("preliminary_review_opinion", _REVIEW_PAPER, cite("JJ-19-2"), act=PASS, **ANEW),),
    review=Review(
        citation=cite("JJ-19-2"),
        items=(
            ("necessity", "必要性", cite("JJ-19-2")),
            ("urgency", "急迫性", cite("JJ-19-2")),
            *((key, title, cite("JJ-3-1")) for key, title in FIVE),
        ),
    ),
)
SOLUTION_DESIGN = task(
    "solution_design",
    "咨询机构编制解决方案",
    cite("JJ-19-3"),
    OFFICE,
    AGENCY,
    decided_by=AGENCY,
    asks=("chosen_agency",),
    papers=(
        demand("solutions", "review_papers_missing", cite("JJ-19-3")),
        demand(
            "solutions",
            "alternatives_below_three",
            cite("JJ-19-3"),
            lambda case: bool(case.papers("solutions")),
            minimum=MIN_ALTERNATIVES,
            severity=Severity.WARN,
        ),
    ),
)
# Not passed: no joint review, no approval, no money; argued again only after revision.
PRELIMINARY_ARGUMENTATION = review(
    "preliminary_argumentation",
    "初步论证",
    cite("JJ-19-4", "JJ-5-1"),
    DATA,
    aliases=("preliminary_argument",),
    outcomes=(
        forward("pass", "通过", cite("JJ-19-4")),
        negative("not_pass", "未通过", reading("JJ-Q13", "JJ-19-6"), next=to("solution_design")),
    ),
    papers=(demand("preliminary_argumentation_opinion", _REVIEW_PAPER, cite("JJ-19-4"), act=PASS, **ANEW),),
)
JOINT_REVIEW = Stage(
    key="joint_review",
    title="联合会审",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(DATA,),
    citation=cite("JJ-20-1", "JJ-5-1", "JJ-21-1"),
    asks=("proposed_owner", "proposed_plan", "proposed_funds", "proposed_timing"),
    outcomes=(forward("pass", "通过", cite("JJ-20-2")), not_passed(to("annual_application"))),
    papers=(demand("joint_review_opinion", _REVIEW_PAPER, cite("JJ-20-2"), act=PASS, **ANEW),),
    review=Review(
        citation=cite("JJ-20-1"),
        # An opinion must be on file; the text gives none of them a veto.
        reviewers=tuple(Reviewer(role=role, citation=cite("JJ-20-1"), when=lambda _: True, force=Force.ADVISORY) for role in MEMBERS),
        invites=True,
    ),
    unbounded=True,
)  # fmt: skip
ANNUAL_APPROVAL = review(
    "annual_approval",
    "市数字政府领导小组审定",
    cite("JJ-20-2", "JJ-4-1"),
    GROUP,
    asks=("confirmed", "owner"),
    outcomes=(
        forward(
            "approved",
            "列入年度项目",
            cite("JJ-20-2"),
            binds=(Binding(role=OWNER, to=_owner, citation=cite("JJ-20-2", "JJ-6-2")),),
        ),
        negative("not_listed", "不列入年度项目", AGAIN, next=to("annual_application")),
    ),
    papers=(demand("annual_decision", _REVIEW_PAPER, cite("JJ-20-2"), act="decide:approved", **ANEW),),
)
PROVINCIAL_REVIEW = review(
    "provincial_review",
    "省级审核",
    cite("JJ-23-1"),
    PROVINCE_GROUP,
    OFFICE,
    decided_by=PROVINCE_GROUP,
    outcomes=(forward("pass", "通过", cite("JJ-23-1")), not_passed(to("annual_application"))),
    when=over_limit,
    when_citation=cite("JJ-23-2"),
    papers=(demand("provincial_review_opinion", _REVIEW_PAPER, cite("JJ-23-1"), act=PASS, **ANEW),),
)
START_NOTICE = task(
    "start_notice",
    "下发项目启动通知",
    cite("JJ-24-1", "JJ-4-2"),
    OFFICE,
    opens=("plan_and_budget_listing", "approval_filing_province"),
    records=("start_notice_received_on",),
    papers=(demand("start_notice", _REVIEW_PAPER, cite("JJ-24-1")),),
)
ANNUAL = (
    ANNUAL_APPLICATION,
    PRELIMINARY_REVIEW,
    SOLUTION_DESIGN,
    PRELIMINARY_ARGUMENTATION,
    JOINT_REVIEW,
    ANNUAL_APPROVAL,
    PROVINCIAL_REVIEW,
    START_NOTICE,
    *OBLIGATIONS,
)
