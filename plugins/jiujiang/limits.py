"""Every period of the regulation (第六节期限): whose clock, what is excluded, what follows when it is late."""

from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.limits import OPENED, OnLate, PauseRule, TimeLimit, Yearly, closed, fact_date, later_of
from plugins.jiujiang import thresholds as number
from plugins.jiujiang.measures import below_limit, is_build, over_limit
from plugins.jiujiang.roles import COORDINATOR, DATA, DRC, FINANCE, OFFICE, OWNER, PROJECT

FILINGS = (
    "proposal_preparation",
    "feasibility_preparation",
    "design_preparation",
    "design_editing",
    "budget_preparation",
    "budget_feedback",
)
"""What the units file from the start notice to the budget; its overdue days add up (JJ-Q22)."""
COUNTED = (*FILINGS, "merged_preparation")


def _workdays(  # noqa: PLR0917 - one line per row of the table of limits
    code: str, key: str, title: str, on: Citation, days: int, owner: str, **more: Any
) -> TimeLimit:
    values: dict[str, Any] = {
        "kind": LimitKind.DEADLINE, "roll": Roll.NONE, "unit": Unit.WORKDAY, "stage": key, "amount": days,
    }  # fmt: skip
    return TimeLimit(key=key, code=f"JJ-{code}", title=title, citation=on, owner=owner, **(values | more))


def _yearly(code: str, key: str, title: str, on: Citation, at: Yearly, *, owner: str, stage: str) -> TimeLimit:
    return TimeLimit(
        key=key, code=f"JJ-{code}", title=title, citation=on, owner=owner, stage=stage, yearly=at,
        kind=LimitKind.FIXED_YEARLY, roll=Roll.FORWARD,
    )  # fmt: skip


def _months(  # noqa: PLR0917 - one line per row of the table of limits
    code: str, key: str, title: str, on: Citation, months: int, stage: str, **more: Any
) -> TimeLimit:
    values: dict[str, Any] = {
        "kind": LimitKind.MINIMUM, "roll": Roll.NONE, "unit": Unit.MONTH, "owner": OWNER, "on_late": OnLate.NONE,
    }  # fmt: skip
    return TimeLimit(
        key=key, code=f"JJ-{code}", title=title, citation=on, amount=months, stage=stage, **(values | more)
    )


def _excluded(key: str, title: str, *rows: str, **more: Any) -> PauseRule:
    return PauseRule(key=key, title=title, citation=reading("JJ-Q14", *rows), **more)


# A paper that may follow the start notice at once runs from the day the owner received it (第二十四条).
_FROM_NOTICE = later_of(OPENED, fact_date("start_notice_received_on"))
_MAY = Yearly(*number.END_OF_MAY)
_AUGUST = Yearly(*number.END_OF_AUGUST, of_plan=True)
_OPERATING = later_of(closed("completion_acceptance", "pass"), fact_date("in_operation_on"))


def _trial_over(case: Case) -> bool:
    return is_build(case) and over_limit(case)


def _trial_below(case: Case) -> bool:
    return is_build(case) and below_limit(case)


def _after_proposal(case: Case) -> bool:
    return case.run("proposal_approval") is not None


def _without_proposal(case: Case) -> bool:
    return not _after_proposal(case)


