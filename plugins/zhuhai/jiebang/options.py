"""Where the guidelines can be read more than one way (第十四节), yearly figures and lists, slots, silences."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.values import Option, Parameter, RunningTotal, SetBy, Silence, Slot
from plugins.zhuhai.regulations import MEASURES, NOT_SUPPLIED


def _option(  # noqa: PLR0917 - one line per row of the sheet's table
    point: str, key: str, title: str, default: Any, others: tuple[Any, ...], reason: str, *rows: str, **more: Any
) -> Option:
    return Option(
        key=key, title=title, point=f"ZH-{point}", values=(default, *others), default=default, reason=reason,
        citation=reading(f"ZH-{point}", *rows), **more,
    )  # fmt: skip


_OPEN: dict[str, Any] = {"open_values": True}

OPTIONS = (
    _option("Q01", "acceptance_report_workdays", "验收结果报送期限（工作日）", None, (), "规定时间未见于现有文本，不设到期日", "ZH-13-2", **_OPEN),
    _option("Q03", "subsidy_window_effect", "逾期申请补助的处理", "block", ("warn",), "只在一个月以内给予申请的权利", "ZH-14-1"),
    _option("Q04", "subsidy_window_start", "一个月的起算", "accepted", (), "条文写验收通过后，不是报送后", "ZH-14-1"),
    _option("Q05", "subsidy_correction_keeps_date", "补正保留首次申请日期", True, (False,), "只有揭榜方的申请受一个月限制", "ZH-14-2"),
    _option("Q06", "subsidy_cap_scope", "补助上限的范围", "project", ("payee",), "条文主语是单个项目", "ZH-14-5", "ZH-14-6"),
    _option("Q07", "construction_plan", "核定成本所依据的方案", "filed_plan_as_accepted", (), "程序中没有其他方案", "ZH-14-3"),
    _option("Q08", "max_adopted_plans", "最多采纳的方案数", None, (), "文本不限也不要求只采纳一家", "ZH-9-6", **_OPEN),
    _option("Q09", "objection_upheld_next", "异议成立后的去向", "bureau_chooses", (), "文本未规定", "ZH-10-4"),
    _option("Q09", "late_objection_effect", "期满后的异议", "warn", (), "无异议指公示的五个工作日", "ZH-10-4"),
    _option("Q10", "finance_object_effect", "市财政局不同意见的效力", "bureau_decides_with_reason", (), "征求意见不是同意", "ZH-8-4"),
    _option("Q10", "workgroup_reject_next", "协调工作组不同意的后果", "closed", (), "文本未规定", "ZH-10-2"),
    _option("Q10", "argumentation_fail_next", "初步论证未通过的去向", "plan_preparation", ("plan_filing_review",), "文本未规定", "ZH-10-1"),
    _option("Q11", "validity_last_day", "有效期最后一日", "2027-09-18", (), "印发当日即有效，满两年止于前一日", "ZH-22-3"),
    _option("Q15", "dishonesty_check_stages", "失信核查的环节", "matching_filing_signing", (), "文本只规定状态，不规定时点", "ZH-6-B1"),
    _option("Q15", "consortium_check_members", "失信核查及于联合体成员", True, (False,), "联合体由成员组成", "ZH-6-B1"),
    _option("Q16", "excellent_rule", "优秀的认定", "marked_by_bureau", (), "文本没有标准", "ZH-16-1"),
    _option("Q18", "rd_cost_ceiling_effect", "超过最高研发费用的处理", "block", ("warn",), "可以超过的最高额不是最高额", "ZH-8-3"),
    _option("Q18", "min_goals_effect", "未达最低研发目标的处理", "block", ("warn",), "同上", "ZH-8-3"),
    _option("Q25", "list_library", "榜单库与需求库", "one_register", (), "内容相同", "ZH-2-3", "ZH-7-4"),
    _option("Q31", "budget_year_by", "补助所属年度", "payment_application", (), "支付申请是唯一有日期的行为", "ZH-4-4"),
    _option("Q36", "self_funding_percent", "“为主”须超过的占比（百分数）", None, (), "为主读作超过一半", "ZH-3-1", **_OPEN),
    _option("Q35", "acceptance_report_first", "核定前须已报送验收结果", "block", ("warn",), "研发成本依据验收情况核定", "ZH-13-2", "ZH-14-3"),
)  # fmt: skip

PARAMETERS = (
    Parameter(
        key="annual_subsidy_total", title="年度资金补助总额（元）", default={}, set_by=SetBy.OFFICE,
        empty_means="市财政局批复以前不能申请支付", citation=cite("ZH-4-4"),
    ),
    Parameter(
        key="dishonesty_list", title="失信联合惩戒对象名单", default=(), set_by=SetBy.OFFICE,
        empty_means="没有登记过列入名单的主体", citation=reading("ZH-Q15", "ZH-6-B1"),
    ),
    Parameter(
        key="neighbour_cities", title="周边地市", default=(), set_by=SetBy.OFFICE, empty_means="暂不向市外推广",
        citation=reading("ZH-Q30", "ZH-18-1"),
    ),
)  # fmt: skip


def _slot(key: str, title: str, stand_in: str, row: str) -> Slot:
    return Slot(key=key, title=title, owner=MEASURES, stand_in=stand_in, citation=by_reference(row, note=NOT_SUPPLIED))


SLOTS = (
    _slot("zhm_demand_pool_entry", "需求入库", "项目单位登记，不审核，无有效期", "ZH-7-1"),
    _slot("zhm_workgroup", "协调工作组", "由市政务和数据局登记工作组的一项决定", "ZH-10-2"),
    _slot("zhm_change", "项目调整", "发榜需求方记录并说明理由，不设审批", "ZH-19-1"),
    _slot("zhm_process", "过程管理", "自由登记进度，不设频次", "ZH-19-2"),
    _slot("zhm_acceptance", "项目验收", "发榜需求方作出通过或不通过的结论，次数不限", "ZH-19-3"),
    _slot("zhm_acceptance_report_limit", "验收结果报送期限", "不设到期日，只提示", "ZH-13-2"),
    _slot("zhm_result_procurement", "成果采购", "须有采购记录，未关联普通项目的提示", "ZH-15-2"),
)

SILENCES = (
    Silence(key="violation_ban", title="违法违规行为不自动限制以后揭榜", citation=cite("ZH-21-1")),
    Silence(key="attempts", title="各环节的次数没有上限", citation=cite("ZH-7-1")),
    Silence(key="suspension", title="没有中止的规定", citation=cite("ZH-20-1")),
    Silence(key="acceptance_report_due", title="验收结果报送没有数值期限", citation=reading("ZH-Q01", "ZH-13-2")),
    Silence(key="expert_draw", title="没有随机抽取、人数和回避的规定", citation=cite("ZH-10-1")),
    Silence(key="seals", title="各项材料都不要求盖章，也没有规定表样", citation=cite("ZH-9-4")),
)


def _applied(case: Case) -> int:
    return case.amount("applied")


TOTALS = (
    RunningTotal(
        key="annual_subsidy", title="年度补助支付申请累计", stage="payment_application", outcome="applied",
        amount=_applied, citation=reading("ZH-Q31", "ZH-4-4"),
    ),
)  # fmt: skip
