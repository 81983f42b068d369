"""Every number of the regulation: amounts in fen, shares in percent, counts, days and months. Nowhere else."""

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.values import Dated, Threshold
from plugins.baiyun.regulations import EFFECTIVE_ON

_YUAN = 100

MICRO_MAX_FEN = 500_000 * _YUAN
SIMPLIFIED_OM_MAX_FEN = 2_000_000 * _YUAN
FEASIBILITY_MIN_FEN = 30_000_000 * _YUAN
GOVERNMENT_MIN_FEN = 500_000 * _YUAN
SUPERVISION_MIN_FEN = 500_000 * _YUAN
EXPERT_MEETING_MIN_FEN = 500_000 * _YUAN
EVALUATION_MANDATORY_MIN_FEN = 3_000_000 * _YUAN
EVALUATION_OPTIONAL_MIN_FEN = 1_000_000 * _YUAN
OPERATION_SHARE_MAX_PERCENT = 30
CHANGE_RATIO_MAX_PERCENT = 15
PLAN_REVIEW_ATTEMPTS = 3
INITIAL_REVIEW_ATTEMPTS = 3
EXPERT_REVIEW_ATTEMPTS = 3
FINAL_ACCEPTANCE_ATTEMPTS = 2
ACCEPTANCE_FILING_ATTEMPTS = 2
SOFTWARE_WARRANTY_MONTHS = 12
HARDWARE_WARRANTY_MONTHS = 36

WINDOW_MONTHS = 2
REVIEW_WORKDAYS = 5
RESUBMISSION_WORKDAYS = 5
FILING_WORKDAYS = 5
APPROVAL_VALIDITY_YEARS = 1
INITIAL_ACCEPTANCE_FILING_WORKDAYS = 15
TRIAL_RUN_MONTHS = 3
FINAL_RECTIFICATION_DAYS = 30
ACCEPTANCE_FILING_DAYS = 30
ACCEPTANCE_FILING_RECTIFICATION_WORKDAYS = 10
SELF_EVALUATION_MONTHS = 3
BAN_YEARS = 1
SPLIT_SUSPECT_COUNT = 2


def _threshold(
    code: str, key: str, title: str, value: int, *, says: str, unit: str, basis: str, decides: str, on: Citation
) -> Threshold:
    partition = "track" if key in ("micro_max", "simplified_om_max") else ""
    return Threshold(
        key=key,
        code=f"BY-{code}",
        title=title,
        values=(Dated(EFFECTIVE_ON, value),),
        comparator=says,
        unit=unit,
        basis=basis,
        decides=decides,
        citation=on,
        partition=partition,
    )


THRESHOLDS = (
    _threshold(
        *("T01", "micro_max", "小微项目金额上限", MICRO_MAX_FEN),
        says="<", unit="fen", basis="confirmed", decides="micro",
        on=reading("BY-Q05", "BY-19-1-a", "BY-A3-2"),
    ),
    _threshold(
        *("T02", "simplified_om_max", "简易立项运维项目金额上限", SIMPLIFIED_OM_MAX_FEN),
        says="<=", unit="fen", basis="confirmed", decides="simplified_om", on=cite("BY-19-2"),
    ),
    _threshold(
        *("T03", "identical_amount_delta", "与往期金额的差额", 0),
        says="==", unit="fen", basis="confirmed - previous_period_amount", decides="simplified_om",
        on=reading("BY-Q21", "BY-19-2"),
    ),
    _threshold(
        *("T04", "feasibility_min", "须提交可行性研究报告的金额", FEASIBILITY_MIN_FEN),
        says=">=", unit="fen", basis="declared", decides="feasibility_report", on=cite("BY-15-c"),
    ),
    _threshold(
        *("T05", "ops_content_share_max", "业务运营内容占比上限", OPERATION_SHARE_MAX_PERCENT),
        says="<=", unit="percent", basis="operation_content / estimate", decides="block", on=cite("BY-17-1-b"),
    ),
    _threshold(
        *("T07", "district_government_min", "报区政府审定的金额", GOVERNMENT_MIN_FEN),
        says=">=", unit="fen", basis="confirmed", decides="scheme_approval", on=cite("BY-20-4-a"),
    ),
    _threshold(
        *("T08", "supervision_min", "须实施监理的主体工程金额", SUPERVISION_MIN_FEN),
        says=">=", unit="fen", basis="main_works", decides="supervision", on=reading("BY-Q41", "BY-29-2-a"),
    ),
    _threshold(
        *("T09", "change_ratio_max", "简化变更的比例上限", CHANGE_RATIO_MAX_PERCENT),
        says="<=", unit="percent", basis="|cancelled| + |added| / approved", decides="light_change",
        on=cite("BY-33-3-a", "BY-33-3-b"),
    ),
    _threshold(
        *("T11", "initial_acceptance_expert_min", "初步验收须专家评审的合同金额", EXPERT_MEETING_MIN_FEN),
        says=">=", unit="fen", basis="contract", decides="expert_meeting", on=cite("BY-39-1", "BY-39-2"),
    ),
    _threshold(
        *("T12", "final_acceptance_expert_min", "最终验收须专家评审的合同金额", EXPERT_MEETING_MIN_FEN),
        says=">=", unit="fen", basis="contract", decides="expert_meeting", on=cite("BY-47-1", "BY-47-2"),
    ),
    _threshold(
        *("T13", "third_party_eval_mandatory_min", "须第三方评估的合同金额", EVALUATION_MANDATORY_MIN_FEN),
        says=">=", unit="fen", basis="contract", decides="third_party_evaluation", on=cite("BY-52-1"),
    ),
    _threshold(
        *("T14", "third_party_eval_optional_min", "可选第三方评估的合同金额", EVALUATION_OPTIONAL_MIN_FEN),
        says=">=", unit="fen", basis="contract", decides="optional_evaluation", on=cite("BY-52-2"),
    ),
    _threshold(
        *("T27", "warranty_software_months", "软件免费维护期下限", SOFTWARE_WARRANTY_MONTHS),
        says=">=", unit="months", basis="warranty_software_months", decides="contract_terms", on=cite("BY-27-a"),
    ),
    _threshold(
        *("T28", "warranty_hardware_months", "硬件免费维护期下限", HARDWARE_WARRANTY_MONTHS),
        says=">=", unit="months", basis="warranty_hardware_months", decides="contract_terms", on=cite("BY-27-b"),
    ),
)  # fmt: skip
