"""What runs beside the main line: changes, supplements, terminations, evaluations on demand; and what is counted."""

from typing import Any

from core.policy.case import Case
from core.policy.citations import cite, reading
from core.policy.flow import Ends, Holds, Line, Outcome, OutcomeKind, Stage, StageKind, computed, to
from core.policy.tracks import Counter, Exhaustion, SideProcess
from plugins.baiyun import thresholds as number
from plugins.baiyun.changes import exceeds_light_change, is_cancellation_only
from plugins.baiyun.roles import BUREAU, PROJECT
from plugins.baiyun.stages.evaluation import EVALUATION_BY_CHOICE, may_be_evaluated
from plugins.baiyun.stages.shapes import demand, filing, forward, negative, task

_SIDE: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING}
_PAPERS = "change_paper_missing"


def _reviewed_not_approved(case: Case) -> bool:
    reviewed = case.result("scheme_expert_review") == "pass" or case.result("scheme_cost_review") == "done"
    return reviewed and case.result("scheme_approval") != "approved"


def _after_cost_review(case: Case) -> bool:
    return case.result("scheme_cost_review") == "done"


ESTABLISHMENT_CHANGE = SideProcess(
    key="establishment_change",
    title="立项阶段变更",
    opened_by=(PROJECT,),
    when=_reviewed_not_approved,
    citation=cite("BY-31-3-a", "BY-31-4-a", "BY-A3-6"),
    stages=(
        Stage(
            key="establishment_change",
            title="立项阶段变更审核",
            kind=StageKind.REVIEW,
            actors=(BUREAU,),
            citation=cite("BY-31-3-a", "BY-31-4-a"),
            records=("change_not_needed",),
            outcomes=(
                forward("consent", "同意", cite("BY-31-3-a", "BY-31-4-a"), next=to("change_papers")),
                negative("refused", "不同意", cite("BY-31-5"), next=to("")),
            ),
            papers=(demand("change_consent", _PAPERS, cite("BY-31-3-a", "BY-31-4-a"), act="decide:consent"),),
            **_SIDE,
        ),
        task(
            "change_papers",
            "提交变更说明",
            cite("BY-31-3-a", "BY-31-4-a"),
            nxt=to(""),
            papers=(
                demand(
                    "post_expert_adjustment_note", _PAPERS, cite("BY-31-3-a"), lambda case: not _after_cost_review(case)
                ),
                demand("post_cost_adjustment_note", _PAPERS, cite("BY-31-4-a"), _after_cost_review),
                demand(
                    "expert_demonstration",
                    _PAPERS,
                    cite("BY-31-3-b", "BY-31-4-b"),
                    lambda case: bool(case.fact("change_substantive")),
                ),
                demand(
                    "change_cost_report",
                    _PAPERS,
                    cite("BY-31-4-b"),
                    lambda case: bool(case.fact("change_substantive")) and _after_cost_review(case),
                ),
            ),
            **_SIDE,
        ),
    ),
)


def _is_approved(case: Case) -> bool:
    return case.result("scheme_approval") == "approved"


def _after_change_request(case: Case) -> tuple[str, ...]:
    return ("change_filing",) if is_cancellation_only(case) else ("procurement_change_review",)


PROCUREMENT_CHANGE = SideProcess(
    key="procurement_change",
    title="采购阶段变更",
    opened_by=(PROJECT,),
    when=_is_approved,
    citation=cite("BY-32-a", "BY-A3-6"),
    stages=(
        task(
            "procurement_change",
            "采购阶段变更申请",
            cite("BY-32-a", "BY-33-2"),
            nxt=computed(_after_change_request, "change_filing", "procurement_change_review"),
            asks=("cancelled", "added"),
            papers=(
                demand("amended_scheme", _PAPERS, cite("BY-33-2", "BY-33-3-a", "BY-33-3-b")),
                demand(
                    "procurement_change_materials",
                    _PAPERS,
                    cite("BY-32-a"),
                    lambda case: not is_cancellation_only(case),
                ),
                demand(
                    "change_statement",
                    _PAPERS,
                    cite("BY-33-3-a", "BY-33-3-b"),
                    lambda case: not is_cancellation_only(case),
                ),
                demand(
                    "change_cost_report",
                    _PAPERS,
                    cite("BY-33-3-b"),
                    lambda case: not is_cancellation_only(case) and not exceeds_light_change(case),
                ),
            ),
            **_SIDE,
        ),
        Stage(
            key="procurement_change_review",
            title="采购阶段变更审核",
            kind=StageKind.REVIEW,
            actors=(BUREAU,),
            citation=cite("BY-32-a", "BY-32-b"),
            outcomes=(
                forward("consent", "同意变更", cite("BY-33-3-b"), next=to("change_filing")),
                forward(
                    "reestablish",
                    "重新立项",
                    reading("BY-Q39", "BY-33-3-a"),
                    next=to("scheme_preparation"),
                    reopens=(
                        "scheme_initial_review",
                        "scheme_expert_review",
                        "scheme_cost_review",
                        "scheme_filing",
                        "procurement_need_filing",
                        "procurement",
                    ),
                ),
                negative("refused", "不同意", cite("BY-32-a"), next=to("")),
            ),
            papers=(demand("change_opinion", _PAPERS, cite("BY-32-b"), act="decide"),),
            **_SIDE,
        ),
    ),
)

