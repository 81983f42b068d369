"""What stands in the way of a demand on its way up, and of its publication (第三部分（一）、（二）)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, Point, at
from plugins.zhejiang.facts.form import FORM_ITEMS
from plugins.zhejiang.gates.shapes import WARN, gate, when
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, class_of

_PUBLISH = at("library_publication", "publish")
_FORM_POINTS = (*_PUBLISH, *at("subject_competition", "complete"))
_STUDY = (
    *at("expert_study", "opine"),
    *at("expert_study", "decide:pass"),
)
_LEVELS = {"county": ("county_submission", "city_submission"), "city": ("city_submission",), "province": ()}


def _skipped_level(case: Case) -> Iterable[Hit]:
    """A demand that is dealt with above although a level below has not passed it on."""
    titles = {"county_submission": "县（市、区）", "city_submission": "设区市"}
    here = case.act.stage if case.act is not None else ""
    path = _LEVELS[case.fact("unit_level")]
    below = path[: path.index(here)] if here in path else path
    for stage in below:
        if case.result(stage) != "pass":
            yield Hit(message=f"需求应逐级提出，{titles[stage]}尚未上报。", item=stage)


def _lead(case: Case) -> str:
    return str(case.find("lead_unit", ""))


def _emptied(case: Case) -> bool:
    act = case.act
    return act is not None and "lead_unit" in act.facts and not act.facts["lead_unit"]


def _form_items(case: Case) -> Iterable[Hit]:
    act = case.act
    stage = act.stage if act is not None else ""
    if case.option("application_form_stage") != stage:
        return
    for key, title, row in FORM_ITEMS:
        if not case.find(key):
            yield Hit(message=f"申报书未载明“{title}”。", item=key, rows=(row,))


def _class1(case: Case) -> Iterable[Hit]:
    if class_of(case) != CLASS1:
        return
    if not case.find("estimate"):
        yield Hit(message="第一类项目须明确建设资金概算。", item="estimate", rows=("ZJ-2-3-b1",))
    if not case.find("funding_source"):
        yield Hit(message="第一类项目须明确资金来源。", item="funding_source", rows=("ZJ-2-3-b2",))


def _class2(case: Case) -> Iterable[Hit]:
    if class_of(case) != CLASS2:
        return
    if not case.find("user_scale"):
        yield Hit(message="第二类项目须明确建设用户规模。", item="user_scale", rows=("ZJ-2-3-c1",))
    if not case.find("fee_standard"):
        yield Hit(message="第二类项目须明确购买服务付费标准。", item="fee_standard", rows=("ZJ-2-3-c2",))


DEMAND_GATES = (
    gate(
        "G02", "need_category_missing", "未选择需求方面", cite("ZJ-3-1-a"), *at("demand_collection", "submit"),
        check=when(lambda c: not c.find("need_categories"), "六个方面的需求至少选择一个。", item="need_categories"),
    ),
    gate(
        "G03", "not_multi_cross", "不是多跨场景", cite("ZJ-2-1-a"), *at("demand_collection", "submit"), severity=WARN,
        check=when(lambda c: c.find("multi_cross") is False, "本机制重点针对多跨场景，请说明理由。", item="multi_cross"),
    ),
    gate(
        "G04", "scenario_kind_other", "不属于列明的三种场景", cite("ZJ-2-1-b", "ZJ-2-1-c", "ZJ-2-1-d"),
        *at("demand_collection", "submit"), severity=WARN,
        check=when(lambda c: c.find("scenario_kind") == "other", "不属于列明的三种场景，请补充说明。", item="scenario_kind"),
    ),
    gate("G05", "three_lists_incomplete", "征集材料不齐", reading("ZJ-Q03", "ZJ-1-2-b", "ZJ-3-1-c")),
    gate(
        "G06", "level_skipped", "越级提出", cite("ZJ-3-1-d"), *at("city_submission", "decide:pass"),
        *at("expert_study", "decide:pass"), check=_skipped_level,
    ),
    gate("G07", "materials_not_checked", "资料未经核对", cite("ZJ-1-1-b")),
    gate(
        "G56", "lead_unassigned", "未明确牵头责任主体", reading("ZJ-Q05", "ZJ-1-2-a", "ZJ-3-6-a", "ZJ-4-3-a"), *_STUDY,
        Point("implementation", "submit"),
        check=when(lambda c: not _lead(c), "尚未明确牵头责任主体，不能开展研究论证和实施。", item="lead_unit"),
    ),
    gate(
        "G57", "lead_removed", "牵头责任主体空缺", cite("ZJ-3-6-a", "ZJ-4-3-a"), Point("*", "record:lead_unit"),
        Point("", "record:lead_unit"),
        check=when(_emptied, "牵头责任主体只能更换，不能空缺。", item="lead_unit"),
    ),
    gate(
        "G08", "study_missing", "未经研究论证", cite("ZJ-3-2-a"), *at("ledger_proposal", "submit"),
        check=when(lambda c: c.paper("study_opinion") is None, "尚无会同牵头责任主体组织专家形成的研究论证意见。", item="study_opinion"),
    ),
    gate(
        "G09", "not_in_ledger", "未列入“一本账”", reading("ZJ-Q21", "ZJ-3-2-c", "ZJ-3-2-d"), *_PUBLISH,
        check=when(
            lambda c: c.result("ledger_inclusion") != "included" or not c.find("ledger_entry_id"),
            "项目未与省数字化改革领导小组列入的“一本账”条目关联。", item="ledger_entry_id",
        ),
    ),
    gate(
        "G10", "class_unresolved", "类别未确定", reading("ZJ-Q06", "ZJ-2-2"), *_PUBLISH,
        check=when(lambda c: not class_of(c), "建设资金和是否立项不符合三类中的任何一类，须由专班认定类别并说明理由。", item="class_decided"),
    ),
    gate("G11", "form_item_missing", "申报书内容不全", cite("ZJ-2-3-a"), *_FORM_POINTS, check=_form_items),
    gate("G12", "class1_budget_missing", "第一类未明确概算或资金来源", cite("ZJ-2-3-b1", "ZJ-2-3-b2"), *_PUBLISH, check=_class1),
    gate("G13", "class2_scale_fee_missing", "第二类未明确规模或付费标准", cite("ZJ-2-3-c1", "ZJ-2-3-c2"), *_PUBLISH, check=_class2),
)  # fmt: skip
