"""What the start notice and the approvals oblige others to do beside the line (第二十三、二十四、二十七条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Aggregate, Review, Reviewer, Stage, StageKind, to
from plugins.jiujiang.measures import is_county, is_enterprise, is_purchase, over_limit, overdue
from plugins.jiujiang.roles import DATA, DRC, FINANCE, OFFICE
from plugins.jiujiang.stages.shapes import AGAIN, OBLIGATION, demand, filing, forward, negative, review

_REVIEW_PAPER = "review_papers_missing"


def _established(case: Case) -> bool:
    """Established (立项), below the limit, and not yet filed with the province (JJ-Q16)."""
    if over_limit(case) or case.runs("approval_filing_province"):
        return False
    if is_purchase(case):
        return case.result("start_notice") == "submit"
    if case.run("feasibility_preparation") is not None:
        return case.result("feasibility_approval") == "approved"
    return case.result("budget_approval") == "approved"


PLAN_AND_BUDGET_LISTING = Stage(
    key="plan_and_budget_listing",
    title="列入政府投资年度计划、安排预算",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(DRC, FINANCE),
    citation=cite("JJ-24-2"),
    outcomes=(
        forward("pass", "已列入并安排", cite("JJ-24-2"), next=to("")),
        negative("not_pass", "未列入", AGAIN, next=to("")),
    ),
    review=Review(
        citation=cite("JJ-24-2"),
        reviewers=tuple(Reviewer(role=role, citation=cite("JJ-24-2"), when=lambda _: True) for role in (DRC, FINANCE)),
        aggregate=Aggregate.ALL,
    ),
    records=("budget_item",),
    when=lambda case: not is_county(case) and not (is_enterprise(case) and not case.option("soe_plan_listing")),
    when_citation=reading("JJ-Q11", "JJ-24-2"),
    **OBLIGATION,
)
APPROVAL_FILING_PROVINCE = filing(
    "approval_filing_province",
    "立项报省备案",
    reading("JJ-Q16", "JJ-23-2"),
    OFFICE,
    nxt=to(""),
    when=_established,
    when_citation=cite("JJ-23-2"),
    papers=(demand("establishment_filing_province", _REVIEW_PAPER, cite("JJ-23-2")),),
    **OBLIGATION,
)
_FAULT = cite("JJ-27-2")
DELAY_DECISION = review(
    "delay_decision",
    "前期工作延误认定",
    cite("JJ-27-2"),
    DATA,
    outcomes=(
        forward("confirmed", "认定因单位原因延误", _FAULT, next=to(""), reason_required=True),
        negative("not_at_fault", "非单位原因", _FAULT, next=to("")),
    ),
    when=lambda case: overdue(case) >= case.threshold("delay_cut") and not case.runs("delay_decision"),
    when_citation=reading("JJ-Q22", "JJ-27-2"),
    **OBLIGATION,
)

OBLIGATIONS = (PLAN_AND_BUDGET_LISTING, APPROVAL_FILING_PROVINCE, DELAY_DECISION)
