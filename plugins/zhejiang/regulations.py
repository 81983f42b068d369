"""The text this plugin rests on; number and dates are not in the source and are not made up (ZJ-Q01)."""

from datetime import date

from core.policy.rules.citations import reading
from core.policy.rules.regulation import OnExpiry, Regulation

SINCE = date.min
"""Figures of a text without a date hold from ever."""

REGULATIONS = (
    Regulation(
        key="measures",
        title="数字政府系统“一地创新、全省共享”机制实施办法（试行）",
        number="",
        issued_by="浙江省人民政府办公厅",
        effective_on=None,
        on_expiry=OnExpiry.NONE,
        edition="trial",
        citation=reading("ZJ-Q01", "ZJ-0-1", "ZJ-0-2"),
    ),
)
