"""Days off by year: as announced by the State Council, and as forecast where nothing is announced yet.

Announced years come from `chinese_calendar`. For others the statutory festivals of `holidays` are a
forecast without make-up days, and every day of such a year is marked provisional.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from chinese_calendar import constants
from holidays import country_holidays

from core.kernel.workdays.days import DayKind, DayNote

_SATURDAY: Final = 5
_NAMES: Final[dict[str, str]] = {festival.value: vars(festival)["chinese"] for festival in constants.Holiday}
_ANNOUNCED: Final = frozenset(day.year for day in constants.holidays)
LAST_ANNOUNCED_YEAR: Final = max(_ANNOUNCED)
_FORECAST: Final = "按《全国年节及纪念日放假办法》推算，放假调休安排尚未公布"


def is_announced(year: int) -> bool:
    """Whether the State Council's arrangement for the year is known to us."""
    return year in _ANNOUNCED


@lru_cache(maxsize=64)
def year_notes(year: int) -> tuple[DayNote, ...]:
    """Every day of a year, first of January first."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
    if is_announced(year):
        return tuple(_announced_note(day) for day in days)
    festivals = country_holidays("CN", years=year, language="zh_CN")
    return tuple(_forecast_note(day, festivals.get(day)) for day in days)


def _announced_note(day: date) -> DayNote:
    off, make_up = constants.holidays.get(day), constants.workdays.get(day)
    if off is None and make_up is None:
        return _ordinary(day, provisional=False)
    kind = DayKind.MAKE_UP if off is None else DayKind.HOLIDAY
    name = _NAMES.get(off or make_up or "", "")
    source = f"国务院办公厅关于{day.year}年部分节假日安排的通知"
    return DayNote(on=day, works=off is None, kind=kind, name=name, source=source)


def _forecast_note(day: date, festival: str | None) -> DayNote:
    if festival is None:
        return _ordinary(day, provisional=True)
    return DayNote(on=day, works=False, kind=DayKind.HOLIDAY, name=festival, source=_FORECAST, provisional=True)


def _ordinary(day: date, *, provisional: bool) -> DayNote:
    works = day.weekday() < _SATURDAY
    kind = DayKind.WORKDAY if works else DayKind.WEEKEND
    source = _FORECAST if provisional else ""
    return DayNote(on=day, works=works, kind=kind, source=source, provisional=provisional)
