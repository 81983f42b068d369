"""Early, late and summed up; and what an amended calendar moves."""

from datetime import date

import pytest

from core.kernel.workdays import (
    OFFICIAL,
    Amendment,
    Extension,
    Ledger,
    LimitKind,
    Pause,
    Roll,
    Tally,
    Unit,
    changes,
    days_left,
    later_of,
    opens_after,
    overdue_days,
    reckon,
    workdays_between,
)


def due(
    start: date, amount: int, unit: Unit = Unit.WORKDAY, kind: LimitKind = LimitKind.DEADLINE, *pauses: Pause
) -> Ledger:
    """A limit that rolls."""
    return reckon(
        OFFICIAL, start=start, amount=amount, unit=unit, roll=Roll.FORWARD, kind=kind, pauses=pauses, cite="JJ-27-2"
    )


TEN = due(date(2025, 9, 11), 10)


@pytest.mark.parametrize(
    ("on", "overdue"),
    [
        (date(2025, 9, 24), 0),
        (date(2025, 9, 25), 0),
        (date(2025, 9, 26), 1),
        (date(2025, 9, 27), 1),
        (date(2025, 9, 28), 2),
    ],
)
def test_a_workday_limit_is_overdue_by_working_days(on: date, overdue: int) -> None:
    assert TEN.due_on == date(2025, 9, 25)
    assert overdue_days(TEN, OFFICIAL, on) == overdue


def test_a_calendar_limit_is_overdue_by_natural_days() -> None:
    ledger = due(date(2025, 8, 30), 1, Unit.MONTH)
    assert ledger.due_on == date(2025, 9, 30)
    assert [overdue_days(ledger, OFFICIAL, date(2025, 10, day)) for day in (1, 8)] == [1, 8]


@pytest.mark.parametrize("kind", [LimitKind.MINIMUM, LimitKind.ORDER, LimitKind.NONE])
def test_nobody_is_late_for_a_minimum_or_for_a_limit_without_a_number(kind: LimitKind) -> None:
    assert overdue_days(due(date(2025, 9, 11), 10, kind=kind), OFFICIAL, date(2026, 1, 1)) == 0


def test_nobody_is_late_while_the_clock_is_stopped() -> None:
    stopped = due(date(2025, 9, 11), 10, Unit.WORKDAY, LimitKind.DEADLINE, Pause(opened_on=date(2025, 9, 12)))
    assert overdue_days(stopped, OFFICIAL, date(2026, 1, 1)) == 0
    assert opens_after(stopped) is None


def test_a_late_extension_does_not_undo_the_lateness_of_the_days_before_it() -> None:
    extended = reckon(
        OFFICIAL,
        start=date(2025, 9, 11),
        amount=10,
        unit=Unit.WORKDAY,
        roll=Roll.FORWARD,
        kind=LimitKind.DEADLINE,
        extension=Extension(amount=5, accepted_on=date(2025, 9, 28)),
    )
    assert overdue_days(extended, OFFICIAL, date(2025, 9, 26)) == 1
    assert overdue_days(extended, OFFICIAL, date(2025, 9, 28)) == 0


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2025, 9, 26), 4),
        (date(2025, 9, 28), 3),
        (date(2025, 9, 30), 1),
        (date(2025, 10, 8), 1),
        (date(2025, 10, 9), 0),
        (date(2025, 10, 10), -1),
        (date(2025, 10, 11), -2),
    ],
)
def test_days_left_are_working_days(today: date, left: int) -> None:
    assert days_left(date(2025, 10, 9), today, OFFICIAL) == left


def test_the_weekend_after_the_last_day_is_already_late() -> None:
    assert days_left(date(2025, 9, 26), date(2025, 9, 27), OFFICIAL) == -1


def test_workdays_between_exclude_the_first_day_and_include_the_last() -> None:
    assert workdays_between(date(2025, 9, 30), date(2025, 10, 9), OFFICIAL) == 1
    assert workdays_between(date(2025, 10, 9), date(2025, 9, 30), OFFICIAL) == -1


def test_the_later_of_two_events_is_known_when_both_have_happened() -> None:
    assert later_of(date(2025, 1, 2), date(2025, 1, 1)) == date(2025, 1, 2)
    assert later_of(date(2025, 1, 2), None) is None
    assert later_of() is None


def test_early_limits_do_not_offset_late_ones() -> None:
    tally = Tally.of(OFFICIAL, [(TEN, date(2025, 9, 28)), (TEN, date(2025, 9, 12)), (TEN, date(2025, 10, 9))])
    assert [delay.overdue for delay in tally.delays] == [2, 0, 5]
    assert tally.total == 7
    assert [tally.reaches(days) for days in (6, 7, 8)] == [True, True, False]
    assert tally.delays[0].cite == "JJ-27-2"


def test_an_amended_day_moves_only_the_due_dates_that_counted_it() -> None:
    typhoon = Amendment(
        on=date(2025, 9, 24), works=False, reason="台风停工", source="市三防指挥部通告", recorded_on=date(2025, 9, 23)
    )
    amended = OFFICIAL.amended("v2", typhoon)
    ledgers = {"over": TEN, "before": due(date(2025, 9, 1), 10), "months": due(date(2025, 8, 24), 1, Unit.MONTH)}
    moves = changes(ledgers, OFFICIAL, amended)
    assert [(move.key, move.old_on, move.new_on) for move in moves] == [
        ("over", date(2025, 9, 25), date(2025, 9, 26)),
        ("months", date(2025, 9, 24), date(2025, 9, 25)),
    ]
    assert {move.after.calendar_version for move in moves} == {"v2"}
