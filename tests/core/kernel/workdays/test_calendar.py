"""What each day is: announced, forecast or amended."""

from datetime import date

import pytest

from core.kernel.codec import decode, encode
from core.kernel.workdays import (
    LAST_ANNOUNCED_YEAR,
    OFFICIAL,
    Amendment,
    Calendar,
    DayKind,
    LimitKind,
    Roll,
    Unit,
    reckon,
)

FORECAST_YEAR = LAST_ANNOUNCED_YEAR + 1


def amendment(on: date, *, works: bool, recorded_on: date = date(2025, 1, 1), reason: str = "台风停工") -> Amendment:
    """One amended day."""
    return Amendment(on=on, works=works, reason=reason, source="市政府通告", recorded_on=recorded_on)


@pytest.mark.parametrize(
    ("on", "works", "kind", "name"),
    [
        (date(2025, 9, 26), True, DayKind.WORKDAY, ""),
        (date(2025, 9, 27), False, DayKind.WEEKEND, ""),
        (date(2025, 9, 28), True, DayKind.MAKE_UP, "国庆节"),
        (date(2025, 10, 1), False, DayKind.HOLIDAY, "国庆节"),
        (date(2025, 10, 4), False, DayKind.HOLIDAY, "国庆节"),
        (date(2025, 10, 11), True, DayKind.MAKE_UP, "国庆节"),
        (date(2026, 2, 17), False, DayKind.HOLIDAY, "春节"),
    ],
)
def test_an_announced_day_says_why_offices_work_or_not(on: date, works: bool, kind: DayKind, name: str) -> None:
    note = OFFICIAL.day(on)
    assert (note.on, note.works, note.kind, note.name, note.provisional) == (on, works, kind, name, False)


def test_an_announced_day_off_names_its_announcement() -> None:
    assert OFFICIAL.day(date(2025, 10, 1)).source == "国务院办公厅关于2025年部分节假日安排的通知"


def test_a_year_not_announced_yet_is_forecast_and_marked() -> None:
    assert OFFICIAL.is_provisional(FORECAST_YEAR)
    assert not OFFICIAL.is_provisional(LAST_ANNOUNCED_YEAR)
    national_day = OFFICIAL.day(date(FORECAST_YEAR, 10, 1))
    assert (national_day.works, national_day.name, national_day.provisional) == (False, "国庆节", True)


def test_a_confirmed_year_is_no_longer_provisional() -> None:
    calendar = OFFICIAL.amended("v2", amendment(date(FORECAST_YEAR, 10, 9), works=True), confirmed=(FORECAST_YEAR,))
    assert not calendar.is_provisional(FORECAST_YEAR)
    assert not calendar.day(date(FORECAST_YEAR, 10, 1)).provisional
    assert calendar.is_provisional(FORECAST_YEAR + 1)


def test_an_amended_day_in_a_forecast_year_is_firm_and_its_neighbour_is_not() -> None:
    day = date(FORECAST_YEAR, 3, 3)
    calendar = OFFICIAL.amended("v2", amendment(day, works=False))
    assert not calendar.day(day).provisional
    assert calendar.day(date(FORECAST_YEAR, 3, 4)).provisional


@pytest.mark.parametrize(
    ("on", "works", "kind"),
    [
        (date(2025, 9, 24), False, DayKind.HOLIDAY),
        (date(2025, 9, 27), True, DayKind.MAKE_UP),
        (date(2025, 10, 1), True, DayKind.WORKDAY),
        (date(2025, 9, 28), True, DayKind.MAKE_UP),
    ],
)
def test_an_amendment_stands_above_the_announcement(on: date, works: bool, kind: DayKind) -> None:
    note = OFFICIAL.amended("v2", amendment(on, works=works)).day(on)
    assert (note.works, note.kind, note.name, note.source) == (works, kind, "台风停工", "市政府通告")


def test_of_two_amendments_of_a_day_the_one_recorded_last_rules() -> None:
    day = date(2025, 9, 24)
    later = amendment(day, works=True, recorded_on=date(2025, 9, 23), reason="恢复上班")
    calendar = Calendar("v3", (later, amendment(day, works=False)))
    assert calendar.works(day)
    assert calendar.day(day).name == "恢复上班"


def test_an_amendment_makes_another_calendar_and_leaves_the_old_one() -> None:
    day = date(2025, 9, 24)
    amended = OFFICIAL.amended("v2", amendment(day, works=False))
    assert OFFICIAL.works(day)
    assert not amended.works(day)
    assert (amended.version, amended == OFFICIAL) == ("v2", False)


def test_a_calendar_encodes_to_its_value_whether_or_not_it_was_used() -> None:
    calendar = OFFICIAL.amended("v2", amendment(date(2025, 9, 24), works=False))
    fresh = encode(calendar)
    calendar.day(date(2025, 9, 24))
    assert encode(calendar) == fresh
    assert decode(fresh, Calendar) == calendar
    assert hash(decode(fresh, Calendar)) == hash(calendar)


def test_counting_and_stepping_agree_across_years() -> None:
    start = date(2024, 12, 31)
    assert OFFICIAL.count_workdays(start, date(2026, 1, 4)) == 248 + 2 - 1
    assert OFFICIAL.after_workdays(start, OFFICIAL.count_workdays(start, date(2026, 1, 4))) == date(2026, 1, 4)
    assert OFFICIAL.count_workdays(date(2026, 1, 4), start) == -OFFICIAL.count_workdays(start, date(2026, 1, 4))


def test_the_next_workday_of_a_workday_is_itself() -> None:
    assert OFFICIAL.next_workday(date(2025, 9, 30)) == date(2025, 9, 30)
    assert OFFICIAL.next_workday(date(2025, 10, 1)) == date(2025, 10, 9)


def due(start: date, amount: int, unit: Unit, roll: Roll = Roll.FORWARD) -> bool:
    """Whether the due date of a deadline is provisional."""
    return reckon(OFFICIAL, start=start, amount=amount, unit=unit, roll=roll, kind=LimitKind.DEADLINE).provisional


def test_a_due_date_that_rests_on_a_forecast_day_is_provisional() -> None:
    eve = date(LAST_ANNOUNCED_YEAR, 12, 31)
    assert due(eve, 1, Unit.WORKDAY)
    assert not due(date(LAST_ANNOUNCED_YEAR, 12, 30), 0, Unit.WORKDAY)
    assert due(eve, 1, Unit.MONTH)
    assert not due(eve, 1, Unit.MONTH, Roll.NONE)
