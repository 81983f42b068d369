"""What a candidate and a subject say: eligibility, opinions, place, procurement, progress (第三部分（三）至（七）)."""

from typing import Any

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.zhejiang.facts.shapes import asked_flag, choice, day, flag, text
from plugins.zhejiang.roles import BUREAU, BUYER, CANDIDATE, LEAD, SUBJECT, TASK_FORCE

OWNERS = (
    ("state", "国家"),
    ("investor", "投资方"),
    ("market_entity", "市场主体"),
    ("subject", "项目主体"),
    ("using_unit", "使用单位"),
)
_EACH: dict[str, Any] = {"scope": "entry"}
_SIGNED: dict[str, Any] = {"entered_by": (LEAD, SUBJECT), "asked_at": "agreement_signing"} | _EACH
_BUILT: dict[str, Any] = {"entered_by": (SUBJECT,), "asked_at": "implementation"} | _EACH

BUILDING_FACTS = (
    flag(
        "supplier_eligible", "符合承接主体规定", reading("ZJ-Q41", "ZJ-3-3-d"), entered_by=(CANDIDATE,),
        asked_at="competition_entry", **_EACH,
    ),
    flag(
        "qualification_checked", "资质条件和可研报告已论证", cite("ZJ-3-4-a"), entered_by=(LEAD,), asked_at="expert_review",
        **_EACH,
    ),
    Fact(
        key="confirmed_subjects", title="公告确认的项目主体", type=FactType.TEXTS, citation=cite("ZJ-3-5-a"),
        entered_by=(TASK_FORCE,), asked_at="selection_announcement", default=(), has_default=True,
    ),
    text("place_tenant", "项目属地", cite("ZJ-3-6-c"), **_SIGNED),
    day("delivery_deadline", "协议交付日期", reading("ZJ-Q09", "ZJ-3-7-e", "ZJ-3-6-b"), **_SIGNED),
    choice("ownership_clause", "协议约定的产权归属", cite("ZJ-3-8-i"), *OWNERS, **_SIGNED),
    text("agreed_fee", "协议约定的付费标准", cite("ZJ-3-8-j"), **_SIGNED),
    flag(
        "feasibility_asked_again", "要求另行审批可行性研究", cite("ZJ-3-5-c"), entered_by=("approval_authority",),
        asked_at="project_approval", **_EACH,
    ),
    asked_flag(
        "procurement_required", "依法须政府采购", cite("ZJ-3-6-f"), entered_by=(SUBJECT,), asked_at="team_and_plan", **_EACH
    ),
    text("tender_winner", "招投标中标单位", cite("ZJ-3-6-i"), entered_by=(SUBJECT, LEAD), asked_at="service_tender", **_EACH),
    text(
        "tender_decision", "中标单位与项目主体不同的处理决定", reading("ZJ-Q17", "ZJ-3-6-i"), entered_by=(TASK_FORCE,),
        asked_at="", **_EACH,
    ),
    text("progress_note", "进展情况", cite("ZJ-1-3-c"), **_BUILT),
    flag("tasks_done", "建设任务完成", cite("ZJ-1-3-d"), **_BUILT),
    text("buyer", "购买单位", cite("ZJ-3-6-j"), entered_by=(BUYER, SUBJECT), asked_at="purchase_agreement", **_EACH),
    text("evaluation_result", "绩效评估结果", reading("ZJ-Q36", "ZJ-3-8-b"), entered_by=(BUREAU, LEAD), asked_at="performance_evaluation", **_EACH),
    flag("on_best_list", "列入最佳应用清单", cite("ZJ-3-8-c"), entered_by=(BUREAU, LEAD), asked_at="best_list", **_EACH),
)  # fmt: skip
