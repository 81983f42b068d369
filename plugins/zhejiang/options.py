"""Where the text can be read more than one way (第十四节): each reading a tenant may settle, with our default and why."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.openings import Openings
from core.policy.rules.values import Option, Parameter, SetBy, Silence, Slot
from plugins.zhejiang.roles import TASK_FORCE


def _option(  # noqa: PLR0917 - one line per row of the sheet's table
    point: str, key: str, title: str, default: Any, others: tuple[Any, ...], reason: str, *rows: str, **more: Any
) -> Option:
    return Option(
        key=key,
        title=title,
        point=f"ZJ-{point}",
        values=(default, *others),
        default=default,
        reason=reason,
        citation=reading(f"ZJ-{point}", *rows),
        **more,
    )


_YES, _NO = True, False
_BOUGHT = ("class2", "class3")

OPTIONS = (
    _option("Q05", "project_lead_is_responsible_lead", "项目牵头单位即牵头责任主体", _YES, (), "两个名称指同一职责，一个单位可以兼任", "ZJ-3-6-a"),
    _option("Q06", "unclassified_mode", "三类之外项目的处理", "manual_decision", (), "自动归类会同时确定产权和定价", "ZJ-2-2"),
    _option("Q07", "application_form_stage", "申报书提交时点", "library_publication", ("subject_competition",), "多项内容是写给竞争者看的", "ZJ-2-3-a"),
    _option("Q08", "notice_host", "公示的单位", TASK_FORCE, (), "文本没有写明，由专班公示", "ZJ-3-5-a"),
    _option("Q09", "deadline_source", "规定期限的来源", "agreement_then_form", (), "文本中只有这一个期限", "ZJ-3-7-e"),
    _option("Q10", "roll_grace_end", "三个月届满日遇休息日顺延", _YES, (), "民法典第二百零三条", "ZJ-3-7-e"),
    _option("Q10", "roll_delivery_deadline", "交付日遇休息日顺延", _NO, (), "约定的具体日期不变", "ZJ-3-7-e"),
    _option("Q11", "grace_pauses_during_evaluation", "验收评估期间停止计算", _NO, (), "文本只看是否通过，没有中止", "ZJ-3-7-e"),
    _option("Q12", "disqualification_mode", "取消资格的方式", "automatic", ("decision",), "文本没有裁量余地", "ZJ-3-7-e"),
    _option("Q12", "after_disqualification", "取消资格之后", "await_task_force", (), "由专班决定重新竞争或终止", "ZJ-3-7-e"),
    _option("Q12", "recompete_same_project", "失去资格后参与同一项目", "warn", (), "文本没有禁止", "ZJ-3-7-e"),
    _option("Q13", "class12_cap_override", "第一、二类超过一家的例外", TASK_FORCE, (), "条文写的是原则上", "ZJ-3-5-d"),
    _option("Q13", "class3_cap_override", "第三类超过三家的例外", "none", (), "条文写的是不超过", "ZJ-3-5-e"),
    _option("Q14", "consortium_counts_as", "联合体按几家计算", 1, (), "条文把联合体与一家并列", "ZJ-3-5-e"),
    _option("Q15", "prior_opinion_scope", "须事先征求意见的成员", "any_member", ("sole_or_lead",), "每个行政事业单位都有自己的同级部门", "ZJ-3-3-c"),
    _option("Q15", "prior_opinion_negative", "意见不一致的后果", "warn", (), "只要求征求，不要求同意", "ZJ-3-3-c"),
    _option("Q16", "class23_requires_market_entity", "第二、三类须有市场主体", _YES, (_NO,), "这两类由市场主体投资建设", "ZJ-2-2-b", "ZJ-2-2-c"),
    _option("Q16", "social_org_is_market_entity", "社会组织算作市场主体", _NO, (_YES,), "条文把社会组织单列", "ZJ-1-3-a"),
    _option("Q17", "tender_other_winner", "中标单位不是项目主体", "block_decision", (), "文本没有说明，由专班决定", "ZJ-3-6-i"),
    _option("Q18", "class1_preparation_order", "第一类准备工作的先后", "sequence", ("parallel",), "按条文所列次序", "ZJ-3-6-d", "ZJ-3-6-e"),
    _option("Q20", "expert_opinion_carry_over", "专家意见沿用于立项和预算", _YES, (_NO,), "条文把五项决定并列", "ZJ-4-2-b3", "ZJ-4-2-b4"),
    _option("Q20", "expert_opinion_missing", "没有专家意见时", "block", ("warn",), "重要依据不能没有", "ZJ-4-2-b"),
    _option("Q21", "library_requires_ledger_link", "项目库项目须关联一本账", "block", (), "条文要求结合一本账确定", "ZJ-3-2-d"),
    _option("Q22", "ban_starts_at", "不得重复建设的起点", "library_publication", ("announcement", "listing"), "纳入与项目库用同一个词", "ZJ-4-1-b"),
    _option("Q22", "ban_covers_market_entities", "约束市场主体自行建设", _NO, (_YES,), "应用市场欢迎同类应用", "ZJ-3-8-m", "ZJ-4-1-b"),
    _option("Q22", "ban_earlier_builds", "发布前已动工的", "warn", ("block",), "条文写的是再重复建设", "ZJ-4-1-b"),
    _option("Q22", "incremental_exempt_for", "增量开发、迭代升级的例外", "subject_only", (), "由原应用的项目主体进行", "ZJ-4-2-e"),
    _option("Q22", "ban_exempts_proposer", "提出需求的单位除外", _NO, (_YES,), "提出单位不是项目主体时也属于其他单位", "ZJ-4-1-b"),
    _option("Q23", "class2_silent_owner", "协议未约定产权", "investor", (), "按谁投资谁所有", "ZJ-3-8-e", "ZJ-3-8-i"),
    _option("Q23", "class2_lister", "第二类上架方", "investor", (), "按谁投资谁上架", "ZJ-3-8-e"),
    _option("Q26", "count_class1_as_supplier", "第一类计入供应商数", _NO, (), "第一类应用不出售", "ZJ-3-8-n", "ZJ-3-8-o"),
    _option("Q27", "class2_agreed_fee_exempt", "协议方按协议价购买", _YES, (), "条文写明按协议购买", "ZJ-3-8-j"),
    _option("Q28", "accumulate_outside_orders", "累计市场以外的订单", _NO, (), "系统内只见市场订单", "ZJ-3-8-p"),
    _option("Q28", "accumulate_by", "累计的日期口径", "signing_date", (), "按签订日期计入年度", "ZJ-3-8-p"),
    _option("Q29", "open_listing_enabled", "没有项目的应用可以上架", _YES, (), "否则该句没有内容", "ZJ-3-8-m"),
    _option("Q30", "level_may_reject", "各级可以不予上报", _NO, (), "条文只写逐级提出", "ZJ-3-1-d"),
    _option("Q32", "deadline_amendment_moves_grace", "修改协议改变三个月起算", "signed_by_G", ("never",), "资格丧失前修改的有效", "ZJ-3-7-e"),
    _option("Q40", "disqualification_scope", "取消资格的范围", "project", (), "条文只指该项目的主体资格", "ZJ-3-7-e"),
    _option("Q41", "supplier_check_classes", "须符合承接主体规定的类别", _BOUGHT, (), "第二、三类是购买服务", "ZJ-3-3-d"),
)  # fmt: skip

PARAMETERS = (
    Parameter(
        key="gov_procurement_limit", title="政府采购限额标准（元，按年度）", default=None, set_by=SetBy.TENANT,
        empty_means="未设定时不能确定采购方式", citation=reading("ZJ-Q28", "ZJ-3-8-p", "ZJ-3-8-q"),
    ),
    Parameter(
        key="selection_notice_period", title="拟入选名单公示期（工作日）", default=None, set_by=SetBy.OFFICE,
        empty_means="文本未规定长度，以登记的完成为准", citation=reading("ZJ-Q08", "ZJ-3-5-a"),
    ),
    Parameter(
        key="three_list_titles", title="“三张清单”的名称", default=("清单一", "清单二", "清单三"), set_by=SetBy.OFFICE,
        citation=reading("ZJ-Q03", "ZJ-1-2-b"),
    ),
    Parameter(
        key="collection_format", title="征集的格式和材料要求", default=(), set_by=SetBy.TENANT,
        empty_means="文本未附格式，以文件提交", citation=cite("ZJ-3-1-c"),
    ),
    Parameter(
        key="evaluation_scale", title="绩效评估等次", default=(), set_by=SetBy.OFFICE,
        empty_means="文本未规定等次，以文字记录", citation=reading("ZJ-Q36", "ZJ-3-8-b"),
    ),
    Parameter(
        key="progress_interval", title="进展报告间隔", default=None, set_by=SetBy.OFFICE, empty_means="只显示最近一次报告的日期",
        citation=reading("ZJ-Q37", "ZJ-1-3-c"),
    ),
)  # fmt: skip

SLOTS = (
    Slot(key="delivery_norm", title="应用交付规范", owner="应用交付规范", stand_in="只记录验收申请已按规范提交", citation=cite("ZJ-3-7-a")),
    Slot(key="listing_norm", title="上架规范", owner="应用市场上架规范", stand_in="上架时记录核对结果", citation=cite("ZJ-3-8-m")),
    Slot(
        key="supplier_rules", title="政府购买服务承接主体规定", owner="政府购买服务有关规定", stand_in="由参与单位声明并提交证明",
        citation=cite("ZJ-3-3-d"),
    ),
    Slot(
        key="approval_rules", title="电子政务项目立项审批办法", owner="属地立项审批办法", stand_in="审批部门作出批复或退回",
        citation=cite("ZJ-3-6-c"),
    ),
    Slot(key="technical_standards", title="技术标准和建设要求", owner="省级有关部门", stand_in="不作检查", citation=cite("ZJ-4-2-d")),
)  # fmt: skip

SILENCES = (
    Silence(key="no_bar_elsewhere", title="失去主体资格不影响其他项目", citation=reading("ZJ-Q40", "ZJ-3-7-e")),
    Silence(key="no_attempt_cap", title="验收次数没有上限", citation=cite("ZJ-3-7-b")),
    Silence(key="no_amount_track", title="不按金额划分路径", citation=cite("ZJ-2-2")),
    Silence(key="no_evaluation_bar", title="绩效评估结果没有禁止后果", citation=cite("ZJ-3-8-b")),
    Silence(key="no_consortium_points", title="联合与否不影响评审", citation=cite("ZJ-3-3-b")),
    Silence(key="no_collection_window", title="征集没有年度窗口", citation=cite("ZJ-3-1-a")),
    Silence(key="no_approval_days", title="立项没有规定天数", citation=cite("ZJ-3-6-c")),
)

OPENINGS = Openings(options=OPTIONS, parameters=PARAMETERS, slots=SLOTS, silences=SILENCES)
