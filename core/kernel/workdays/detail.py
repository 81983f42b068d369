"""The days of a ledger one by one, for the page that shows how a due date was counted (逐日明细)."""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

from core.kernel.workdays.calendar import Calendar
from core.kernel.workdays.days import DayKind, DayNote
from core.kernel.workdays.ledger import Ledger
from core.kernel.workdays.limits import Unit
from core.kernel.workdays.reckoning import Span, paused_spans

_WHY_OFF = {DayKind.WEEKEND: "周末"}


class DayEffect(StrEnum):
    """What a day did to the limit: counted, skipped as a day off or as paused, or moved over at the end."""

    COUNTED = "counted"
    DAY_OFF = "day_off"
    PAUSED = "paused"
    ROLLED = "rolled"


class LedgerDay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day between start and due date: what it did, the number it got if it counted, and why."""

    note: DayNote
    effect: DayEffect
    number: int = 0
    why: str = ""


class LedgerDays(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All days from day 1 to the due date; up to the opening of the pause while the clock is stopped."""

    days: tuple[LedgerDay, ...] = ()

    @property
    def skipped(self) -> tuple[LedgerDay, ...]:
        """Days that did not count, each with its reason."""
        return tuple(day for day in self.days if day.effect is not DayEffect.COUNTED)

    @property
    def added(self) -> tuple[LedgerDay, ...]:
        """Weekend days that counted because they are make-up days."""
        return tuple(day for day in self.days if day.effect is DayEffect.COUNTED and day.note.kind is DayKind.MAKE_UP)


def ledger_days(ledger: Ledger, calendar: Calendar) -> LedgerDays:
    """List the days of a ledger under the calendar it was reckoned on; none for a kind without a date."""
    if not ledger.kind.has_last_day:
        return LedgerDays()
    spans = paused_spans(ledger.start_on, ledger.pauses) if ledger.pauses else ()
    end = ledger.due_on
    if end is None:
        end = next(first for first, last in spans if last is None) - timedelta(days=1)
    found: list[LedgerDay] = []
    number = 0
    for n in range(1, (end - ledger.start_on).days + 1):
        on = ledger.start_on + timedelta(days=n)
        day = _judge(ledger, calendar.day(on), spans, number + 1)
        number = day.number or number
        found.append(day)
    return LedgerDays(days=tuple(found))


def _judge(ledger: Ledger, note: DayNote, spans: tuple[Span, ...], next_number: int) -> LedgerDay:
    if _is_within(note.on, spans):
        return LedgerDay(note=note, effect=DayEffect.PAUSED, why=_pause_reason(ledger, note.on))
    if ledger.unit is Unit.WORKDAY and not note.works:
        return LedgerDay(note=note, effect=DayEffect.DAY_OFF, why=_name(note))
    if ledger.calendar_due_on is not None and note.on > ledger.calendar_due_on:
        why = "顺延后的末日" if note.on == ledger.due_on else _name(note)
        return LedgerDay(note=note, effect=DayEffect.ROLLED, why=why)
    why = f"{note.name}调休上班" if note.kind is DayKind.MAKE_UP else ""
    return LedgerDay(note=note, effect=DayEffect.COUNTED, number=next_number, why=why)


def _is_within(on: date, spans: tuple[Span, ...]) -> bool:
    return any(first <= on and (last is None or on <= last) for first, last in spans)


def _pause_reason(ledger: Ledger, on: date) -> str:
    running = (
        pause for pause in ledger.pauses if pause.opened_on < on and (pause.closed_on is None or on <= pause.closed_on)
    )
    return "；".join(pause.reason for pause in running if pause.reason) or "中止"


def _name(note: DayNote) -> str:
    return note.name or _WHY_OFF.get(note.kind, "休息日")
