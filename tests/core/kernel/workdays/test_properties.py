"""What holds of every limit, whatever its dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.kernel.codec import decode, encode
from core.kernel.workdays import (
    LAST_ANNOUNCED_YEAR,
    OFFICIAL,
    Amendment,
    Calendar,
    DayEffect,
    Ledger,
    LimitKind,
    Pause,
    Roll,
    Unit,
    ledger_days,
    reckon,
)

DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2027, 12, 31))
UNITS = st.sampled_from(Unit)
ROLLS = st.sampled_from(Roll)
AMOUNTS = st.integers(min_value=1, max_value=40)
LIMITS = st.tuples(DAYS, AMOUNTS, UNITS, ROLLS)
GAPS = st.integers(min_value=0, max_value=60)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    """A closed pause."""
    opened_on = draw(DAYS)
    return Pause(opened_on=opened_on, closed_on=opened_on + timedelta(days=draw(GAPS)))


def due(calendar: Calendar, start: date, amount: int, unit: Unit, roll: Roll, *spans: Pause) -> Ledger:
    """A deadline."""
    return reckon(calendar, start=start, amount=amount, unit=unit, roll=roll, kind=LimitKind.DEADLINE, pauses=spans)


def last(ledger: Ledger) -> date:
    """The due date of a ledger that has one."""
    assert ledger.due_on is not None
    return ledger.due_on


@given(DAYS, GAPS, AMOUNTS, UNITS, ROLLS)
def test_who_starts_later_is_never_due_earlier(start: date, gap: int, amount: int, unit: Unit, roll: Roll) -> None:
    first, second = (due(OFFICIAL, start + timedelta(days=n), amount, unit, roll) for n in (0, gap))
    assert last(first) <= last(second)


@given(DAYS, AMOUNTS, UNITS, ROLLS)
def test_a_longer_limit_is_due_no_earlier_and_after_its_start(start: date, amount: int, unit: Unit, roll: Roll) -> None:
    first, second = (due(OFFICIAL, start, n, unit, roll) for n in (amount, amount + 1))
    assert start < last(first) <= last(second)


@given(DAYS, AMOUNTS, UNITS)
def test_a_limit_that_rolls_ends_on_a_workday_and_passes_none(start: date, amount: int, unit: Unit) -> None:
    ledger = due(OFFICIAL, start, amount, unit, Roll.FORWARD)
    assert OFFICIAL.works(last(ledger))
    assert not any(note.works for note in ledger.rolled)


@given(DAYS, AMOUNTS, st.lists(pauses(), max_size=4))
def test_exactly_the_budget_of_workdays_is_counted(start: date, amount: int, spans: list[Pause]) -> None:
    ledger = due(OFFICIAL, start, amount, Unit.WORKDAY, Roll.FORWARD, *spans)
    days = ledger_days(ledger, OFFICIAL).days
    counted = [day for day in days if day.effect is DayEffect.COUNTED]
    assert [day.number for day in counted] == list(range(1, amount + 1))
    assert all(day.note.works for day in counted)
    assert counted[-1].note.on == days[-1].note.on == ledger.due_on


@given(DAYS, AMOUNTS, st.lists(pauses(), max_size=4))
def test_exactly_the_budget_of_natural_days_is_counted(start: date, amount: int, spans: list[Pause]) -> None:
    ledger = due(OFFICIAL, start, amount, Unit.DAY, Roll.NONE, *spans)
    days = ledger_days(ledger, OFFICIAL).days
    assert sum(day.effect is DayEffect.COUNTED for day in days) == amount
    assert days[-1].effect is DayEffect.COUNTED


@given(LIMITS, st.lists(pauses(), max_size=3), pauses())
def test_a_further_pause_never_makes_a_limit_due_earlier(
    limit: tuple[date, int, Unit, Roll], spans: list[Pause], further: Pause
) -> None:
    assert last(due(OFFICIAL, *limit, *spans)) <= last(due(OFFICIAL, *limit, *spans, further))


@given(LIMITS, st.integers(min_value=-10, max_value=80), st.booleans())
def test_an_amendment_moves_only_what_it_touches(
    limit: tuple[date, int, Unit, Roll], distance: int, works: bool
) -> None:
    start, _, unit, roll = limit
    on = start + timedelta(days=distance)
    change = Amendment(on=on, works=works, reason="更正", source="通告", recorded_on=on)
    before = last(due(OFFICIAL, *limit))
    after = last(due(OFFICIAL.amended("v2", change), *limit))
    changed = OFFICIAL.works(on) is not works
    if unit is Unit.WORKDAY:
        assert (before != after) is (changed and start < on <= max(before, after))
    elif before != after:
        assert changed
        assert roll is Roll.FORWARD
        assert start < on <= max(before, after)


@given(DAYS, AMOUNTS)
def test_a_workday_limit_is_provisional_exactly_when_it_reaches_beyond_the_announced_years(
    start: date, amount: int
) -> None:
    ledger = due(OFFICIAL, start, amount, Unit.WORKDAY, Roll.FORWARD)
    assert ledger.provisional is (last(ledger).year > LAST_ANNOUNCED_YEAR)


@given(DAYS, DAYS)
def test_counting_workdays_adds_up(first: date, second: date) -> None:
    through = date(2025, 6, 30)
    assert OFFICIAL.count_workdays(first, second) == OFFICIAL.count_workdays(first, through) + OFFICIAL.count_workdays(
        through, second
    )


@given(DAYS, AMOUNTS, UNITS, ROLLS, st.lists(pauses(), max_size=3))
def test_every_ledger_survives_storage_and_explains_itself(
    start: date, amount: int, unit: Unit, roll: Roll, spans: list[Pause]
) -> None:
    ledger = due(OFFICIAL, start, amount, unit, roll, *spans)
    assert decode(encode(ledger), Ledger) == ledger
    assert all(line.endswith("。") for line in ledger.explain())
