"""How long things may, must or must not take: time limits with start, clock owner and consequence (期限)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.rules.citations import Citation

if TYPE_CHECKING:
    from core.policy.cases.case import Case
    from core.policy.rules.flow import Ends


class StartKind(StrEnum):
    """What starts a clock: opening, closing or publication of a stage, or a date found in a fact or in a contract."""

    OPENED = "opened"
    CLOSED = "closed"
    FACT = "fact"
    CONTRACT = "contract"
    PUBLISHED = "published"
    TOLD = "told"
    LATER_OF = "later_of"


@dataclass(frozen=True, slots=True)
class Start:
    """The start event of a limit (起算事件). The day after it is day 1; of several `parts` the last one counts.

    `day` reads the start from the case, as when an agreement names a date and a form stands in for it.
    """

    kind: StartKind = StartKind.OPENED
    key: str = ""
    outcome: str = ""
    parts: tuple["Start", ...] = ()
    day: Callable[["Case"], date | None] | None = None

    @property
    def events(self) -> tuple["Start", ...]:
        """The single events that must have happened."""
        return self.parts or (self,)


OPENED = Start()
PUBLISHED = Start(StartKind.PUBLISHED)
"""Start on the day a notice is published."""


def closed(stage: str, outcome: str) -> Start:
    """Start when a stage closes with an outcome."""
    return Start(StartKind.CLOSED, stage, outcome)


def fact_date(key: str) -> Start:
    """Start on the date recorded in a fact; the stage's opening stands in until it is known."""
    return Start(StartKind.FACT, key)


def contract_date(key: str) -> Start:
    """Start on a date of the contract the stage is about, such as `signed_on`."""
    return Start(StartKind.CONTRACT, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A period moved by an accepted request or an agreement (延期): to the day in a fact; until then the old rules."""

    limit: str
    to_fact: str
    citation: Citation


def later_of(*parts: Start) -> Start:
    """Start on the last of several events, once all of them have happened."""
    return Start(StartKind.LATER_OF, parts=parts)


def told_by(day: Callable[["Case"], date | None]) -> Start:
    """Start on the day the case tells, for each entry its own; told anew whenever the case moves."""
    return Start(StartKind.TOLD, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """What the end of a limit changes by itself (到期自动), on the legal day, whether or not a job has run.

    The part the limit runs for, an entry or the whole case, ends so on the day after the last; `nobody` are the
    stages that open where no entry is left. `gate` names the gate that refuses what comes too late.
    """

    ends: "Ends"
    gate: str
    citation: Citation
    when: Callable[["Case"], bool] | None = None
    nobody: tuple[str, ...] = ()


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
class PauseRule:
    """A span that a limit does not count (扣除期间): opened and closed by an act, or by another stage being open.

    `opened_by` are the roles that may stop and resume the clock; left out, the actors of the limit's stage.
    `while_open` names a stage: while it is open the clock stands, and that stage's own limit runs inside.
    """

    key: str
    title: str
    citation: Citation
    opened_by: tuple[str, ...] = ()
    while_open: str = ""


@dataclass(frozen=True, slots=True)
class Yearly:
    """A date that comes every year (每年固定日期); `of_plan` counts it in the year before the one planned for."""

    month: int
    day: int
    of_plan: bool = False

    def on(self, start: date, plan_year: int) -> date:
        """The date meant: that of the plan, or the next one from a day on."""
        if self.of_plan and plan_year:
            return date(plan_year - 1, self.month, self.day)
        this_year = date(start.year, self.month, self.day)
        return this_year if start <= this_year else date(start.year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One period of the regulation (期限): kind and roll rule are required, since one global rule is always wrong.

    It opens when `stage` opens (or on its start event) and is met when that stage closes. `order` limits have
    no arithmetic: they name an event that must come before another, and a gate enforces them. `amount` comes from
    the plugin's thresholds, 0 for kinds without one. `met_by_fact` names a fact whose recording meets the limit.
    `met_by` names the one result (stage, outcome) that meets it; `lapse` what its end changes by itself.
    `yearly` is the date of a limit fixed for each year. `sums` names limits of one party whose overdue days are added
    up (累计延误): such a limit has no clock of its own, and `amount` is what the sum is held against.
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
    met_by: tuple[str, str] | None = None
    lapse: Lapse | None = None
    on_late: OnLate = OnLate.WARN
    late_gate: str = ""
    pause: OnPause = OnPause.NEVER
    pauses: tuple[PauseRule, ...] = ()
    yearly: Yearly | None = None
    sums: tuple[str, ...] = ()
    option: str = ""
    standing: bool = False
    when: Callable[["Case"], bool] | None = None
    aliases: tuple[str, ...] = ()
