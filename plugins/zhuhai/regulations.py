"""The two texts this plugin rests on, what follows from their dates, and the one they refer to, which is not supplied."""

from datetime import date

from core.policy.rules.citations import reading
from core.policy.rules.regulation import OnExpiry, Regulation

GUIDELINES, PLAN = "guidelines", "plan"
MEASURES = "《珠海市市级政务信息化项目管理办法》"
NOT_SUPPLIED = f"参照{MEASURES}，文本未提供，系统默认"
GUIDELINES_FROM = date(2025, 9, 19)
GUIDELINES_LAST = date(2027, 9, 18)
PLAN_FROM = date(2022, 2, 2)
PLAN_LAST = date(2025, 12, 31)

REGULATIONS = (
    Regulation(
        key=GUIDELINES,
        title="珠海市政务信息化揭榜制项目工作指引（试行）",
        number="珠政数管〔2025〕119号",
        issued_by="珠海市政务服务和数据管理局",
        effective_on=GUIDELINES_FROM,
        expires_on=GUIDELINES_LAST,
        on_expiry=OnExpiry.REFUSE_NEW,
        edition="2025-09-19",
        published_at="规范性文件登记号 ZBGS-2025-31",
        citation=reading("ZH-Q11", "ZH-22-2", "ZH-22-3"),
    ),
    Regulation(
        key=PLAN,
        title="珠海市数字政府改革建设“十四五”规划",
        number="珠政数管〔2022〕18号",
        issued_by="珠海市“数字政府”改革建设工作领导小组",
        effective_on=PLAN_FROM,
        expires_on=PLAN_LAST,
        on_expiry=OnExpiry.ADVISORY,
        expiry_option="after_term",
        edition="2022-02-02",
        citation=reading("ZH-Q12", "ZHP-0-0-1", "ZHP-2-4-13"),
    ),
)
