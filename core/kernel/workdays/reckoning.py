"""From a start event to a due date (期限计算), by Civil Code articles 201 to 203.

The day after the event is day 1 (201); months and years end on the corresponding day, or on the month's
last day where there is none (202); a limit that rolls does not end on a day off (203).
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from core.kernel.errors import Invalid, Problem
from core.kernel.workdays.calendar import Calendar
from core.kernel.workdays.days import DayNote
from core.kernel.workdays.ledger import Ledger
from core.kernel.workdays.limits import Extension, LimitKind, Pause, Roll, Unit

Span = tuple[date, date | None]
_ONE_DAY: Final = timedelta(days=1)


def reckon(
    calendar: Calendar,
    *,
    start: date,
    amount: int,
    unit: Unit,
    roll: Roll,
    kind: LimitKind,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
    cite: str = "",
) -> Ledger:
    """Reckon one limit. `amount` 0 means the start itself, as for a date set in the case.

    Raises: Invalid for a negative amount.
    """
    _refuse_negative(amount)
    spans = paused_spans(start, pauses) if pauses else ()
    last = old = None
    if kind.has_last_day:
        last = old = _last_day(calendar, start, amount, unit, spans)
        if extension is not None and extension.accepted_on is not None:
            last = _extended(calendar, extension, start=start, amount=amount, unit=unit, spans=spans)
    due, rolled = _rolled(calendar, last, roll)
    return Ledger(
        start_on=start,
        amount=amount,
        unit=unit,
        roll=roll,
        kind=kind,
        cite=cite,
        due_on=due,
        calendar_due_on=last,
        unextended_due_on=due if old == last else _rolled(calendar, old, roll)[0],
        rolled=rolled,
        pauses=tuple(pauses),
        extension=extension,
        provisional=due is not None and _is_provisional(calendar, unit, roll, (start, last or due, due)),
        calendar_version=calendar.version,
    )


def on_day(calendar: Calendar, *, on: date, kind: LimitKind, roll: Roll, cite: str = "") -> Ledger:
    """A limit whose last day is given: fixed in the text for each year, or agreed in the case."""
    return reckon(calendar, start=on, amount=0, unit=Unit.DAY, roll=roll, kind=kind, cite=cite)


def recompute(ledger: Ledger, calendar: Calendar) -> Ledger:
    """The same limit under another calendar."""
    return reckon(
        calendar,
        start=ledger.start_on,
        amount=ledger.amount,
        unit=ledger.unit,
        roll=ledger.roll,
        kind=ledger.kind,
        pauses=ledger.pauses,
        extension=ledger.extension,
        cite=ledger.cite,
    )


def corresponding_day(start: date, months: int) -> date:
    """The corresponding day some months later, or the month's last day where there is none (Civil Code 202)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def paused_spans(start: date, pauses: Sequence[Pause]) -> tuple[Span, ...]:
    """Days not counted, as first and last day, in order and without overlap; the last may have no end."""
    found = sorted(
        ((max(pause.opened_on, start) + _ONE_DAY, pause.closed_on) for pause in pauses),
        key=lambda span: (span[0], span[1] or date.max),
    )
    merged: list[Span] = []
    for first, last in found:
        if last is not None and last < first:
            continue
        if merged and (merged[-1][1] is None or first <= merged[-1][1] + _ONE_DAY):
            before = merged[-1][1]
            end = None if before is None or last is None else max(before, last)
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((first, last))
    return tuple(merged)


def _refuse_negative(amount: int) -> None:
    if amount < 0:
        raise Invalid("期限不能为负数", details=[Problem(field="amount", message=f"期限为 {amount}")])


def _last_day(calendar: Calendar, start: date, amount: int, unit: Unit, spans: Sequence[Span]) -> date | None:
    """The last day before rolling; None while an open pause stops the clock."""
    if unit is Unit.WORKDAY:
        return _stretched(calendar, calendar.after_workdays(start, amount), unit, spans)
    if unit is Unit.DAY:
        last = start + timedelta(days=amount)
    else:
        last = corresponding_day(start, amount if unit is Unit.MONTH else 12 * amount)
    return _stretched(calendar, last, unit, spans)


def _stretched(calendar: Calendar, last: date, unit: Unit, spans: Sequence[Span]) -> date | None:
    """Move a last day by what the pauses before it took away, one span after the other."""
    for first, end in spans:
        if first > last:
            break
        if end is None:
            return None
        if unit is Unit.WORKDAY:
            last = calendar.after_workdays(last, calendar.count_workdays(first - _ONE_DAY, end))
        else:
            last += end - first + _ONE_DAY
    return last


def _extended(
    calendar: Calendar, extension: Extension, *, start: date, amount: int, unit: Unit, spans: Sequence[Span]
) -> date | None:
    """The last day, before rolling, once an extension is accepted."""
    if extension.to_on is None:
        return _last_day(calendar, start, amount + extension.amount, unit, spans)
    return _stretched(calendar, extension.to_on, unit, _spans_after(extension.accepted_on or start, spans))


def _spans_after(accepted: date, spans: Sequence[Span]) -> tuple[Span, ...]:
    """What pauses take after an acceptance: a date agreed on already reckons with what they took before."""
    return tuple((max(first, accepted + _ONE_DAY), end) for first, end in spans if end is None or end > accepted)


def _rolled(calendar: Calendar, last: date | None, roll: Roll) -> tuple[date | None, tuple[DayNote, ...]]:
    if last is None or roll is Roll.NONE or calendar.works(last):
        return last, ()
    due = calendar.next_workday(last)
    return due, tuple(calendar.day(last + timedelta(days=n)) for n in range((due - last).days))


def _is_provisional(calendar: Calendar, unit: Unit, roll: Roll, days: tuple[date, date, date]) -> bool:
    """Whether a day that decided the result is only forecast; `days` are start, last day before rolling, and due."""
    start, last, due = days
    if unit is Unit.WORKDAY:
        first = (start + _ONE_DAY).year if due > start else start.year
        return any(calendar.is_provisional(year) for year in range(first, due.year + 1))
    if roll is Roll.NONE or not (calendar.is_provisional(last.year) or calendar.is_provisional(due.year)):
        return False
    return any(calendar.day(last + timedelta(days=n)).provisional for n in range((due - last).days + 1))
