"""Every number of the measures: how many subjects, how many months, how many of each list. No amount in yuan."""

from typing import Any

from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.values import Dated, Threshold
from plugins.zhejiang.regulations import SINCE

SUBJECTS_MAX_CLASS12 = 1
SUBJECTS_MAX_CLASS3 = 3
OVERDUE_MONTHS = 3
NEGOTIABLE_SUPPLIERS = 1
MARKET_SUPPLIERS = 2
NEED_CATEGORIES = 6
FORM_ITEMS = 11
REVIEW_TOPICS = 7
EXPERT_BASIS_DECISIONS = 5


def _threshold(  # noqa: PLR0917 - one line per row of the table of thresholds
    code: str, key: str, title: str, value: int, says: str, decides: str, *, on: Citation, **more: str
) -> Threshold:
    values: dict[str, Any] = {"unit": "count", "basis": decides} | more
    return Threshold(
        key=key,
        code=f"ZJ-{code}",
        title=title,
        values=(Dated(SINCE, value),),
        comparator=says,
        decides=decides,
        citation=on,
        **values,
    )


THRESHOLDS = (
    _threshold(
        *("T01", "subjects_max_class12", "第一、二类项目主体数量上限", SUBJECTS_MAX_CLASS12, "<=", "confirmed_subjects"),
        on=reading("ZJ-Q13", "ZJ-3-5-d"),
    ),
    _threshold(
        *("T02", "subjects_max_class3", "第三类项目主体数量上限", SUBJECTS_MAX_CLASS3, "<=", "confirmed_subjects"),
        on=reading("ZJ-Q14", "ZJ-3-5-e"),
    ),
    _threshold(
        *("T03", "overdue_months", "超期未通过验收的月数", OVERDUE_MONTHS, "<=", "acceptance_grace"),
        unit="months", on=cite("ZJ-3-7-e"),
    ),
    _threshold(
        *("T04", "supplier_count_negotiable", "可协商定价的供应商数", NEGOTIABLE_SUPPLIERS, "<=", "price_mode"),
        on=cite("ZJ-3-8-n"),
    ),
    _threshold(
        *("T05", "supplier_count_market", "由市场定价的供应商数", MARKET_SUPPLIERS, ">=", "price_mode"),
        on=reading("ZJ-Q26", "ZJ-3-8-o"),
    ),
    _threshold(
        *("T06", "need_categories_total", "需求方面数", NEED_CATEGORIES, "<=", "need_categories"), on=cite("ZJ-3-1-a")
    ),
    _threshold(
        *("T07", "form_items_total", "申报书内容项数", FORM_ITEMS, "==", "form_items"), on=cite("ZJ-2-3-a")
    ),
    _threshold(
        *("T08", "review_topics_total", "评审方面数", REVIEW_TOPICS, "==", "review_topics"), on=cite("ZJ-3-4-b")
    ),
    _threshold(
        *("T09", "expert_basis_decisions", "以专家委意见为依据的决定数", EXPERT_BASIS_DECISIONS, "==", "expert_basis"),
        on=cite("ZJ-4-2-b"),
    ),
)  # fmt: skip
