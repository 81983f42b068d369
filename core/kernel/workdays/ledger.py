"""The ledger of one limit (期限台账): its due date with everything that led to it."""

from datetime import date
from typing import Final

import msgspec

from core.kernel.workdays.days import DayNote
from core.kernel.workdays.limits import Extension, LimitKind, Pause, Roll, Unit

_UNITS: Final = {Unit.WORKDAY: "个工作日", Unit.DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年"}
_NO_DATE: Final = {LimitKind.ORDER: "仅规定先后顺序，无到期日。", LimitKind.NONE: "未规定期限，无到期日。"}
_LAST_DAY: Final = {
    LimitKind.DEADLINE: "到期日 ",
    LimitKind.MINIMUM: "最短期间末日（次日起方可办理） ",
    LimitKind.WINDOW: "受理截止日 ",
    LimitKind.FIXED_YEARLY: "当年截止日 ",
    LimitKind.VALIDITY: "有效期末日 ",
    LimitKind.AGREED: "约定日期 ",
}


class Ledger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One limit as reckoned: what went in, and the last day that came out. Encodes to JSON and back.

    `due_on` is None in two cases that must stay distinct: the kind has no date at all (`kind.has_last_day`
    is false), or the clock is stopped by an open pause (`is_stopped`). `calendar_due_on` is the last day
    before it was moved off `rolled` days off; `unextended_due_on` is the last day without the extension.
    Single days skipped and added are not stored: `ledger_days` lists them.
    """

    start_on: date
    amount: int
    unit: Unit
    roll: Roll
    kind: LimitKind
    cite: str = ""
    due_on: date | None = None
    calendar_due_on: date | None = None
    unextended_due_on: date | None = None
    rolled: tuple[DayNote, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    provisional: bool = False
    calendar_version: str = ""

    @property
    def is_stopped(self) -> bool:
        """Whether an open pause keeps the limit from having a last day."""
        return self.due_on is None and self.kind.has_last_day

    @property
    def moved_days(self) -> int:
        """By how many natural days the last day was moved off days off."""
        return len(self.rolled)

    def due_as_of(self, on: date) -> date | None:
        """The last day as it stood on a day: until an extension is accepted, the old one rules."""
        accepted_on = self.extension.accepted_on if self.extension is not None else None
        return self.unextended_due_on if accepted_on is not None and on < accepted_on else self.due_on

    def explain(self) -> tuple[str, ...]:
        """The ledger in Chinese sentences, one for each thing that led to the due date."""
        lines = [self._length(), *(_pause(pause) for pause in self.pauses)]
        if self.extension is not None:
            lines.append(_extension(self.extension, self.unit))
        if self.is_stopped:
            lines.append("中止尚未结束，暂无到期日。")
        elif self.due_on is not None:
            lines.extend((*self._rolling(), f"{_LAST_DAY[self.kind]}{chinese_day(self.due_on)}。"))
        if self.provisional:
            lines.append("所涉年份的放假调休安排尚未公布，到期日为暂定，公布后重新计算。")
        return tuple(lines)

    def _length(self) -> str:
        basis = f"依据：{self.cite}。" if self.cite else ""
        if not self.kind.has_last_day:
            return f"{_NO_DATE[self.kind]}{basis}"
        if self.amount == 0:
            return f"日期确定为 {chinese_day(self.start_on)}。{basis}"
        length = f"{self.amount} {_UNITS[self.unit]}"
        return f"{chinese_day(self.start_on)}起算，次日为第 1 日（《民法典》第二百零一条），期限 {length}。{basis}"

    def _rolling(self) -> tuple[str, ...]:
        if not self.rolled or self.calendar_due_on is None or self.due_on is None:
            return ()
        why = self.rolled[0].name or "休息日"
        last, due = chinese_day(self.calendar_due_on), chinese_day(self.due_on)
        return (f"日历到期日 {last}适逢{why}，顺延至 {due}（《民法典》第二百零三条）。",)


def chinese_day(on: date) -> str:
    """A day as an official would write it: 2025年10月9日（周四）."""
    return f"{on.year}年{on.month}月{on.day}日（周{'一二三四五六日'[on.weekday()]}）"


def _pause(pause: Pause) -> str:
    end = f"至 {chinese_day(pause.closed_on)}止" if pause.closed_on is not None else "起尚未结束"
    notes = "，".join(note for note in (pause.reason, pause.article) if note)
    return f"{chinese_day(pause.opened_on)}次日{end}不计入期限{'：' if notes else ''}{notes}。"


def _extension(extension: Extension, unit: Unit) -> str:
    by = f"延长 {extension.amount} {_UNITS[unit]}"
    what = by if extension.to_on is None else f"延至 {chinese_day(extension.to_on)}"
    basis = f"依据：{extension.cite}。" if extension.cite else ""
    if extension.accepted_on is None:
        return f"已申请{what}，同意前仍按原期限。{basis}"
    return f"{chinese_day(extension.accepted_on)}同意{what}。{basis}"
