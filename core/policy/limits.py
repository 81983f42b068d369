"""How long things may, must or must not take: time limits with start, clock owner and consequence (期限)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.citations import Citation

if TYPE_CHECKING:
    from core.policy.case import Case


class StartKind(StrEnum):
    """What starts a clock: opening or closing of a stage, or a date found in a fact or in a contract."""

    OPENED = "opened"
    CLOSED = "closed"
    FACT = "fact"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Start:
    """The start event of a limit (起算事件). The day after it is day 1."""

    kind: StartKind = StartKind.OPENED
    key: str = ""
    outcome: str = ""


OPENED = Start()


def closed(stage: str, outcome: str) -> Start:
    """Start when a stage closes with an outcome."""
    return Start(StartKind.CLOSED, stage, outcome)


def fact_date(key: str) -> Start:
    """Start on the date recorded in a fact; the stage's opening stands in until it is known."""
    return Start(StartKind.FACT, key)


def contract_date(key: str) -> Start:
    """Start on a date of the contract the stage is about, such as `signed_on`."""
    return Start(StartKind.CONTRACT, key)


class OnLate(StrEnum):
    """What being late does (逾期后果). It never moves a project unless the limit says so."""

    NONE = "none"
    WARN = "warn"
    REFUSE = "refuse"
    RIGHT_LOST = "right_lost"


class OnPause(StrEnum):
    """Whether a limit's clock may be stopped (中止): most texts know no pause, and then nothing stops it."""

    NEVER = "never"
    BY_EVENT = "by_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One period of the regulation (期限): kind and roll rule are required, since one global rule is always wrong.

    It opens when `stage` opens (or on its start event) and is met when that stage closes. `order` limits have
    no arithmetic: they name an event that must come before another, and a gate enforces them. `amount` comes from
    the plugin's thresholds, 0 for kinds without one. `met_by_fact` names a fact whose recording meets the limit.
    """

    key: str
    code: str
    title: str
    kind: LimitKind
    roll: Roll
    citation: Citation
    owner: str
    amount: int = 0
    unit: Unit = Unit.WORKDAY
    stage: str = ""
    start: Start = OPENED
    met_by_fact: str = ""
    on_late: OnLate = OnLate.WARN
    late_gate: str = ""
    pause: OnPause = OnPause.NEVER
    option: str = ""
    standing: bool = False
    when: Callable[["Case"], bool] | None = None
    aliases: tuple[str, ...] = ()
