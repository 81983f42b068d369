"""Listing, by class: a duty after acceptance; whose it is, what it costs, how it is bought, who pays (第三部分（八）)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.listing import CostRule, Holder, OwnershipRule, PriceRule, PurchaseRule, Visibility
from core.policy.rules.regulation import ListingForce, ListingRule
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3, MARKET_ENTITY
from plugins.zhejiang.thresholds import NEGOTIABLE_SUPPLIERS

PLATFORM = "全省统一的应用市场"

OWNERSHIP = {
    CLASS1: OwnershipRule(
        owner=Holder.STATE, lister=Holder.SUBJECT, income=Holder.STATE, citation=cite("ZJ-3-8-e", "ZJ-3-8-f")
    ),
    CLASS2: OwnershipRule(
        owner=Holder.AS_AGREED, silent=Holder.INVESTOR, lister=Holder.INVESTOR, income=Holder.INVESTOR,
        citation=reading("ZJ-Q23", "ZJ-3-8-e", "ZJ-3-8-i"),
    ),
    CLASS3: OwnershipRule(
        owner=Holder.MARKET_ENTITY, lister=Holder.MARKET_ENTITY, income=Holder.MARKET_ENTITY,
        citation=cite("ZJ-3-8-e", "ZJ-3-8-k"),
    ),
}  # fmt: skip
_BY_SUPPLIERS = PriceRule(
    citation=reading("ZJ-Q26", "ZJ-3-8-n", "ZJ-3-8-o", "ZJ-3-8-l"), by_suppliers=True,
    negotiable_up_to=NEGOTIABLE_SUPPLIERS,
)  # fmt: skip
PRICES = {
    CLASS1: PriceRule(citation=cite("ZJ-3-8-f", "ZJ-3-8-h"), free=True),
    CLASS2: PriceRule(
        citation=reading("ZJ-Q27", "ZJ-3-8-j", "ZJ-3-8-n", "ZJ-3-8-o"), by_suppliers=True, party_fee=True,
        negotiable_up_to=NEGOTIABLE_SUPPLIERS,
    ),
    CLASS3: _BY_SUPPLIERS,
}  # fmt: skip
PURCHASE = PurchaseRule(citation=reading("ZJ-Q28", "ZJ-3-8-p", "ZJ-3-8-q"), limit_parameter="gov_procurement_limit")
COSTS = {
    CLASS1: CostRule(
        construction=Holder.SUBJECT, operation=Holder.USING_UNIT, citation=cite("ZJ-3-8-g", "ZJ-3-8-h", "ZJ-1-3-f")
    ),
    CLASS2: CostRule(construction=Holder.INVESTOR, operation=Holder.UNREGULATED, citation=cite("ZJ-2-2-b", "ZJ-1-3-f")),
    CLASS3: CostRule(
        construction=Holder.MARKET_ENTITY, operation=Holder.UNREGULATED, citation=cite("ZJ-2-2-c", "ZJ-1-3-f")
    ),
}


def _rule(code: str, track: str, title: str, *, papers: tuple[str, ...] = ()) -> ListingRule:
    return ListingRule(
        key=track,
        code=f"ZJ-{code}",
        title=title,
        force=ListingForce.DUTY,
        after_stage="acceptance_evaluation",
        after_outcome="pass",
        project_kinds=(),
        platform=PLATFORM,
        owner_fact="owner",
        tracks=(track,),
        papers=papers,
        ownership=OWNERSHIP[track],
        price=PRICES[track],
        purchase=PURCHASE if track != CLASS1 else None,
        costs=COSTS[track],
        visibility=Visibility.TREE,
        citation=cite("ZJ-3-7-c", "ZJ-3-7-d"),
    )


LISTING_RULES = (
    _rule("M01", CLASS1, "第一类应用上架共享", papers=("source_code", "property_confirmation")),
    _rule("M02", CLASS2, "第二类应用上架"),
    _rule("M03", CLASS3, "第三类应用上架"),
    ListingRule(
        key="open_listing", code="ZJ-M04", title="市场主体自主上架", force=ListingForce.ALLOWED, after_stage="",
        after_outcome="", project_kinds=(), platform=PLATFORM, open_to=(MARKET_ENTITY,), ownership=OWNERSHIP[CLASS3],
        price=_BY_SUPPLIERS, purchase=PURCHASE, costs=COSTS[CLASS3], visibility=Visibility.TREE,
        citation=reading("ZJ-Q29", "ZJ-3-8-m"),
    ),
)  # fmt: skip
