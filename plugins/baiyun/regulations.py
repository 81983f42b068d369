"""The text this plugin rests on, and what follows from its dates (第六十二条)."""

from datetime import date

from core.policy.rules.citations import reading
from core.policy.rules.regulation import OnExpiry, Regulation

EFFECTIVE_ON = date(2024, 10, 29)

REGULATIONS = (
    Regulation(
        key="measures",
        title="广州市白云区政府投资信息化项目管理办法(2024版)",
        number="云府办〔2024〕167号",
        issued_by="广州市白云区人民政府办公室",
        effective_on=EFFECTIVE_ON,
        on_expiry=OnExpiry.NONE,
        supersedes="云府办〔2023〕28号",
        edition="2024",
        published_at="白云区人民政府门户网站 post_9946904",
        citation=reading("BY-Q01", "BY-62-a", "BY-62-b"),
    ),
)
