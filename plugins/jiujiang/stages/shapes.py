"""Short words for declaring stages: outcomes, demands for papers, tasks, reviews and filings as this text has them."""

from collections.abc import Callable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, reading
from core.policy.rules.flow import BACK, ONWARD, Holds, Line, Next, Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.papers import Freshness, PaperDemand

# The text says neither where a case goes that does not pass, nor how often it may come again (JJ-Q13).
AGAIN = reading("JJ-Q13", "JJ-19-6", note="文本未规定退回去向和次数")


def forward(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    """A result that lets the project go on."""
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, **more)


def negative(key: str, title: str, on: Citation = AGAIN, **more: Any) -> Outcome:
    """A result that does not; it always carries its reason."""
    return Outcome(key=key, title=title, kind=OutcomeKind.NEGATIVE, citation=on, **({"reason_required": True} | more))


def not_passed(nxt: Next = BACK, **more: Any) -> Outcome:
    """Not passed: back for revision."""
    return negative("not_pass", "不通过", next=nxt, **more)


def returned(nxt: Next) -> Outcome:
    """A paper that is not approved goes back to whoever wrote it."""
    return negative("returned", "退回修改", next=nxt)


def demand(paper: str, gate: str, on: Citation, when: Callable[[Case], bool] | None = None, **more: Any) -> PaperDemand:
    """A paper the stage asks for; the gate speaks when it is missing."""
    return PaperDemand(paper=paper, gate=gate, citation=on, when=when, **more)


def task(
    key: str, title: str, on: Citation, *actors: str, nxt: Next = ONWARD, opens: tuple[str, ...] = (), **more: Any
) -> Stage:
    """Something a unit does and hands in."""
    outcomes = (forward("submit", "提交", on, next=nxt, opens=opens),)
    values: dict[str, Any] = {"kind": StageKind.TASK, "actors": actors, "outcomes": outcomes}
    return Stage(key=key, title=title, citation=on, **(values | more))


def review(key: str, title: str, on: Citation, *actors: str, outcomes: tuple[Outcome, ...], **more: Any) -> Stage:
    """Something an office decides; the text sets no number of attempts for any of them."""
    values: dict[str, Any] = {"kind": StageKind.REVIEW, "actors": actors, "outcomes": outcomes, "unbounded": True}
    return Stage(key=key, title=title, citation=on, **(values | more))


def filing(key: str, title: str, on: Citation, *actors: str, nxt: Next = ONWARD, **more: Any) -> Stage:
    """Something lodged; lodging closes it (备案)."""
    outcomes = (forward("lodged", "备案", on, next=nxt),)
    values: dict[str, Any] = {"kind": StageKind.FILING, "actors": actors, "outcomes": outcomes}
    return Stage(key=key, title=title, citation=on, **(values | more))


ANEW: dict[str, Any] = {"freshness": Freshness.SINCE_OPENED}
SIDE: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING}
OBLIGATION: dict[str, Any] = {"line": Line.OBLIGATION, "holds": Holds.NOTHING}
PASS = "decide:pass"  # noqa: S105 - an act, no password
APPROVED = "decide:approved"
INCOMPLETE = "application_incomplete"
