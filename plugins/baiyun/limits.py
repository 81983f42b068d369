"""Every period of the regulation (第六节期限): nothing in the text stops a clock, so no clock stops (BY-Q45)."""

from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.limits import OnLate, TimeLimit, closed, contract_date, fact_date
from plugins.baiyun import thresholds as number
from plugins.baiyun.roles import BUREAU, PROJECT

_LATE = "late_filing"


def _deadline(code: str, key: str, title: str, on: Citation, **more: Any) -> TimeLimit:
    """A deadline in working days from the opening of its stage, recorded when late (第五十九条)."""
    values: dict[str, Any] = {
        "kind": LimitKind.DEADLINE,
        "roll": Roll.NONE,
        "owner": PROJECT,
        "amount": number.FILING_WORKDAYS,
        "unit": Unit.WORKDAY,
        "stage": key,
        "late_gate": _LATE,
    }
    return TimeLimit(key=key, code=f"BY-{code}", title=title, citation=on, **(values | more))


def _order(code: str, key: str, title: str, on: Citation, **more: Any) -> TimeLimit:
    """Something that must come before (or together with) something else; a gate holds it."""
    return TimeLimit(
        key=key,
        code=f"BY-{code}",
        title=title,
        citation=on,
        kind=LimitKind.ORDER,
        roll=Roll.NONE,
        owner=PROJECT,
        on_late=OnLate.NONE,
        **more,
    )


_BUREAU_DAYS: dict[str, Any] = {"owner": BUREAU, "amount": number.REVIEW_WORKDAYS}
_RESUBMIT: dict[str, Any] = {"amount": number.RESUBMISSION_WORKDAYS}
_NATURAL: dict[str, Any] = {"unit": Unit.DAY, "roll": Roll.FORWARD}
_WARRANTY: dict[str, Any] = {
    "kind": LimitKind.MINIMUM,
    "unit": Unit.MONTH,
    "owner": "contractor",
    "stage": "",
    "start": closed("final_acceptance", "pass"),
    "on_late": OnLate.NONE,
    "when": lambda case: case.find("project_kind") == "build",
}


def _holds_again(case: Case) -> bool:
    """After the first failing conclusion; the thirty days cover the new review too, unless read otherwise (BY-Q28)."""
    first = len(case.runs("final_acceptance", case.ref)) == 1
    return first and case.option("final_rectification_scope") == "both"


