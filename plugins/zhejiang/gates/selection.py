"""What stands in the way of an entry, of a proposed list, of the announcement (第三部分（三）至（五）)."""

from collections.abc import Iterable
from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit, reckon
from core.policy.cases.case import Case
from core.policy.cases.state import Member, Paper
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, Waiver, at
from core.policy.rules.papers import Severity
from plugins.zhejiang.gates.shapes import WARN, Check, gate, when
from plugins.zhejiang.roles import TASK_FORCE
from plugins.zhejiang.stages.selection import announced, uses_purchase
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3, MARKET_ENTITY, class_of, members, public_members

TOPICS = (
    ("necessity_feasibility", "必要性和可行性", "ZJ-3-4-b1"),
    ("architecture", "目标架构", "ZJ-3-4-b2"),
    ("business_content", "业务内容", "ZJ-3-4-b3"),
    ("technical_norms", "技术规范", "ZJ-3-4-b4"),
    ("data_sharing", "数据共享", "ZJ-3-4-b5"),
    ("security_plan", "安全方案", "ZJ-3-4-b6"),
    ("investment_estimate", "投资概算", "ZJ-3-4-b7"),
)
_ENTER = at("competition_entry", "submit")
_ANNOUNCE = at("selection_announcement", "publish")
_PROPOSE = at("expert_review", "decide:proposed")
_OPINIONS = (
    ("drc_opinion", "同级发展改革部门", "ZJ-3-3-c1"),
    ("finance_opinion", "同级财政部门", "ZJ-3-3-c2"),
)


def _is_bought(case: Case) -> bool:
    return class_of(case) in (CLASS2, CLASS3)


def _counts_for(paper: Paper, member: Member) -> bool:
    level = paper.attributes.get("level")
    return not level or not member.level or level == member.level


def _prior_opinions(case: Case) -> Iterable[Hit]:
    act = case.act
    for member in public_members(case):
        for kind, title, row in _OPINIONS:
            found = [p for p in case.papers(kind, case.ref) if _counts_for(p, member)]
            if act is not None and found and all(p.dated_on is not None and p.dated_on > act.on for p in found):
                yield Hit(message=f"{title}的意见出具在提交竞争申请之后。", item=kind, rows=("ZJ-3-3-c", row))
            elif not found:
                message = f"{member.title}提交前应先征求{title}意见，尚无该级意见。"
                yield Hit(message=message, item=kind, rows=("ZJ-3-3-c", row))


def _against(case: Case) -> Iterable[Hit]:
    run = case.run("prior_opinion", case.ref)
    rows = {"drc": "ZJ-3-3-c1", "finance": "ZJ-3-3-c2"}
    for opinion in run.opinions if run is not None else ():
        if opinion.result == "disagree":
            yield Hit(message="事先征求的意见有不同意见，可继续提交。", item=opinion.role, rows=(rows[opinion.role],))


def _no_market_entity(case: Case) -> bool:
    kinds = {member.kind for member in members(case.entry)}
    wanted = {MARKET_ENTITY} | ({"social_org"} if case.option("social_org_is_market_entity") else set())
    return _is_bought(case) and bool(case.option("class23_requires_market_entity")) and not kinds & wanted


def _ineligible(case: Case) -> bool:
    return uses_purchase(case) and not case.find("supplier_eligible")


def _returning(case: Case) -> bool:
    entry = case.entry
    lost = [e for e in case.state.entries if e.end is not None and e.end.gate == "subject_disqualified"]
    return entry is not None and any(
        e.id != entry.id and (e.party or e.title) == (entry.party or entry.title) for e in lost
    )


def _topics(case: Case) -> Iterable[Hit]:
    act, run = case.act, case.run("expert_review", case.ref)
    given = {**(run.items if run is not None else {}), **(act.items if act is not None else {})}
    for key, title, row in TOPICS:
        if not given.get(key):
            yield Hit(message=f"“{title}”尚无评审意见。", item=key, rows=(row,))


def _notice(case: Case) -> Iterable[Hit]:
    """A period that an office has set must be over: completion is possible from the day after its last day."""
    act, days, run = case.act, case.parameter("selection_notice_period"), case.run("public_notice")
    if act is None or not days or run is None or run.published_on is None:
        return
    minimum: dict[str, Any] = {"amount": int(days), "unit": Unit.WORKDAY, "roll": Roll.NONE, "kind": LimitKind.MINIMUM}
    last = reckon(case.calendar, start=run.published_on, **minimum).due_on
    if last is not None and act.on <= last:
        yield Hit(message=f"公示期至 {last.isoformat()} 届满，次日起方可完成。", item="selection_notice_period")


def _announcing(case: Case) -> Iterable[Hit]:
    act = case.act
    if act is not None and act.stage == "public_notice":
        yield from _notice(case)
    elif case.result("public_notice") != "completed":
        yield Hit(message="拟入选名单公示尚未完成。", item="public_notice")


