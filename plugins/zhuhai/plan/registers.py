"""The books of the plan (第九节 9.2), and what may be listed: districts' featured applications, systems to deploy."""

from core.policy.rules.citations import cite
from core.policy.rules.regulation import ListingForce, ListingRule, Register
from plugins.zhuhai.plan.roles import CENTRE, DISTRICT_BUREAU
from plugins.zhuhai.roles import BUREAU, UNIT

_OFFICES = (BUREAU, DISTRICT_BUREAU)

REGISTERS = (
    Register(
        key="data_resource_book", title="公共数据资源登记簿、资产登记簿", kept_by=(UNIT,), per="unit", paper="data_resource_registration",
        shown_at=("general_acceptance", "operation"), read_by=_OFFICES, citation=cite("ZHP-8-1-2", "ZHP-8-2-1", "ZHP-8-2-2"),
        aliases=("data_asset_book",),
    ),
    Register(
        key="data_catalogue", title="公共数据资源目录、全量清单、共享清单、开放清单", kept_by=(UNIT,), per="unit", read_by=_OFFICES,
        citation=cite("ZHP-8-1-4", "ZHP-8-2-3", "ZHP-9-2-2"),
    ),
    Register(
        key="video_sensing_catalogue", title="视频和感知数据资源目录", kept_by=(BUREAU,), per="tenant", citation=cite("ZHP-9-2-4"),
    ),
    Register(key="iot_asset_book", title="感知资产登记（物联网设备）", kept_by=(UNIT,), per="unit", citation=cite("ZHP-9-1-5")),
    Register(
        key="cloud_resource_book", title="政务云资源登记", kept_by=(BUREAU, CENTRE), per="tenant", citation=cite("ZHP-9-1-3"),
    ),
    Register(
        key="unified_systems", title="统建系统与公共支撑平台目录", kept_by=(BUREAU,), per="tenant", reach="descendants",
        shown_at=("declaration", "joint_approval"), read_by=(UNIT, *_OFFICES),
        citation=cite("ZHP-2-2-2", "ZHP-2-2-3", "ZHP-2-2-4", "ZHP-2-4-10", "ZHP-2-4-11", "ZHP-3-4-1"),
    ),
    Register(
        key="expert_library", title="数字政府专家库、行业专家", kept_by=(BUREAU,), per="tenant", library=True, versioned=False,
        citation=cite("ZHP-3-2-8", "ZHP-10-1-14", "ZH-10-1"), aliases=("expert_pool", "industry_experts"),
    ),
    Register(
        key="evaluation_results", title="项目评价结果", kept_by=(), per="tenant", derived=True, shown_at=("joint_approval",),
        citation=cite("ZHP-10-1-9", "ZHP-10-1-10", "ZHP-10-1-11", "ZHP-10-1-12"), aliases=("evaluation_history",),
    ),
    Register(
        key="featured_apps", title="区级特色应用", kept_by=(DISTRICT_BUREAU, BUREAU), per="tenant",
        citation=cite("ZHP-2-4-12", "ZHP-7-0-1"),
    ),
)  # fmt: skip

LISTING_RULES = (
    ListingRule(
        key="featured_app", code="ZH-M10", title="区级特色应用上架", force=ListingForce.ALLOWED, after_stage="general_acceptance",
        after_outcome="pass", project_kinds=(), tracks=("general_district",),
        citation=cite("ZHP-2-4-12", "ZHP-7-0-1"),
    ),
    ListingRule(
        key="unified_deployment", code="ZH-M11", title="统建系统部署应用", force=ListingForce.ALLOWED, after_stage="general_acceptance",
        after_outcome="pass", project_kinds=(), tracks=("general",),
        citation=cite("ZHP-2-2-3", "ZHP-2-2-4"),
    ),
)  # fmt: skip
