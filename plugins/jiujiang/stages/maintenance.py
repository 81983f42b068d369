"""The yearly application for operation and maintenance money, public platforms, and what is handled offline."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, Next, Review, Reviewer, computed
from plugins.jiujiang.roles import DATA, FINANCE, GOVERNMENT, OWNER, PARTY, PROJECT, SECRECY
from plugins.jiujiang.stages.shapes import APPROVED, demand, filing, forward, negative, review, task

_PAPER = "om_papers_missing"
_REFUSED = reading("JJ-Q13", "JJ-35-2")


def _decider(case: Case) -> tuple[str, ...]:
    return ("om_party_review",) if case.fact("public_platform") == "intranet" else ("om_approval",)


_TO_DECIDER: Next = computed(_decider, "om_approval", "om_party_review")


def _is_intranet(case: Case) -> bool:
    return bool(case.fact("public_platform") == "intranet")


def _is_public(case: Case) -> bool:
    return not _is_intranet(case)


OM_APPLICATION = task(
    "om_application",
    "运维费用申请",
    cite("JJ-35-1", "JJ-43-3"),
    PROJECT,
    OWNER,
    asks=("om_amount", "om_workload"),
    papers=(demand("om_plan", _PAPER, cite("JJ-35-1")),),
)
OM_BUDGET_PROPOSAL = review(
    "om_budget_proposal",
    "形成运维预算建议",
    cite("JJ-35-2"),
    DATA,
    outcomes=(
        forward("arranged", "建议安排", cite("JJ-35-2")),
        negative("not_arranged", "建议不予安排", cite("JJ-37-0"), ends=Ends.REJECTED),
    ),
    records=("om_workload", "om_data_shared"),
    papers=(demand("om_budget_proposal", _PAPER, cite("JJ-35-2"), act="decide:arranged"),),
    review=Review(
        citation=cite("JJ-35-2"),
        items=(
            ("workload", "工作量", cite("JJ-35-2")),
            ("last_evaluation", "上年度应用评价", cite("JJ-35-2", "JJ-40-2")),
            ("supervision", "监督检查情况", cite("JJ-35-2")),
        ),
        reviewers=(Reviewer(role=FINANCE, citation=cite("JJ-35-2"), when=lambda _: True),),
    ),
)
_DECIDED = (
    forward("approved", "同意", cite("JJ-35-2", "JJ-36-1")),
    negative("refused", "不同意", _REFUSED, ends=Ends.REJECTED),
)
OM_APPROVAL = review(
    "om_approval",
    "市政府同意",
    cite("JJ-35-2", "JJ-36-1"),
    GOVERNMENT,
    outcomes=_DECIDED,
    when=_is_public,
    when_citation=cite("JJ-36-2"),
    papers=(demand("om_decision", _PAPER, cite("JJ-35-2"), act=APPROVED),),
    records=("om_arranged",),
)
OM_PARTY_REVIEW = review(
    "om_party_review",
    "市委审核",
    cite("JJ-36-2"),
    PARTY,
    when=_is_intranet,
    when_citation=cite("JJ-36-1"),
    outcomes=(
        forward("approved", "同意", cite("JJ-36-2")),
        negative("refused", "不同意", _REFUSED, ends=Ends.REJECTED),
    ),
    papers=(demand("om_decision", _PAPER, cite("JJ-36-2"), act=APPROVED),),
    records=("om_arranged",),
)
OM_PUBLIC_PLAN = task(
    "om_public_plan",
    "公共项目运维实施方案",
    cite("JJ-36-1", "JJ-36-2"),
    DATA,
    SECRECY,
    nxt=_TO_DECIDER,
    asks=("om_amount",),
    records=("om_workload",),
    papers=(demand("public_om_plan", _PAPER, cite("JJ-36-1", "JJ-36-2")),),
)
# No content on the platform: a number, and ticks for what exists offline.
OFFLINE_REFERENCE = filing(
    "offline_reference", "线下按保密规定办理", reading("JJ-Q12", "JJ-7", "JJ-18-2c"), SECRECY,
    asks=("offline_number",), records=("graded_protection_ready", "expert_source"),
)  # fmt: skip

OM_ANNUAL = (OM_APPLICATION, OM_BUDGET_PROPOSAL, OM_APPROVAL)
OM_PUBLIC = (OM_PUBLIC_PLAN, OM_APPROVAL, OM_PARTY_REVIEW)
