"""Early, late, days left, sums of delay, and what an amended calendar moves (逾期与余日)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from core.kernel.workdays.calendar import Calendar
from core.kernel.workdays.ledger import Ledger
from core.kernel.workdays.limits import Unit
from core.kernel.workdays.reckoning import recompute


def opens_after(ledger: Ledger) -> date | None:
    """The first day the next act may happen: the day after the last day of a minimum."""
    return None if ledger.due_on is None else ledger.due_on + timedelta(days=1)


def overdue_days(ledger: Ledger, calendar: Calendar, on: date) -> int:
    """By how much a limit is overdue on a day, in working days where it counts those, else in natural days.

    0 when in time, when the clock is stopped, and for kinds nobody can be late for. A workday limit that ran
    out on Friday is overdue by 0 on Saturday: no working day was lost yet.
    """
    due_on = ledger.due_as_of(on)
    if due_on is None or on <= due_on or not ledger.kind.can_be_late:
        return 0
    return calendar.count_workdays(due_on, on) if ledger.unit is Unit.WORKDAY else (on - due_on).days


def workdays_between(after: date, until: date, calendar: Calendar) -> int:
    """Working days after one day, up to and including another; negative the other way round."""
    return calendar.count_workdays(after, until)


def days_left(due_on: date, today: date, calendar: Calendar) -> int:
    """Working days left after today: 0 on the last day, negative once it has passed, even on a day off."""
    left = calendar.count_workdays(today, due_on)
    return min(left, -1) if today > due_on else left


def later_of(*events: date | None) -> date | None:
    """The later of several start events; None until all of them have happened."""
    known = [event for event in events if event is not None]
    return max(known) if known and len(known) == len(events) else None


class Delay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One limit as kept or missed: when it was due, when it was met, and the days in between."""

    cite: str = ""
    due_on: date | None = None
    met_on: date
    overdue: int = 0


class Tally(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Delay summed over several limits of one party (累计延误); early ones do not offset late ones."""

    delays: tuple[Delay, ...] = ()

    @classmethod
    def of(cls, calendar: Calendar, met: Iterable[tuple[Ledger, date]]) -> "Tally":
        """Sum up limits with the day each was met, or today for one still open."""
        return cls(
            delays=tuple(
                Delay(
                    cite=ledger.cite,
                    due_on=ledger.due_on,
                    met_on=met_on,
                    overdue=overdue_days(ledger, calendar, met_on),
                )
                for ledger, met_on in met
            )
        )

    @property
    def total(self) -> int:
        """All overdue days together."""
        return sum(delay.overdue for delay in self.delays)

    def reaches(self, days: int) -> bool:
        """Whether the sum is that many days or more."""
        return self.total >= days


class DueMove(msgspec.Struct, frozen=True, kw_only=True):
    """One due date that an amended calendar moves, with the ledger before and after."""

    key: str
    before: Ledger
    after: Ledger

    @property
    def old_on(self) -> date | None:
        """The last day under the old calendar."""
        return self.before.due_on

    @property
    def new_on(self) -> date | None:
        """The last day under the new one."""
        return self.after.due_on


def changes(ledgers: Mapping[str, Ledger], old_calendar: Calendar, new_calendar: Calendar) -> tuple[DueMove, ...]:
    """Which of the named due dates move when one calendar replaces another."""
    pairs = ((key, recompute(kept, old_calendar), recompute(kept, new_calendar)) for key, kept in ledgers.items())
    return tuple(
        DueMove(key=key, before=before, after=after) for key, before, after in pairs if before.due_on != after.due_on
    )
