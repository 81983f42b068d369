"""Execution, trial run, final acceptance, confirmations, completion acceptance, operation (第二十八至三十二、三十九条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Force, Review, Reviewer, Stage, StageKind, to
from plugins.jiujiang.measures import is_build, is_enterprise, is_purchase, over_limit, tier
from plugins.jiujiang.roles import CAC, DATA, DRC, FINANCE, OWNER, PROJECT, SASAC, SECRECY
from plugins.jiujiang.stages.shapes import (
    AGAIN,
    ANEW,
    OBLIGATION,
    PASS,
    demand,
    filing,
    forward,
    negative,
    not_passed,
    review,
    task,
)

_PAPER = "acceptance_papers_missing"
_CONFIRM = "confirmation_missing"
_BY_TRACK = reading("JJ-Q10", "JJ-32-1")


def _approver(role: str) -> Reviewer:
    return Reviewer(role=role, citation=_BY_TRACK, when=lambda case: approving(case) == role, force=Force.ADVISORY)


def approving(case: Case) -> str:
    """The approving department of the track, which sits in the acceptance: none where nothing was approved."""
    if is_purchase(case) or case.track == "legacy":
        return ""
    if is_enterprise(case):
        return SASAC
    if case.track == "county_local":
        return ""
    return FINANCE if tier(case) == "small" else DRC


IMPLEMENTATION = task(
    "implementation",
    "项目实施",
    cite("JJ-28-1", "JJ-28-2", "JJ-29-1", "JJ-6-2"),
    OWNER,
    asks=("responsible_person",),
    records=("management_systems", "matches_approval", "joint_levels", "procured_by"),
)
TRIAL_RUN = Stage(
    key="trial_run",
    title="试运行",
    kind=StageKind.WAIT,
    actors=(OWNER,),
    citation=cite("JJ-31-1"),
    outcomes=(forward("ended", "试运行结束", cite("JJ-31-1")),),
    when=is_build,
    when_citation=reading("JJ-Q18", "JJ-31-1"),
    aliases=("trial_operation",),
)
FINAL_ACCEPTANCE = review(
    "final_acceptance",
    "终验",
    cite("JJ-31-4"),
    OWNER,
    outcomes=(forward("pass", "通过", cite("JJ-31-4")), not_passed(to("final_acceptance"))),
    records=("matches_approval",),
    papers=(demand("final_acceptance_report", _PAPER, cite("JJ-31-4"), act=PASS, **ANEW),),
)
COMPLETION_APPLICATION = task(
    "completion_application",
    "竣工验收申请",
    cite("JJ-31-5", "JJ-31-6", "JJ-31-7"),
    OWNER,
    records=("completion_extended_to", "sharing_mechanism", "data_catalogued", "generally_shareable", "exclusive_recipients"),
    papers=(demand("completion_application", _PAPER, cite("JJ-31-5"), **ANEW),),
)  # fmt: skip
PRE_ACCEPTANCE_CONFIRMATION = Stage(
    key="pre_acceptance_confirmation",
    title="验收前确认",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(DATA,),
    citation=cite("JJ-31-9", "JJ-5-1"),
    outcomes=(
        forward("pass", "确认通过", cite("JJ-31-9")),
        negative("not_pass", "确认未通过", cite("JJ-31-10"), next=to("pre_acceptance_confirmation")),
    ),
    records=("data_catalogued", "sharing_mechanism", "generally_shareable", "exclusive_recipients"),
    papers=(
        demand("data_sharing_confirmation", _CONFIRM, cite("JJ-31-9"), act=PASS, **ANEW),
        demand("secure_product_confirmation", _CONFIRM, cite("JJ-31-9"), act=PASS, **ANEW),
        demand("crypto_confirmation", _CONFIRM, cite("JJ-31-9"), act=PASS, **ANEW),
    ),
    review=Review(
        citation=cite("JJ-31-9"),
        items=(
            ("data_sharing", "数据共享情况", cite("JJ-31-9", "JJ-30-3")),
            ("secure_products", "软硬件产品安全可靠情况", cite("JJ-31-9", "JJ-5-2")),
            ("crypto", "密码应用及安全性评估情况", cite("JJ-31-9", "JJ-5-2")),
        ),
        reviewers=(
            Reviewer(role=SECRECY, citation=cite("JJ-5-2", "JJ-31-9"), when=lambda _: True, force=Force.BINDING),
        ),
    ),
    unbounded=True,
)
COMPLETION_ACCEPTANCE = Stage(
    key="completion_acceptance",
    title="竣工验收",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(DATA,),
    citation=cite("JJ-32-1", "JJ-5-1"),
    outcomes=(
        forward("pass", "通过", cite("JJ-32-1"), opens=("acceptance_filing_province",)),
        negative("not_pass", "不通过", AGAIN, next=to("completion_application")),
    ),
    papers=(demand("acceptance_opinion", _PAPER, cite("JJ-32-1"), act=PASS, **ANEW),),
    review=Review(
        citation=cite("JJ-32-1"),
        reviewers=(
            *(_approver(role) for role in (DRC, FINANCE, SASAC)),
            *(
                Reviewer(role=role, citation=cite("JJ-32-1", "JJ-5-3"), when=lambda _: True)
                for role in (PROJECT, SECRECY, CAC)
            ),
        ),
        invites=True,
    ),
    unbounded=True,
)
ACCEPTANCE_FILING_PROVINCE = filing(
    "acceptance_filing_province",
    "竣工验收报省备案",
    reading("JJ-Q16", "JJ-32-2", "JJ-32-3"),
    DATA,
    nxt=to(""),
    when=over_limit,
    when_citation=cite("JJ-32-2"),
    papers=(demand("acceptance_filing_province", _PAPER, cite("JJ-32-2", "JJ-32-3")),),
    **OBLIGATION,
)
OPERATION = Stage(
    key="operation",
    title="投入运行",
    kind=StageKind.WAIT,
    actors=(OWNER,),
    citation=cite("JJ-39"),
    outcomes=(forward("in_operation", "投入运行", cite("JJ-39")),),
    asks=("in_operation_on",),
)
SELF_EVALUATION = filing(
    "self_evaluation",
    "绩效自评",
    cite("JJ-39"),
    OWNER,
    PROJECT,
    papers=(demand("self_evaluation_report", "self_evaluation_window", cite("JJ-39")),),
)

DELIVERY = (IMPLEMENTATION, TRIAL_RUN, FINAL_ACCEPTANCE)
ACCEPTANCE = (
    COMPLETION_APPLICATION,
    PRE_ACCEPTANCE_CONFIRMATION,
    COMPLETION_ACCEPTANCE,
    ACCEPTANCE_FILING_PROVINCE,
)
RUNNING = (OPERATION, SELF_EVALUATION)
