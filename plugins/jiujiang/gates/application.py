"""What an annual application must have: pool, province, papers with all their parts (第十一、十三、十七、十八条，附件2)."""

from collections.abc import Iterable

from core.kernel.workdays.reckoning import corresponding_day
from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.jiujiang.facts.application import FORM_TEXTS
from plugins.jiujiang.gates.shapes import APPLYING, IN_PRINCIPLE, REVIEWS, WARN, gate, when
from plugins.jiujiang.measures import over_limit, skips_pool
from plugins.jiujiang.parts import CONTENTS, OPTIONAL_CHAPTER, PART_BASIS, PART_TITLES
from plugins.jiujiang.stages.applying import needs_plan
from plugins.jiujiang.thresholds import UPGRADE_WAIT_MONTHS

_DECIDED = at("annual_approval", "decide:approved")


def _expired(case: Case) -> Iterable[Hit]:
    entry = case.admission("reserve_pool")
    if entry is not None and not skips_pool(case) and not entry.stands_on(case.act.on if case.act else case.today):
        yield Hit(message=f"入库有效期已于 {entry.until} 届满。", item="reserve_pool", rows=("JJ-11-2", "JJ-17-3"))


def _not_in_pool(case: Case) -> bool:
    return not skips_pool(case) and case.admission("reserve_pool") is None


def _no_evaluation(case: Case) -> bool:
    return over_limit(case) and case.result("provincial_evaluation") != "pass"


def _incomplete(case: Case) -> Iterable[Hit]:
    for key, title in (*FORM_TEXTS, ("principle_statement", "“省级主建、市县主用”原则落实情况")):
        if not case.find(key):
            rows = ("JJ-14-1",) if key == "principle_statement" else ("JJ-18-1", "JJ-A2-1")
            yield Hit(message=f"申报表缺“{title}”。", item=key, rows=rows)
    if case.find("works_cost") > case.amount("declared"):
        yield Hit(message="工程（实施）费用不能大于总投资。", item="works_cost", rows=("JJ-A2-1",))
    yield from _seals(case)
    if needs_plan(case):
        yield from _plan(case)
        short = case.fact("similar_contract_prices") < case.threshold("min_similar_contracts")
        if case.fact("similar_cases_exist") and short:
            yield Hit(message="有类似项目的，须附三个以上合同价。", item="similar_contract_prices", rows=("JJ-A2-2-7",))
        estimate = case.paper("estimate_basis")
        if case.fact("packaged_goods") and estimate is not None and "pricing_basis" not in estimate.parts:
            yield Hit(message="购置成品软件或硬件的，估算须附定价依据。", item="pricing_basis", rows=("JJ-A2-2-7",))


def _seals(case: Case) -> Iterable[Hit]:
    """Two seals: the applicant's, and that of the authority in charge, or its own where none stands above it."""
    form = case.paper("application_form")
    if form is None or not form.sealed or case.fact("no_authority_in_charge"):
        return
    if "authority_opinion" not in form.parts:
        message = "申报表缺主管部门意见和盖章。"
        yield Hit(message=message, item="authority_opinion", rows=("JJ-A2-1",))


def _plan(case: Case) -> Iterable[Hit]:
    plan = case.paper("technical_plan")
    if plan is None:
        return
    for part, basis in PART_BASIS.items():
        if part not in plan.parts:
            is_content = part in dict(CONTENTS)
            severity = WARN if part == OPTIONAL_CHAPTER else None
            what = "内容" if is_content else "一章"
            yield Hit(message=f"技术方案缺“{PART_TITLES[part]}”{what}。", item=part, rows=basis.rows, severity=severity)


_GROUPS = (("field_authority", "领域主管部门"), ("users", "使用对象"), ("served_parties", "服务对象"))


def _consulted(case: Case) -> Iterable[Hit]:
    record = case.paper("consultation_record")
    if record is None:
        return
    for part, title in _GROUPS:
        if part not in record.parts:
            yield Hit(message=f"未附{title}的意见。", item=part)


def _upgrade(case: Case) -> Iterable[Hit]:
    code = case.fact("upgrade_of")
    original = next((p for p in case.unit.projects if code and code in (p.code, p.id)), None)
    if original is None:
        return
    accepted = original.passed("completion_acceptance", "pass")
    if accepted is not None:
        full_year = corresponding_day(accepted, UPGRADE_WAIT_MONTHS)
        lenient = case.option("one_year_mode") == "lenient"
        if case.today < full_year or (case.today == full_year and not lenient):
            yield Hit(message=f"原项目于 {accepted} 通过验收，未满一年，不支持升级。", item=code)
    mark = original.last.get("key_evaluation")
    if mark is not None and mark.outcome == "unqualified":
        yield Hit(message="原项目绩效评价不合格，不支持升级。", item=code)


def _evaluated(case: Case) -> Iterable[Hit]:
    for hit in case.effects("evaluation_basis"):
        yield Hit(message=f"{hit.reason}，作为下年度经费安排的重要依据。", item=str(hit.evidence.get("project", "")))


APPLICATION_GATES = (
    gate(
        "G06", "pool_entry_expired", "入库已过有效期", reading("JJ-Q21", "JJ-11-2", "JJ-17-3"), *APPLYING, check=_expired, waiver=IN_PRINCIPLE,
    ),
    gate(
        "G07", "not_in_pool", "未入储备库", cite("JJ-17-3"), *APPLYING, waiver=IN_PRINCIPLE,
        check=when(_not_in_pool, "未入储备库，原则上不受理；重大部署须附依据。", item="reserve_pool"),
    ),
    gate(
        "G09", "provincial_evaluation_missing", "未经省级论证评估", reading("JJ-Q17", "JJ-13-3", "JJ-13-4"), *APPLYING, *_DECIDED,
        check=when(_no_evaluation, "限额以上项目未通过省级论证评估。", item="provincial_evaluation"),
    ),
    gate("G15", "party_meeting_missing", "缺党委（党组）会议材料", cite("JJ-17-4")),
    gate("G16", "county_meeting_missing", "缺县级会议或资金来源材料", cite("JJ-17-5")),
    gate("G17", "consultation_missing", "缺征求意见材料", cite("JJ-17-6"), *APPLYING, check=_consulted),
    gate(
        "G18", "application_incomplete", "申报材料不完整",
        reading("JJ-Q24", "JJ-17-2", "JJ-18-1", "JJ-18-2", "JJ-18-2a", "JJ-A2-1", "JJ-A2-2", "JJ-14-1"), *APPLYING, check=_incomplete,
        aliases=("materials_incomplete",),
    ),
    gate("G19", "quotes_below_three", "厂商报价不足三家", cite("JJ-18-3")),
    gate(
        "G32", "upgrade_too_early_or_failed", "升级过早或评价不合格", reading("JJ-Q29", "JJ-22-7"), *APPLYING, *REVIEWS, check=_upgrade,
        needs=("unit",), waiver=IN_PRINCIPLE,
    ),
    gate(
        "G51", "bad_evaluation_next_year", "上年度评价情况", cite("JJ-40-2", "JJ-35-2"), *APPLYING, *at("joint_review", "decide:pass"),
        *at("om_budget_proposal", "decide:arranged"), check=_evaluated, needs=("unit",), severity=WARN,
    ),
)  # fmt: skip
