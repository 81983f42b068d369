"""Checks on bidders and plans: who may bid, what must be agreed first, what a plan contains and may cost."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.cases.state import Entry
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, Point, at
from core.policy.rules.papers import Severity
from plugins.zhuhai.jiebang.papers import PLAN_PARTS
from plugins.zhuhai.jiebang.shapes import WARN, gate, when
from plugins.zhuhai.jiebang.standing import AGREEMENTS, adopted, has_agreed, submitted
from plugins.zhuhai.jiebang.thresholds import PERCENT

_AGREE = at("demand_matching", *(f"record:{key}" for key in AGREEMENTS))
_ADOPT = at("plan_opinion", "decide:adopt")
_PLAN = at("plan_preparation", "submit")
_REPORT = at("adoption_report", "submit")
_LATER = (
    *at("acceptance", "decide:pass", highest=Severity.WARN),
    *at("subsidy_determination", "decide:fixed", highest=Severity.WARN),
)


def _listed(case: Case, entry: Entry) -> tuple[str, ...]:
    """Who of the bidder, or of every member of a consortium, is on the list today (ZH-Q15)."""
    names = set(case.parameter("dishonesty_list"))
    members = entry.members if case.option("consortium_check_members") else ()
    bodies = [(entry.title, entry.party), *((member.title, member.party) for member in members)]
    return tuple(title for title, party in bodies if title in names or (party and party in names))


def _dishonest(case: Case) -> Iterable[Hit]:
    own = case.entry
    for entry in (own,) if own is not None else tuple(e for e in case.entries if e.id in adopted(case)):
        for title in _listed(case, entry):
            yield Hit(message=f"“{title}”已列入失信联合惩戒对象名单。", item=entry.id, evidence={"listed": title})


def _members_missing(case: Case) -> Iterable[Hit]:
    for entry in case.act.entries if case.act is not None else ():
        if entry.kind == "consortium" and not entry.members:
            yield Hit(message=f"创新联合体“{entry.title}”须列明成员。", item=entry.id)


def _incapable(case: Case) -> Iterable[Hit]:
    if case.paper("bidder_statement", case.ref) is None:
        yield Hit(message="未提交研发实力、研发环境和稳定团队的说明。", item="bidder_statement")
    if case.find("capability_insufficient"):
        yield Hit(message="需求单位认为该揭榜方研发条件不足。", item="capability_insufficient")


def _not_agreed(case: Case) -> Iterable[Hit]:
    titles = ("技术可行性", "实施路径", "权责划分")
    for key, title in zip(AGREEMENTS, titles, strict=True):
        if case.entry is not None and not case.find(key):
            yield Hit(message=f"双方尚未就{title}达成一致。", item=key)


def _plan_elements(case: Case) -> Iterable[Hit]:
    paper = case.paper("implementation_plan", case.ref)
    for key, title in PLAN_PARTS if paper is not None else ():
        if paper is not None and key not in paper.parts:
            yield Hit(message=f"实施方案缺少“{title}”。", item=key)


def _effect(case: Case, option: str) -> Severity:
    return Severity(case.option(option))


def _too_dear(case: Case) -> Iterable[Hit]:
    estimate, most = case.amount("estimate"), case.amount("max_rd_cost")
    if estimate > most:
        yield Hit(
            message="经费估算高于最高研发费用，不能采纳。",
            severity=_effect(case, "rd_cost_ceiling_effect"),
            evidence={"estimate": estimate, "max_rd_cost": most},
        )


def _goals_missed(case: Case) -> Iterable[Hit]:
    met = set(case.find("min_goals_met"))
    for goal in case.find("min_rd_goals"):
        if goal not in met:
            yield Hit(
                message=f"达不到最低研发目标“{goal}”，不能采纳。", item=goal, severity=_effect(case, "min_goals_effect")
            )


def _opinion_missing(case: Case) -> Iterable[Hit]:
    if case.act is not None and case.act.outcome == "none_adopted":
        return
    for ref in submitted(case):
        if case.result("plan_opinion", ref) not in {"adopt", "not_adopt"}:
            entry = case.at(ref).entry
            yield Hit(message=f"“{entry.title if entry else ref}”的方案尚无初步意见。", item=ref, rows=("ZH-9-5",))
    if not adopted(case):
        yield Hit(message="没有拟采纳的方案。", rows=("ZH-9-6",))


def _mostly_subsidised(case: Case) -> Iterable[Hit]:
    own = int(case.fact("own_funding")) + int(case.find("social_funding"))
    total = own + int(case.find("planned_subsidy"))
    settled = case.option("self_funding_percent")
    most = case.threshold("self_funding_majority") if settled is None else settled
    if own * PERCENT <= most * total:
        told = "一半" if settled is None else f"百分之{settled}"
        yield Hit(message=f"资金应以自筹和社会资本为主，本方案未超过{told}。", evidence={"own": own, "total": total})


def _subsidy_planned(case: Case) -> Iterable[Hit]:
    planned = int(case.find("planned_subsidy"))
    if planned * PERCENT > case.threshold("subsidy_rate_cap") * case.amount("estimate"):
        yield Hit(message="拟申请补助超过经费估算的百分之二十。", rows=("ZH-14-5",))
    if planned > case.threshold("subsidy_amount_cap"):
        yield Hit(message="拟申请补助超过一百万元。", rows=("ZH-14-6",))


BIDDER_GATES = (
    gate("G12", "bidder_dishonest", "揭榜方失信", reading("ZH-Q15", "ZH-6-B1"), *_AGREE, *at("plan_filing_review", "decide:filed"), *at("agreement_signing", "submit"), *_LATER, check=_dishonest),
    gate("G13", "bidder_capability_missing", "揭榜方条件不明或不足", cite("ZH-6-B2"), *_AGREE, check=_incapable),
    gate(
        "G14", "matching_agreement_missing", "三项未达成一致", cite("ZH-9-2"), *_PLAN,
        check=_not_agreed,
    ),
    gate("G15", "plan_element_missing", "实施方案要素不全", cite("ZH-6-B4", "ZH-9-4"), *_PLAN, check=_plan_elements),
    gate("G16", "rd_cost_over_maximum", "超过最高研发费用", reading("ZH-Q18", "ZH-8-3"), *_ADOPT, check=_too_dear),
    gate("G17", "min_goal_missed", "未达到最低研发目标", reading("ZH-Q18", "ZH-8-3"), *_ADOPT, check=_goals_missed),
    gate("G18", "initial_opinion_missing", "缺少初步意见", cite("ZH-9-5", "ZH-9-6"), *_REPORT, check=_opinion_missing),
    gate("G19", "self_funding_below_half", "自筹资金不足一半", reading("ZH-Q36", "ZH-3-1"), *_PLAN, check=_mostly_subsidised, severity=WARN),
    gate("G20", "planned_subsidy_over_cap", "拟申请补助超过上限", cite("ZH-14-5", "ZH-14-6"), *_PLAN, check=_subsidy_planned, severity=WARN),
    gate(
        "G52", "tie_break_as_refusal", "以优先条件作为不采纳理由", cite("ZH-6-B3"), *at("plan_opinion", "decide:not_adopt"),
        check=when(lambda case: case.find("refusal_ground") == "no_ip_or_cases", "知识产权成果或案例只在条件相同时优先，不能单独作为不采纳的理由。"),
        severity=WARN,
    ),
    gate(
        "G54", "matching_meeting_missing", "没有召开需求交流会", cite("ZH-9-1"), *_AGREE,
        check=when(lambda case: not case.knows("matching_held_on"), "尚未登记需求交流会。"),
    ),
    gate(
        "G57", "nobody_agreed", "没有达成一致的揭榜方", cite("ZH-9-2"), *at("demand_matching", "submit"),
        check=when(lambda case: _is_matched(case) and not any(has_agreed(case.at(e.id)) for e in case.entries), "还没有一家意向揭榜方三项都达成一致。"),
    ),
    gate("G55", "too_many_adopted", "拟采纳方案过多", reading("ZH-Q08", "ZH-9-6")),
    gate("G58", "consortium_members_missing", "联合体未列明成员", cite("ZH-6-3"), Point("demand_matching", "record"), check=_members_missing),
)  # fmt: skip


def _is_matched(case: Case) -> bool:
    return case.act is not None and case.act.outcome in {"", "matched"}
