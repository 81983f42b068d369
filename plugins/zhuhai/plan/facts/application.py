"""Whose application it is, who builds and pays, and what those who decide and run it record (第二、十、十二章)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Amount, Fact, FactType
from plugins.zhuhai.plan.facts.shapes import choice, flag, text
from plugins.zhuhai.plan.roles import CENTRE, DISTRICT_BUREAU
from plugins.zhuhai.roles import BUREAU, UNIT

_DECIDER = {"entered_by": (BUREAU, DISTRICT_BUREAU), "asked_at": ""}
_RUNNING = {"entered_by": (UNIT, CENTRE), "asked_at": "operation"}

APPLICATION_FACTS = (
    choice(
        "unit_level", "单位层级", cite("ZHP-3-2-2", "ZHP-3-2-3"), ("city", "市级"), ("district", "区级"), required=True,
        standing=True, aliases=("owner_level",),
    ),
    text("system_name", "系统名称", cite("ZHP-10-1-11"), default=None, has_default=False, standing=True),
    choice(
        "build_mode", "建设方式", cite("ZHP-9-1-1"), ("new", "新建"), ("rebuilt", "改建"), ("expanded", "扩建"), default="new",
        has_default=True, aliases=("is_new_or_expanded",),
    ),
    choice(
        "built_by", "统建或自建", cite("ZHP-12-2-1", "ZHP-12-2-2"), ("province_unified", "省统建"), ("city_unified", "市统建"),
        ("self_built", "自建"), required=True, standing=True,
    ),
    choice(
        "funding_source", "资金来源", cite("ZHP-12-2-3"), ("province", "省级承担"), ("government_investment", "政府投资"),
        ("department_budget", "部门预算"), required=True,
    ),
    choice(
        "purchase_kind", "采购内容", cite("ZHP-4-5-1", "ZHP-8-1-3"), ("technology", "技术产品"), ("data_service", "数据与分析服务"),
        ("service", "建设运营服务"), default="technology", has_default=True, standing=True,
    ),
    flag("is_major", "重大项目", cite("ZHP-12-1-1"), standing=True),
    text("security_responsible", "网络和信息安全责任单位", cite("ZHP-2-2-7")),
    text("dept_cdo_name", "本单位首席数据官", cite("ZHP-8-1-1")),
    text("evaluation_weighed", "上年度评价结果的考虑情况", reading("ZH-Q22", "ZHP-10-1-10"), **_DECIDER),
    text("om_record", "运维记录", cite("ZHP-10-3-2"), **_RUNNING),
    choice(
        "evaluator", "评价主体", cite("ZHP-12-5-2"), ("bureau", "主管部门"), ("third_party", "第三方机构"), default="bureau",
        has_default=True, **_DECIDER,
    ),
    choice(
        "evaluation_type", "评价类型", cite("ZHP-10-1-9"), ("performance", "绩效评价"), ("post_project", "项目后评价"),
        default="performance", has_default=True, **_DECIDER,
    ),
    Fact(
        key="om_budget", title="运维经费预算", type=FactType.MONEY, citation=cite("ZHP-12-2-6"), default=0, has_default=True,
        asked_at="declaration",
    ),
)  # fmt: skip

AMOUNTS = (
    Amount(
        key="declared", title="申报金额", fixed_by=UNIT, moment="申报时", asked_at="declaration",
        citation=cite("ZHP-10-1-18", "ZHP-10-1-24"), aliases=("amount",),
    ),
)  # fmt: skip
