"""What building, acceptance and evaluation ask (第二十九、三十九至五十六条)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.values import Fact, FactType
from plugins.baiyun.facts.shapes import choice, day, flag, text
from plugins.baiyun.roles import BUREAU, PROJECT

_BUREAU = {"entered_by": (BUREAU,), "asked_at": ""}
_EVALUATION = {"entered_by": (BUREAU,), "asked_at": "third_party_evaluation"}

GRADES = (
    ("excellent", "优秀"),
    ("qualified", "合格"),
    ("basically_qualified", "基本合格"),
    ("unqualified", "不合格"),
)

DELIVERY_FACTS = (
    flag("personnel_registered", "从业人员已实名登记", cite("BY-29-3-b"), asked_at="implementation"),
    flag("personnel_nda_complete", "从业人员均已签保密协议", cite("BY-29-3-b"), asked_at="implementation"),
    text("progress_note", "项目进展情况", cite("BY-29-5"), asked_at="implementation"),
    flag("indicators_collected", "已采集绩效、时效、质量指标", cite("BY-51-c"), asked_at="implementation"),
    flag("maintained_object_upgrading", "运维对象停用或启动升级", cite("BY-37-4"), asked_at="implementation"),
    flag("is_key_project", "区重点项目", cite("BY-52-3"), **_BUREAU),
    flag("is_delayed", "进展缓慢或延期", cite("BY-52-3"), **_BUREAU),
    flag("holds_initial_acceptance", "组织初步验收", cite("BY-39-b"), asked_at="implementation"),
    flag(
        "data_aggregated", "数据已全量汇聚", cite("BY-42-a", "BY-22-6"), asked_at="trial_run", standing=True,
        entered_by=(PROJECT, BUREAU),
    ),
    flag("large_data_difference", "汇聚数据与清单差异较大", cite("BY-42-b"), asked_at="trial_run"),
    text("mlps_not_applicable_reason", "无须等级测评的理由", reading("BY-Q27", "BY-43"), asked_at="pre_final_review"),
    flag("mobile_app_integrated", "移动应用已接入粤系列平台", cite("BY-56"), asked_at="final_acceptance"),
    text("guidance_requested", "知识产权验收指导请求", cite("BY-49-a"), asked_at="final_acceptance"),
    choice(
        "grade", "评估等次", cite("BY-53-b"), *GRADES, **_EVALUATION, required=True, standing=True,
    ),
    day("result_published_on", "评估结果公布日期", cite("BY-53-a"), **_EVALUATION, required=True, standing=True),
    flag("evaluation_problems", "评估发现问题", cite("BY-53-3"), **_EVALUATION, standing=True),
    day("evaluation_problems_due_on", "问题整改期限", reading("BY-Q34", "BY-53-3"), **_EVALUATION, standing=True),
    day(
        "evaluation_rectified_on", "问题整改完成日期", cite("BY-53-3"), asked_at="evaluation_rectification",
        required=True, standing=True,
    ),
    Fact(
        key="self_grade", title="自评估等次", type=FactType.CHOICE, citation=cite("BY-53-b"),
        choices=tuple(value for value, _ in GRADES), labels=tuple(label for _, label in GRADES),
        asked_at="self_evaluation",
    ),
)  # fmt: skip
