"""What a decision may look at beyond the case itself: the unit's record, registers, round, parameters, calendar.

Core loads it before deciding, as the gates' `needs` ask, and keeps it in the receipt. Nothing in it is pinned:
calendars, lists and the unit's record are of today.
"""

from datetime import date
from typing import Any

import msgspec

from core.kernel.workdays import Calendar
from core.policy.cases.standing import Standing
from core.policy.cases.state import Value


class RegisterEntry(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The current entry of a unit or tenant in a register: version, day lodged, state, content.

    `adjusted_on` is set when the unit marked the content as changed and has not lodged the new version.
    """

    register: str
    version: int = 1
    on: date
    state: str = "current"
    adjusted_on: date | None = None
    content: dict[str, Any] = msgspec.field(default_factory=dict)


class UnitFinding(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Something an office has recorded about a unit (单位记录), from a day, until lifted."""

    kind: str
    on: date
    reason: str = ""
    project: str = ""
    lifted_on: date | None = None


class UnitRecord(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of the unit across all its projects, those of its subordinates included."""

    key: str = ""
    name: str = ""
    kind: str = "first_level_unit"
    registers: dict[str, RegisterEntry] = msgspec.field(default_factory=dict)
    findings: tuple[UnitFinding, ...] = ()
    projects: tuple[Standing, ...] = ()


class Round(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The yearly application round a case falls in: when its notice was issued and when its window closes."""

    plan_year: int
    issued_on: date
    closes_on: date


class Candidate(Value, frozen=True, kw_only=True, omit_defaults=True):
    """An existing system or listing that resembles what is applied for (复用候选), with the overlap in percent."""

    title: str
    owner: str = ""
    overlap: int = 0
    source: str = "listing"
    id: str = ""


class SharedEntry(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A published entry of a register that an ancestor keeps for all below it (上级共享登记簿).

    `place` and `keeper` say whose rulebook and which tenant it belongs to; `on` is the day of publication, from
    which everything that hangs on it is reckoned, and `closed_on` the day it was closed.
    """

    register: str
    key: str
    title: str
    on: date
    place: str = ""
    keeper: str = ""
    closed_on: date | None = None
    content: dict[str, Any] = msgspec.field(default_factory=dict)

    def stands_on(self, day: date) -> bool:
        """Whether the entry is in force on a day."""
        return self.on <= day and (self.closed_on is None or day < self.closed_on)


class Renewal(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The renewal of a text, or its successor, as an authorised person recorded it (续期或替代): number and days."""

    regulation: str
    number: str
    title: str = ""
    from_on: date
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the text is in force on a day because of it."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Admission(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The entry of a case in a register: the day of the outcome that admitted it, and the last day it is good for."""

    register: str
    on: date
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the entry is still good on a day."""
        return self.on <= day and (self.until is None or day <= self.until)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The frozen surroundings of one decision.

    `above` names the rulebooks whose shared rules were judged beside the own ones, so that a replay finds them.
    """

    today: date
    calendar: Calendar
    unit: UnitRecord = msgspec.field(default_factory=UnitRecord)
    round: Round | None = None
    registers: dict[str, RegisterEntry] = msgspec.field(default_factory=dict)
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    totals: dict[str, int] = msgspec.field(default_factory=dict)
    shared: tuple[SharedEntry, ...] = ()
    above: tuple[str, ...] = ()
    renewals: tuple[Renewal, ...] = ()
