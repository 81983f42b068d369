"""Checks on the demand: who raises it, from where, about what, with which support, and what makes it formal."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.zhuhai.jiebang.shapes import WARN, gate, when

_SUBMIT = at("demand_proposal", "submit")
_SELECT = at("list_selection", "decide:select")

ELEMENTS = (
    ("rd_tasks", "研发任务", "ZH-8-2"), ("tech_indicators", "技术指标", "ZH-8-2"), ("expected_results", "预期成效", "ZH-8-2"),
    ("implementation_period", "实施期限", "ZH-8-2"), ("min_rd_goals", "最低研发目标", "ZH-8-3"),
    ("max_rd_cost", "最高研发费用", "ZH-8-3"), ("bidder_requirements", "对揭榜方的要求", "ZH-8-2"),
)  # fmt: skip


def _not_in_pool(case: Case) -> Iterable[Hit]:
    pool = case.register("demand_pool")
    item = case.find("pool_item")
    if not item or pool is None or item not in pool.content:
        yield Hit(message="需求未在市级政务信息化项目需求库中，不能提名揭榜制项目。", evidence={"pool_item": item})


def _no_data_source(case: Case) -> Iterable[Hit]:
    if case.paper("open_data_list") is None and case.paper("lawful_path_note") is None:
        yield Hit(message="须提供可开放共享的公共数据资源清单，或者说明社会数据资源的合法获取路径，二者有一即可。")


def _no_support(case: Case) -> Iterable[Hit]:
    if not case.find("support_kinds"):
        yield Hit(message="配套支持承诺至少写明一类支持。", item="support_kinds")


def _sensitive(case: Case) -> Iterable[Hit]:
    for key, title in (("involves_sensitive_data", "敏感数据"), ("involves_national_security", "国家安全领域")):
        if case.fact(key):
            yield Hit(message=f"揭榜制项目需求不得涉及{title}。", item=key)


def _outside_priorities(case: Case) -> Iterable[Hit]:
    if case.fact("domain") == "other":
        yield Hit(message="领域不在数字政府、民生服务、公共安全等重点之内。", item="domain", rows=("ZH-5-1",))
    if case.fact("tech_direction") == "other":
        yield Hit(message="技术方向不在重点支持之列。", item="tech_direction", rows=("ZH-5-2",))


def _elements(case: Case) -> Iterable[Hit]:
    for key, title, row in ELEMENTS:
        if not case.find(key):
            yield Hit(message=f"正式需求缺少“{title}”。", item=key, rows=(row,))


def _no_finance_opinion(case: Case) -> bool:
    run = case.run("finance_consultation")
    return run is None or not any(opinion.role == "finance" for opinion in run.opinions)


DEMAND_GATES = (
    gate(
        "G01", "unit_not_city_body", "不是市级公共管理和服务机构", reading("ZH-Q14", "ZH-6-2", "ZH-4-3"), *_SUBMIT,
        check=when(lambda case: case.register("city_public_bodies") is None, "发榜需求方须是市级公共管理和服务机构。"), needs=("unit",),
    ),
    gate("G02", "not_in_pool", "需求未入库", cite("ZH-7-1"), *_SUBMIT, check=_not_in_pool, needs=("unit",)),
    gate(
        "G03", "scenario_out_of_focus", "不是政务信息化应用场景", cite("ZH-6-D1"), *_SUBMIT,
        check=when(lambda case: case.fact("scenario_focus") == "other" and not case.find("scenario_explanation"), "列举以外的场景须说明其政务信息化用途。", item="scenario_explanation"),
    ),
    gate("G04", "data_source_missing", "没有数据来源", cite("ZH-6-D2"), *_SUBMIT, check=_no_data_source),
    gate("G05", "support_missing", "没有配套支持承诺", cite("ZH-6-D3"), *_SUBMIT, check=_no_support),
    gate("G06", "sensitive_data", "涉及敏感数据或国家安全", reading("ZH-Q13", "ZH-6-D4", "ZH-5-1"), *_SUBMIT, *_SELECT, check=_sensitive),
    gate("G07", "outside_priorities", "不在重点领域或方向", cite("ZH-5-1", "ZH-5-2"), *_SUBMIT, check=_outside_priorities, severity=WARN),
    gate(
        "G08", "classified_demand", "需求涉密", cite("ZHP-10-1-16", "ZH-6-D4"), *_SUBMIT,
        check=when(lambda case: bool(case.find("classified")), "平台不受理涉密需求。"),
    ),
    gate(
        "G09", "assessment_opinion_missing", "没有评估意见", cite("ZH-8-1", "ZH-2-2"), *at("formal_demand", "submit"),
        check=when(lambda case: case.paper("assessment_opinion") is None, "发榜组织方的评估意见出具后才能编制正式需求。"),
    ),
    gate("G10", "demand_element_missing", "正式需求要素不全", cite("ZH-8-2", "ZH-8-3"), *at("formal_demand", "submit"), check=_elements),
    gate(
        "G11", "finance_opinion_missing", "未征求市财政局意见", cite("ZH-8-4"), *at("call_announcement", "publish"),
        check=when(_no_finance_opinion, "发榜前须征求市财政局意见。"),
    ),
    gate("G56", "announcement_missing", "没有公告文本", cite("ZH-8-5", "ZH-10-5")),
)  # fmt: skip
