"""Several parties in one case: who may enter, when the common line goes on, who wins, who holds a role thereby."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case
    from core.policy.cases.state import Entry
    from core.policy.rules.flow import Ends, Next


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """While a stage is open these roles may enter parties (参加); `opens` are steps each new entry begins with."""

    roles: tuple[str, ...]
    citation: Citation
    opens: tuple[str, ...] = ()


class JoinKind(StrEnum):
    """When the common line goes on after steps that every entry goes through for itself.

    EACH: every entry still running has arrived, with whatever result. ALL: every one that ever entered has arrived
    with a passing result. ANY: one has. COUNT: so many have.
    """

    EACH = "each"
    ANY = "any"
    ALL = "all"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """What the common line needs of its entries (汇合). `outcomes` are the passing results, forward ones if empty.

    `nobody` and `nobody_ends` say what follows when no entry is left, or none ever came: an outcome, not a wait.
    """

    kind: JoinKind
    citation: Citation
    outcomes: tuple[str, ...] = ()
    count: int = 0
    nobody: "Next | None" = None
    nobody_ends: "Ends | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A role that an outcome gives (由决定产生的角色): to which entries or organisations; replaced, never emptied.

    `others` says how the part of the entries ends that do not get it; left out, they go on.
    """

    role: str
    to: Callable[["Case"], tuple[str, ...]]
    citation: Citation
    others: "Ends | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competition:
    """A choice among entries (竞争、揭榜): at most so many winners, and who comes first among equals.

    A preference sorts and never refuses. `cap_gate` speaks when there are more winners than `at_most` allows.
    """

    winners: Callable[["Case"], tuple[str, ...]]
    citation: Citation
    at_most: Callable[["Case"], int | None] = lambda _: None
    cap_gate: str = ""
    score: Callable[["Case"], int] = lambda _: 0
    prefers: Callable[["Case"], bool] = lambda _: False

    def order(self, case: "Case") -> "tuple[Entry, ...]":
        """The entries still running: by score, the preferred first among equals, then as they came."""
        return tuple(sorted(case.entries, key=lambda e: self._rank(case.at(e.id), e)))

    def _rank(self, case: "Case", entry: "Entry") -> tuple[int, bool, int]:
        return -self.score(case), not self.prefers(case), entry.seq
