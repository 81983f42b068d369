"""What stands in the way of listing, promotion, the best list, and of closing an accepted project unlisted."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.zhejiang.gates.shapes import gate, when
from plugins.zhejiang.listing import OWNERSHIP
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3

_LIST = at("market_listing", "submit")
_OWNER_ROWS = {CLASS2: "ZJ-3-8-i", CLASS3: "ZJ-3-8-k"}


def _names(case: Case) -> set[str]:
    entry = case.entry
    if entry is None:
        return set()
    return {entry.title, entry.party, entry.id} | {m.title for m in entry.members}


def _lister(case: Case) -> Iterable[Hit]:
    lister, investor = case.find("lister"), case.find("investor")
    if case.track == CLASS1:
        if lister and lister not in _names(case):
            yield Hit(message="第一类应用由项目主体代表国家投资上架。", item="lister")
    elif lister != investor:
        yield Hit(
            message=f"“谁投资谁上架”：投资方为{investor or '（未填写）'}，不能由{lister or '（未填写）'}上架。",
            item="lister",
        )


def _owner(case: Case) -> Iterable[Hit]:
    rule = OWNERSHIP.get(case.track)
    if rule is None or case.track == CLASS1:
        return
    wanted = rule.owner_under(str(case.find("ownership_clause") or ""))
    owner = case.fact("owner")
    if owner != wanted.value and not (case.track == CLASS3 and owner == "investor"):
        yield Hit(
            message=f"产权归属与规定或协议约定不一致（应为 {wanted.value}）。",
            item="owner",
            rows=(_OWNER_ROWS[case.track],),
        )


def _priced(case: Case) -> Iterable[Hit]:
    if case.track != CLASS1:
        return
    if case.find("licence_price"):
        yield Hit(message="第一类应用属于国有资产，向各地共享不收许可费。", item="licence_price", rows=("ZJ-3-8-f",))
    if case.find("construction_share"):
        yield Hit(
            message="第一类应用的建设费用由项目主体承担，不向使用单位分摊。",
            item="construction_share",
            rows=("ZJ-3-8-g",),
        )


def _unlisted(case: Case) -> Iterable[Hit]:
    for entry in case.state.entries:
        if (
            case.result("acceptance_evaluation", entry.id) == "pass"
            and case.result("market_listing", entry.id) != "listed"
        ):
            yield Hit(message=f"{entry.title}的应用已通过验收，尚未上架，不能结束项目。", item=entry.id)


LISTING_GATES = (
    gate(
        "G37", "listing_before_acceptance", "验收前上架", cite("ZJ-3-7-c"), *_LIST,
        check=when(lambda c: c.result("acceptance_evaluation", c.ref) != "pass", "应用通过验收后才能上架。", item="acceptance_evaluation"),
    ),
    gate("G38", "lister_not_investor", "上架方不是投资方", reading("ZJ-Q23", "ZJ-3-8-e"), *_LIST, check=_lister),
    gate("G39", "source_code_missing", "未提交源代码", cite("ZJ-3-8-f")),
    gate(
        "G40", "property_not_confirmed", "未确认成果和产权", cite("ZJ-3-8-f"), *_LIST,
        check=when(lambda c: c.track == CLASS1 and c.fact("owner") != "state", "第一类应用属于国有资产，产权人应为国家。", item="owner"),
    ),
    gate("G41", "owner_mismatch", "产权归属不符", reading("ZJ-Q23", "ZJ-3-8-i", "ZJ-3-8-k"), *_LIST, check=_owner),
    gate("G42", "class1_priced", "第一类应用收费", reading("ZJ-Q24", "ZJ-3-8-f", "ZJ-3-8-g"), *_LIST, check=_priced),
    gate(
        "G44", "promotion_before_listing", "上架前推广", cite("ZJ-3-8-a"), *at("promotion", "submit"),
        check=when(lambda c: c.result("market_listing", c.ref) != "listed", "应用上架后才能推广。", item="market_listing"),
    ),
    gate(
        "G45", "not_evaluated", "未经绩效评估", cite("ZJ-3-8-b", "ZJ-3-8-c"), *at("best_list", "lodge"),
        check=when(lambda c: c.result("performance_evaluation", c.ref) != "recorded", "应用尚未经过绩效评估。", item="performance_evaluation"),
    ),
    gate(
        "G46", "not_on_best_list", "不在最佳应用清单", cite("ZJ-3-8-c", "ZJ-3-8-d"), *at("excellence_recommendation", "submit"),
        check=when(lambda c: not c.find("on_best_list"), "未列入最佳应用清单的，不能推荐参评。", item="on_best_list"),
    ),
    gate("G52", "close_unlisted", "通过验收而未上架", cite("ZJ-3-7-c"), *at("termination", "decide:terminated"), check=_unlisted),
)  # fmt: skip
