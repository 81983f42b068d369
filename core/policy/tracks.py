"""How steps are put together: segments, tracks, selection points, counters, side processes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.policy.citations import Citation
from core.policy.flow import Ends, Next, Stage

if TYPE_CHECKING:
    from core.policy.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """An ordered run of stages that tracks share (流程段)."""

    key: str
    title: str
    stages: tuple[Stage, ...]
    citation: Citation
    when: Callable[["Case"], bool] | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One path through a regulation (路径): the first whose condition holds is taken.

    `withdrawable` says while when the applicant may leave freely; after that only the listed grounds count.
    """

    key: str
    title: str
    applies: Callable[["Case"], bool]
    segments: tuple[str, ...]
    citation: Citation
    case_kind: str = "project"
    regulation: str = ""
    withdrawable: Callable[["Case"], bool] | None = None
    withdraw_citation: Citation | None = None
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

    The first attempt counts. `scope` is project or lot. `resets_on` names stages whose re-opening by a restart
    starts the count afresh. Counters of like reviews never share.
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
    resets_on: tuple[str, ...] = ()
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
