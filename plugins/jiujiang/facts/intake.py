"""What chooses the path, known when a case is registered, and what the demand says (第二、七、十一至十六、四十一至四十三条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.jiujiang.facts.shapes import choice, flag, text
from plugins.jiujiang.roles import COORDINATOR, DATA, OFFICE, OWNER, PROJECT

_FILERS = {"entered_by": (PROJECT, COORDINATOR), "asked_at": ""}
_OFFICE = {"entered_by": (OFFICE, DATA), "asked_at": ""}

UNIT_NATURES = (
    ("administrative_organ", "行政机关"),
    ("authorised_body", "依法授权管理公共事务的组织"),
    ("party_and_mass_organ", "党委、人大、政协、监察、法院、检察和群团机关"),
    ("municipal_enterprise", "市国资委监管企业"),
    ("other", "其他单位"),
)
PROJECT_TYPES = (
    ("egov_network", "电子政务网络平台"),
    ("business_system", "重点业务数字化系统"),
    ("data_system", "数据系统"),
    ("data_resource", "数据资源库"),
    ("security_infrastructure", "信息安全基础设施"),
    ("egov_infrastructure", "电子政务基础设施"),
    ("standards", "数字政府标准化体系"),
    ("supporting_system", "相关支撑体系"),
)
FUNDING = (
    ("city_informatization_fund", "市级信息化专项资金"),
    ("city_service_purchase_fund", "市级购买服务资金"),
    ("special_fund", "上级或本级专项资金"),
    ("other_fiscal", "其他财政资金"),
    ("own_funds", "自有资金"),
)
REACHED = (
    ("implementation", "项目实施"),
    ("trial_run", "试运行"),
    ("final_acceptance", "终验"),
    ("completion_application", "竣工验收申请"),
    ("operation", "投入运行"),
)

INTAKE_FACTS = (
    choice("unit_level", "单位层级", cite("JJ-2-1", "JJ-9"), ("city", "市级"), ("county", "县级"), required=True, aliases=("level",), **_FILERS),
    choice("unit_nature", "单位性质", cite("JJ-2-1", "JJ-2-2", "JJ-41-1"), *UNIT_NATURES, required=True, **_FILERS),
    choice(
        "owner_type", "业主类型", reading("JJ-Q11", "JJ-20-2", "JJ-26-1"), ("gov_unit", "政府单位"),
        ("municipal_soe", "市国资委监管企业"), required=True, entered_by=(PROJECT, COORDINATOR, DATA, "leading_group"), asked_at="",
    ),
    choice("funding_source", "资金来源", cite("JJ-2-1", "JJ-34-1", "JJ-34-2", "JJ-34-3", "JJ-34-4"), *FUNDING, required=True, **_FILERS),
    choice(
        "project_kind", "项目类型", cite("JJ-16-1", "JJ-25-5c"), ("build", "建设类"), ("service", "服务类"),
        ("equipment", "设备采购类"), ("om", "运维类"), required=True, standing=True, **_FILERS,
    ),
    choice("project_type", "建设内容类别", cite("JJ-2-3"), *PROJECT_TYPES, default="business_system", has_default=True, **_FILERS),
    choice(
        "build_mode", "建设方式", cite("JJ-16-1", "JJ-14-4"), ("new", "新建"), ("rebuild", "改建"), ("expand", "扩建"),
        ("migrate", "迁移"), ("service", "购买服务"), default="new", has_default=True, **_FILERS,
    ),
    choice(
        "category", "限额类别", cite("JJ-13-1", "JJ-13-2", "JJ-42"), ("other", "其他类别"), ("infrastructure", "基础设施类"),
        ("cross_integration", "跨部门跨层级集成类"), default="other", has_default=True,
        entered_by=(PROJECT, COORDINATOR, DATA, "leading_group"), asked_at="",
    ),
    flag("classified", "涉密项目", cite("JJ-7"), **_FILERS),
    flag("work_secret", "涉及工作秘密", cite("JJ-18-2b"), **_FILERS),
    flag("graded_protection_ready", "已编制分级保护方案（线下）", cite("JJ-18-2c"), entered_by=("secrecy_office",), asked_at="offline_reference"),
    choice(
        "expert_source", "专家来源（线下）", cite("JJ-19-5"), ("none", "未组织专家论证"), ("provincial_secrecy_library", "省保密科技领域专家库"),
        ("other", "其他来源"), default="none", has_default=True, entered_by=("secrecy_office", DATA), asked_at="",
    ),
    text("offline_number", "线下办理编号", reading("JJ-Q12", "JJ-7"), entered_by=("secrecy_office",), asked_at="offline_reference"),
    flag("major_deployment", "国家、省或市委市政府重大部署", cite("JJ-17-3"), **_FILERS),
    flag("in_upper_plan", "列入省市数字政府建设规划", cite("JJ-11-3"), **_FILERS, standing=True),
    choice(
        "public_platform", "公共平台", cite("JJ-15", "JJ-36-1", "JJ-36-2"), ("none", "否"), ("public", "市级非涉密公共平台"),
        ("intranet", "电子政务内网公共项目"), default="none", has_default=True, **_FILERS,
    ),
    flag("major_public_project", "重大跨部门跨层级公共项目", reading("JJ-Q34", "JJ-15"), entered_by=(OFFICE,), asked_at=""),
    flag("applicant_is_data_bureau", "申报单位为市数据管理部门", cite("JJ-15"), **_FILERS),
    flag("smart_city_service", "智慧九江服务", cite("JJ-5-1"), entered_by=(DATA,), asked_at="", standing=True),
    text("system_name", "所属系统", cite("JJ-22-7", "JJ-31-10"), standing=True, **_FILERS),
    text("upgrade_of", "升级的原项目", cite("JJ-22-7"), **_FILERS),
    text("digital_part_of", "所属其他建设工程", cite("JJ-41-2"), **_FILERS),
    text("goals", "建设目标", cite("JJ-11-1"), **_FILERS),
    text("similar_to", "与之相近的项目", cite("JJ-11-4"), entered_by=(OFFICE, PROJECT, COORDINATOR), asked_at=""),
    flag("duplicates_superior_system", "认定与上级已建或拟建系统重复", cite("JJ-14-2"), **_OFFICE),
    flag("superior_system_available", "省级或市级已有可用系统", cite("JJ-14-3"), entered_by=(OFFICE, DATA, PROJECT, COORDINATOR), asked_at=""),
    flag("county_specific", "县级特色应用场景", cite("JJ-14-3"), **_FILERS),
    flag("keeps_full_papers", "业主不合并编报", reading("JJ-Q09", "JJ-25-5a"), entered_by=(PROJECT, OWNER, COORDINATOR), asked_at=""),
    flag("city_county_joint", "市县联建项目", cite("JJ-33"), **_FILERS),
    flag("approved_before", "施行前已批准", cite("JJ-43-1"), **_FILERS),
    Fact(
        key="stage_reached", title="施行前已到环节", type=FactType.CHOICE, citation=cite("JJ-43-1"), entered_by=(PROJECT, COORDINATOR),
        asked_at="", choices=tuple(v for v, _ in REACHED), labels=tuple(t for _, t in REACHED), default="implementation",
        has_default=True,
    ),
)  # fmt: skip
