"""The lists Jiujiang keeps (第九节登记簿), and what of the text bears on listing, though none of it asks for it."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.listing import Holder, OwnershipRule, Visibility
from core.policy.rules.regulation import ListingForce, ListingRule, Register
from plugins.jiujiang.roles import COORDINATOR, DATA, DRC, FINANCE, OFFICE

REGISTERS = (
    Register(
        key="reserve_pool", title="市数字化项目储备库", kept_by=(OFFICE,), per="tenant", derived=True,
        admits=("pool_approval", "admitted"), validity="pool_validity", tested_at=("submit annual_application",),
        shown_at=("pool_evaluation", "annual_application"), citation=reading("JJ-Q21", "JJ-11-1", "JJ-11-2", "JJ-11-3"),
    ),
    Register(
        key="agency_library", title="数字化项目咨询机构库", kept_by=(OFFICE,), per="tenant", shown_at=("solution_design",),
        citation=cite("JJ-19-1", "JJ-19-3", "JJ-25-1c"),
    ),
    Register(
        key="expert_library", title="数字政府专家库", kept_by=(OFFICE,), per="tenant", library=True, versioned=False,
        citation=cite("JJ-19-1"),
    ),
    Register(
        key="secrecy_expert_library", title="省保密科技领域专家库", kept_by=(), per="tenant", library=True, external=True,
        versioned=False, citation=cite("JJ-19-5"),
    ),
    Register(
        key="annual_list", title="年度项目", kept_by=(OFFICE,), per="tenant", derived=True, admits=("annual_approval", "approved"),
        citation=cite("JJ-17-1", "JJ-20-2", "JJ-23-1"),
    ),
    Register(
        key="investment_plan", title="市政府投资年度计划", kept_by=(DRC,), per="tenant", derived=True,
        admits=("plan_and_budget_listing", "pass"), citation=cite("JJ-24-2"),
    ),
    Register(
        key="data_catalogue", title="政务信息资源目录", kept_by=(DATA,), per="unit", paper="data_resource_catalogue",
        shown_at=("pre_acceptance_confirmation",), citation=cite("JJ-30-2", "JJ-30-3", "JJ-A2-2-6"),
    ),
    Register(
        key="county_filings", title="县级立项备案", kept_by=(COORDINATOR,), per="tenant", derived=True,
        admits=("county_filing_city", "lodged"), read_by=(OFFICE,), citation=cite("JJ-21-2"),
    ),
    Register(
        key="om_budget_list", title="下一年度运维项目预算建议", kept_by=(DATA, FINANCE), per="tenant", derived=True,
        admits=("om_budget_proposal", "arranged"), citation=cite("JJ-35-2"),
    ),
)  # fmt: skip

LISTING_RULES = (
    ListingRule(
        key="shared_software", code="JJ-M02", title="市级软件供县级使用", force=ListingForce.ALLOWED, after_stage="completion_acceptance",
        after_outcome="pass", project_kinds=("build",), owner_fact="asset_owner", visibility=Visibility.TREE,
        ownership=OwnershipRule(
            owner=Holder.USING_UNIT, lister=Holder.USING_UNIT, income=Holder.UNREGULATED, citation=cite("JJ-30-1"),
        ),
        citation=cite("JJ-14-2", "JJ-30-1", "JJ-15"),
    ),
)  # fmt: skip