def _unnotified(case: Case) -> Iterable[Hit]:
    noticed = {r.ref for r in case.runs("expert_review") if r.outcome == "proposed" and not r.overtaken}
    for entry in announced(case):
        if entry not in noticed:
            yield Hit(message=f"“{entry}”不在公示的拟入选名单之内。", item=entry)


def _too_many(threshold: str, *tracks: str) -> Check:
    def check(case: Case) -> Iterable[Hit]:
        most, found = case.threshold(threshold), len(announced(case))
        if case.track in tracks and found > most:
            yield Hit(message=f"本类项目最多确认 {most} 家项目主体，现为 {found} 家。", item="confirmed_subjects")

    return check


SELECTION_GATES = (
    gate(
        "G14", "not_published", "项目未发布", cite("ZJ-3-2-e", "ZJ-3-3-a"), *at("subject_competition", "record", "complete"),
        *_ENTER,
        check=when(lambda c: c.result("library_publication") != "published", "项目尚未纳入项目库发布，不能参与竞争。", item="library_publication"),
    ),
    gate("G15", "competition_materials_missing", "竞争材料不齐", cite("ZJ-3-3-a")),
    gate("G16", "prior_opinion_missing", "未事先征求意见", reading("ZJ-Q15", "ZJ-3-3-c", "ZJ-3-3-c1", "ZJ-3-3-c2"), *_ENTER, check=_prior_opinions),
    gate("G17", "prior_opinion_negative", "征求的意见有不同意见", reading("ZJ-Q15", "ZJ-3-3-c"), *_ENTER, check=_against, severity=WARN),
    gate(
        "G18", "supplier_not_eligible", "不符合承接主体规定", reading("ZJ-Q41", "ZJ-3-3-d"), *_ENTER,
        check=when(_ineligible, "采用政府购买服务的项目，项目主体须符合承接主体规定。", item="supplier_eligible"),
    ),
    gate(
        "G19", "market_entity_required", "没有市场主体参加", reading("ZJ-Q16", "ZJ-2-2-b", "ZJ-2-2-c"), *_ENTER,
        check=when(_no_market_entity, "第二、三类项目由市场主体投资建设，参与竞争的须有市场主体。", item="members"),
    ),
    gate(
        "G53", "recompete_after_loss", "失去主体资格后再次参与", reading("ZJ-Q12", "ZJ-3-7-e"), *_ENTER, severity=WARN,
        check=when(_returning, "该单位曾在本项目失去项目主体资格。", item="party"),
    ),
    gate(
        "G58", "no_entry_submitted", "没有竞争申请", reading("ZJ-Q42", "ZJ-3-3-a"), *at("subject_competition", "complete"),
        check=when(
            lambda c: not any(c.result("competition_entry", e.id) == "submit" for e in c.entries),
            "尚无单位提交竞争申请。", item="competition_entry",
        ),
    ),
    gate(
        "G20", "qualification_not_checked", "未论证资质和可研报告", cite("ZJ-3-4-a"), *_PROPOSE,
        check=when(lambda c: not c.find("qualification_checked"), "牵头责任主体尚未论证其资质条件和可行性研究报告。", item="qualification_checked"),
    ),
    gate("G21", "review_topic_missing", "评审方面不全", cite("ZJ-3-4-b", *(row for _, _, row in TOPICS)), *_PROPOSE, check=_topics),
    gate("G22", "review_opinion_missing", "没有评审意见或名单", cite("ZJ-3-4-c", "ZJ-3-4-d")),
    gate(
        "G23", "notice_not_completed", "公示未完成", reading("ZJ-Q08", "ZJ-3-5-a"), *_ANNOUNCE,
        *at("public_notice", "complete:completed"), check=_announcing,
    ),
    gate("G59", "objection_late", "公示期满后的异议", reading("ZJ-Q08", "ZJ-3-5-a"), severity=WARN),
    gate(
        "G24", "too_many_subjects_class12", "第一、二类项目主体超过一家", reading("ZJ-Q13", "ZJ-3-5-d"), *_ANNOUNCE,
        check=_too_many("subjects_max_class12", CLASS1, CLASS2),
        waiver=Waiver(roles=(TASK_FORCE,), citation=reading("ZJ-Q13", "ZJ-3-5-d")),
    ),
    gate(
        "G25", "too_many_subjects_class3", "第三类项目主体超过三家", reading("ZJ-Q14", "ZJ-3-5-e"), *_ANNOUNCE,
        check=_too_many("subjects_max_class3", CLASS3),
    ),
    gate("G26", "not_on_notified_list", "不在公示名单", cite("ZJ-3-5-a"), *_ANNOUNCE, check=_unnotified),
    gate(
        "G60", "nobody_announced", "未写明确认的项目主体", cite("ZJ-3-5-a"), *_ANNOUNCE,
        check=when(lambda c: not announced(c), "公告须写明确认的项目主体。", item="confirmed_subjects", severity=Severity.BLOCK),
    ),
)  # fmt: skip
