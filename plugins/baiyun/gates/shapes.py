"""Short words for declaring gates, and the points at which article 22 is tested (BY-Q46)."""

from collections.abc import Callable, Iterable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, reading
from core.policy.rules.gating import Gate, Hit, Point, Waiver, at
from core.policy.rules.papers import Severity
from plugins.baiyun.roles import BUREAU

Check = Callable[[Case], Iterable[Hit]]

BLOCK, WARN = Severity.BLOCK, Severity.WARN

# Article 22 is tested when the plan is submitted and decided, the scheme submitted, the approval recorded.
ARTICLE_22 = (
    *at("plan_application", "submit"),
    *at("plan_review", "decide:pass"),
    *at("scheme_preparation", "submit"),
    *at("scheme_approval", "decide:approved"),
)
IN_PRINCIPLE = Waiver(roles=(BUREAU,), option="in_principle_mode", citation=reading("BY-Q08", "BY-16-e"))


def gate(
    code: str, key: str, title: str, on: Citation, *points: Point, check: Check | None = None, **more: Any
) -> Gate:
    """One gate; blocking unless said otherwise."""
    values: dict[str, Any] = {"severity": BLOCK}
    return Gate(key=key, code=f"BY-{code}", title=title, citation=on, points=points, check=check, **(values | more))


def when(holds: Callable[[Case], bool], message: str, **more: Any) -> Check:
    """A check that finds one thing while a condition holds."""

    def check(case: Case) -> Iterable[Hit]:
        if holds(case):
            yield Hit(message=message, **more)

    return check
