"""What the plan application asks, and what the bureau finds in the plan review (第二至五条、第十一、十四至十六、二十二条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.baiyun.facts.shapes import choice, flag, money, text
from plugins.baiyun.roles import BUREAU

# Where the money may come from (第三条): four kinds of fiscal money of district and town, and higher special funds.
IN_SCOPE_SOURCES = (
    ("district_general_budget", "区一般公共预算"),
    ("district_government_funds", "区政府性基金"),
    ("district_special_account", "区财政专户资金"),
    ("district_other_fiscal", "区其他法定财政性资金"),
    ("town_general_budget", "镇一般公共预算"),
    ("town_government_funds", "镇政府性基金"),
    ("town_special_account", "镇财政专户资金"),
    ("town_other_fiscal", "镇其他法定财政性资金"),
    ("higher_level_special_fund", "上级下达的信息化项目专项资金"),
)

# What a project may consist of, by the kind it belongs to (第四条).
CONTENTS = {
    "infrastructure": ("build", "新建或升级信息基础设施"),
    "application_system": ("build", "新建或升级应用系统"),
    "maintenance": ("om", "基础设施与软件运行维护"),
    "resource_rental": ("om", "维护对象的资源租赁"),
    "facility_rental": ("service", "专业设施租赁"),
    "business_operation": ("service", "业务运营"),
    "data_governance": ("service", "数据治理"),
    "security_service": ("service", "安全服务"),
}

_BUREAU = {"entered_by": (BUREAU,), "asked_at": "plan_review"}

APPLICATION_FACTS = (
    choice(
        "project_kind", "项目类型", cite("BY-4-a"), ("build", "建设开发类"), ("om", "运行维护类"), ("service", "服务类"),
        required=True, standing=True, locked_by="plan_review",
    ),
    Fact(
        key="contents", title="项目内容", type=FactType.TEXTS, citation=cite("BY-4-1", "BY-4-2", "BY-4-3-a"),
        choices=tuple(CONTENTS), labels=tuple(label for _, label in CONTENTS.values()), default=(), has_default=True,
    ),
    choice(
        "funding_source", "资金来源", cite("BY-3-a", "BY-3-b"), *IN_SCOPE_SOURCES, ("other", "其他资金"), required=True,
        aliases=("fund_source",),
    ),
    flag("classified", "涉密项目", cite("BY-2"), aliases=("is_state_secret",)),
    flag("special_national_rules", "国家另有规定的项目", cite("BY-2")),
    flag("is_framework_procurement", "框架形式采购的第三方服务", cite("BY-4-3-b")),
    flag("is_force_majeure_emergency", "因严重自然灾害等不可抗力紧急实施", cite("BY-60")),
    text("scope_category", "项目范畴", cite("BY-A2-1", "BY-A2-2")),
    text("system_name", "所属系统", cite("BY-19-1-c"), standing=True),
    flag("builds_new_system", "新建系统", cite("BY-15-b")),
    flag("has_important_past_systems", "往期项目建有重要系统", cite("BY-15-b")),
    Fact(
        key="system_count_change", title="系统数量增减", type=FactType.INTEGER, citation=cite("BY-11-a"), default=0,
        has_default=True,
    ),
    text("upgrade_of", "升级所依据的前期建设项目", cite("BY-22-8"), aliases=("is_upgrade", "predecessor_project_id")),
    text("previous_period_project", "往期运维项目", cite("BY-19-2"), aliases=("previous_period_project_id",)),
    flag("content_identical_to_previous", "与往期内容完全一致", cite("BY-19-2")),
    money("previous_period_amount", "往期金额", reading("BY-Q21", "BY-19-2"), default=-1, has_default=True),
    flag("claims_simplified", "申请按往期一致的运维项目简易立项", cite("BY-19-2")),
    flag("involves_app_system", "涉及应用系统", cite("BY-17-4")),
    flag("is_supporting_service", "项目配套服务", cite("BY-29-2-a")),
    flag("involves_geospatial", "涉及地理空间数据测绘、采集、加工", cite("BY-5-5-a", "BY-11-4")),
    flag("involves_urban_village_comms", "涉及城中村通信建设或使用", cite("BY-5-5-b")),
    flag("involves_public_video", "涉及公共视频资源建设", cite("BY-5-5-c")),
    flag("uses_district_gov_cloud", "使用区政务云", cite("BY-55")),
    flag("is_mobile_app", "移动应用", cite("BY-56")),
    flag("opens_new_media", "开设政务新媒体", cite("BY-11-8", "BY-A1-9")),
    flag("builds_acceptance_approval_system", "自建受理审批系统", cite("BY-11-9")),
    flag("needs_crypto_protection", "需要密码保障", cite("BY-17-3")),
    flag("is_government_system", "政务信息系统", cite("BY-22-14", "BY-A1-1")),
    choice(
        "mlps_level", "等级保护级别", cite("BY-43"), ("none", "不定级"), ("two", "二级"), ("three", "三级"), ("four", "四级"),
        default="none", has_default=True,
    ),
    flag("expert_convened", "召开立项计划专家评审", cite("BY-16-f"), **_BUREAU),
    flag("category_excluded", "不在立项范畴", reading("BY-Q03", "BY-22-1", "BY-16-a"), **_BUREAU),
    flag("vision_mismatch_found", "不符合智慧白云总体目标", cite("BY-22-2", "BY-11-1"), **_BUREAU),
    flag("duplicate_confirmed", "认定为重复建设", cite("BY-22-3"), **_BUREAU),
    flag("integrated_hardware", "须随建设工程同步实施的智能化硬件、专用设备或布展", cite("BY-22-4"), **_BUREAU),
    flag(
        "split_confirmed", "认定为拆分立项", reading("BY-Q42", "BY-19-1-c"), entered_by=(BUREAU,), asked_at="",
        standing=True,
    ),
)  # fmt: skip
