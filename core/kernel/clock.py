"""The one place that asks what day it is (时钟): everything else is told.

China has one zone and no summer time, so a fixed offset serves and no zone database is needed.
"""

from datetime import date, datetime, time, timedelta, timezone
from typing import Final, Protocol

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
_OPENING_TIME: Final = time(9, 0)


class Clock(Protocol):
    """Whatever can say the legal day and the instant."""

    def today(self) -> date:
        """The day it is in China, whatever zone the server stands in."""
        ...

    def now(self) -> datetime:
        """The instant, with its zone."""
        ...


class SystemClock:
    """The clock of the machine, read in China's zone."""

    def today(self) -> date:
        return self.now().date()

    def now(self) -> datetime:
        return datetime.now(SHANGHAI)


class FixedClock:
    """A clock that stands until it is moved: for scenarios, demonstrations and tests.

    It shows opening time of its day, so that `now()` and `today()` always agree.
    """

    __slots__ = ("day",)

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime.combine(self.day, _OPENING_TIME, SHANGHAI)

    def move_to(self, day: date) -> None:
        """Set another day, earlier or later."""
        self.day = day

    def pass_days(self, days: int) -> None:
        """Let natural days pass."""
        self.day += timedelta(days=days)


def in_china(instant: datetime) -> datetime:
    """Show an instant in China's zone; a naive one is refused, since nobody knows which zone it meant.

    Raises: ValueError for an instant without zone.
    """
    if instant.tzinfo is None:
        wrong = "an instant has a zone"
        raise ValueError(wrong)
    return instant.astimezone(SHANGHAI)
