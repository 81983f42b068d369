"""The two figures of the plan: protection levels from which more is asked (第九章)."""

from core.policy.rules.citations import cite
from core.policy.rules.values import Dated, Threshold
from plugins.zhuhai.regulations import PLAN_FROM

MLPS_BASE_PLATFORM_LEVEL = 3
MLPS_CRYPTO_LEVEL = 3

THRESHOLDS = (
    Threshold(
        key="mlps_base_platform",
        code="ZHP-T01",
        title="基础平台的等级保护级别",
        values=(Dated(PLAN_FROM, MLPS_BASE_PLATFORM_LEVEL),),
        comparator=">=",
        unit="count",
        basis="mlps_level",
        decides="mlps_below_three",
        citation=cite("ZHP-9-3-1"),
    ),
    Threshold(
        key="mlps_crypto",
        code="ZHP-T02",
        title="须应用密码的等级保护级别",
        values=(Dated(PLAN_FROM, MLPS_CRYPTO_LEVEL),),
        comparator=">=",
        unit="count",
        basis="mlps_level",
        decides="crypto_missing",
        citation=cite("ZHP-9-3-5"),
    ),
)
