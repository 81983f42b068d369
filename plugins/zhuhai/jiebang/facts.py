"""What a challenge asks: of the demand, of each bidder for itself, of the agreement and what follows it."""

from typing import Any

from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.values import Amount, FactType
from plugins.zhuhai.jiebang.roles import BIDDER, INTENDING
from plugins.zhuhai.jiebang.shapes import choice, fact, flag, several, text
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

_DEMAND: dict[str, Any] = {"asked_at": "demand_proposal", "entered_by": (UNIT, BUREAU)}
_FORMAL: dict[str, Any] = {"asked_at": "formal_demand"}
_SELECTION: dict[str, Any] = {"asked_at": "list_selection", "entered_by": (BUREAU,)}
_MATCHING: dict[str, Any] = {"asked_at": "demand_matching", "scope": "entry", "entered_by": (UNIT,)}
_PLAN: dict[str, Any] = {"asked_at": "plan_preparation", "scope": "entry", "entered_by": (INTENDING,)}
_SIGNING: dict[str, Any] = {"asked_at": "agreement_signing"}

DEMAND = (
    choice("jiebang_kind", "揭榜任务类型", cite("ZH-2-1"), ("tech_research", "技术攻关"), ("data_service", "数据服务"), required=True, standing=True, **_DEMAND),
    choice("domain", "领域", cite("ZH-5-1"), ("digital_government", "数字政府"), ("livelihood", "民生服务"), ("public_safety", "公共安全"), ("other", "其他"), required=True, **_DEMAND),
    choice("tech_direction", "技术方向", cite("ZH-5-2"), ("new_it", "新一代信息技术"), ("smart_iot", "智能物联"), ("ai", "人工智能应用"), ("large_model", "大模型"), ("other", "其他"), required=True, **_DEMAND),
    choice("scenario_focus", "应用场景", cite("ZH-6-D1"), ("service_flow", "政务服务流程优化"), ("cross_department_data", "跨部门数据开发利用"), ("ai_application", "人工智能应用"), ("other", "其他"), required=True, **_DEMAND),
    text("scenario_explanation", "其他场景的政务信息化用途", cite("ZH-6-D1"), **_DEMAND),
    several("support_kinds", "配套支持", cite("ZH-6-D3"), ("place", "场地"), ("coordination", "跨部门协调"), ("guidance", "业务指导"), ("digital_resources", "数字资源支持"), ("other", "其他"), **_DEMAND),
    fact("involves_sensitive_data", "涉及敏感数据", FactType.BOOL, reading("ZH-Q13", "ZH-6-D4"), required=True, **_DEMAND),
    fact("involves_national_security", "涉及国家安全领域", FactType.BOOL, cite("ZH-6-D4"), required=True, **_DEMAND),
    text("pool_item", "需求库条目", cite("ZH-7-1"), **_DEMAND),
    several("priority_tags", "遴选标签", cite("ZH-7-2", "ZH-7-3"), ("basic", "基础性"), ("leading", "先导性"), ("breakthrough", "突破性"), ("government_service", "政务服务"), ("smart_decision", "智能决策"), ("artificial_intelligence", "人工智能"), ("trusted_blockchain", "可信政务区块链"), ("large_model", "大模型应用"), standing=True, **_SELECTION),
    text("rd_tasks", "研发任务", cite("ZH-8-2"), **_FORMAL),
    text("tech_indicators", "技术指标", cite("ZH-8-2"), **_FORMAL),
    text("expected_results", "预期成效", cite("ZH-8-2"), **_FORMAL),
    text("implementation_period", "实施期限", cite("ZH-8-2"), **_FORMAL),
    several("min_rd_goals", "最低研发目标", cite("ZH-8-3"), **_FORMAL),
    text("bidder_requirements", "对揭榜方的要求", cite("ZH-8-2"), **_FORMAL),
    text("announcement_number", "发榜公告编号", cite("ZH-8-5"), asked_at="call_announcement", entered_by=(BUREAU,)),
    fact("matching_held_on", "需求交流会日期", FactType.DATE, reading("ZH-Q32", "ZH-9-1"), asked_at="demand_matching", entered_by=(BUREAU,)),
)  # fmt: skip

