"""The clock tells the legal day in China, or the day a scenario sets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.kernel.clock import SHANGHAI, FixedClock, SystemClock, in_china


def test_the_system_clock_shows_the_day_in_china() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.today() in {clock.now().date(), clock.now().date() - timedelta(days=1)}


def test_late_evening_in_london_is_already_the_next_day_in_china() -> None:
    assert in_china(datetime(2025, 9, 30, 16, 0, tzinfo=UTC)).date() == date(2025, 10, 1)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        in_china(datetime(2025, 9, 30, 16, 0))  # noqa: DTZ001  # the point of the test


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(date(2025, 9, 30))
    assert clock.now() == datetime(2025, 9, 30, 9, 0, tzinfo=SHANGHAI)
    clock.pass_days(1)
    assert clock.today() == clock.now().date() == date(2025, 10, 1)
    clock.move_to(date(2024, 1, 1))
    assert clock.today() == date(2024, 1, 1)
