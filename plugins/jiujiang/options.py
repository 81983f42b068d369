"""Where the text can be read more than one way (第十四节): each reading a tenant may settle, with our default and why."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.openings import Openings
from core.policy.rules.values import Option, Parameter, SetBy, Silence, Slot
from plugins.jiujiang import thresholds as number


def _option(  # noqa: PLR0917 - one line per row of the sheet's table
    point: str, key: str, title: str, default: Any, others: tuple[Any, ...], reason: str, *rows: str, **more: Any
) -> Option:
    return Option(
        key=key, title=title, point=f"JJ-{point}", values=(default, *others), default=default, reason=reason,
        citation=reading(f"JJ-{point}", *rows), **more,
    )  # fmt: skip


_YES, _NO = True, False

OPTIONS = (
    _option("Q01", "effective_from", "施行日期", "2024-05-24", (), "公布页未载印发日期，取公布日", "JJ-45-1"),
    _option("Q01", "doc_number", "文号", "", (), "公布页未载文号，不得编造", "JJ-45-1"),
    _option("Q02", "effective_to", "有效期届满日", "2026-05-24", (), "两年至对应日", "JJ-45-2"),
    _option("Q02", "on_expiry", "有效期届满后新建项目", "refuse_new", ("advisory", "none"), "办法届满即无依据，须登记续期或替代文件", "JJ-45-2"),
    _option("Q05", "role_assignment", "一个单位承担多个角色", "free", (), "文本未禁止，也未要求回避", "JJ-4-2"),
    _option("Q06", "amount_field", "判断限额的金额", "declared", (), "申报表的总投资", "JJ-20-2"),
    _option("Q06", "amount_basis", "审定前后的金额口径", "decided_after_approval", (), "第二十五条以审定估算为准", "JJ-25-1a"),
    _option("Q06", "on_tier_change", "审定后金额跨档", "warn", (), "路径已锁定，只提示办公室", "JJ-25-1a"),
    _option("Q07", "bound_county", "二百万元整", "upper", (), "以上含本数", "JJ-21-1"),
    _option("Q07", "bound_limit", "限额整", "upper", (), "以上含本数", "JJ-42"),
    _option("Q08", "om_exclusion", "不包括运维的含义", "project", (), "指运维项目，不拆分金额", "JJ-13-2"),
    _option(
        "Q09", "merged_prepare_wd", "合并编报可研的工作日", number.FEASIBILITY_PREPARATION_WORKDAYS, number.MERGED_PREPARATION_WORKDAYS,
        "所报文件为可研，自收到启动通知起算", "JJ-25-5a", "JJ-26-2",
    ),
    _option("Q09", "merge_mode", "是否合并编报", "default_merged", (), "可以合并，业主可申请不合并", "JJ-25-5a"),
    _option("Q10", "county_approver_map", "县级对应审批单位", "counterparts", (), "第九条参照，由县级对口部门办理", "JJ-9"),
    _option("Q10", "county_reference_severity", "县级参照条款的严重度", "warn", ("block",), "市级征集和机构的要求在县级只作参照", "JJ-9"),
    _option("Q11", "soe_meeting_record", "监管企业的会议材料", "warn", ("none",), "第十七条只写部门", "JJ-17-4"),
    _option("Q11", "soe_technical_reviewer", "监管企业项目技术评审", "data_bureau", (), "第五条和第三十四条", "JJ-26-1"),
    _option("Q11", "soe_plan_listing", "监管企业列入政府投资计划", _NO, (_YES,), "计划只适用政府投资", "JJ-24-2"),
    _option("Q11", "soe_om_track", "监管企业运维", "elsewhere", (), "第三十五条以市级财政资金为前提", "JJ-35-1"),
    _option("Q12", "classified_mode", "涉密项目", "offline", ("forbid",), "平台不存涉密内容，只留编号", "JJ-7"),
    _option("Q13", "attempts", "次数限制", "unlimited", (), "文本未规定次数、撤回、中止和终止", "JJ-19-6"),
    _option("Q14", "pause_rule", "扣除期间的计算", "after_opening_through_closing", (), "开始日仍归审核方，结束次日起算", "JJ-25-2c"),
    _option("Q15", "small_plan_wd", "小型项目报送方案期限", "none", (), "文本未规定", "JJ-25-5b"),
    _option("Q15", "merged_budget_clock", "合并项目预算起算", "feasibility_approved", (), "没有初步设计批复", "JJ-25-5a"),
    _option("Q16", "filing_limit_wd", "备案期限", "none", (), "文本未规定", "JJ-23-2"),
    _option("Q17", "major_deployment_waives_evaluation", "重大部署免省级论证", _NO, (), "第十七条只免入库", "JJ-17-3"),
    _option("Q18", "trial_nonconstruction", "非建设类试运行", "none", (), "只规定建设类", "JJ-31-1"),
    _option("Q19", "ndrc_study_clock", "可研批复起算", "opinion_received", (), "批复须依据评审意见", "JJ-25-2d"),
    _option("Q20", "roll_fixed_dates", "每年固定日期遇休息日顺延", _YES, (), "截止日期顺延，等待和有效期不顺延", "JJ-11-1"),
    _option("Q20", "late_is", "逾期的处理", "warn", (), "文本未规定后果", "JJ-12-1"),
    _option("Q21", "pool_test_at", "入库有效期的检验时点", "annual_application", (), "申报时有效即可", "JJ-11-2"),
    _option("Q22", "delay_mode", "延误的计算", "cumulative", ("single",), "各项逾期工作日相加，提前不抵扣", "JJ-27-2"),
    _option("Q23", "extension_approver", "延期申请的受理单位", "data_bureau", (), "竣工验收向其申请", "JJ-31-8"),
    _option("Q24", "form_extra_fields", "申报表缺项", "union", (), "第十八条要求的项目一并填写", "JJ-18-1"),
    _option("Q25", "waiver_roles", "原则上例外的批准人", "leading_group", (), "文本未规定，由作出决定的机构批准", "JJ-22-0"),
    _option("Q26", "self_eval_early", "提前自评", "block", ("warn",), "窗口为六至十二个月", "JJ-39"),
    _option("Q27", "change_rule", "变更审批单位", "approver", (), "按市本级政府投资管理规定", "JJ-29-1"),
    _option("Q28", "eval_source", "绩效评价不合格", "key_evaluation", (), "以最近一次重点评价为准", "JJ-22-7"),
    _option("Q28", "eval_cure", "不合格的消除", "later_qualified", (), "整改本身不消除", "JJ-22-7"),
    _option("Q29", "one_year_mode", "满一年", "strict", ("lenient",), "对应日届满的次日起", "JJ-22-7"),
    _option("Q30", "authority_seal_waiver", "没有上级主管部门的盖章", "own_seal", (), "由本单位盖章", "JJ-A2-1"),
    _option("Q31", "g26_exempt_data_dept", "数据管理部门建设平台", _YES, (_NO,), "第十五条由其建设", "JJ-22-1", "JJ-15"),
    _option("Q32", "county_duplicate", "县级与上级系统重复", "block", ("warn",), "参照第十四条一般原则", "JJ-14-2"),
    _option("Q33", "equipment_materials", "设备采购的申报材料", "technical_plan", (), "属新建或扩建的一部分", "JJ-18-2"),
    _option("Q34", "major_public_flag", "重大公共项目的认定", "office", (), "文本没有标准", "JJ-15"),
    _option("Q35", "consultation_rule", "未经论证或评审", "neither", ("any_missing",), "两者皆无才不安排", "JJ-34-0b"),
    _option("Q36", "editing_cap_scope", "修改二十个工作日的范围", "design", (), "该项只写初步设计", "JJ-25-3c"),
    _option("Q37", "acceptance_without_study", "没有可研时的审批部门", "budget_approver", (), "以实际审批的部门参加验收", "JJ-32-1"),
)  # fmt: skip

OPENINGS = Openings(
    options=OPTIONS,
    parameters=(
        Parameter(
            key="superior_systems", title="上级已建和拟建系统目录", default=(), set_by=SetBy.OFFICE, citation=cite("JJ-14-2"),
            empty_means="未登记目录时由办公室逐项认定",
        ),
    ),
    slots=(
        Slot(
            key="change_rule", title="变更的金额标准和审批权限", owner="市本级政府投资管理相关规定", stand_in="由原审批部门审批，不设金额标准",
            citation=reading("JJ-Q27", "JJ-29-2"),
        ),
        Slot(
            key="procurement_rules", title="采购方式与时限", owner="政府采购规定", stand_in="登记采购项目编号",
            citation=cite("JJ-25-5c"),
        ),
    ),
    silences=(
        Silence(key="change_percentage", title="变更没有比例标准", citation=cite("JJ-29-1")),
        Silence(key="attempts", title="没有次数限制", citation=reading("JJ-Q13", "JJ-19-6")),
        Silence(key="unit_ban", title="没有单位层面的禁限", citation=cite("JJ-22-7")),
        Silence(key="random_draw", title="没有随机抽取专家的要求", citation=cite("JJ-19-1")),
        Silence(key="filing_limits", title="备案没有期限", citation=reading("JJ-Q16", "JJ-23-2", "JJ-21-2")),
        Silence(key="market", title="没有应用市场条款", citation=cite("JJ-14-2")),
        Silence(key="price", title="没有定价和收费条款", citation=cite("JJ-33")),
    ),
)  # fmt: skip
