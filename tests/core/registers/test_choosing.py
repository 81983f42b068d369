"""What a tenant settles for itself: who may, which values, from when; and days that count otherwise."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import journal
from core.kernel.errors import Invalid
from core.people import NotAllowed
from core.registers import (
    ChoiceUnknown,
    DayChange,
    NewRound,
    NotKeeper,
    NotOpen,
    Setting,
    amend_calendar,
    calendar_of,
    choose_option,
    confirm_year,
    open_round,
    options_on,
    parameters_on,
    preview_amendment,
    set_parameter,
)
from core.stages import ActRequest, PaperIn, Venues, act
from tests.core.registers.conftest import DAY, Parish
from tests.core.registers.parish import REGISTRY, RULEBOOK


def _setting(key: str, value: Any, from_on: date = DAY, reason: str = "区政府办公会议纪要") -> Setting:
    return Setting(key=key, value=value, reason=reason, from_on=from_on)


async def test_an_option_holds_from_its_day_and_the_journal_knows_old_and_new(parish: Parish) -> None:
    later = DAY + timedelta(days=7)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await choose_option(uow, RULEBOOK, parish.administrator, setting=_setting("v_mode", "block", later), on=DAY)
        days = [await options_on(uow, later + timedelta(days=step)) for step in (-1, 0, 1)]
        entry = next(e for e in await journal.timeline(uow, None) if e.kind == "choice:option")
    assert days == [{}, {"mode": "block"}, {"mode": "block"}]
    assert (entry.detail["before"], entry.detail["after"]) == ({"value": "warn"}, {"value": "block"})
    assert REGISTRY.place("village").rulebook(days[1]).digest != RULEBOOK.digest


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("mode", "ignore", "只能选择：warn、block"),
        ("strict", 1, "只能选择"),
        ("strict", "true", "只能选择"),
    ],
)
async def test_a_value_the_text_does_not_leave_open_is_refused(
    parish: Parish, key: str, value: object, problem: str
) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(Invalid, match=problem):
            await choose_option(uow, RULEBOOK, parish.administrator, setting=_setting(key, value), on=DAY)
        assert await options_on(uow, DAY) == {}


async def test_who_may_choose_is_what_the_regulation_says(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        for actor in (parish.bureau, parish.teacher):
            with pytest.raises(NotAllowed, match="系统管理员"):
                await choose_option(uow, RULEBOOK, actor, setting=_setting("mode", "block"), on=DAY)
        with pytest.raises(NotOpen):
            await choose_option(uow, RULEBOOK, parish.administrator, setting=_setting("fixed", "no"), on=DAY)
        with pytest.raises(NotAllowed):
            await choose_option(uow, RULEBOOK, parish.administrator, setting=_setting("window_months", 3), on=DAY)
        with pytest.raises(NotKeeper):
            await choose_option(uow, RULEBOOK, parish.teacher, setting=_setting("window_months", 3), on=DAY)
        with pytest.raises(Invalid, match="类型"):
            await choose_option(uow, RULEBOOK, parish.bureau, setting=_setting("window_months", "3"), on=DAY)
        await choose_option(uow, RULEBOOK, parish.bureau, setting=_setting("window_months", 3), on=DAY)
        assert await options_on(uow, DAY) == {"window_months": 3}


async def test_a_choice_without_reason_or_for_days_gone_by_or_of_no_known_key_is_refused(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        for wrong in (_setting("mode", "block", reason=" "), _setting("mode", "block", DAY - timedelta(days=1))):
            with pytest.raises(Invalid):
                await choose_option(uow, RULEBOOK, parish.administrator, setting=wrong, on=DAY)
        with pytest.raises(ChoiceUnknown):
            await choose_option(uow, RULEBOOK, parish.administrator, setting=_setting("none", 1), on=DAY)


async def test_a_parameter_is_a_dated_value_of_the_office_and_may_be_recorded_late(parish: Parish) -> None:
    new_year = date(2025, 1, 1)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(NotKeeper):
            await set_parameter(uow, RULEBOOK, parish.teacher, setting=_setting("total", 1), on=DAY)
        await set_parameter(uow, RULEBOOK, parish.bureau, setting=_setting("total", 500_000_00, new_year), on=DAY)
        await set_parameter(uow, RULEBOOK, parish.bureau, setting=_setting("total", 600_000_00, DAY), on=DAY)
        await set_parameter(uow, RULEBOOK, parish.bureau, setting=_setting("categories", ["平台"], DAY), on=DAY)
        with pytest.raises(Invalid, match="类型"):
            await set_parameter(uow, RULEBOOK, parish.bureau, setting=_setting("categories", "平台"), on=DAY)
        values = [await parameters_on(uow, day) for day in (date(2024, 12, 31), new_year, DAY)]
    assert values == [{}, {"total": 500_000_00}, {"total": 600_000_00, "categories": ["平台"]}]


TYPHOON = DayChange(on=date(2025, 9, 30), works=False, reason="台风停工")


async def _under_review(parish: Parish) -> str:
    code = await parish.begin()
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        venue = await Venues(REGISTRY).of(uow, parish.tenant, DAY)
        facts = {"project_kind": "build", "declared": 100}
        request = ActRequest(act="submit", stage="apply", facts=facts, papers=(PaperIn(type="form", sealed=True),))
        await act(uow, venue, actor=parish.teacher, code=code, request=request)
    return code


async def test_a_preview_names_the_deadlines_and_windows_that_would_move_and_writes_nothing(parish: Parish) -> None:
    code = await _under_review(parish)
    ninth = DayChange(on=date(2025, 10, 9), works=False, reason="本地节日")
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        new = NewRound(plan_year=2026, issued_on=date(2025, 8, 5))
        await open_round(uow, RULEBOOK, parish.bureau, calendar=await calendar_of(uow), new=new, on=DAY)
        first = await preview_amendment(uow, REGISTRY, changes=(TYPHOON,), on=DAY)
        second = await preview_amendment(uow, REGISTRY, changes=(ninth,), on=DAY)
        far = await preview_amendment(
            uow, REGISTRY, changes=(DayChange(on=date(2025, 12, 1), works=False, reason="节日"),), on=DAY
        )
        assert (await calendar_of(uow)).amendments == ()
    moved = [(m.code, m.limit, m.old_on, m.new_on) for m in first.deadlines]
    assert moved == [(code, "review", date(2025, 10, 9), date(2025, 10, 10))]
    assert first.rounds == ()
    assert [(m.old_on, m.new_on) for m in second.rounds] == [(date(2025, 10, 9), date(2025, 10, 10))]
    assert (far.deadlines, far.rounds) == ((), ())


async def test_an_amended_day_is_in_the_calendar_with_its_source_and_in_the_journal(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        before = await calendar_of(uow)
        with pytest.raises(NotAllowed):
            await amend_calendar(uow, parish.bureau, changes=(TYPHOON,), source="防汛通知", on=DAY)
        with pytest.raises(Invalid):
            await amend_calendar(uow, parish.administrator, changes=(TYPHOON,), source="", on=DAY)
        with pytest.raises(Invalid):
            await amend_calendar(uow, parish.administrator, changes=(TYPHOON, TYPHOON), source="防汛通知", on=DAY)
        after = await amend_calendar(uow, parish.administrator, changes=(TYPHOON,), source="防汛通知", on=DAY)
        back = DayChange(on=TYPHOON.on, works=True, reason="台风改向")
        undone = await amend_calendar(uow, parish.administrator, changes=(back,), source="防汛通知二", on=DAY)
        entry = next(e for e in await journal.timeline(uow, None) if e.kind == "calendar:amended")
    assert (before.works(TYPHOON.on), after.works(TYPHOON.on), undone.works(TYPHOON.on)) == (True, False, True)
    assert len({before.version, after.version, undone.version}) == 3
    assert (entry.detail["before"], entry.detail["after"]) == (before.version, after.version)


async def test_a_confirmed_year_is_no_longer_provisional(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        assert (await calendar_of(uow)).is_provisional(2031)
        calendar = await confirm_year(uow, parish.administrator, year=2031, source="国办通知", on=DAY)
    assert not calendar.is_provisional(2031)
