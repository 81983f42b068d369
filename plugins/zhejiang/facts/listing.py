"""What a listing says: who invested, who owns, who lists, what it costs a using unit (第三部分（八）)."""

from typing import Any

from core.policy.rules.citations import cite
from plugins.zhejiang.facts.building import OWNERS
from plugins.zhejiang.facts.shapes import choice, money, text
from plugins.zhejiang.roles import SUBJECT

_LISTED: dict[str, Any] = {"entered_by": (SUBJECT,), "asked_at": "market_listing", "scope": "entry"}

LISTING_FACTS = (
    text("investor", "投资方", cite("ZJ-3-8-e"), **_LISTED),
    choice("owner", "产权归属", cite("ZJ-3-8-e", "ZJ-3-8-i", "ZJ-3-8-k"), *OWNERS, required=True, **_LISTED),
    text("lister", "上架方", cite("ZJ-3-8-e"), **_LISTED),
    text("income_receiver", "收益方", cite("ZJ-3-8-e"), **_LISTED),
    money("licence_price", "许可价格", cite("ZJ-3-8-f"), **_LISTED),
    money("construction_share", "向使用单位分摊的建设费用", cite("ZJ-3-8-g"), **_LISTED),
)
