"""Due dates by Civil Code 201 to 203, on the State Council's calendars of 2025 and 2026."""

from datetime import date

import pytest

from core.kernel.errors import Invalid
from core.kernel.workdays import (
    OFFICIAL,
    Extension,
    Ledger,
    LimitKind,
    Pause,
    Roll,
    Unit,
    on_day,
    opens_after,
    reckon,
    recompute,
)

W, D, M, Y = Unit.WORKDAY, Unit.DAY, Unit.MONTH, Unit.YEAR


def due(
    start: str,
    amount: int,
    unit: Unit,
    *pauses: Pause,
    roll: Roll = Roll.FORWARD,
    kind: LimitKind = LimitKind.DEADLINE,
    extension: Extension | None = None,
) -> Ledger:
    """A limit from an ISO date."""
    return reckon(
        OFFICIAL,
        start=date.fromisoformat(start),
        amount=amount,
        unit=unit,
        roll=roll,
        kind=kind,
        pauses=pauses,
        extension=extension,
    )


def pause(opened: str, closed: str | None = None) -> Pause:
    """A pause from ISO dates."""
    return Pause(
        opened_on=date.fromisoformat(opened),
        closed_on=date.fromisoformat(closed) if closed else None,
        reason="编修文本",
    )


VECTORS = [
    pytest.param("2025-09-25", 5, W, "2025-10-09", "2025-10-09", id="a_make_up_sunday_before_national_day_counts"),
    pytest.param("2025-09-30", 5, W, "2025-10-14", "2025-10-14", id="a_make_up_saturday_after_national_day_counts"),
    pytest.param("2025-12-30", 5, W, "2026-01-07", "2026-01-07", id="a_limit_across_the_year_end"),
    pytest.param("2026-02-12", 5, W, "2026-02-26", "2026-02-26", id="a_limit_across_spring_festival"),
    pytest.param("2026-02-10", 10, W, "2026-03-02", "2026-03-02", id="both_make_up_days_of_spring_festival_count"),
    pytest.param("2026-02-14", 5, W, "2026-02-28", "2026-02-28", id="a_workday_limit_ends_on_a_make_up_saturday"),
    pytest.param("2026-04-30", 15, W, "2026-05-25", "2026-05-25", id="a_make_up_saturday_after_labour_day_counts"),
    pytest.param("2026-09-18", 5, W, "2026-09-24", "2026-09-24", id="a_make_up_sunday_counts"),
    pytest.param("2026-09-30", 10, W, "2026-10-20", "2026-10-20", id="ten_workdays_from_the_eve_of_national_day"),
    pytest.param("2026-01-20", 30, D, "2026-02-19", "2026-02-24", id="thirty_days_end_in_spring_festival"),
    pytest.param("2026-01-15", 30, D, "2026-02-14", "2026-02-14", id="thirty_days_end_on_a_make_up_saturday"),
    pytest.param("2026-08-28", 30, D, "2026-09-27", "2026-09-28", id="thirty_days_end_in_mid_autumn"),
    pytest.param("2025-11-30", 3, M, "2026-02-28", "2026-02-28", id="no_corresponding_day_and_a_make_up_saturday"),
    pytest.param("2025-07-01", 3, M, "2025-10-01", "2025-10-09", id="three_months_end_on_national_day"),
    pytest.param("2025-03-15", 1, Y, "2026-03-15", "2026-03-16", id="a_year_ends_on_a_sunday"),
    pytest.param("2024-02-29", 1, Y, "2025-02-28", "2025-02-28", id="a_year_from_a_leap_day"),
]


