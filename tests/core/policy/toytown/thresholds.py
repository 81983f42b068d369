"""Toytown's figures."""

from datetime import date

from core.policy.rules.citations import cite
from core.policy.rules.values import Dated, Threshold

EFFECTIVE_ON = date(2024, 1, 1)
AMENDED_ON = date(2026, 1, 1)
SMALL_MAX_FEN = 100_000_00
SMALL_MAX_FROM_2026_FEN = 200_000_00
REVIEW_ATTEMPTS = 2
INSPECTION_ATTEMPTS = 2
REVIEW_WORKDAYS = 5
REPORT_DAYS = 30
VALIDITY_YEARS = 1
TRIAL_MONTHS = 3
VOTES = 3
MAJORITY_PERCENT = 60
RUNNING_MAX = 2

THRESHOLDS = (
    Threshold(
        key="small_max",
        code="TY-T1",
        title="小项目上限",
        values=(Dated(EFFECTIVE_ON, SMALL_MAX_FEN), Dated(AMENDED_ON, SMALL_MAX_FROM_2026_FEN)),
        comparator="<",
        unit="fen",
        basis="declared",
        decides="small",
        citation=cite("TY-2"),
        partition="track",
    ),
    Threshold(
        key="large_min",
        code="TY-T2",
        title="大项目下限",
        values=(Dated(EFFECTIVE_ON, SMALL_MAX_FEN), Dated(AMENDED_ON, SMALL_MAX_FROM_2026_FEN)),
        comparator=">=",
        unit="fen",
        basis="declared",
        decides="large",
        citation=cite("TY-2"),
        partition="track",
    ),
)
