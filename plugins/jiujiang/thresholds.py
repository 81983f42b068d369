"""Every number of the regulation: amounts in fen, counts, working days, months and years. Nowhere else."""

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.values import Dated, Threshold
from plugins.jiujiang.regulations import EFFECTIVE_ON

_YUAN = 100

COUNTY_CITY_MIN_FEN = 2_000_000 * _YUAN
LIMIT_INFRA_CROSS_FEN = 10_000_000 * _YUAN
LIMIT_OTHER_FEN = 5_000_000 * _YUAN
MERGE_BELOW_FEN = 50_000_000 * _YUAN
SMALL_BELOW_FEN = 2_000_000 * _YUAN
MIN_QUOTES = 3
MIN_ALTERNATIVES = 3
MIN_SIMILAR_CONTRACTS = 3
DELAY_CUT_WORKDAYS = 30

POOL_VALIDITY_YEARS = 2
PROPOSAL_PREPARATION_WORKDAYS = 10
PROPOSAL_APPROVAL_WORKDAYS = 5
FEASIBILITY_PREPARATION_WORKDAYS = 20
MERGED_PREPARATION_WORKDAYS = (10, 30)
TECHNICAL_REVIEW_WORKDAYS = 15
FEASIBILITY_APPROVAL_WORKDAYS = 6
DESIGN_PREPARATION_WORKDAYS = 30
DESIGN_APPROVAL_WORKDAYS = 15
DESIGN_EDITING_WORKDAYS = 20
BUDGET_PREPARATION_WORKDAYS = 15
BUDGET_APPROVAL_WORKDAYS = 20
BUDGET_FEEDBACK_WORKDAYS = 5
TRIAL_RUN_BELOW_MONTHS = 3
TRIAL_RUN_OVER_MONTHS = 6
FINAL_ACCEPTANCE_WORKDAYS = 20
COMPLETION_BELOW_WORKDAYS = 10
COMPLETION_OVER_WORKDAYS = 30
SELF_EVALUATION_OPEN_MONTHS = 6
SELF_EVALUATION_CLOSE_MONTHS = 12
UPGRADE_WAIT_MONTHS = 12
END_OF_MAY = (5, 31)
END_OF_AUGUST = (8, 31)
YEAR_END = (12, 31)


def _threshold(
    code: str,
    key: str,
    title: str,
    value: int,
    *,
    says: str,
    unit: str,
    basis: str,
    decides: str,
    on: Citation,
    partition: str = "",
) -> Threshold:
    return Threshold(
        key=key,
        code=f"JJ-{code}",
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
        "T01", "county_city_min", "县级项目报市会审的金额", COUNTY_CITY_MIN_FEN, says=">=", unit="fen", basis="declared",
        decides="county_city_review", on=reading("JJ-Q07", "JJ-12-1", "JJ-21-1", "JJ-21-2"),
    ),
    _threshold(
        "T02", "limit_infra_cross", "限额标准（基础设施类、跨部门跨层级集成类）", LIMIT_INFRA_CROSS_FEN, says=">=", unit="fen",
        basis="declared", decides="provincial_evaluation", on=reading("JJ-Q07", "JJ-13-1", "JJ-42"),
    ),
    _threshold(
        "T03", "limit_other", "限额标准（其他类别，不含运维）", LIMIT_OTHER_FEN, says=">=", unit="fen", basis="declared",
        decides="provincial_evaluation", on=reading("JJ-Q08", "JJ-13-2", "JJ-42"),
    ),
    _threshold(
        "T04", "merge_below", "可合并编报的金额", MERGE_BELOW_FEN, says="<", unit="fen", basis="confirmed",
        decides="city_gov_merged", on=reading("JJ-Q07", "JJ-25-5a"), partition="tier",
    ),
    _threshold(
        "T05", "small_below", "技术评审后直接报预算的金额", SMALL_BELOW_FEN, says="<", unit="fen", basis="confirmed",
        decides="city_gov_small", on=reading("JJ-Q07", "JJ-25-5b"), partition="tier",
    ),
    _threshold(
        "T06", "min_quotes", "厂商报价家数", MIN_QUOTES, says=">=", unit="count", basis="vendor_quotes", decides="quotes_below_three",
        on=cite("JJ-18-3", "JJ-A2-2-7"),
    ),
    _threshold(
        "T07", "min_alternatives", "备选解决方案个数", MIN_ALTERNATIVES, says=">=", unit="count", basis="solutions",
        decides="alternatives_below_three", on=cite("JJ-19-3"),
    ),
    _threshold(
        "T08", "min_similar_contracts", "类似项目合同价个数", MIN_SIMILAR_CONTRACTS, says=">=", unit="count",
        basis="similar_contract_prices", decides="application_incomplete", on=cite("JJ-A2-2-7"),
    ),
    _threshold(
        "T09", "delay_cut", "前期工作累计延误工作日", DELAY_CUT_WORKDAYS, says=">=", unit="workdays", basis="preliminary_delay",
        decides="delay_thirty", on=cite("JJ-27-2"),
    ),
)  # fmt: skip
