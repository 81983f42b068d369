"""How steps are put together: segments, tracks, selection points, counters, side processes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation
from core.policy.rules.flow import Ends, Next, Stage
from core.policy.rules.papers import Severity

if TYPE_CHECKING:
    from core.policy.cases.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """An ordered run of stages that tracks share (流程段).

    `rebinds` puts other roles in the place of those its stages name, (role, counterpart): the same stages at another
    level or for other owners. Stage keys never change.
    """

    key: str
    title: str
    stages: tuple[Stage, ...]
    citation: Citation
    when: Callable[["Case"], bool] | None = None
    rebinds: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


def rebound(stage: Stage, others: dict[str, str]) -> Stage:
    """The same stage with counterpart roles as actors and reviewers."""
    review = stage.review
    if review is not None:
        reviewers = tuple(replace(r, role=others.get(r.role, r.role)) for r in review.reviewers)
        review = replace(review, reviewers=reviewers)
    actors = tuple(dict.fromkeys(others.get(role, role) for role in stage.actors))
    return replace(stage, actors=actors, review=review)


class Selected(StrEnum):
    """What choosing a path comes to (选定结果).

    A path; refused, out of scope; elsewhere, handled under other rules and not here; undecided, held at a stage whose
    outcome says what the case is, after which the choice is made again.
    """

    PATH = "path"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByReference:
    """A path on which the rulebook applies only by analogy (参照执行): at another level, with counterpart bodies.

    Gates in `softened` are shown no graver than `severity`, or than what the option of that name says; gates in
    `silent` are tied to bodies that have no counterpart there and never speak.
    """

    citation: Citation
    softened: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    severity: Severity = Severity.WARN
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One path through a regulation (路径): the first whose condition holds is taken.

    `withdrawable` says while when the applicant may leave freely; after that only the listed grounds count. `result`
    is a path, or why there is none; a case refused or handled elsewhere has no segments. `asked_once` cites the text
    that forbids asking for a fact or a paper twice on this path; a rulebook that does is refused.
    """

    key: str
    title: str
    applies: Callable[["Case"], bool]
    segments: tuple[str, ...]
    citation: Citation
    result: Selected = Selected.PATH
    by_reference: ByReference | None = None
    case_kind: str = "project"
    regulation: str = ""
    withdrawable: Callable[["Case"], bool] | None = None
    withdraw_citation: Citation | None = None
    asked_once: Citation | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPoint:
    """Where the provisional track is chosen again on the amount fixed there, and locked (再次选定)."""

    stage: str
    outcome: str
    basis: str
    citation: Citation
    locks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhaustion:
    """What the last permitted attempt leads to when it fails (用尽)."""

    ends: Ends | None = None
    next: Next | None = None
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """How often something may be tried (次数): counts every counted result of a stage that is not forward.

    The first attempt counts. `scope` is project or lot. A result that reopens the stage starts the count afresh: what
    it sets aside counts no longer. Counters of like reviews never share.
    """

    key: str
    code: str
    title: str
    stage: str
    limit: int
    gate: str
    on_exhaust: Exhaustion
    citation: Citation
    scope: str = "project"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideProcess:
    """A process beside the main line (旁支流程), opened by request or by a recorded fact, any number of times.

    `stages` are its steps; the first one opens. `on_contract` opens it when a contract of that kind is recorded.
    """

    key: str
    title: str
    stages: tuple[Stage, ...]
    opened_by: tuple[str, ...]
    citation: Citation
    when: Callable[["Case"], bool] | None = None
    on_fact: str = ""
    on_contract: str = ""
    after_end: bool = False
    exclusive: bool = True
    aliases: tuple[str, ...] = ()
