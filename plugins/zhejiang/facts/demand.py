"""What a demand says of itself as it climbs, and what is settled about it on the way (第三部分（一）、（二）)."""

from typing import Any

from core.policy.rules.citations import cite, reading
from plugins.zhejiang.facts.shapes import asked_flag, choice, day, several, text
from plugins.zhejiang.roles import GROUP, PROPOSER, TASK_FORCE

LEVELS = (("county", "县（市、区）"), ("city", "设区市"), ("province", "省级"))
NEEDS = (
    ("public_demand", "群众高频需求"),
    ("enterprise_demand", "企业共性需求"),
    ("political_capacity", "提升政治能力需求"),
    ("governance_modernisation", "治理能力和治理体系现代化需求"),
    ("signature_achievement", "打造金名片、提升竞争力需求"),
    ("risk_prevention", "防范化解重大风险需求"),
)
SCENARIO_KINDS = (
    ("open_call", "改革思路未定，须揭榜提出"),
    ("pilot_first", "全省统一建设，市县先行先试"),
    ("general_use", "普遍通用，适用多部门"),
    ("other", "其他"),
)
_NEED_ROWS = ("ZJ-3-1-a1", "ZJ-3-1-a2", "ZJ-3-1-a3", "ZJ-3-1-a4", "ZJ-3-1-a5", "ZJ-3-1-a6")
_HERE: dict[str, Any] = {"asked_at": "demand_collection"}
_SETTLED: dict[str, Any] = {"entered_by": (TASK_FORCE,), "asked_at": "expert_study"}

DEMAND_FACTS = (
    choice("unit_level", "提出单位层级", cite("ZJ-3-1-d"), *LEVELS, required=True, **_HERE),
    several("need_categories", "需求方面", cite("ZJ-3-1-a", *_NEED_ROWS), *NEEDS, **_HERE),
    choice(
        "scenario_kind", "场景类型", cite("ZJ-2-1-b", "ZJ-2-1-c", "ZJ-2-1-d"), *SCENARIO_KINDS, required=True, **_HERE
    ),
    asked_flag("multi_cross", "多跨场景", cite("ZJ-2-1-a"), **_HERE),
    text("pain_points", "堵点痛点难点", cite("ZJ-1-2-b"), **_HERE),
    text(
        "app_kind", "应用类别", reading("ZJ-Q22", "ZJ-4-1-b"), has_default=False, default=None, required=True,
        entered_by=(PROPOSER, TASK_FORCE), locked_by="library_publication", standing=True, **_HERE,
    ),
    day("build_started_on", "动工日期", reading("ZJ-Q22", "ZJ-4-1-b"), **_HERE),
    text("increment_of", "增量开发或迭代升级的项目库编号", reading("ZJ-Q22", "ZJ-4-2-e"), aliases=("is_incremental_of",), **_HERE),
    text("lead_unit", "牵头责任主体", cite("ZJ-1-2-a", "ZJ-3-6-a"), entered_by=(TASK_FORCE,), asked_at=""),
    text("study_experts", "论证专家", cite("ZJ-3-2-a"), **_SETTLED),
    text("ledger_entry_id", "一本账编号", cite("ZJ-3-2-c", "ZJ-3-2-d"), entered_by=(GROUP,), asked_at="ledger_inclusion"),
    text(
        "lists_deepened", "深化后的清单说明", cite("ZJ-3-2-b"), entered_by=(TASK_FORCE,), asked_at="ledger_proposal"
    ),
)  # fmt: skip
