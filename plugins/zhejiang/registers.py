"""The lists of the measures (第九节登记簿): what is kept once by the province is published to everybody below."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.regulation import Register
from plugins.zhejiang.roles import GROUP, PROPOSER, TASK_FORCE

_SHARED: dict[str, Any] = {"per": "tenant", "reach": "descendants", "matched_on": "app_kind"}

REGISTERS = (
    Register(
        key="demand_lists", title="多跨场景应用“三张清单”", kept_by=(PROPOSER, TASK_FORCE), per="unit", paper="three_lists",
        shown_at=("expert_study",), citation=cite("ZJ-1-2-b", "ZJ-3-1-d", "ZJ-3-2-b"),
    ),
    Register(
        key="major_ledger", title="全省数字化改革重大应用项目“一本账”", kept_by=(GROUP,), per="tenant",
        reach="descendants", admits=("ledger_inclusion", "included"), carries=("ledger_entry_id", "app_kind"),
        citation=cite("ZJ-0-3-b", "ZJ-3-2-b", "ZJ-3-2-c"),
    ),
    Register(
        key="project_library", title="数字政府系统应用“项目库”", kept_by=(TASK_FORCE,),
        admits=("library_publication", "published"), renews=(("selection_announcement", "announced"),), carries=("app_kind", "ledger_entry_id", "subject_conditions"),
        citation=cite("ZJ-3-2-d", "ZJ-3-2-e"), **_SHARED,
    ),
    Register(
        key="confirmed_subjects", title="公告确认的项目主体", kept_by=(TASK_FORCE,),
        admits=("selection_announcement", "announced"), carries=("app_kind",), citation=reading("ZJ-Q22", "ZJ-3-5-a"),
        **_SHARED,
    ),
    Register(
        key="app_market", title="全省统一的应用市场", kept_by=("market_operator",), external=True,
        admits=("market_listing", "listed"), carries=("app_kind",), citation=reading("ZJ-Q31", "ZJ-3-7-c", "ZJ-3-7-d"),
        **_SHARED,
    ),
    Register(
        key="state_assets", title="国有应用资产", kept_by=(), per="tenant", derived=True, citation=cite("ZJ-3-8-f"),
    ),
    Register(
        key="best_applications", title="最佳应用清单", kept_by=(), per="tenant", derived=True, citation=cite("ZJ-3-8-c", "ZJ-3-8-d"),
    ),
    Register(
        key="purchase_accumulation", title="预算单位年度采购累计", kept_by=(), per="unit", derived=True,
        citation=reading("ZJ-Q28", "ZJ-3-8-p", "ZJ-3-8-q"),
    ),
)  # fmt: skip
