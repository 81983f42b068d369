"""Bodies keep their roles and their people whatever they are called."""

from datetime import date

import pytest

from core import people
from core.kernel.errors import LixiangError
from core.kernel.tenancy import Tenant
from core.people import Alias, NewOrganisation, NotAllowed
from core.people.model import (
    CircularParent,
    CodeTaken,
    OrganisationNotFound,
    PeriodReversed,
    RoleHeld,
    WrongCreditCode,
    name_on,
)
from tests.core.people.conftest import Town

RENAMED_ON = date(2025, 6, 1)


async def test_a_renamed_body_keeps_its_roles_its_people_and_its_open_sessions(town: Town) -> None:
    token, system = await town.enter("wang"), await town.actor("sys")
    body = town.people.organisations["data_bureau"]
    async with town.database.unit_of_work(town.tenant.id) as uow:
        alias = Alias(name="数据资源局", from_on=RENAMED_ON)
        await people.rename_organisation(uow, actor=system, clock=town.clock, organisation_id=body.id, alias=alias)
        for day, name in ((date(2025, 5, 31), "数据局"), (RENAMED_ON, "数据资源局"), (date(2025, 6, 2), "数据资源局")):
            (holder,) = await people.holders(uow, "data_bureau", day)
            assert (holder.id, holder.name) == (body.id, name)
            assert [account.name for account, _ in await people.who(uow, body.id, day)] == ["王敏"]
    town.clock.move_to(RENAMED_ON)
    actor = (await town.who_is(token)).actor
    assert (actor.organisation, actor.organisation_id, "data_bureau" in actor.roles) == ("数据资源局", body.id, True)


def test_the_name_of_a_day_before_the_first_name_is_the_first_name() -> None:
    names = (Alias(name="乙局", from_on=RENAMED_ON), Alias(name="甲局", from_on=date(2020, 1, 1)))
    assert [name_on(names, day).name for day in (date(2019, 1, 1), date(2025, 5, 31), RENAMED_ON)] == [
        "甲局",
        "甲局",
        "乙局",
    ]


async def test_a_role_holds_from_its_first_day_to_its_last(town: Town) -> None:
    system, body = await town.actor("sys"), town.people.organisations["health"]
    first, last = date(2025, 4, 1), date(2025, 4, 30)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await people.bind_role(
            uow, actor=system, clock=town.clock, organisation_id=body.id, role="lead", from_on=first, to_on=last
        )
        days = (date(2025, 3, 31), first, last, date(2025, 5, 1))
        held = ["lead" in await people.roles_of(uow, body.id, day) for day in days]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("from_on", "to_on", "error"),
    [
        (date(2025, 4, 30), None, RoleHeld),
        (date(2025, 5, 1), None, None),
        (date(2025, 3, 1), date(2025, 3, 31), None),
        (date(2025, 3, 1), date(2025, 4, 1), RoleHeld),
        (date(2025, 6, 2), date(2025, 6, 1), PeriodReversed),
    ],
)
async def test_a_role_is_not_held_twice_at_a_time(
    town: Town, from_on: date, to_on: date | None, error: type[LixiangError] | None
) -> None:
    system, body = await town.actor("sys"), town.people.organisations["health"]

    async def bind(start: date, end: date | None) -> None:
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await people.bind_role(
                uow, actor=system, clock=town.clock, organisation_id=body.id, role="lead", from_on=start, to_on=end
            )

    await bind(date(2025, 4, 1), date(2025, 4, 30))
    if error is None:
        await bind(from_on, to_on)
    else:
        with pytest.raises(error):
            await bind(from_on, to_on)


async def found(town: Town, **values: str) -> people.Organisation:
    system = await town.actor("sys")
    new = NewOrganisation(**{"code": "edu", "kind": "first_level_unit", "name": "教育局"} | values, from_on=RENAMED_ON)  # type: ignore[arg-type]
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await people.found_organisation(uow, actor=system, clock=town.clock, new=new)


async def test_a_credit_code_with_a_wrong_check_character_is_refused(town: Town) -> None:
    with pytest.raises(WrongCreditCode):
        await found(town, credit_code="91110000600037341M")
    assert (await found(town, credit_code="9111 0000 6000 3734 1L")).credit_code == "91110000600037341L"


async def test_two_bodies_do_not_share_a_code(town: Town) -> None:
    await found(town)
    with pytest.raises(CodeTaken):
        await found(town)


async def test_a_body_never_stands_above_itself(town: Town) -> None:
    system, bodies = await town.actor("sys"), town.people.organisations
    with pytest.raises(CircularParent):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await people.place_under(
                uow,
                actor=system,
                clock=town.clock,
                organisation_id=bodies["health"].id,
                parent_id=bodies["hospital"].id,
            )


async def test_a_closed_body_holds_no_role_and_gives_no_rights_after_its_last_day(town: Town) -> None:
    token, system = await town.enter("li"), await town.actor("sys")
    body, last = town.people.organisations["health"], date(2025, 3, 31)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await people.close_organisation(uow, actor=system, clock=town.clock, organisation_id=body.id, last_on=last)
    town.clock.move_to(last)
    assert (await town.who_is(token)).actor.roles == {"project_unit"}
    town.clock.pass_days(1)
    actor = (await town.who_is(token)).actor
    assert (actor.roles, actor.scopes, actor.organisation_id) == (frozenset(), frozenset(), None)


async def test_only_the_system_administrator_changes_bodies(town: Town) -> None:
    body = town.people.organisations["health"]
    for login in ("wang", "sec", "aud", "vendor"):
        actor = await town.actor(login)
        with pytest.raises(NotAllowed, match="系统管理员"):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                await people.rename_organisation(
                    uow,
                    actor=actor,
                    clock=town.clock,
                    organisation_id=body.id,
                    alias=Alias(name="某局", from_on=RENAMED_ON),
                )


async def test_a_body_of_another_tenant_is_not_found(town: Town, other_tenant: Tenant) -> None:
    body = town.people.organisations["health"]
    async with town.database.unit_of_work(other_tenant.id) as uow:
        with pytest.raises(OrganisationNotFound):
            await people.get_organisation(uow, body.id, RENAMED_ON)
