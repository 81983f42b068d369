"""A tenant's decisions are dated, kept, and in force from their day."""

from datetime import date

import asyncpg
import pytest

from core.kernel.choices import (
    Choice,
    ChoiceKind,
    amend_calendar,
    calendar_of,
    choices_on,
    choose,
    confirm_year,
    list_choices,
)
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from core.kernel.workdays import Amendment

_START = date(2025, 3, 11)


def _choice(value: object, from_on: date = _START) -> Choice:
    return Choice(
        kind=ChoiceKind.OPTION, key="count_from", from_on=from_on, value=value, source="局务会纪要〔2025〕3号"
    )


@pytest.mark.parametrize(("day", "value"), [(10, None), (11, {"n": 2}), (12, {"n": 2})])
async def test_a_choice_holds_from_its_day_and_the_last_recorded_rules(
    database: Database, tenant: Tenant, actor: Actor, day: int, value: object
) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await choose(uow, _choice({"n": 1}), actor=actor)
        await choose(uow, _choice({"n": 2}), actor=actor)
        found = await choices_on(uow, date(2025, 3, day), ChoiceKind.OPTION)
        assert len(await list_choices(uow)) == 2
    assert (found["count_from"].value if found else None) == value


async def test_a_choice_cannot_be_changed_afterwards(database: Database, tenant: Tenant) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.unit_of_work(tenant.id) as uow:
            await uow.execute("UPDATE tenant_choice SET value = '0'")


async def test_a_typhoon_day_is_no_workday_in_its_own_tenant_only(
    database: Database, tenant: Tenant, other_tenant: Tenant, actor: Actor
) -> None:
    day = Amendment(on=_START, works=False, reason="台风停工", source="市三防通知", recorded_on=_START)
    async with database.unit_of_work(tenant.id) as uow:
        before = await calendar_of(uow)
        await amend_calendar(uow, day, actor=actor)
        await confirm_year(uow, 2031, source="国办通知", on=_START, actor=actor)
        after = await calendar_of(uow)
        assert await calendar_of(uow) is after
    async with database.unit_of_work(other_tenant.id) as uow:
        elsewhere = await calendar_of(uow)
    monday, wednesday = date(2025, 3, 10), date(2025, 3, 12)
    counted = [one.count_workdays(monday, wednesday) for one in (before, after, elsewhere)]
    assert counted == [2, 1, 2]
    assert (after.amendments, after.confirmed) == ((day,), (2031,))
    assert before.version != after.version
