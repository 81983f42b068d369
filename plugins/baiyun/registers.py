"""The lists Baiyun keeps (第九节登记簿), and what is said of listing for reuse (第五十八条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.regulation import ListingForce, ListingRule, Register
from plugins.baiyun.roles import BUREAU, PROJECT

_REVIEWS = ("plan_review", "final_acceptance")

REGISTERS = (
    Register(
        key="development_plans", title="信息化发展规划备案", kept_by=(PROJECT,), per="unit", paper="development_plan",
        shown_at=("plan_review",), read_by=(BUREAU,), citation=cite("BY-8", "BY-12-a", "BY-12-b", "BY-12-c", "BY-A3-1"),
    ),
    Register(
        key="asset_catalogue", title="信息化资产目录", kept_by=(PROJECT,), per="unit", paper="asset_catalogue",
        shown_at=_REVIEWS, citation=cite("BY-10-a", "BY-22-10"),
    ),
    Register(
        key="unit_data_catalogue", title="数据资源目录", kept_by=(PROJECT,), per="unit", paper="unit_data_catalogue",
        shown_at=_REVIEWS, citation=cite("BY-10-b"),
    ),
    Register(
        key="gov_data_lists", title="政务数据清单", kept_by=(PROJECT,), per="unit", shown_at=("trial_run",),
        citation=cite("BY-15-b", "BY-42-a"),
    ),
    Register(
        key="expert_library", title="白云区信息化专家库", kept_by=(BUREAU,), per="tenant", library=True, versioned=False,
        citation=reading("BY-Q48", "BY-5-1-b", "BY-5-2-c", "BY-20-2-b"), aliases=("expert_library_district",),
    ),
    Register(
        key="city_expert_library", title="广州市专家库", kept_by=(BUREAU,), per="tenant", library=True, external=True,
        versioned=False, citation=cite("BY-20-2-b"), aliases=("expert_library_city",),
    ),
    Register(
        key="project_ledger", title="项目台账", kept_by=(), per="tenant", derived=True, citation=cite("BY-6", "BY-21-b"),
    ),
    Register(
        key="scope_catalogue", title="政府投资信息化项目范畴", kept_by=(BUREAU,), per="tenant",
        citation=reading("BY-Q03", "BY-A2-1", "BY-A2-2"),
    ),
    Register(
        key="unit_findings", title="单位记录", kept_by=(BUREAU,), per="unit",
        citation=cite("BY-22-5", "BY-22-15", "BY-5-1-c"),
    ),
    Register(
        key="evaluation_results", title="效能评估结果", kept_by=(), per="tenant", derived=True, shown_at=("plan_review",),
        citation=cite("BY-53-a"),
    ),
    Register(
        key="personnel_register", title="从业人员实名登记", kept_by=(PROJECT,), per="unit", paper="personnel_register",
        citation=cite("BY-29-3-b"),
    ),
    Register(
        key="annual_assessment", title="年度考核记录", kept_by=(), per="unit", derived=True, citation=cite("BY-59"),
    ),
)  # fmt: skip

LISTING_RULES = (
    ListingRule(
        key="reuse_supermarket", code="BY-M01", title="上架粤复用", force=ListingForce.INVITATION,
        after_stage="final_acceptance", after_outcome="pass", project_kinds=("build",),
        platform="广东数字政府应用超市（粤复用）", owner_fact="ip_owner",
        citation=reading("BY-Q43", "BY-58", "BY-28"),
    ),
)  # fmt: skip
