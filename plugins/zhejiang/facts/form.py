"""The application form (申报书): eleven items for all, and what each class adds (第二部分)."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Amount
from plugins.zhejiang.facts.shapes import asked_flag, choice, day, text
from plugins.zhejiang.roles import LEAD, PROPOSER, TASK_FORCE
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3

FORM_ITEMS = (
    ("application_definition", "应用定义", "ZJ-2-3-a1"),
    ("build_content", "建设内容", "ZJ-2-3-a2"),
    ("necessity", "必要性", "ZJ-2-3-a3"),
    ("feasibility", "可行性", "ZJ-2-3-a4"),
    ("build_mode", "建设模式", "ZJ-2-3-a5"),
    ("technical_norms", "技术规范", "ZJ-2-3-a6"),
    ("financing_mode", "融资方式", "ZJ-2-3-a7"),
    ("subject_conditions", "项目主体条件", "ZJ-2-3-a8"),
    ("implementation_requirements", "实施要求", "ZJ-2-3-a9"),
    ("delivery_time", "交付时间", "ZJ-2-3-a10"),
    ("acceptance_criteria", "验收标准", "ZJ-2-3-a11"),
)
MONEY = (("fiscal", "财政资金"), ("non_fiscal", "非财政资金"), ("mixed", "两种资金都有"))
CLASSES = ((CLASS1, "第一类"), (CLASS2, "第二类"), (CLASS3, "第三类"))
_FILERS: dict[str, Any] = {"entered_by": (TASK_FORCE, LEAD, PROPOSER), "asked_at": "library_publication"}
_LOCKED: dict[str, Any] = {"locked_by": "library_publication"}

FORM_FACTS = (
    *(text(key, title, cite(row), **_FILERS) for key, title, row in FORM_ITEMS if key != "delivery_time"),
    day("delivery_time", "交付时间", cite("ZJ-2-3-a10"), **_FILERS),
    text("further_items", "申报书其他内容", cite("ZJ-2-3-a"), **_FILERS),
    choice(
        "construction_money", "建设资金", cite("ZJ-2-2-a", "ZJ-2-2-b", "ZJ-2-2-c"), *MONEY, required=True, **_FILERS,
        **_LOCKED,
    ),
    asked_flag("approval_required", "须进行项目立项", cite("ZJ-2-2"), **_FILERS, **_LOCKED),
    choice(
        "class_decided", "专班认定的类别", reading("ZJ-Q06", "ZJ-2-2"), *CLASSES, entered_by=(TASK_FORCE,),
        asked_at="library_publication", **_LOCKED,
    ),
    text(
        "class_reason", "认定类别的理由", reading("ZJ-Q06", "ZJ-2-2"), entered_by=(TASK_FORCE,),
        asked_at="library_publication",
    ),
    text("funding_source", "资金来源", cite("ZJ-2-3-b2", "ZJ-3-6-d"), aliases=("fund_source",), **_FILERS),
    text("user_scale", "用户规模", cite("ZJ-2-3-c1"), **_FILERS),
    text("fee_standard", "付费标准", cite("ZJ-2-3-c2"), **_FILERS),
)  # fmt: skip

AMOUNTS = (
    Amount(
        key="estimate", title="建设资金概算", fixed_by=TASK_FORCE, moment="纳入项目库时", paper="application_form",
        citation=cite("ZJ-2-3-b1"), aliases=("budget_estimate",), **_FILERS,
    ),
)  # fmt: skip
