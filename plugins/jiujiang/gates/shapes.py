"""Short words for declaring gates, who may lift what is worded in principle (JJ-Q25), and where Article 22 is asked."""

from collections.abc import Callable, Iterable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, reading
from core.policy.rules.gating import Gate, Hit, Point, Waiver, at
from core.policy.rules.papers import Severity
from plugins.jiujiang.roles import COORDINATOR, DATA, GOVERNMENT, GROUP

Check = Callable[[Case], Iterable[Hit]]
BLOCK, WARN = Severity.BLOCK, Severity.WARN

# A county lifts for what it approves itself what the group lifts for all others; a gate of its own holds it to that.
IN_PRINCIPLE = Waiver(roles=(GROUP, COORDINATOR), citation=reading("JJ-Q25", "JJ-22-0", "JJ-3-2"))
IN_PRINCIPLE_OM = Waiver(roles=(GOVERNMENT,), citation=reading("JJ-Q25", "JJ-37-0"))
IN_PRINCIPLE_TIME = Waiver(roles=(DATA,), citation=reading("JJ-Q25", "JJ-31-2", "JJ-31-3"))

REVIEWS = (
    *at("preliminary_review", "decide:pass"),
    *at("preliminary_argumentation", "decide:pass"),
    *at("joint_review", "decide:pass"),
    *at("county_project_approval", "decide:approved"),
)
APPLYING = at("annual_application", "submit")
PROPOSED = at("om_budget_proposal", "decide:arranged")
SIGNED = at("*", "sign")
PAID = at("*", "record:paid")


def gate(
    code: str, key: str, title: str, on: Citation, *points: Point, check: Check | None = None, **more: Any
) -> Gate:
    """One gate; blocking unless said otherwise."""
    values: dict[str, Any] = {"severity": BLOCK, "regulation": "measures"}
    return Gate(key=key, code=f"JJ-{code}", title=title, citation=on, points=points, check=check, **(values | more))


def when(holds: Callable[[Case], bool], message: str, **more: Any) -> Check:
    """A check that finds one thing while a condition holds."""

    def check(case: Case) -> Iterable[Hit]:
        if holds(case):
            yield Hit(message=message, **more)

    return check
