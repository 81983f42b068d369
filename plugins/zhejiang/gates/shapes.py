"""Short words for declaring gates."""

from collections.abc import Callable, Iterable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation
from core.policy.rules.gating import Gate, Hit, Point
from core.policy.rules.papers import Severity

Check = Callable[[Case], Iterable[Hit]]

BLOCK, WARN = Severity.BLOCK, Severity.WARN


def gate(
    code: str, key: str, title: str, on: Citation, *points: Point, check: Check | None = None, **more: Any
) -> Gate:
    """One gate; blocking unless said otherwise."""
    values: dict[str, Any] = {"severity": BLOCK}
    return Gate(key=key, code=f"ZJ-{code}", title=title, citation=on, points=points, check=check, **(values | more))


def when(holds: Callable[[Case], bool], message: str, **more: Any) -> Check:
    """A check that finds one thing while a condition holds."""

    def check(case: Case) -> Iterable[Hit]:
        if holds(case):
            yield Hit(message=message, **more)

    return check