LIMITS = (
    _yearly("L01", "demand_collection_close", "建设需求征集截止", reading("JJ-Q20", "JJ-11-1"), _MAY, owner=OFFICE, stage="demand_collection"),
    _yearly("L02", "county_report_close", "县级项目上报截止", reading("JJ-Q20", "JJ-12-1"), _MAY, owner=COORDINATOR, stage="county_screening"),
    TimeLimit(
        key="pool_validity", code="JJ-L03", title="入库有效期", citation=reading("JJ-Q21", "JJ-11-2"), owner=PROJECT,
        kind=LimitKind.VALIDITY, roll=Roll.NONE, unit=Unit.YEAR, amount=number.POOL_VALIDITY_YEARS,
        start=closed("pool_approval", "admitted"), on_late=OnLate.NONE,
    ),
    _yearly("L04", "annual_application_close", "年度项目申报截止", reading("JJ-Q20", "JJ-17-1"), _AUGUST, owner=OFFICE, stage="annual_application"),
    _workdays(
        "L05", "proposal_preparation", "编报项目建议书", cite("JJ-25-1a"), number.PROPOSAL_PREPARATION_WORKDAYS, OWNER,
        start=_FROM_NOTICE,
    ),
    _workdays("L06", "proposal_approval", "批复项目建议书", cite("JJ-25-1b"), number.PROPOSAL_APPROVAL_WORKDAYS, DRC),
    _workdays(
        "L07", "feasibility_preparation", "编报可行性研究报告", cite("JJ-25-2a"), number.FEASIBILITY_PREPARATION_WORKDAYS, OWNER,
        when=_after_proposal,
    ),
    _workdays(
        "L07b", "merged_preparation", "编报可行性研究报告（含项目建议书）", reading("JJ-Q09", "JJ-25-2a", "JJ-25-5a", "JJ-26-2"),
        number.FEASIBILITY_PREPARATION_WORKDAYS, OWNER, stage="feasibility_preparation", when=_without_proposal,
        start=_FROM_NOTICE, option="merged_prepare_wd",
    ),
    _workdays(
        "L08", "technical_review", "技术评审", reading("JJ-Q15", "JJ-25-2c"), number.TECHNICAL_REVIEW_WORKDAYS, DATA,
        pauses=(_excluded("requirement_confirmation", "需求确认", "JJ-25-2c"), _excluded("owner_editing", "业主修改", "JJ-25-2c")),
    ),
    _workdays(
        "L09", "feasibility_approval", "批复可行性研究报告", reading("JJ-Q19", "JJ-25-2d"), number.FEASIBILITY_APPROVAL_WORKDAYS, DRC,
        pauses=(_excluded("feasibility_evaluation", "可研评审", "JJ-25-2d"), _excluded("owner_editing", "业主修改", "JJ-25-2d")),
    ),
    _workdays(
        "L10", "design_preparation", "编报初步设计", cite("JJ-25-3a"), number.DESIGN_PREPARATION_WORKDAYS, OWNER,
        pauses=(_excluded("unit_selection", "选取设计单位", "JJ-25-3a"),),
    ),
    _workdays(
        "L11", "design_approval", "批复初步设计", cite("JJ-25-3b"), number.DESIGN_APPROVAL_WORKDAYS, DRC,
        pauses=(_excluded("owner_editing", "专家意见后业主修改", "JJ-25-3b", while_open="design_editing"),),
    ),
    _workdays("L12", "design_editing", "业主修改初步设计", reading("JJ-Q22", "JJ-25-3c"), number.DESIGN_EDITING_WORKDAYS, OWNER),
    _workdays(
        "L13", "budget_preparation", "编报项目预算", reading("JJ-Q15", "JJ-25-4a"), number.BUDGET_PREPARATION_WORKDAYS, OWNER,
    ),
    _workdays(
        "L14", "budget_approval", "批复项目预算", cite("JJ-25-4b"), number.BUDGET_APPROVAL_WORKDAYS, FINANCE,
        pauses=(
            _excluded("owner_supplement", "业主补充资料", "JJ-25-4b"),
            _excluded("owner_checking", "业主参加核对", "JJ-25-4b"),
            _excluded("owner_feedback", "业主反馈意见", "JJ-25-4b", while_open="budget_feedback"),
        ),
    ),
    _workdays("L15", "budget_feedback", "业主反馈预算审核意见", cite("JJ-25-4c"), number.BUDGET_FEEDBACK_WORKDAYS, OWNER),
    TimeLimit(
        key="preliminary_delay", code="JJ-L16", title="前期工作累计延误", citation=reading("JJ-Q22", "JJ-27-2"), owner=OWNER,
        kind=LimitKind.NONE, roll=Roll.NONE, amount=number.DELAY_CUT_WORKDAYS, sums=COUNTED, on_late=OnLate.NONE,
    ),
    _months("L17", "trial_run_below_limit", "试运行（限额以下）", cite("JJ-31-2"), number.TRIAL_RUN_BELOW_MONTHS, "trial_run", when=_trial_below),
    _months("L18", "trial_run_over_limit", "试运行（限额以上）", cite("JJ-31-3"), number.TRIAL_RUN_OVER_MONTHS, "trial_run", when=_trial_over),
    _workdays(
        "L19", "final_acceptance", "组织终验", cite("JJ-31-4"), number.FINAL_ACCEPTANCE_WORKDAYS, OWNER, when=is_build,
    ),
    _workdays(
        "L20", "completion_application_below_limit", "申请竣工验收（限额以下）", cite("JJ-31-6"), number.COMPLETION_BELOW_WORKDAYS, OWNER,
        stage="completion_application", when=below_limit, on_late=OnLate.NONE,
    ),
    _workdays(
        "L21", "completion_application_over_limit", "申请竣工验收（限额以上）", cite("JJ-31-7"), number.COMPLETION_OVER_WORKDAYS, OWNER,
        stage="completion_application", when=over_limit, on_late=OnLate.NONE,
    ),
    _yearly("L22", "om_application_close", "下一年度运维经费申请截止", reading("JJ-Q20", "JJ-35-1"), _AUGUST, owner=PROJECT, stage="om_application"),
    _months(
        "L23", "self_evaluation_open", "绩效自评开始", reading("JJ-Q26", "JJ-39"), number.SELF_EVALUATION_OPEN_MONTHS, "self_evaluation",
        start=_OPERATING,
    ),
    _months(
        "L24", "self_evaluation_close", "绩效自评截止", reading("JJ-Q26", "JJ-39"), number.SELF_EVALUATION_CLOSE_MONTHS, "self_evaluation",
        start=_OPERATING, kind=LimitKind.DEADLINE, roll=Roll.FORWARD, on_late=OnLate.WARN, late_gate="self_evaluation_window",
    ),
    _months(
        "L25", "upgrade_wait", "验收后满一年方可升级", reading("JJ-Q29", "JJ-22-7"), number.UPGRADE_WAIT_MONTHS, "",
        start=closed("completion_acceptance", "pass"), standing=True,
    ),
    TimeLimit(
        key="regulation_validity", code="JJ-L26", title="办法有效期", citation=reading("JJ-Q02", "JJ-45-2"), owner=OFFICE,
        kind=LimitKind.ORDER, roll=Roll.NONE, on_late=OnLate.NONE,
    ),
)  # fmt: skip
