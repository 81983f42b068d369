"""Approval by size: proposal, study, review, design, budget; the small and the purchased skip what they need not (第二十五条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import BACK, Outcome, to
from plugins.jiujiang.roles import COORDINATOR, DATA, DRC, FINANCE, OWNER
from plugins.jiujiang.stages.shapes import ANEW, APPROVED, PASS, demand, forward, not_passed, returned, review, task

_PAPER = "review_papers_missing"
_LATE = ("delay_decision",)
_FILED = ("approval_filing_province",)


def _approved(*rows: str, opens: tuple[str, ...] = ()) -> Outcome:
    return forward("approved", "批复", cite(*rows), opens=opens)


PROPOSAL_PREPARATION = task(
    "proposal_preparation",
    "编报项目建议书",
    cite("JJ-25-1a", "JJ-25-0", "JJ-6-2"),
    OWNER,
    opens=_LATE,
    records=("paper_agency",),
    papers=(demand("project_proposal", _PAPER, cite("JJ-25-1a"), **ANEW),),
)
PROPOSAL_APPROVAL = review(
    "proposal_approval",
    "批复项目建议书",
    cite("JJ-25-1b", "JJ-24-3"),
    DRC,
    outcomes=(_approved("JJ-25-1b"), returned(to("proposal_preparation"))),
    papers=(demand("proposal_reply", _PAPER, cite("JJ-25-1b"), act=APPROVED, **ANEW),),
)
FEASIBILITY_PREPARATION = task(
    "feasibility_preparation",
    "编报可行性研究报告",
    cite("JJ-25-2a", "JJ-25-0", "JJ-6-2"),
    OWNER,
    opens=_LATE,
    asks=("estimate",),
    records=("paper_agency", "keeps_full_papers"),
    papers=(demand("feasibility_report", _PAPER, cite("JJ-25-2a", "JJ-25-2b"), **ANEW),),
)
TECHNICAL_REVIEW = review(
    "technical_review",
    "技术评审",
    cite("JJ-25-2c", "JJ-5-1", "JJ-24-3"),
    DATA,
    outcomes=(forward("pass", "通过", cite("JJ-25-2c")), not_passed(BACK)),
    papers=(demand("technical_review_opinion", _PAPER, cite("JJ-25-2c"), act=PASS, **ANEW),),
)
FEASIBILITY_APPROVAL = review(
    "feasibility_approval",
    "批复可行性研究报告",
    cite("JJ-25-2d", "JJ-5-4", "JJ-5-6", "JJ-24-3"),
    DRC,
    outcomes=(_approved("JJ-25-2d", opens=_FILED), returned(to("feasibility_preparation"))),
    records=("approved",),
    papers=(demand("feasibility_reply", _PAPER, cite("JJ-25-2d"), act=APPROVED, **ANEW),),
)
DESIGN_PREPARATION = task(
    "design_preparation",
    "编报初步设计",
    cite("JJ-25-3a", "JJ-25-0", "JJ-6-2"),
    OWNER,
    opens=_LATE,
    asks=("design_unit_name",),
    papers=(demand("preliminary_design", _PAPER, cite("JJ-25-3a"), **ANEW),),
)
DESIGN_APPROVAL = review(
    "design_approval",
    "批复初步设计",
    cite("JJ-25-3b", "JJ-5-6", "JJ-24-3"),
    DRC,
    outcomes=(_approved("JJ-25-3b"), returned(to("design_preparation"))),
    records=("approved",),
    papers=(
        demand("design_expert_opinion", _PAPER, cite("JJ-25-3b"), act=APPROVED, **ANEW),
        demand("design_reply", _PAPER, cite("JJ-25-3b"), act=APPROVED, **ANEW),
    ),
)
TECHNICAL_PLAN_SUBMISSION = task(
    "technical_plan_submission",
    "报送技术方案",
    reading("JJ-Q15", "JJ-25-5b"),
    OWNER,
    papers=(demand("technical_plan", _PAPER, cite("JJ-25-5b"), **ANEW),),
)
BUDGET_PREPARATION = task(
    "budget_preparation",
    "编报项目预算",
    cite("JJ-25-4a", "JJ-25-0", "JJ-6-2"),
    OWNER,
    opens=_LATE,
    papers=(demand("project_budget", _PAPER, cite("JJ-25-4a"), **ANEW),),
)
BUDGET_APPROVAL = review(
    "budget_approval",
    "批复项目预算、定招标控制价",
    cite("JJ-25-4b", "JJ-5-5", "JJ-5-6", "JJ-24-3"),
    FINANCE,
    outcomes=(_approved("JJ-25-4b", opens=_FILED), returned(to("budget_preparation"))),
    asks=("approved", "tender_ceiling"),
    papers=(demand("budget_reply", _PAPER, cite("JJ-25-4b"), act=APPROVED, **ANEW),),
)
PROCUREMENT = task(
    "procurement",
    "按政府采购规定采购",
    cite("JJ-25-5c"),
    OWNER,
    asks=("procurement_reference",),
    records=("procured_by",),
    aliases=("procurement_procedure",),
)
COUNTY_PROJECT_APPROVAL = review(
    "county_project_approval", "县级把关和批复立项", cite("JJ-21-2", "JJ-9"), COORDINATOR,
    outcomes=(
        forward("approved", "批复立项", cite("JJ-21-2"), opens=("county_filing_city",)),
        not_passed(to("annual_application")),
    ),
    asks=("confirmed",),
    papers=(demand("county_approval", _PAPER, cite("JJ-21-2"), act=APPROVED, **ANEW),),
)  # fmt: skip

_STUDY = (FEASIBILITY_PREPARATION, TECHNICAL_REVIEW, FEASIBILITY_APPROVAL)
_DESIGN = (DESIGN_PREPARATION, DESIGN_APPROVAL)
_BUDGET = (BUDGET_PREPARATION, BUDGET_APPROVAL)

FULL = (PROPOSAL_PREPARATION, PROPOSAL_APPROVAL, *_STUDY, *_DESIGN, *_BUDGET)
FULL_WITHOUT_PROPOSAL = (*_STUDY, *_DESIGN, *_BUDGET)
MERGED = (*_STUDY, *_BUDGET)
SMALL = (TECHNICAL_PLAN_SUBMISSION, TECHNICAL_REVIEW, *_BUDGET)
APPROVALS = (
    "annual_approval",
    "proposal_approval",
    "feasibility_approval",
    "design_approval",
    "budget_approval",
    "county_project_approval",
)