CHANGE_FILING = SideProcess(
    key="change_filing",
    title="变更备案",
    opened_by=(PROJECT,),
    on_fact="change_completed_on",
    exclusive=False,
    citation=cite("BY-34-b", "BY-36-a", "BY-36-b", "BY-A3-6"),
    stages=(
        filing(
            "change_filing",
            "变更备案",
            cite("BY-36-b"),
            nxt=to(""),
            papers=(demand("implementation_change_materials", "change_filing_incomplete", cite("BY-34-a", "BY-36-b")),),
            records=("change_touches_ip",),
            **_SIDE,
        ),
    ),
)

SUPPLEMENT_FILING = SideProcess(
    key="supplement_filing",
    title="补充协议备案",
    opened_by=(PROJECT,),
    on_contract="supplementary",
    exclusive=False,
    citation=cite("BY-26-d", "BY-A3-5"),
    stages=(
        filing(
            "supplement_filing",
            "补充协议备案",
            cite("BY-26-d"),
            nxt=to(""),
            papers=(demand("supplementary_agreement", "contract_papers_missing", cite("BY-26-d"), per_ref=True),),
            repeats=True,
            scope="contract",
            **_SIDE,
        ),
    ),
)

TERMINATION = SideProcess(
    key="termination",
    title="项目终止",
    opened_by=(PROJECT,),
    when=lambda case: _is_approved(case) or case.track == "micro",
    citation=cite("BY-37", "BY-38-a", "BY-A3-7"),
    stages=(
        filing(
            "termination_filing",
            "终止备案",
            cite("BY-38-a", "BY-A3-7"),
            papers=(demand("termination_statement", "termination_papers_missing", cite("BY-38-a")),),
            asks=("remaining_money", "assets_formed"),
            outcomes=(
                Outcome(
                    key="lodged",
                    title="备案",
                    kind=OutcomeKind.FORWARD,
                    citation=cite("BY-38-a", "BY-38-b", "BY-35-b"),
                    ends=Ends.TERMINATED,
                ),
            ),
            **_SIDE,
        ),
    ),
)

EVALUATION = SideProcess(
    key="evaluation_by_choice",
    title="效能第三方评估（按需）",
    opened_by=(BUREAU,),
    when=may_be_evaluated,
    after_end=True,
    citation=cite("BY-51-d", "BY-52-2", "BY-52-3"),
    stages=(EVALUATION_BY_CHOICE,),
)

SIDES = (ESTABLISHMENT_CHANGE, PROCUREMENT_CHANGE, CHANGE_FILING, SUPPLEMENT_FILING, TERMINATION, EVALUATION)

COUNTERS = (
    Counter(
        key="plan_review_max_attempts", code="BY-T15", title="立项计划审核次数", stage="plan_review",
        limit=number.PLAN_REVIEW_ATTEMPTS, gate="plan_attempts_exhausted", on_exhaust=Exhaustion(ends=Ends.REJECTED),
        citation=reading("BY-Q11", "BY-16-d", "BY-22-11"),
    ),
    Counter(
        key="initial_review_max_attempts", code="BY-T16", title="材料初审次数", stage="scheme_initial_review",
        limit=number.INITIAL_REVIEW_ATTEMPTS, gate="initial_review_attempts_exhausted",
        on_exhaust=Exhaustion(ends=Ends.REJECTED), citation=reading("BY-Q12", "BY-20-1-d", "BY-22-12"),
    ),
    Counter(
        key="expert_review_max_attempts", code="BY-T17", title="专家评审次数", stage="scheme_expert_review",
        limit=number.EXPERT_REVIEW_ATTEMPTS, gate="expert_attempts_exhausted",
        on_exhaust=Exhaustion(ends=Ends.REJECTED), citation=reading("BY-Q13", "BY-20-2-d", "BY-22-13"),
    ),
    Counter(
        key="final_acceptance_max_attempts", code="BY-T18", title="最终验收次数", stage="final_acceptance",
        limit=number.FINAL_ACCEPTANCE_ATTEMPTS, gate="acceptance_attempts_exhausted", scope="lot",
        on_exhaust=Exhaustion(ends=Ends.TERMINATED, opens=("termination_filing",)),
        citation=cite("BY-37-2", "BY-47-3-b"),
    ),
    Counter(
        key="acceptance_filing_max_attempts", code="BY-T19", title="验收备案审核次数", stage="acceptance_filing_review",
        limit=number.ACCEPTANCE_FILING_ATTEMPTS, gate="filing_attempts_exhausted", scope="lot",
        on_exhaust=Exhaustion(next=to("filing_failed")), citation=reading("BY-Q30", "BY-48-d"),
    ),
)  # fmt: skip
