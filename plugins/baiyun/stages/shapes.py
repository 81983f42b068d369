"""Short words for declaring stages: the outcomes every task, review and filing here has, and demands for papers."""

from collections.abc import Callable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, Citation
from core.policy.rules.flow import ONWARD, Holds, Line, Next, Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.papers import Freshness, PaperDemand
from plugins.baiyun.roles import PROJECT


def forward(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    """A result that lets the project go on."""
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, **more)


def negative(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    """A result that does not; it always carries its reason."""
    return Outcome(key=key, title=title, kind=OutcomeKind.NEGATIVE, citation=on, **({"reason_required": True} | more))


def returned(title: str, nxt: Next, on: Citation = CORE_DEFAULT) -> Outcome:
    """Sent back without a verdict; uses up no attempt."""
    return Outcome(
        key="return", title=title, kind=OutcomeKind.NEUTRAL, citation=on, next=nxt, counts=False, reason_required=True
    )


def demand(paper: str, gate: str, on: Citation, when: Callable[[Case], bool] | None = None, **more: Any) -> PaperDemand:
    """A paper the stage asks for; the gate speaks when it is missing."""
    return PaperDemand(paper=paper, gate=gate, citation=on, when=when, **more)


def task(key: str, title: str, on: Citation, *, nxt: Next = ONWARD, **more: Any) -> Stage:
    """Something the project unit does and hands in."""
    values: dict[str, Any] = {
        "kind": StageKind.TASK,
        "actors": (PROJECT,),
        "outcomes": (forward("submit", "提交", on, next=nxt),),
    }
    return Stage(key=key, title=title, citation=on, **(values | more))


def filing(key: str, title: str, on: Citation, *, nxt: Next = ONWARD, **more: Any) -> Stage:
    """Something the project unit lodges with the bureau; lodging closes it (备案)."""
    values: dict[str, Any] = {
        "kind": StageKind.FILING,
        "actors": (PROJECT,),
        "outcomes": (forward("lodged", "备案", on, next=nxt),),
    }
    return Stage(key=key, title=title, citation=on, **(values | more))


# A paper said anew each time: one handed in before this run of the stage opened does not answer the demand.
ANEW: dict[str, Any] = {"freshness": Freshness.SINCE_OPENED}
DETOUR: dict[str, Any] = {"line": Line.DETOUR}
SIDE: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING}
OBLIGATION: dict[str, Any] = {"line": Line.OBLIGATION, "holds": Holds.NOTHING}


def is_build(case: Case) -> bool:
    """A building project (建设开发类)."""
    return bool(case.find("project_kind") == "build")


def is_micro(case: Case) -> bool:
    """A micro project (小微项目): the amount fixed by the plan review, or the declared one before it."""
    return plan_amount(case) < case.threshold("micro_max")


def plan_amount(case: Case) -> int:
    """The amount that routes a project: fixed in the plan review; until then the one declared."""
    confirmed = case.find("confirmed")
    return int(confirmed) if confirmed is not None else case.amount("declared")


def is_simplified(case: Case) -> bool:
    """An operation project identical to the last period, within the limit (往期一致的运维项目)."""
    delta = plan_amount(case) - int(case.fact("previous_period_amount"))
    return (
        case.fact("project_kind") == "om"
        and bool(case.fact("content_identical_to_previous"))
        and abs(delta) <= case.threshold("identical_amount_delta")
        and plan_amount(case) <= case.threshold("simplified_om_max")
    )