BIDDERS = (
    flag("feasibility_agreed", "技术可行性达成一致", cite("ZH-9-2"), **_MATCHING),
    flag("path_agreed", "实施路径达成一致", cite("ZH-9-2"), **_MATCHING),
    flag("responsibilities_agreed", "权责划分达成一致", cite("ZH-9-2"), **_MATCHING),
    flag("capability_insufficient", "研发条件不足", cite("ZH-6-B2"), **_MATCHING),
    flag("own_ip_or_cases", "有自主知识产权成果或省级以上案例", cite("ZH-6-B3"), **(_PLAN | {"asked_at": "demand_matching"})),
    fact("own_funding", "揭榜方自筹资金", FactType.MONEY, cite("ZH-3-1"), required=True, **_PLAN),
    fact("social_funding", "社会资本", FactType.MONEY, cite("ZH-3-1"), default=0, has_default=True, **_PLAN),
    fact("planned_subsidy", "拟申请补助", FactType.MONEY, cite("ZH-14-5"), default=0, has_default=True, **_PLAN),
    several("min_goals_met", "可达到的最低研发目标", cite("ZH-8-3"), **_PLAN),
    text("guidance", "需求单位指导意见", cite("ZH-9-3"), asked_at="plan_preparation", scope="entry"),
    fact("plan_score", "方案评分", FactType.INTEGER, cite("ZH-6-B3"), default=0, has_default=True, asked_at="plan_opinion", scope="entry"),
    choice("refusal_ground", "不采纳的理由类别", cite("ZH-6-B3"), ("no_ip_or_cases", "仅因没有知识产权成果或案例"), ("cost", "费用"), ("goals", "目标"), ("scheme", "方案质量"), ("other", "其他"), asked_at="plan_opinion", scope="entry"),
    text("progress", "进度说明", cite("ZH-6-B5"), asked_at="implementation", scope="entry", entered_by=(BIDDER, UNIT)),
    text("violation", "违法违规行为", cite("ZH-21-1"), asked_at="", scope="entry", entered_by=(BUREAU,)),
)  # fmt: skip

AFTER = (
    text("filing_number", "方案备案编号", cite("ZH-9-6"), asked_at="plan_filing_review", entered_by=(BUREAU,)),
    flag("rights_and_duties", "协议载明双方权利义务", cite("ZH-11-3"), **_SIGNING),
    text("ip_ownership", "产权归属约定", cite("ZH-11-3"), **_SIGNING),
    fact("agreed_until", "约定完成日期", FactType.DATE, cite("ZH-8-2", "ZH-12-1"), required=True, **_SIGNING),
    choice("change_kind", "调整事项", by_reference("ZH-19-1", note=NOT_SUPPLIED), ("content", "内容"), ("period", "期限"), ("amount", "金额"), ("person", "负责人"), ("bidder", "揭榜方"), required=True, asked_at="change_record"),
    choice("fm_ground", "延期或终止原因", cite("ZH-20-1"), ("natural_disaster", "自然灾害"), ("epidemic", "疫情"), ("government_act", "政府行为"), ("other_force_majeure", "其他不可抗力"), ("staff_shortage", "人员不足"), ("other", "其他"), required=True, asked_at="force_majeure_application"),
    text("fm_facts", "不可抗力事实", cite("ZH-20-1"), asked_at="force_majeure_application"),
    choice("fm_request", "申请事项", cite("ZH-20-1"), ("extension", "延期"), ("termination", "终止"), required=True, asked_at="force_majeure_application"),
    fact("requested_until", "申请延期至", FactType.DATE, cite("ZH-20-3"), asked_at="force_majeure_application"),
    text("linked_project", "关联的普通项目", by_reference("ZH-15-2", note=NOT_SUPPLIED), asked_at="result_procurement"),
    flag("excellent", "优秀", reading("ZH-Q16", "ZH-16-1"), asked_at="performance_evaluation", entered_by=(BUREAU,), standing=True),
    choice("support_action", "支持事项", cite("ZH-16-1", "ZH-17-1"), ("case_selection", "典型案例遴选和赛事"), ("data_exchange", "数据交易场所挂牌"), ("data_enterprise_pool", "数据企业培育库"), ("funding_project", "扶持项目申报"), ("neighbour_promotion", "周边地市推广"), required=True, asked_at="support_record", entered_by=(BUREAU,)),
)  # fmt: skip

FACTS = (*DEMAND, *BIDDERS, *AFTER)

AMOUNTS = (
    Amount(
        key="max_rd_cost", title="最高研发费用", fixed_by=UNIT, moment="编制正式需求时", paper="formal_demand",
        asked_at="formal_demand", citation=cite("ZH-8-3"),
    ),
    Amount(
        key="estimate", title="经费估算", fixed_by=INTENDING, moment="提交实施方案时", paper="implementation_plan",
        asked_at="plan_preparation", scope="entry", entered_by=(INTENDING,), citation=cite("ZH-9-4"),
        aliases=("cost_estimate",),
    ),
    Amount(
        key="verified_cost", title="核定研发成本", fixed_by=BUREAU, moment="核定补助时", paper="construction_plan",
        asked_at="subsidy_determination", entered_by=(BUREAU,), citation=reading("ZH-Q07", "ZH-14-3"),
    ),
    Amount(
        key="subsidy", title="核定补助额度", fixed_by=BUREAU, moment="核定补助时", asked_at="subsidy_determination",
        scope="entry", entered_by=(BUREAU,), citation=cite("ZH-14-4"),
    ),
    Amount(
        key="applied", title="本次申请支付金额", fixed_by=BUREAU, moment="申请支付时", paper="payment_application",
        asked_at="payment_application", scope="entry", entered_by=(BUREAU,), citation=cite("ZH-4-5"),
    ),
)  # fmt: skip
