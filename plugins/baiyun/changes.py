"""How a change before procurement is measured (第三十三条): by absolute amounts, against the approved total."""

from core.kernel.money import ratio_exceeds
from core.policy.case import Case


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
