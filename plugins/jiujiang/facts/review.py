"""What the reviews find and the decision fixes (第十九至二十七条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.jiujiang.facts.shapes import choice, day, flag, money, text
from plugins.jiujiang.roles import APPROVERS, COORDINATOR, COUNTY_DATA, DATA, GROUP, OFFICE, OWNER, PROJECT

# Found by the applicant's own answers, corrected by whoever reviews.
_CHECK = {"entered_by": (PROJECT, COORDINATOR, OFFICE, DATA, COUNTY_DATA), "asked_at": ""}
_YES = {"default": True, "has_default": True}

REVIEW_FACTS = (
    flag("own_platform", "自建机房、数据中心、云、支撑或数据平台", cite("JJ-22-1"), **_CHECK),
    flag("buys_servers", "购置服务器或服务端网络设备", cite("JJ-22-1"), **_CHECK),
    flag("own_internet_line", "自设互联网出口", cite("JJ-22-2"), **_CHECK),
    flag("private_network_unmerged", "专网未并入电子政务网", cite("JJ-22-2"), **_CHECK),
    flag("on_gov_cloud", "部署在政务云", cite("JJ-22-3"), **_CHECK, **_YES),
    flag("moves_to_gov_cloud", "升级迁移至政务云", cite("JJ-22-3"), **_CHECK, **_YES),
    flag("secure_products", "采用安全可靠产品", cite("JJ-22-4"), **_CHECK, **_YES),
    flag("crypto_ok", "密码应用符合要求", cite("JJ-22-5"), **_CHECK, **_YES),
    flag("security_ok", "网络安全和保密符合要求", cite("JJ-22-5"), **_CHECK, **_YES),
    flag("major_hazard", "存在重大隐患", cite("JJ-22-5"), **_CHECK),
    flag("needs_clear", "需求明确", cite("JJ-22-6"), **_CHECK, **_YES),
    flag("goals_clear", "目标明确", cite("JJ-22-6"), **_CHECK, **_YES),
    flag("internal_integration", "内部系统已整合", cite("JJ-22-6"), **_CHECK, **_YES),
    flag("data_sharing", "落实数据共享", cite("JJ-22-6"), **_CHECK, **_YES),
    text("chosen_agency", "选定的咨询机构", cite("JJ-19-3"), entered_by=(OFFICE,), asked_at="solution_design"),
    text("paper_agency", "受托编制机构（自编留空）", cite("JJ-25-1c"), entered_by=(OWNER,), asked_at=""),
    text("proposed_owner", "建议业主单位", cite("JJ-20-2"), entered_by=(DATA,), asked_at="joint_review"),
    text("proposed_plan", "建议方案", cite("JJ-20-2"), entered_by=(DATA,), asked_at="joint_review"),
    money("proposed_funds", "建议资金", cite("JJ-20-2"), entered_by=(DATA,), asked_at="joint_review", required=True),
    text("proposed_timing", "建议时序", cite("JJ-20-2"), entered_by=(DATA,), asked_at="joint_review"),
    flag("owner_is_data_bureau", "业主单位为市数据管理部门", cite("JJ-15"), entered_by=(DATA, GROUP), asked_at=""),
    text("owner", "业主单位", cite("JJ-20-2", "JJ-6-2"), entered_by=(GROUP, COORDINATOR), asked_at="annual_approval"),
    day(
        "start_notice_received_on", "业主收到启动通知日期", cite("JJ-24-1"), entered_by=(OFFICE, OWNER), asked_at="start_notice",
    ),
    money("tender_ceiling", "招标控制价", cite("JJ-25-4b"), entered_by=APPROVERS, asked_at="budget_approval", required=True),
    text("design_unit_name", "初步设计编制单位", cite("JJ-25-3a"), entered_by=(OWNER,), asked_at="design_preparation"),
    choice(
        "procured_by", "采购主体", cite("JJ-33"), ("own_level", "本级"), ("city", "市统一采购"), default="own_level", has_default=True,
        entered_by=(OWNER,), asked_at="",
    ),
    Fact(
        key="joint_levels", title="联建层级", type=FactType.TEXTS, citation=cite("JJ-33"), entered_by=(OWNER, PROJECT, COORDINATOR), asked_at="",
        default=(), has_default=True,
    ),
    text("procurement_reference", "采购项目编号", cite("JJ-25-5c"), entered_by=(OWNER,), asked_at="procurement"),
    text("budget_item", "政府投资年度计划与预算项目", reading("JJ-Q11", "JJ-24-2"), entered_by=("drc", "finance"), asked_at="plan_and_budget_listing"),
)  # fmt: skip
