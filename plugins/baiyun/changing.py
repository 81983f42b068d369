"""Changes before procurement as processes beside the main line (变更): in establishment, and after the approval."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Stage, StageKind, computed, to
from core.policy.rules.tracks import SideProcess
from plugins.baiyun.changes import exceeds_light_change, is_cancellation_only, is_reestablishing
from plugins.baiyun.roles import BUREAU, PROJECT
from plugins.baiyun.stages.shapes import ANEW, SIDE, demand, forward, negative, task

_PAPERS = "change_paper_missing"


def _reviewed_not_approved(case: Case) -> bool:
    reviewed = case.result("scheme_expert_review") == "pass" or case.result("scheme_cost_review") == "done"
    return reviewed and (not is_approved(case) or is_reestablishing(case))


def _own_wish(case: Case) -> bool:
    """A change that neither the experts nor the cost report asked for; only that one needs consent and papers."""
    return not case.fact("change_asked_by_reviewers")


def _after_expert_review(case: Case) -> bool:
    return _own_wish(case) and not _after_cost_review(case)


def _after_cost_review(case: Case) -> bool:
    return _own_wish(case) and case.result("scheme_cost_review") == "done"


def _substantive(case: Case) -> bool:
    return _own_wish(case) and bool(case.fact("change_substantive"))


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
            papers=(
                demand(
                    "change_consent", _PAPERS, cite("BY-31-3-a", "BY-31-4-a"), _own_wish, act="decide:consent", **ANEW
                ),
            ),
            **SIDE,
        ),
        task(
            "change_papers",
            "提交变更说明",
            cite("BY-31-3-a", "BY-31-4-a"),
            nxt=to(""),
            papers=(
                demand("post_expert_adjustment_note", _PAPERS, cite("BY-31-3-a"), _after_expert_review, **ANEW),
                demand("post_cost_adjustment_note", _PAPERS, cite("BY-31-4-a"), _after_cost_review, **ANEW),
                demand("expert_demonstration", _PAPERS, cite("BY-31-3-b", "BY-31-4-b"), _substantive, **ANEW),
                demand(
                    "change_cost_report",
                    _PAPERS,
                    cite("BY-31-4-b"),
                    lambda case: _substantive(case) and _after_cost_review(case),
                    **ANEW,
                ),
            ),
            **SIDE,
        ),
    ),
)


def is_approved(case: Case) -> bool:
    return case.result("scheme_approval") == "approved"


def _after_change_request(case: Case) -> tuple[str, ...]:
    return ("change_filing",) if is_cancellation_only(case) else ("procurement_change_review",)


def _may_change(case: Case) -> bool:
    """Approved, and no new scheme under way already."""
    return is_approved(case) and not is_reestablishing(case)


def _more_than_cancelled(case: Case) -> bool:
    return not is_cancellation_only(case)


def _reestablish_entry(case: Case) -> tuple[str, ...]:
    return (str(case.option("reestablish_entry")),)


PROCUREMENT_CHANGE = SideProcess(
    key="procurement_change",
    title="采购阶段变更",
    opened_by=(PROJECT,),
    when=_may_change,
    citation=cite("BY-32-a", "BY-A3-6"),
    stages=(
        task(
            "procurement_change",
            "采购阶段变更申请",
            cite("BY-32-a", "BY-33-2"),
            nxt=computed(_after_change_request, "change_filing", "procurement_change_review"),
            asks=("cancelled", "added"),
            papers=(
                demand("amended_scheme", _PAPERS, cite("BY-33-2", "BY-33-3-a", "BY-33-3-b"), **ANEW),
                demand("procurement_change_materials", _PAPERS, cite("BY-32-a"), _more_than_cancelled, **ANEW),
                demand("change_statement", _PAPERS, cite("BY-33-3-a", "BY-33-3-b"), _more_than_cancelled, **ANEW),
                demand(
                    "change_cost_report",
                    _PAPERS,
                    cite("BY-33-3-b"),
                    lambda case: _more_than_cancelled(case) and not exceeds_light_change(case),
                    **ANEW,
                ),
            ),
            **SIDE,
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
                    next=computed(_reestablish_entry, "scheme_preparation", "plan_application"),
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
            records=("reviews_arranged",),
            papers=(demand("change_opinion", _PAPERS, cite("BY-32-b"), act="decide", **ANEW),),
            **SIDE,
        ),
    ),
)