@pytest.mark.parametrize(("start", "amount", "unit", "calendar_due", "expected"), VECTORS)
def test_a_due_date_is_what_an_official_would_count(
    start: str, amount: int, unit: Unit, calendar_due: str, expected: str
) -> None:
    ledger = due(start, amount, unit)
    assert ledger.due_on == date.fromisoformat(expected)
    assert ledger.calendar_due_on == date.fromisoformat(calendar_due)
    assert not ledger.provisional
    assert due(start, amount, unit, roll=Roll.NONE).due_on == date.fromisoformat(calendar_due)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2025-01-28", "2025-02-28"),
        ("2025-01-31", "2025-02-28"),
        ("2025-02-28", "2025-03-28"),
        ("2025-12-31", "2026-01-31"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_months_last(start: str, expected: str) -> None:
    assert due(start, 1, M, roll=Roll.NONE).due_on == date.fromisoformat(expected)


def test_a_minimum_ends_on_its_corresponding_day_and_the_next_act_opens_the_day_after() -> None:
    ledger = due("2025-09-19", 3, M, roll=Roll.NONE, kind=LimitKind.MINIMUM)
    assert ledger.due_on == date(2025, 12, 19)
    assert opens_after(ledger) == date(2025, 12, 20)


def test_a_minimum_that_ends_on_a_day_off_is_not_moved() -> None:
    ledger = due("2025-07-01", 3, M, roll=Roll.NONE, kind=LimitKind.MINIMUM)
    assert (ledger.due_on, opens_after(ledger)) == (date(2025, 10, 1), date(2025, 10, 2))


def test_a_window_of_two_months_from_a_notice_closes_after_national_day() -> None:
    ledger = due("2025-08-05", 2, M, kind=LimitKind.WINDOW)
    assert (ledger.calendar_due_on, ledger.due_on) == (date(2025, 10, 5), date(2025, 10, 9))
    assert [note.on.day for note in ledger.rolled] == [5, 6, 7, 8]
    assert ledger.moved_days == 4


def test_an_approval_valid_for_a_year_ends_after_spring_festival() -> None:
    assert due("2025-02-20", 1, Y, kind=LimitKind.VALIDITY).due_on == date(2026, 2, 24)


def test_a_fixed_date_of_the_year_moves_off_a_sunday_and_an_agreed_date_does_not() -> None:
    sunday = date(2026, 5, 31)
    fixed = on_day(OFFICIAL, on=sunday, kind=LimitKind.FIXED_YEARLY, roll=Roll.FORWARD)
    agreed = on_day(OFFICIAL, on=sunday, kind=LimitKind.AGREED, roll=Roll.NONE)
    assert (fixed.due_on, agreed.due_on) == (date(2026, 6, 1), sunday)


@pytest.mark.parametrize("kind", [LimitKind.ORDER, LimitKind.NONE])
def test_a_kind_without_a_number_gets_no_invented_date(kind: LimitKind) -> None:
    ledger = due("2025-09-25", 5, W, kind=kind)
    assert ledger.due_on is None
    assert not ledger.is_stopped


def test_days_of_a_closed_pause_are_not_counted_from_the_day_after_opening_to_the_closing_day() -> None:
    assert due("2025-09-01", 5, W).due_on == date(2025, 9, 8)
    assert due("2025-09-01", 5, W, pause("2025-09-03", "2025-09-05")).due_on == date(2025, 9, 10)
    assert due("2025-09-01", 5, W, pause("2025-09-03", "2025-09-03")).due_on == date(2025, 9, 8)


def test_a_pause_over_a_weekend_lengthens_a_workday_limit_by_workdays_only() -> None:
    assert due("2025-09-01", 5, W, pause("2025-09-05", "2025-09-07")).due_on == date(2025, 9, 8)
    assert due("2025-09-01", 5, D, pause("2025-09-05", "2025-09-07")).calendar_due_on == date(2025, 9, 8)


def test_a_pause_lengthens_months_by_its_natural_days() -> None:
    assert due("2025-03-10", 1, M, pause("2025-03-20", "2025-03-25")).due_on == date(2025, 4, 15)


def test_overlapping_pauses_are_not_taken_off_twice() -> None:
    twice = (pause("2025-09-03", "2025-09-05"), pause("2025-09-04", "2025-09-08"), pause("2025-09-04", "2025-09-05"))
    assert due("2025-09-01", 5, W, *twice).due_on == due("2025-09-01", 5, W, pause("2025-09-03", "2025-09-08")).due_on


def test_a_second_pause_may_begin_in_the_days_the_first_one_added() -> None:
    two = (pause("2025-09-03", "2025-09-05"), pause("2025-09-09", "2025-09-11"))
    assert due("2025-09-01", 5, W, *two).due_on == date(2025, 9, 12)


def test_an_open_pause_stops_the_clock() -> None:
    ledger = due("2025-09-01", 5, W, pause("2025-09-03"))
    assert ledger.due_on is None
    assert ledger.is_stopped
    assert due("2025-09-01", 1, M, pause("2025-09-03")).is_stopped
    assert due("2025-09-01", 5, W, pause("2025-09-03", "2025-09-05"), pause("2025-09-04")).is_stopped


def test_a_pause_opened_on_or_after_the_last_day_comes_too_late() -> None:
    assert due("2025-09-01", 5, W, pause("2025-09-05")).is_stopped
    assert due("2025-09-01", 5, W, pause("2025-09-08")).due_on == date(2025, 9, 8)
    assert due("2025-09-01", 5, W, pause("2025-09-09")).due_on == date(2025, 9, 8)


def test_a_pause_before_the_start_is_taken_from_the_start_on() -> None:
    assert due("2025-09-01", 5, W, pause("2025-08-25", "2025-09-02")).due_on == date(2025, 9, 9)
    assert due("2025-09-01", 5, W, pause("2025-08-20", "2025-08-25")).due_on == date(2025, 9, 8)


def test_a_request_for_extension_moves_nothing_until_it_is_accepted() -> None:
    asked = due("2025-09-01", 5, W, extension=Extension(amount=5))
    given = due("2025-09-01", 5, W, extension=Extension(amount=5, accepted_on=date(2025, 9, 5)))
    assert asked.due_on == date(2025, 9, 8)
    assert given.due_on == date(2025, 9, 15)
    assert given.due_as_of(date(2025, 9, 4)) == date(2025, 9, 8)
    assert given.due_as_of(date(2025, 9, 5)) == date(2025, 9, 15)


def test_an_extension_to_a_date_is_lengthened_by_later_pauses_only() -> None:
    extension = Extension(to_on=date(2025, 9, 22), accepted_on=date(2025, 9, 5))
    assert due("2025-09-01", 5, W, pause("2025-09-02", "2025-09-04"), extension=extension).due_on == date(2025, 9, 22)
    assert due("2025-09-01", 5, W, pause("2025-09-09", "2025-09-10"), extension=extension).due_on == date(2025, 9, 23)
    assert due("2025-09-01", 5, W, pause("2025-09-09"), extension=extension).is_stopped


def test_an_extension_to_a_day_off_rolls_as_its_limit_does() -> None:
    extension = Extension(to_on=date(2025, 10, 4), accepted_on=date(2025, 9, 5))
    assert due("2025-08-20", 30, D, extension=extension).due_on == date(2025, 10, 9)
    assert due("2025-08-20", 30, D, roll=Roll.NONE, extension=extension).due_on == date(2025, 10, 4)


@pytest.mark.parametrize("fields", [{}, {"amount": 3, "to_on": date(2025, 1, 1)}, {"amount": -1}])
def test_an_extension_says_one_thing(fields: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="延期"):
        Extension(**fields)  # type: ignore[arg-type]  # wrong on purpose


def test_a_pause_cannot_end_before_it_begins_and_a_limit_is_never_negative() -> None:
    with pytest.raises(Invalid, match="中止"):
        pause("2025-09-03", "2025-09-02")
    with pytest.raises(Invalid, match="负"):
        due("2025-09-01", -1, W)


def test_a_ledger_can_be_reckoned_again_from_itself() -> None:
    ledger = due("2025-09-01", 1, M, pause("2025-09-03", "2025-09-05"), extension=Extension(amount=1))
    assert recompute(ledger, OFFICIAL) == ledger
