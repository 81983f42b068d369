"""The stages of joint approval (专栏20): one declaration, all departments at once, then building and running the system."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, Citation, by_reference, cite, reading
from core.policy.rules.flow import (
    Aggregate,
    Ends,
    Outcome,
    OutcomeKind,
    Review,
    Reviewer,
    Stage,
    StageKind,
    to,
)
from core.policy.rules.papers import Freshness, PaperDemand, Severity
from plugins.zhuhai.plan.roles import APPROVERS, CENTRE
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

_MEASURES = by_reference("ZHP-11-1-1", note=NOT_SUPPLIED)
_DIFFER = reading("ZH-Q23", "ZHP-10-1-20")


def forward(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, **more)


def is_built(case: Case) -> bool:
    """Money for running what exists builds nothing: it goes from the approval straight to operation."""
    return bool(case.find("application_kind") != "om_fund")


def _demand(paper: str, gate: str, on: Citation) -> PaperDemand:
    return PaperDemand(paper=paper, gate=gate, citation=on, severity=Severity.WARN)


_DOSSIER = _demand("security_dossier", "security_dossier_missing", cite("ZHP-3-6-1", "ZHP-10-1-19"))

DECLARATION = Stage(
    key="declaration",
    title="申报",
    kind=StageKind.TASK,
    actors=(UNIT,),
    citation=cite("ZHP-10-1-22"),
    asks=(
        *("unit_level", "built_by", "funding_source", "declared", "deployment"),
        *("on_gov_extranet", "connects_datacenter", "in_sharing_directory", "unified_identity"),
    ),
    papers=(
        _demand("materials_set", "materials_missing", by_reference("ZHP-10-1-19", note=NOT_SUPPLIED)),
        _DOSSIER,
    ),
    outcomes=(forward("submit", "提交", cite("ZHP-10-1-22")),),
)


def _listed(role: str) -> Any:
    return lambda case: role in case.option("approving_depts")


JOINT_APPROVAL = Stage(
    key="joint_approval",
    title="并联审批",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(BUREAU,),
    citation=cite("ZHP-10-1-20"),
    records=("evaluation_weighed",),
    review=Review(
        citation=_DIFFER,
        aggregate=Aggregate.WORST,
        worst_first=("reject", "return", "pass"),
        reviewers=(
            Reviewer(role=BUREAU, citation=cite("ZHP-3-2-2")),
            *(
                Reviewer(role=role, citation=reading("ZH-Q23", "ZHP-10-1-5", "ZHP-10-1-20"), when=_listed(role))
                for role, _ in APPROVERS
            ),
        ),
        invites=True,
    ),
    outcomes=(
        forward("pass", "同意", cite("ZHP-10-1-21")),
        Outcome(
            key="return", title="退回修改", kind=OutcomeKind.NEUTRAL, citation=_DIFFER, next=to("declaration"), counts=False,
            reason_required=True,
        ),
        Outcome(
            key="reject", title="不同意", kind=OutcomeKind.NEGATIVE, citation=_DIFFER, ends=Ends.REJECTED, reason_required=True,
        ),
    ),
)  # fmt: skip

DELIVERY = Stage(
    key="delivery",
    title="建设实施",
    kind=StageKind.TASK,
    actors=(UNIT,),
    citation=_MEASURES,
    when=is_built,
    when_citation=cite("ZHP-10-1-22"),
    outcomes=(
        forward("done", "完成", _MEASURES),
        Outcome(
            key="stopped", title="终止实施", kind=OutcomeKind.NEUTRAL, citation=_MEASURES, ends=Ends.TERMINATED,
            reason_required=True,
        ),
    ),
    aliases=("implementation",),
)  # fmt: skip

ACCEPTANCE = Stage(
    key="general_acceptance",
    title="验收",
    kind=StageKind.REVIEW,
    actors=(UNIT,),
    citation=_MEASURES,
    when=is_built,
    when_citation=cite("ZHP-10-1-22"),
    papers=(_DOSSIER,),
    outcomes=(
        forward("pass", "通过", _MEASURES),
        Outcome(
            key="fail", title="不通过", kind=OutcomeKind.NEGATIVE, citation=_MEASURES, next=to("delivery"), reason_required=True,
        ),
    ),
    unbounded=True,
    aliases=("acceptance",),
)  # fmt: skip

OPERATION = Stage(
    key="operation",
    title="运行维护",
    kind=StageKind.TASK,
    actors=(UNIT, CENTRE),
    citation=cite("ZHP-10-3-2"),
    records=("om_record",),
    papers=(
        PaperDemand(
            paper="security_dossier", gate="security_dossier_missing", citation=cite("ZHP-3-6-1"), act="submit",
            severity=Severity.WARN,
        ),
    ),
    outcomes=(
        forward("year_closed", "年度运行总结", cite("ZHP-10-3-2")),
        forward("retired", "系统停用", CORE_DEFAULT, ends=Ends.COMPLETED),
    ),
)  # fmt: skip

EVALUATION = Stage(
    key="project_evaluation",
    title="绩效评价／项目后评价",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    decided_by="third_party_evaluator",
    citation=cite("ZHP-10-1-9", "ZHP-12-5-2"),
    asks=("grade", "evaluated_on"),
    records=("evaluator", "evaluation_type"),
    papers=(
        PaperDemand(
            paper="project_evaluation",
            gate="project_evaluation_missing",
            citation=cite("ZHP-10-1-9"),
            freshness=Freshness.SINCE_OPENED,
        ),
    ),
    outcomes=(forward("recorded", "记录评价结果", cite("ZHP-10-1-9"), next=to("operation")),),
    unbounded=True,
    aliases=("evaluation", "performance_evaluation"),
)

APPROVING = (DECLARATION, JOINT_APPROVAL)
RUNNING = (DELIVERY, ACCEPTANCE, OPERATION, EVALUATION)
