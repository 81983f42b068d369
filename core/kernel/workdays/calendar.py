"""The calendar that limits are reckoned on (工作日历): announced days, forecasts, a tenant's amendments."""

from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Final

import msgspec

from core.kernel.workdays.announced import LAST_ANNOUNCED_YEAR, is_announced, year_notes
from core.kernel.workdays.days import Amendment, DayKind, DayNote


class _Year:
    """One year indexed for counting: `before[i]` workdays stand before day i, `workdays` are their ordinals."""

    __slots__ = ("before", "first", "notes", "workdays")

    def __init__(self, notes: tuple[DayNote, ...]) -> None:
        self.notes = notes
        self.first = notes[0].on.toordinal()
        self.before = tuple(accumulate((note.works for note in notes), initial=0))
        self.workdays = tuple(note.on.toordinal() for note in notes if note.works)


class Calendar(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """What each day is, under one version. Immutable: an amendment makes another calendar.

    `confirmed` names years beyond the announced ones that the tenant has entered completely, so that they
    are no longer provisional. A day amended in an unconfirmed year is firm itself; its year stays provisional.
    """

    version: str
    amendments: tuple[Amendment, ...] = ()
    confirmed: tuple[int, ...] = ()

    @cached_property
    def _years(self) -> dict[int, _Year]:
        """Indexed years, built when first asked for; no part of the value."""
        return {}

    def day(self, on: date) -> DayNote:
        """What a day is and who says so."""
        table = self._year(on.year)
        return table.notes[on.toordinal() - table.first]

    def works(self, on: date) -> bool:
        """Whether offices work on the day."""
        return self.day(on).works

    def is_provisional(self, year: int) -> bool:
        """Whether days off of a year are only forecast."""
        return not is_announced(year) and year not in self.confirmed

    def next_workday(self, on: date) -> date:
        """The day itself if offices work on it, else the first workday after it."""
        return on if self.works(on) else self.after_workdays(on, 1)

    def after_workdays(self, start: date, amount: int) -> date:
        """The amount-th workday after a day; the day itself for zero."""
        if amount <= 0:
            return start
        number, table = start.year, self._year(start.year)
        index = table.before[start.toordinal() - table.first + 1] + amount - 1
        while index >= len(table.workdays):
            index -= len(table.workdays)
            number += 1
            table = self._year(number)
        return date.fromordinal(table.workdays[index])

    def count_workdays(self, after: date, until: date) -> int:
        """How many workdays lie after one day, up to and including another; negative the other way round."""
        if until < after:
            return -self.count_workdays(until, after)
        count = self._workdays_through(until) - self._workdays_through(after)
        return count + sum(len(self._year(number).workdays) for number in range(after.year, until.year))

    def amended(self, version: str, *amendments: Amendment, confirmed: tuple[int, ...] = ()) -> "Calendar":
        """Make a calendar with further amendments, under a new version."""
        years = tuple(sorted({*self.confirmed, *confirmed}))
        return Calendar(version, (*self.amendments, *amendments), years)

    def _workdays_through(self, on: date) -> int:
        table = self._year(on.year)
        return table.before[on.toordinal() - table.first + 1]

    def _year(self, number: int) -> _Year:
        table = self._years.get(number)
        if table is None:
            table = self._years[number] = _Year(self._notes(number))
        return table

    def _notes(self, year: int) -> tuple[DayNote, ...]:
        notes = year_notes(year)
        if year in self.confirmed and not is_announced(year):
            notes = tuple(_firm(note) for note in notes)
        amended = sorted((row for row in self.amendments if row.on.year == year), key=lambda row: row.recorded_on)
        if not amended:
            return notes
        ruling = {row.on: row for row in amended}
        return tuple(_apply(note, ruling.get(note.on)) for note in notes)


def _firm(note: DayNote) -> DayNote:
    return DayNote(on=note.on, works=note.works, kind=note.kind, name=note.name, source="本单位已核定")


def _apply(note: DayNote, amendment: Amendment | None) -> DayNote:
    if amendment is None:
        return note
    kind = note.kind
    if amendment.works is not note.works:
        kind = DayKind.HOLIDAY if not amendment.works else _worked(note)
    return DayNote(on=note.on, works=amendment.works, kind=kind, name=amendment.reason, source=amendment.source)


def _worked(note: DayNote) -> DayKind:
    """A day off that is worked after all: an ordinary weekday again, or a make-up day."""
    return DayKind.WORKDAY if note.on.weekday() < 5 else DayKind.MAKE_UP


OFFICIAL: Final = Calendar(version=f"cn-{LAST_ANNOUNCED_YEAR}")
"""The State Council's days without any tenant's amendment."""
