"""What runs beside the main line: editing that stops a reviewer's clock, changes, evaluation, spot checks."""

from collections.abc import Callable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import to
from core.policy.rules.tracks import SideProcess
from plugins.jiujiang.roles import APPROVERS, COUNTY_DRC, COUNTY_FINANCE, DATA, DRC, FINANCE, OFFICE, OWNER, SASAC
from plugins.jiujiang.stages.shapes import ANEW, SIDE, demand, forward, negative, review, task

_LATE = ("delay_decision",)


def _open(stage: str) -> Callable[[Case], bool]:
    return lambda case: case.is_open(stage)


def _accepted(case: Case) -> bool:
    return case.result("completion_acceptance") == "pass" or case.find("approved_before") is True


DESIGN_EDITING = SideProcess(
    key="design_editing",
    title="初步设计专家意见修改",
    opened_by=(DRC, SASAC, COUNTY_DRC),
    when=_open("design_approval"),
    citation=cite("JJ-25-3b", "JJ-25-3c"),
    stages=(
        task(
            "design_editing",
            "业主修改初步设计",
            reading("JJ-Q22", "JJ-25-3c"),
            OWNER,
            nxt=to(""),
            opens=_LATE,
            papers=(demand("preliminary_design", "review_papers_missing", cite("JJ-25-3c"), **ANEW),),
            **SIDE,
        ),
    ),
)
BUDGET_FEEDBACK = SideProcess(
    key="budget_feedback",
    title="预算审核意见反馈",
    opened_by=(FINANCE, SASAC, COUNTY_FINANCE),
    when=_open("budget_approval"),
    citation=cite("JJ-25-4b", "JJ-25-4c"),
    stages=(task("budget_feedback", "业主反馈预算审核意见", cite("JJ-25-4c"), OWNER, nxt=to(""), opens=_LATE, **SIDE),),
)
CHANGE = SideProcess(
    key="change",
    title="项目变更",
    opened_by=(OWNER,),
    when=_open("implementation"),
    citation=cite("JJ-29-1", "JJ-29-2"),
    stages=(
        task(
            "change_request",
            "变更申请",
            reading("JJ-Q27", "JJ-29-1", "JJ-29-2"),
            OWNER,
            asks=("change_reason",),
            papers=(demand("change_dossier", "change_papers_missing", cite("JJ-29-1"), **ANEW),),
            **SIDE,
        ),
        review(
            "change_review",
            "变更审批",
            reading("JJ-Q27", "JJ-29-2"),
            *APPROVERS,
            outcomes=(
                forward("approved", "同意变更", cite("JJ-29-1"), next=to("")),
                negative("refused", "不同意变更", reading("JJ-Q27", "JJ-29-2"), next=to("")),
            ),
            records=("changed",),
            **SIDE,
        ),
    ),
)
KEY_EVALUATION = SideProcess(
    key="key_evaluation",
    title="重点绩效评价",
    opened_by=(DATA, FINANCE),
    when=_accepted,
    after_end=True,
    citation=cite("JJ-40-1", "JJ-5-5"),
    stages=(
        review(
            "key_evaluation",
            "重点绩效评价",
            cite("JJ-40-1", "JJ-5-5"),
            DATA,
            FINANCE,
            asks=("grade",),
            records=("evaluated_by", "evaluation_opinion"),
            outcomes=(
                forward("qualified", "合格", cite("JJ-40-1"), next=to("")),
                negative("unqualified", "不合格", cite("JJ-40-1"), next=to("evaluation_rectification")),
                forward("problems", "合格但须整改", cite("JJ-40-1"), next=to("evaluation_rectification")),
            ),
            papers=(demand("key_evaluation_result", "evaluation_papers_missing", cite("JJ-40-1"), act="decide", **ANEW),),
            **SIDE,
        ),
        task(
            "evaluation_rectification",
            "评价问题整改",
            cite("JJ-40-1", "JJ-40-2"),
            OWNER,
            nxt=to(""),
            papers=(demand("rectification_report", "evaluation_papers_missing", cite("JJ-40-2"), **ANEW),),
            aliases=("rectification",),
            **SIDE,
        ),
    ),
)  # fmt: skip
SPOT_CHECK = SideProcess(
    key="spot_check",
    title="抽查",
    opened_by=(OFFICE,),
    after_end=True,
    exclusive=False,
    citation=cite("JJ-38-2"),
    stages=(task("spot_check", "抽查记录", cite("JJ-38-2"), OFFICE, nxt=to(""), asks=("spot_check_note",), **SIDE),),
)

SIDES = (DESIGN_EDITING, BUDGET_FEEDBACK, CHANGE, KEY_EVALUATION, SPOT_CHECK)
