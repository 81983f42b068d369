"""Short words for declaring facts, stages and gates of the challenge half."""

from collections.abc import Callable, Iterable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, Citation
from core.policy.rules.flow import Holds, Line, Next, Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.gating import Gate, Hit, Point
from core.policy.rules.papers import Freshness, PaperDemand, Severity
from core.policy.rules.values import Fact, FactType

Check = Callable[[Case], Iterable[Hit]]

BLOCK, WARN = Severity.BLOCK, Severity.WARN
OBLIGATION: dict[str, Any] = {"line": Line.OBLIGATION, "holds": Holds.NOTHING}
SIDE: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING}
ENTRY: dict[str, Any] = {"scope": "entry"}
# A step gone through again asks for its paper again: that of the earlier round says nothing of this one.
ANEW: dict[str, Any] = {"freshness": Freshness.SINCE_OPENED}


def forward(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    """A result that lets the project go on."""
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, **more)


def negative(key: str, title: str, on: Citation = CORE_DEFAULT, **more: Any) -> Outcome:
    """A result that does not, with its reason; where the text names none it is our default and shown as such."""
    given: dict[str, Any] = {"reason_required": True, "counts": False}
    return Outcome(key=key, title=title, kind=OutcomeKind.NEGATIVE, citation=on, **(given | more))


def returned(key: str, title: str, nxt: Next, on: Citation = CORE_DEFAULT, **more: Any) -> Outcome:
    """Sent back without a verdict; uses up no attempt, since the text limits none."""
    given: dict[str, Any] = {"counts": False, "reason_required": True}
    return Outcome(key=key, title=title, kind=OutcomeKind.NEUTRAL, citation=on, next=nxt, **(given | more))


def stage(
    kind: StageKind, key: str, title: str, on: Citation, actors: tuple[str, ...], *outcomes: Outcome, **more: Any
) -> Stage:
    """One step; no step of this text may be tried only so often."""
    return Stage(
        key=key, title=title, kind=kind, actors=actors, outcomes=outcomes, citation=on, **({"unbounded": True} | more)
    )


def demand(paper: str, gate: str, on: Citation, **more: Any) -> PaperDemand:
    """A paper the stage asks for; the gate speaks when it is missing."""
    return PaperDemand(paper=paper, gate=gate, citation=on, **more)


def gate(code: str, key: str, title: str, on: Citation, *points: Point, **more: Any) -> Gate:
    """One gate; blocking unless said otherwise."""
    return Gate(key=key, code=f"ZH-{code}", title=title, citation=on, points=points, **({"severity": BLOCK} | more))


def when(holds: Callable[[Case], bool], message: str, **more: Any) -> Check:
    """A check that finds one thing while a condition holds."""

    def check(case: Case) -> Iterable[Hit]:
        if holds(case):
            yield Hit(message=message, **more)

    return check


def fact(key: str, title: str, kind: FactType, on: Citation, **more: Any) -> Fact:
    """A fact of the given shape."""
    return Fact(key=key, title=title, type=kind, citation=on, **more)


def flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that means no until somebody says yes."""
    return fact(key, title, FactType.BOOL, on, **({"default": False, "has_default": True} | more))


def text(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A text, empty until written."""
    return fact(key, title, FactType.TEXT, on, **({"default": "", "has_default": True} | more))


def choice(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """One of a closed list of (value, label)."""
    values, labels = zip(*pairs, strict=True)
    return fact(key, title, FactType.CHOICE, on, choices=values, labels=labels, **more)


def several(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """Some of a closed list of (value, label); none until somebody says so."""
    values, labels = zip(*pairs, strict=True) if pairs else ((), ())
    given: dict[str, Any] = {"default": (), "has_default": True}
    return fact(key, title, FactType.TEXTS, on, choices=values, labels=labels, **(given | more))