LIMITS = (
    TimeLimit(
        key="application_window", code="BY-L01", title="立项申报窗口期", kind=LimitKind.WINDOW, roll=Roll.FORWARD,
        citation=reading("BY-Q16", "BY-14-b"), owner=PROJECT, amount=number.WINDOW_MONTHS, unit=Unit.MONTH,
        option="window_months", stage="", on_late=OnLate.NONE,
    ),
    _deadline("L02", "plan_review", "立项计划审核", reading("BY-Q09", "BY-16-b"), **_BUREAU_DAYS),
    _deadline("L03", "plan_resubmission", "立项计划调整重报", reading("BY-Q10", "BY-16-c"), **_RESUBMIT, stage="plan_revision"),
    _deadline(
        "L04", "scheme_initial_review", "材料初审", reading("BY-Q22", "BY-20-1-b"), **_BUREAU_DAYS,
    ),
    _deadline("L05", "scheme_resubmission", "立项方案调整重报", reading("BY-Q10", "BY-20-1-c"), **_RESUBMIT, stage="scheme_revision"),
    TimeLimit(
        key="approval_validity", code="BY-L06", title="立项批复有效期", kind=LimitKind.VALIDITY, roll=Roll.FORWARD,
        citation=reading("BY-Q17", "BY-20-4-b", "BY-37-3", "BY-A1-2"), owner=PROJECT,
        amount=number.APPROVAL_VALIDITY_YEARS, unit=Unit.YEAR, stage="", start=fact_date("approved_on"),
        met_by_fact="procurement_started_on", on_late=OnLate.RIGHT_LOST, standing=True,
    ),
    _deadline("L07", "scheme_filing", "立项方案备案", cite("BY-21-a", "BY-A3-3"), start=fact_date("opinion_received_on")),
    _order("L08", "procurement_need_filing", "采购需求备案（采购前）", cite("BY-24-a", "BY-A3-4"), stage="procurement_need_filing"),
    _deadline("L09", "contract_filing", "采购合同备案", cite("BY-26-c", "BY-A3-5"), start=contract_date("signed_on")),
    _deadline("L10", "supplement_filing", "补充协议备案", cite("BY-26-d", "BY-A3-5"), start=contract_date("signed_on")),
    _order("L11", "nda_signing", "保密协议签订（与合同同时）", cite("BY-26-b"), stage="contract_filing"),
    _order("L12", "procurement_change_review", "采购阶段变更审核（采购前）", cite("BY-32-a", "BY-A3-6"), stage="procurement_change_review"),
    _deadline(
        "L14", "change_filing", "变更备案", reading("BY-Q51", "BY-34-b", "BY-36-a", "BY-A3-6"),
        start=fact_date("change_completed_on"), aliases=("implementation_change_filing",),
    ),
    _deadline(
        "L15", "initial_acceptance_filing", "初步验收备案", cite("BY-40", "BY-A3-8"),
        amount=number.INITIAL_ACCEPTANCE_FILING_WORKDAYS,
    ),
    TimeLimit(
        key="trial_run_min", code="BY-L16", title="试运行最短期限", kind=LimitKind.MINIMUM, roll=Roll.NONE,
        citation=reading("BY-Q17", "BY-41-a"), owner=PROJECT, amount=number.TRIAL_RUN_MONTHS, unit=Unit.MONTH,
        stage="trial_run", on_late=OnLate.NONE,
    ),
    _order("L17", "data_aggregation", "数据汇聚（试运行结束前）", cite("BY-42-a"), stage="trial_run"),
    _order("L18", "mlps_test", "等级测评（最终验收前）", cite("BY-43"), stage="final_acceptance"),
    _order("L19", "pre_final_opinion", "终验前意见（最终验收前）", cite("BY-45-a", "BY-45-c"), stage="final_acceptance"),
    _deadline(
        "L20", "final_rectification", "终验整改并重新组织验收", reading("BY-Q28", "BY-47-3-a"),
        amount=number.FINAL_RECTIFICATION_DAYS, **_NATURAL,
    ),
    _deadline(
        "L20B", "final_acceptance_again", "再次组织最终验收", reading("BY-Q28", "BY-47-3-a"), stage="final_acceptance",
        amount=number.FINAL_RECTIFICATION_DAYS, start=closed("final_acceptance", "not_pass"),
        when=_holds_again, **_NATURAL,
    ),
    _deadline(
        "L21", "acceptance_filing", "最终验收备案申请", cite("BY-48-a", "BY-A3-10"),
        amount=number.ACCEPTANCE_FILING_DAYS, standing=True, **_NATURAL,
    ),
    _deadline(
        "L22", "acceptance_filing_rectification", "验收备案整改", cite("BY-48-c"),
        amount=number.ACCEPTANCE_FILING_RECTIFICATION_WORKDAYS, standing=True,
    ),
    _deadline(
        "L23", "self_evaluation_build", "效能自评估（建设开发类）", cite("BY-51-b"), stage="self_evaluation",
        amount=number.SELF_EVALUATION_MONTHS, unit=Unit.MONTH, roll=Roll.FORWARD,
        when=lambda case: case.find("project_kind") == "build",
    ),
    _order("L24", "self_evaluation_other", "效能自评估（最终验收前）", cite("BY-45-b", "BY-51-c"), stage="pre_final_review"),
    TimeLimit(
        key="evaluation_rectification", code="BY-L25", title="评估问题整改", kind=LimitKind.AGREED, roll=Roll.NONE,
        citation=reading("BY-Q34", "BY-53-3"), owner=PROJECT, stage="evaluation_rectification",
        start=fact_date("evaluation_problems_due_on"), on_late=OnLate.NONE,
    ),
    TimeLimit(
        key="unqualified_ban", code="BY-L26", title="不合格后次年不得申报同类项目", kind=LimitKind.NONE, roll=Roll.NONE,
        citation=reading("BY-Q33", "BY-53-2"), owner=PROJECT, amount=number.BAN_YEARS, unit=Unit.YEAR,
        start=fact_date("result_published_on"), on_late=OnLate.NONE,
    ),
    _deadline(
        "L27", "warranty_software", "软件免费维护期", cite("BY-27-a"),
        **(_WARRANTY | {"amount": number.SOFTWARE_WARRANTY_MONTHS}),
    ),
    _deadline(
        "L28", "warranty_hardware", "硬件免费维护期", cite("BY-27-b"),
        **(_WARRANTY | {"amount": number.HARDWARE_WARRANTY_MONTHS}),
    ),
    _order("L29", "micro_filing", "小微项目备案（与采购同步）", cite("BY-19-1-b", "BY-A3-2"), stage="micro_filing"),
)  # fmt: skip
