"""What one day is, and how a tenant may correct it."""

from datetime import date
from enum import StrEnum

import msgspec


class DayKind(StrEnum):
    """Why offices work on a day, or why not (日期类型)."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


class DayNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day of a calendar: whether offices work on it, why, and who says so.

    A provisional day is a forecast: its year's days off are not announced yet.
    """

    on: date
    works: bool
    kind: DayKind
    name: str = ""
    source: str = ""
    provisional: bool = False


class Amendment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day that a tenant set itself (日历更正): a typhoon day, a local holiday, an announcement we lack.

    For the same day the one recorded last rules; earlier ones stay as history.
    """

    on: date
    works: bool
    reason: str
    source: str
    recorded_on: date
