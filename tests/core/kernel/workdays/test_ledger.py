"""A ledger explains itself, in sentences and day by day, and survives storage."""

from datetime import date

from core.kernel.codec import decode, encode
from core.kernel.workdays import (
    LAST_ANNOUNCED_YEAR,
    OFFICIAL,
    DayEffect,
    Extension,
    Ledger,
    LedgerDays,
    LimitKind,
    Pause,
    Roll,
    Unit,
    ledger_days,
    on_day,
    reckon,
)

EDITING = Pause(opened_on=date(2025, 9, 26), closed_on=date(2025, 9, 29), reason="编修文本", article="JJ-25-2c")


def reckoned(
    start: date,
    amount: int,
    unit: Unit,
    *pauses: Pause,
    kind: LimitKind = LimitKind.DEADLINE,
    extension: Extension | None = None,
) -> Ledger:
    """A limit with an article."""
    return reckon(
        OFFICIAL,
        start=start,
        amount=amount,
        unit=unit,
        roll=Roll.FORWARD,
        kind=kind,
        pauses=pauses,
        extension=extension,
        cite="第二十五条",
    )


def test_a_ledger_survives_storage() -> None:
    for ledger in (
        reckoned(
            date(2025, 9, 25), 5, Unit.WORKDAY, EDITING, extension=Extension(amount=3, accepted_on=date(2025, 9, 26))
        ),
        reckoned(date(2025, 7, 1), 3, Unit.MONTH),
        reckoned(date(2025, 7, 1), 3, Unit.MONTH, kind=LimitKind.NONE),
    ):
        assert decode(encode(ledger), Ledger) == ledger


def test_a_moved_due_date_says_from_where_to_where_and_why() -> None:
    assert reckoned(date(2025, 7, 1), 3, Unit.MONTH).explain() == (
        "2025年7月1日（周二）起算，次日为第 1 日（《民法典》第二百零一条），期限 3 个月。依据：第二十五条。",
        "日历到期日 2025年10月1日（周三）适逢国庆节，顺延至 2025年10月9日（周四）（《民法典》第二百零三条）。",
        "到期日 2025年10月9日（周四）。",
    )


def test_pauses_and_extensions_are_named_with_their_reasons() -> None:
    given = Extension(amount=2, accepted_on=date(2025, 9, 30), cite="第三十一条")
    lines = reckoned(date(2025, 9, 25), 5, Unit.WORKDAY, EDITING, extension=given).explain()
    assert lines[1] == "2025年9月26日（周五）次日至 2025年9月29日（周一）止不计入期限：编修文本，JJ-25-2c。"
    assert lines[2] == "2025年9月30日（周二）同意延长 2 个工作日。依据：第三十一条。"
    asked = reckoned(date(2025, 9, 25), 5, Unit.WORKDAY, extension=Extension(to_on=date(2025, 11, 3))).explain()
    assert asked[1] == "已申请延至 2025年11月3日（周一），同意前仍按原期限。"


def test_a_stopped_clock_and_a_missing_limit_say_so_differently() -> None:
    stopped = reckoned(date(2025, 9, 25), 5, Unit.WORKDAY, Pause(opened_on=date(2025, 9, 26)))
    assert stopped.explain()[-1] == "中止尚未结束，暂无到期日。"
    assert reckoned(date(2025, 9, 25), 0, Unit.DAY, kind=LimitKind.NONE).explain() == (
        "未规定期限，无到期日。依据：第二十五条。",
    )


def test_a_forecast_due_date_warns_its_reader() -> None:
    assert "暂定" in reckoned(date(LAST_ANNOUNCED_YEAR, 12, 31), 5, Unit.WORKDAY).explain()[-1]


def test_an_agreed_date_is_shown_as_agreed() -> None:
    ledger = on_day(OFFICIAL, on=date(2026, 5, 31), kind=LimitKind.AGREED, roll=Roll.NONE)
    assert ledger.explain() == ("日期确定为 2026年5月31日（周日）。", "约定日期 2026年5月31日（周日）。")


def test_a_weekend_end_is_called_a_day_off() -> None:
    assert "适逢休息日" in reckoned(date(2025, 3, 15), 1, Unit.YEAR).explain()[1]


def effects(days: LedgerDays) -> list[tuple[int, str, int]]:
    """Day of the month, effect and number of each day."""
    return [(day.note.on.day, day.effect.value, day.number) for day in days.days]


def test_each_day_of_a_workday_limit_says_whether_it_counted() -> None:
    days = ledger_days(reckoned(date(2025, 9, 25), 5, Unit.WORKDAY), OFFICIAL)
    assert [day.number for day in days.days if day.number] == [1, 2, 3, 4, 5]
    assert [(day.note.on, day.why) for day in days.added] == [(date(2025, 9, 28), "国庆节调休上班")]
    assert [day.why for day in days.skipped] == ["周末", *["国庆节"] * 5, "中秋", *["国庆节"] * 2]
    assert days.days[-1].note.on == date(2025, 10, 9)


def test_paused_days_carry_the_reason_of_their_pause() -> None:
    days = ledger_days(reckoned(date(2025, 9, 25), 2, Unit.WORKDAY, EDITING), OFFICIAL)
    assert effects(days) == [
        (26, "counted", 1),
        (27, "paused", 0),
        (28, "paused", 0),
        (29, "paused", 0),
        (30, "counted", 2),
    ]
    assert {day.why for day in days.skipped} == {"编修文本"}


def test_days_moved_over_at_the_end_do_not_count() -> None:
    days = ledger_days(reckoned(date(2025, 9, 11), 20, Unit.DAY), OFFICIAL)
    assert [day.effect for day in days.days[-8:]] == [DayEffect.ROLLED] * 8
    assert days.days[-9].number == 20
    assert days.days[-1].why == "顺延后的末日"


def test_the_days_of_a_stopped_clock_end_where_it_stopped() -> None:
    stopped = reckoned(date(2025, 9, 22), 9, Unit.WORKDAY, Pause(opened_on=date(2025, 9, 24)))
    assert effects(ledger_days(stopped, OFFICIAL)) == [(23, "counted", 1), (24, "counted", 2)]


def test_a_limit_without_a_number_has_no_days() -> None:
    assert ledger_days(reckoned(date(2025, 9, 22), 9, Unit.WORKDAY, kind=LimitKind.ORDER), OFFICIAL).days == ()
