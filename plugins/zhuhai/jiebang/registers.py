"""Pools, lists and ledgers of the guidelines, what follows from a challenge's end, and how results may be listed."""

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Effect, EffectHit, Target
from core.policy.rules.listing import Holder, OwnershipRule, PriceRule, Visibility
from core.policy.rules.regulation import ListingForce, ListingRule, Register
from plugins.zhuhai.roles import BUREAU, FINANCE, UNIT

REGISTERS = (
    Register(
        key="demand_pool", title="市级政务信息化项目需求库", kept_by=(UNIT,), per="unit", read_by=(BUREAU,),
        shown_at=("demand_proposal", "list_selection"), citation=cite("ZH-7-1"), aliases=("municipal_demand_pool",),
    ),
    Register(
        key="city_public_bodies", title="市级公共管理和服务机构", kept_by=(BUREAU,), per="unit",
        citation=reading("ZH-Q14", "ZH-6-2"),
    ),
    Register(
        key="jiebang_demand_pool", title="揭榜制项目需求库（标准化榜单库）", kept_by=(), per="tenant", derived=True,
        admits=("list_selection", "select"), citation=reading("ZH-Q25", "ZH-2-3", "ZH-7-4"),
    ),
    Register(
        key="annual_subsidy_ledger", title="年度资金补助总额台账", kept_by=(), per="tenant", derived=True,
        read_by=(FINANCE,), citation=cite("ZH-4-4", "ZH-4-6"),
    ),
    Register(
        key="recommendation_register", title="推荐台账", kept_by=(), per="tenant", derived=True,
        admits=("support_record", "recorded"), citation=cite("ZH-16-1", "ZH-16-2", "ZH-16-3", "ZH-17-1"),
    ),
    Register(
        key="violation_register", title="违法违规行为记录", kept_by=(), per="tenant", derived=True, citation=cite("ZH-21-1"),
    ),
)  # fmt: skip


def _terminated(standing: Standing, case: Case) -> EffectHit | None:
    del case
    end = standing.end
    if end is None or end.kind != "terminated" or standing.track != "jiebang":
        return None
    return EffectHit(since=end.on, reason=f"“{standing.title}”已终止，不得申请补助资金。")


def _excellent(standing: Standing, case: Case) -> EffectHit | None:
    del case
    marked = standing.passed("performance_evaluation", "concluded")
    if marked is None or not standing.fact("excellent"):
        return None
    return EffectHit(since=marked, reason=f"“{standing.title}”评为优秀，可以推荐和推广。")


def _preferred(standing: Standing, case: Case) -> EffectHit | None:
    """A mark for sorting candidates; it refuses nobody and gives no right (第七条)."""
    del case
    tags = standing.fact("priority_tags", ())
    return EffectHit(since=standing.created_on, reason="、".join(tags)) if tags else None


EFFECTS = (
    Effect(
        key="no_subsidy", code="ZH-E01", title="不得申请补助", target=Target.PROJECT, act="pay_hold", cure="无",
        from_project=_terminated, citation=cite("ZH-20-4"),
    ),
    Effect(
        key="excellent_mark", code="ZH-E02", title="优秀", target=Target.PROJECT, act="mark", cure="该局撤销",
        from_project=_excellent, citation=reading("ZH-Q16", "ZH-16-1", "ZH-18-1"),
    ),
    Effect(
        key="priority_mark", code="ZH-E03", title="优先支持", target=Target.PROJECT, act="mark", cure="无",
        from_project=_preferred, citation=cite("ZH-7-3"),
    ),
)  # fmt: skip

LISTING_RULES = (
    ListingRule(
        key="jiebang_result", code="ZH-M01", title="揭榜制项目成果", force=ListingForce.ALLOWED, after_stage="acceptance",
        after_outcome="pass", project_kinds=(), tracks=("jiebang",), owner_fact="ip_ownership",
        ownership=OwnershipRule(
            owner=Holder.AS_AGREED, lister=Holder.AS_AGREED, income=Holder.AS_AGREED, citation=cite("ZH-11-3")
        ),
        price=PriceRule(citation=cite("ZH-15-1", "ZH-15-2")), visibility=Visibility.OWN,
        citation=reading("ZH-Q17", "ZH-18-2", "ZH-15-1"),
    ),
    ListingRule(
        key="jiebang_excellent", code="ZH-M02", title="优秀成果推广复用", force=ListingForce.ALLOWED,
        after_stage="performance_evaluation", after_outcome="concluded", project_kinds=(), tracks=("jiebang",),
        owner_fact="ip_ownership", visibility=Visibility.TREE, citation=reading("ZH-Q17", "ZH-18-1"),
    ),
)  # fmt: skip
