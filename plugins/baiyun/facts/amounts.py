"""The ladder of money: declared, confirmed, estimate, cost-reviewed, approved, contract, changed, accepted, paid."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Amount
from plugins.baiyun.roles import BUREAU, FINANCE, PROJECT

AMOUNTS = (
    Amount(
        key="declared", title="申报金额", fixed_by=PROJECT, moment="立项计划申报", asked_at="plan_application",
        citation=cite("BY-15-c"), aliases=("declared_amount",),
    ),
    Amount(
        key="confirmed", title="立项计划审核确定金额", fixed_by=BUREAU, moment="立项计划审核通过", asked_at="plan_review",
        entered_by=(BUREAU,), citation=reading("BY-Q05", "BY-17-2-b"), aliases=("confirmed_amount",),
    ),
    Amount(
        key="estimate", title="立项方案投资概算", fixed_by=PROJECT, moment="立项方案提交", paper="scheme",
        asked_at="scheme_preparation", citation=cite("BY-17-2-a", "BY-17-2-b"), aliases=("scheme_total",),
    ),
    Amount(
        key="cost_reviewed", title="造价评审金额", fixed_by=BUREAU, moment="造价评审", paper="cost_review_report",
        asked_at="scheme_cost_review", entered_by=(BUREAU,), citation=cite("BY-20-3"), aliases=("cost_reviewed_total",),
    ),
    Amount(
        key="approved", title="立项批复金额", fixed_by="government", moment="立项批复", paper="approval_document",
        asked_at="scheme_approval", entered_by=(BUREAU, "government"), citation=cite("BY-20-4-a"),
        aliases=("approved_total",),
    ),
    Amount(
        key="contract", title="合同金额", fixed_by=PROJECT, moment="合同签订", paper="contract",
        citation=reading("BY-Q29", "BY-39-1", "BY-47-1", "BY-52-1"),
    ),
    Amount(
        key="changed", title="变更后金额", fixed_by=BUREAU, moment="变更审核", paper="change_opinion",
        citation=cite("BY-33-1-b"),
    ),
    Amount(
        key="accepted", title="验收金额", fixed_by=PROJECT, moment="最终验收", paper="final_acceptance_conclusion",
        citation=cite("BY-47-a"),
    ),
    Amount(
        key="paid", title="已支付金额", fixed_by=FINANCE, moment="支付", entered_by=(FINANCE,),
        citation=cite("BY-5-3"),
    ),
)  # fmt: skip
