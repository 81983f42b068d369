"""What each class does before it builds: approval, money, team and plan, procurement or tender (第三部分（六）)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Stage, StageKind, computed, to
from plugins.zhejiang.roles import APPROVER, BUYER, FUNDER, LEAD, SUBJECT
from plugins.zhejiang.stages.shapes import CLASS1, EACH, demand, forward, is_subject, returned, task


def _needs_procurement(case: Case) -> bool:
    return bool(case.find("procurement_required"))


def _prepared(case: Case) -> tuple[str, ...]:
    """What follows in class 1: one act after another, or both at once as a tenant may read it (ZJ-Q18)."""
    steps = {"fund_application": "approved", "team_and_plan": "submit"}
    left = tuple(step for step, done in steps.items() if case.result(step, case.ref) != done)
    if not left:
        return ("procurement",) if _needs_procurement(case) else ("implementation",)
    if case.option("class1_preparation_order") == "sequence":
        return left[:1]
    return tuple(step for step in left if not case.is_open(step, case.ref))


def _approved(case: Case) -> tuple[str, ...]:
    return _prepared(case) if case.track == CLASS1 else ("social_financing",)


APPROVAL_APPLICATION = task(
    "approval_application",
    "申请立项",
    cite("ZJ-1-3-b", "ZJ-3-6-c", "ZJ-3-6-g"),
    SUBJECT,
    when=is_subject,
    when_citation=cite("ZJ-3-5-b"),
    papers=(
        demand("feasibility_approval", "feasibility_asked_again", cite("ZJ-3-5-c")),
        demand("feasibility_report", "feasibility_asked_again", cite("ZJ-3-5-c"), per_ref=True),
    ),
    **EACH,
)
PROJECT_APPROVAL = Stage(
    key="project_approval",
    title="立项审批",
    kind=StageKind.REVIEW,
    actors=(APPROVER,),
    citation=cite("ZJ-3-6-c", "ZJ-3-6-g"),
    records=("feasibility_asked_again",),
    papers=(
        demand(
            "approval_document", "approval_missing", cite("ZJ-3-6-c", "ZJ-3-6-g"), act="decide:approved", per_ref=True
        ),
    ),
    outcomes=(
        forward(
            "approved",
            "批复立项",
            cite("ZJ-3-6-c", "ZJ-3-6-g"),
            next=computed(_approved, "fund_application", "team_and_plan", "social_financing"),
        ),
        returned(to("approval_application")),
    ),
    **EACH,
)
FUND_APPLICATION = Stage(
    key="fund_application",
    title="项目资金申请",
    kind=StageKind.REVIEW,
    actors=(FUNDER,),
    citation=cite("ZJ-3-6-d"),
    papers=(demand("fund_application", "funds_missing", cite("ZJ-3-6-d"), act="decide:approved", per_ref=True),),
    outcomes=(
        forward(
            "approved",
            "同意安排资金",
            cite("ZJ-3-6-d"),
            next=computed(_prepared, "team_and_plan", "procurement", "implementation", ""),
        ),
        returned(to("fund_application")),
    ),
    **EACH,
)
TEAM_AND_PLAN = task(
    "team_and_plan",
    "组建工作专班、细化建设方案",
    cite("ZJ-3-6-e"),
    SUBJECT,
    nxt=computed(_prepared, "fund_application", "procurement", "implementation", ""),
    asks=("procurement_required",),
    papers=(demand("refined_plan", "team_plan_missing", cite("ZJ-3-6-e"), per_ref=True),),
    unbounded=True,
    **EACH,
)
PROCUREMENT = task(
    "procurement",
    "政府采购",
    cite("ZJ-3-6-f"),
    SUBJECT,
    when=_needs_procurement,
    when_citation=cite("ZJ-3-6-f"),
    papers=(demand("procurement_result", "procurement_missing", cite("ZJ-3-6-f"), per_ref=True),),
    aliases=("government_procurement",),
    **EACH,
)
SOCIAL_FINANCING = task(
    "social_financing",
    "社会资金筹措",
    cite("ZJ-3-6-h"),
    SUBJECT,
    papers=(demand("financing_proof", "funds_missing", cite("ZJ-3-6-h"), per_ref=True),),
    **EACH,
)
SERVICE_TENDER = task(
    "service_tender",
    "项目服务招投标",
    cite("ZJ-3-6-i"),
    SUBJECT,
    LEAD,
    asks=("tender_winner",),
    papers=(demand("tender_result", "service_contract_missing", cite("ZJ-3-6-i"), per_ref=True),),
    **EACH,
)
PURCHASE_AGREEMENT = task(
    "purchase_agreement",
    "签订政府购买服务协议",
    cite("ZJ-3-6-j", "ZJ-3-6-k"),
    BUYER,
    SUBJECT,
    asks=("buyer",),
    records=("tender_decision",),
    papers=(demand("service_purchase_agreement", "service_contract_missing", cite("ZJ-3-6-j"), per_ref=True),),
    **EACH,
)
FUNDING_SECURED = task(
    "funding_secured",
    "落实项目建设资金",
    cite("ZJ-3-6-l", "ZJ-2-2-c"),
    SUBJECT,
    when=is_subject,
    when_citation=reading("ZJ-Q18", "ZJ-3-6-l"),
    papers=(demand("construction_funds_statement", "funds_missing", cite("ZJ-3-6-l"), per_ref=True),),
    **EACH,
)

APPROVAL = (APPROVAL_APPLICATION, PROJECT_APPROVAL)
PREPARATION1 = (FUND_APPLICATION, TEAM_AND_PLAN, PROCUREMENT)
PREPARATION2 = (SOCIAL_FINANCING, SERVICE_TENDER, PURCHASE_AGREEMENT)
PREPARATION3 = (FUNDING_SECURED,)
