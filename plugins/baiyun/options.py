"""Where the text can be read more than one way (第十四节): each reading a tenant may settle, with our default and why."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.openings import Openings
from core.policy.rules.values import Option, Parameter, SetBy, Silence, Slot
from plugins.baiyun import thresholds as number


def _option(  # noqa: PLR0917 - one line per row of the sheet's table
    point: str, key: str, title: str, default: Any, others: tuple[Any, ...], reason: str, *rows: str, **more: Any
) -> Option:
    return Option(
        key=key,
        title=title,
        point=f"BY-{point}",
        values=(default, *others),
        default=default,
        reason=reason,
        citation=reading(f"BY-{point}", *rows),
        **more,
    )


_OPEN: dict[str, Any] = {"open_values": True}
_YES, _NO = True, False

OPTIONS = (
    _option("Q05", "track_amount_basis", "划分路径的金额口径", "confirmed", (), "小微项目没有方案，且第十七条以审核确定金额为限", "BY-19-1-a"),
    _option("Q06", "below_500k_in_scheme", "概算降至五十万元以下的处理", "stay", ("end_at_cost_review",), "后续条款均以批复为前提", "BY-20-4-a"),
    _option("Q08", "in_principle_mode", "原则上条款的例外", "block", ("block_with_reasoned_override",), "文本未规定由谁批准例外", "BY-16-e", "BY-37"),
    _option("Q10", "late_resubmission", "逾期重报的处理", "warn", ("reject",), "文本只拒绝未调整的申报，不拒绝逾期", "BY-16-c"),
    _option("Q13", "count_plan_expert_review", "计划阶段专家评审计入次数", _NO, (), "第二十二条第十三项指方案评审", "BY-16-f"),
    _option("Q14", "rejected_reapply", "不予立项后再次申报", "next_round", ("any_time",), "文本未设等待期", "BY-22-11"),
    _option("Q16", "window_months", "申报窗口月数", number.WINDOW_MONTHS, (), "一般为两个自然月", "BY-14-b", **_OPEN, set_by=SetBy.ROUND),
    _option("Q17", "shift_minimums", "最短期限遇休息日顺延", _NO, (), "顺延规则适用于截止期限", "BY-41-a"),
    _option("Q18", "procured_means", "已采购的标准", "started", ("contract_signed",), "按未采购的通常含义", "BY-37-3"),
    _option("Q19", "micro_needs_procurement_self_check", "小微项目采购需求自查", _NO, (), "小微项目没有可比对的方案", "BY-24-a"),
    _option("Q20", "contract_filing_recipient", "合同备案的接收单位", "none", (), "文本只写抄送", "BY-26-c", **_OPEN),
    _option("Q21", "previous_amount_basis", "往期金额口径", "approved", ("confirmed", "contract"), "批复为立项最后口径", "BY-19-2"),
    _option("Q23", "joint_review_stage", "联合审核环节", "initial_review", ("plan_review",), "小微项目没有方案，在计划审核时联合审核", "BY-5-5-a"),
    _option("Q24", "sector_flow", "行业主管部门流程", "same", (), "文本未另设流程", "BY-5-7-a"),
    _option("Q26", "trial_run_for_other", "运维服务类试运行", "if_initial_acceptance", ("never",), "试运行以初步验收为前提", "BY-41-a"),
    _option("Q27", "mlps_na_allowed", "等级测评可标注不适用", _YES, (_NO,), "无系统的项目无从测评", "BY-43"),
    _option("Q28", "final_rectification_scope", "三十日的范围", "both", ("rectification_only",), "条文同时涵盖整改与再次验收", "BY-47-3-a"),
    _option("Q29", "contract_amount_basis", "合同金额口径", "per_contract", (), "第四十七条承认子项目", "BY-39-1"),
    _option("Q30", "suspension_stages", "暂缓评审的范围", "art20", (), "第四十八条所称评审即第二十条各环节", "BY-48-d"),
    _option("Q31", "late_filing_bar", "未备案的限制期间", "while_outstanding", (), "补齐备案后不再限制", "BY-22-7"),
    _option("Q31", "bar_during_rectification", "整改期内即限制", _NO, (_YES,), "整改期内只提示", "BY-22-7"),
    _option("Q32", "predecessor_accepted_means", "前期项目已终验的标准", "review_passed", ("filing_accepted",), "该项只写终验", "BY-22-8"),
    _option("Q33", "ban_year_basis", "次年的判断", "submission_date", ("plan_year",), "条文用语为申报", "BY-53-2"),
    _option("Q35", "evaluation_basis", "以何种评估结果为准", "published_third_party_first", (), "第五十三条以公布的结果为据", "BY-53-a"),
    _option("Q37", "cancel_only_ratio_cap", "只取消内容的比例上限", "none", (), "第三十三条第二项为特别规定", "BY-33-2"),
    _option("Q38", "cumulate_changes", "多次变更累计", "warn", ("off", "enforce"), "条文指当次变更", "BY-33-3-a"),
    _option("Q39", "reestablish_entry", "重新立项的起点", "scheme_preparation", ("plan_application",), "条文指重新编制方案", "BY-33-3-a"),
    _option("Q40", "micro_change", "小微项目变更", "filing_only", (), "小微项目没有批复", "BY-33-2"),
    _option("Q41", "main_works_basis", "主体工程金额口径", "scheme", (), "方案中不含配套服务的金额", "BY-29-2-a"),
    _option("Q42", "split_effect", "拆分的后果", "block_confirmed", (), "文本禁止并影响后续立项", "BY-19-1-c"),
    _option("Q43", "mature_means", "成熟系统的含义", "final_acceptance_passed", (), "文本未定义", "BY-58"),
    _option("Q44", "seal_application_form", "申报表须盖章", _NO, (_YES,), "盖章要求紧随清单", "BY-15-b"),
    _option("Q45", "pause_on_expert_review", "专家评审期间停止计时", _NO, (), "文本没有中止规则", "BY-16-b"),
    _option("Q47", "item14_mode", "第二十二条第十四项两个条件的关系", "and", ("or",), "条文连写", "BY-22-14"),
    _option("Q50", "bar_cost_agency", "造价机构不得承建", _NO, (_YES,), "第二十九条第一项未列造价机构", "BY-29-1"),
    _option("Q52", "progress_interval", "进展报送周期", "none", (), "文本只写定期", "BY-29-5", **_OPEN),
    _option("Q56", "after_expert_fail", "专家评审不通过后的去向", "expert_review", ("initial_review",), "各次数分别计算", "BY-20-2-d"),
    _option("Q57", "micro_form_blocks", "未备案是否阻止合同备案", _NO, (_YES,), "义务未附拒绝后果", "BY-19-1-b"),
    _option("Q58", "severity_overrides", "提高检查项等级", None, (), "文本未规定拒绝的义务只提示", "BY-59", **_OPEN),
    _option("Q59", "cost_review_client", "造价评审委托方", "data_bureau", (), "第二十条各环节由该局组织；由谁委托不影响报告效力", "BY-20-3"),
    _option("Q60", "consent_for_any_scheme_adjustment", "方案任何调整均须同意", _NO, (), "附件为概括，正文分步规定", "BY-A3-6"),
)  # fmt: skip

PARAMETERS = (
    Parameter(
        key="scope_catalogue", title="立项范畴", default=(), set_by=SetBy.OFFICE, empty_means="由区政务服务和数据管理局在计划审核时判断",
        citation=reading("BY-Q03", "BY-A2-1"),
    ),
    Parameter(
        key="excluded_categories", title="不纳入立项的类别", default=(), set_by=SetBy.OFFICE,
        empty_means="由区政务服务和数据管理局在计划审核时判断", citation=reading("BY-Q03", "BY-A2-2"),
    ),
    Parameter(
        key="form_templates", title="表样", default=(), set_by=SetBy.OFFICE, empty_means="文本未附表样，以文件提交",
        citation=reading("BY-Q04", "BY-15-a"),
    ),
)  # fmt: skip

SLOTS = (
    Slot(
        key="ip_guideline", title="知识产权工作指引", owner="区知识产权工作指引", stand_in="只记录验收时的知识产权核查结果",
        citation=cite("BY-49-b"),
    ),
)  # fmt: skip

SILENCES = (
    Silence(key="listing_duty", title="上架不是义务，不设期限、不设处罚", citation=cite("BY-58")),
    Silence(key="listing_price", title="未规定上架价格、可见范围与运维费用承担", citation=cite("BY-58")),
    Silence(key="progress_due", title="进展报送没有期限", citation=reading("BY-Q52", "BY-29-5")),
    Silence(key="initial_acceptance_limit", title="初步验收次数没有上限", citation=cite("BY-39-3")),
)

OPENINGS = Openings(options=OPTIONS, parameters=PARAMETERS, slots=SLOTS, silences=SILENCES)
