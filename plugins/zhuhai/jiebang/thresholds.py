"""Every number of the guidelines: the two caps of the subsidy, the reading of "mainly", periods. Nowhere else."""

from core.policy.rules.citations import reading
from core.policy.rules.values import Dated, Threshold
from plugins.zhuhai.regulations import GUIDELINES_FROM

_YUAN = 100

SUBSIDY_RATE_PERCENT = 20
SUBSIDY_MAX_FEN = 1_000_000 * _YUAN
SELF_FUNDING_PERCENT = 50
PERCENT = 100
NOTICE_WORKDAYS = 5
SUBSIDY_MONTHS = 1

THRESHOLDS = (
    Threshold(
        key="subsidy_rate_cap", code="ZH-T01", title="补助占核定研发成本的上限",
        values=(Dated(GUIDELINES_FROM, SUBSIDY_RATE_PERCENT),), comparator="<=", unit="percent", basis="verified_cost",
        decides="subsidy", citation=reading("ZH-Q06", "ZH-14-5"),
    ),
    Threshold(
        key="subsidy_amount_cap", code="ZH-T02", title="单个项目补助总额上限",
        values=(Dated(GUIDELINES_FROM, SUBSIDY_MAX_FEN),), comparator="<=", unit="fen", basis="subsidy",
        decides="subsidy", citation=reading("ZH-Q06", "ZH-14-6"),
    ),
    Threshold(
        key="self_funding_majority", code="ZH-T03", title="自筹和社会资本为主",
        values=(Dated(GUIDELINES_FROM, SELF_FUNDING_PERCENT),), comparator=">", unit="percent", basis="estimate",
        decides="self_funding", citation=reading("ZH-Q36", "ZH-3-1"),
    ),
)  # fmt: skip
