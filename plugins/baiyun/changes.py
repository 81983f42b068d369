"""How a change before procurement is measured (第三十三条): by absolute amounts, against the approved total."""

from collections.abc import Iterator

from core.kernel.money import ratio_exceeds
from core.policy.cases.case import Case
from core.policy.cases.state import Run


def change_amount(case: Case) -> int:
    """What is cancelled plus what is added, in fen; replacing an item counts twice."""
    return abs(int(case.fact("cancelled"))) + abs(int(case.fact("added")))


def is_cancellation_only(case: Case) -> bool:
    """Something is cancelled and nothing is added or altered."""
    return int(case.fact("added")) == 0 and int(case.fact("cancelled")) > 0


def exceeds_light_change(case: Case) -> bool:
    """Whether the change is above the share that a light change may reach; equal is still light."""
    return ratio_exceeds(change_amount(case), case.amount("approved"), case.threshold("change_ratio_max"))


def total_after_change(case: Case) -> int:
    """The project's amount after the change."""
    return case.amount("approved") - int(case.fact("cancelled")) + int(case.fact("added"))


def earlier_changes(case: Case) -> int:
    """What the changes since the last approval come to, refused ones left out, with those made outside the system."""
    approval = case.result_run("scheme_approval")
    since = approval.closed_seq if approval is not None else 0
    asked = [run.asked for run in _granted(case) if run.closed_seq > since]
    return int(case.fact("changes_before")) + sum(int(a.get("cancelled", 0)) + int(a.get("added", 0)) for a in asked)


def _granted(case: Case) -> Iterator[Run]:
    """The requests that were not refused: each review answers the latest request before it."""
    requests = [run for run in case.runs("procurement_change") if not run.is_open]
    refused = [run for run in case.runs("procurement_change_review") if run.outcome == "refused"]
    for index, run in enumerate(requests):
        until = requests[index + 1].closed_seq if index + 1 < len(requests) else None
        if not any(run.closed_seq < r.closed_seq and (until is None or r.closed_seq < until) for r in refused):
            yield run


def is_reestablishing(case: Case) -> bool:
    """Whether a new scheme is under way while the earlier approval still stands (BY-Q39)."""
    approval, scheme = case.result_run("scheme_approval"), case.run("scheme_preparation")
    return approval is not None and scheme is not None and scheme.opened_seq > approval.closed_seq


def is_arranged(case: Case, review: str) -> bool:
    """Every review is held; after a change above the limit only those the bureau arranges (BY-Q39)."""
    again = case.result("procurement_change_review") == "reestablish"
    return not again or review in case.fact("reviews_arranged")
