"""The ladder of money: declared, confirmed by the decision, estimate, approved, contract, changed, accepted, paid."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Amount
from plugins.jiujiang.roles import (
    APPROVERS,
    COORDINATOR,
    COUNTY_FINANCE,
    DATA,
    FINANCE,
    GOVERNMENT,
    GROUP,
    OFFICE,
    OWNER,
    PARTY,
    PROJECT,
    SASAC,
    SECRECY,
)

AMOUNTS = (
    Amount(
        key="declared", title="总投资（申报）", fixed_by=PROJECT, moment="需求征集和年度申报", asked_at="", paper="application_form",
        citation=reading("JJ-Q06", "JJ-12-1", "JJ-A2-1"), entered_by=(PROJECT, COORDINATOR), aliases=("total_investment",),
    ),
    Amount(
        key="confirmed", title="审定投资", fixed_by=GROUP, moment="领导小组审定", asked_at="annual_approval",
        paper="annual_decision", entered_by=(GROUP, COORDINATOR), citation=reading("JJ-Q06", "JJ-20-2", "JJ-25-1a"),
    ),
    Amount(
        key="estimate", title="可研估算", fixed_by=OWNER, moment="可研编报", asked_at="feasibility_preparation",
        paper="feasibility_report", entered_by=(OWNER,), citation=cite("JJ-25-2a"),
    ),
    Amount(
        key="approved", title="批复金额", fixed_by="drc", moment="可研、初步设计或预算批复", asked_at="",
        paper="budget_reply", entered_by=APPROVERS, citation=reading("JJ-Q06", "JJ-25-2d", "JJ-25-4b"),
    ),
    Amount(
        key="contract", title="合同金额", fixed_by=OWNER, moment="合同签订", entered_by=(OWNER,), citation=cite("JJ-28-1"),
    ),
    Amount(
        key="changed", title="变更后金额", fixed_by=DATA, moment="变更批准", asked_at="change_review",
        paper="change_dossier", entered_by=(*APPROVERS, DATA), citation=cite("JJ-29-1"),
    ),
    Amount(
        key="accepted", title="验收金额", fixed_by=DATA, moment="竣工验收", paper="acceptance_opinion", entered_by=(OWNER, DATA),
        citation=cite("JJ-32-1"),
    ),
    Amount(
        key="paid", title="已支付金额", fixed_by=FINANCE, moment="支付", entered_by=(FINANCE, SASAC, COUNTY_FINANCE),
        citation=cite("JJ-5-5", "JJ-27-1"),
    ),
    Amount(
        key="om_amount", title="申请运维经费", fixed_by=PROJECT, moment="运维经费申请", asked_at="om_application", paper="om_plan",
        entered_by=(OWNER, PROJECT, DATA, SECRECY), citation=cite("JJ-35-1"),
    ),
    Amount(
        key="om_arranged", title="安排运维经费", fixed_by=GOVERNMENT, moment="市政府同意", asked_at="", paper="om_budget_proposal",
        entered_by=(FINANCE, OFFICE, GOVERNMENT, PARTY), citation=cite("JJ-35-2"),
    ),
)  # fmt: skip
