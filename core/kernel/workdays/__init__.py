"""Days, limits and due dates (工作日与期限): what each day is, and how a due date came about.

A due date is never a bare date here: it is a ledger that names its start, its article, its pauses, its
extension and the days its end was moved over, and that can be reckoned again under an amended calendar.
Everything is pure and frozen; no clock, no database.

| file | holds |
|---|---|
| `days.py` | what one day is; what a tenant amends |
| `announced.py` | the years the State Council has announced, and forecasts beyond |
| `calendar.py` | the calendar: both of these, indexed for counting |
| `limits.py` | units, kinds of limit, roll rule, pauses, extensions |
| `ledger.py` | the due date with everything that led to it, and its Chinese sentences |
| `reckoning.py` | from a start to a ledger |
| `detail.py` | the days of a ledger one by one |
| `lateness.py` | early, late, days left, sums of delay, amended calendars |
"""

from core.kernel.workdays.announced import LAST_ANNOUNCED_YEAR
from core.kernel.workdays.calendar import OFFICIAL, Calendar
from core.kernel.workdays.days import Amendment, DayKind, DayNote
from core.kernel.workdays.detail import DayEffect, LedgerDay, LedgerDays, ledger_days
from core.kernel.workdays.lateness import (
    Delay,
    DueMove,
    Tally,
    changes,
    days_left,
    later_of,
    opens_after,
    overdue_days,
    workdays_between,
)
from core.kernel.workdays.ledger import Ledger
from core.kernel.workdays.limits import Extension, LimitKind, Pause, Roll, Unit
from core.kernel.workdays.reckoning import on_day, reckon, recompute

__all__ = [
    "LAST_ANNOUNCED_YEAR",
    "OFFICIAL",
    "Amendment",
    "Calendar",
    "DayEffect",
    "DayKind",
    "DayNote",
    "Delay",
    "DueMove",
    "Extension",
    "Ledger",
    "LedgerDay",
    "LedgerDays",
    "LimitKind",
    "Pause",
    "Roll",
    "Tally",
    "Unit",
    "changes",
    "days_left",
    "later_of",
    "ledger_days",
    "on_day",
    "opens_after",
    "overdue_days",
    "reckon",
    "recompute",
    "workdays_between",
]
