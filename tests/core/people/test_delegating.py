"""One person acts for another: both are shown, no more is given than there is, and it ends at its date."""

from datetime import date, timedelta

import pytest

from core import people
from core.journal import timeline
from core.people import Delegation, NewDelegation, NotAllowed, access
from core.people.access.model import SessionNotFound
from core.people.model import AccountNotFound, PeriodReversed, WrongDelegation, WrongState
from tests.core.people.conftest import Town


async def lend(town: Town, **values: object) -> Delegation:
    """Wang lends Li the powers of the data bureau for ten days."""
    wang, today = await town.actor("wang"), town.clock.today()
    given = {
        "to_account_id": town.people.accounts["li"].id,
        "roles": frozenset({"data_bureau"}),
        "reason": "出差",
        "from_on": today,
        "to_on": today + timedelta(days=9),
    }
    new = NewDelegation(**given | values)  # type: ignore[arg-type]
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await people.delegate(uow, actor=wang, clock=town.clock, new=new)


async def take_up(town: Town, token: str, delegation: Delegation) -> access.SignedIn:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await access.act_for(uow, token=token, delegation_id=delegation.id, moment=town.moment)


async def test_an_act_under_a_delegation_shows_both_persons(town: Town) -> None:
    delegation, token = await lend(town), await town.enter("li")
    signed_in = await take_up(town, token, delegation)
    actor = signed_in.actor
    assert (actor.name, actor.acting_for, signed_in.acting_for_name) == (
        "李强",
        town.people.accounts["wang"].id,
        "王敏",
    )
    assert actor.organisation == "数据局"
    assert actor.roles == {"data_bureau"}
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        entry = (await timeline(uow, None, newest_first=True))[0]
    assert (entry.kind, entry.actor_name, entry.acting_for) == ("people:seat_chosen", "李强", actor.acting_for)
    assert entry.detail["acting_for_name"] == "王敏"


@pytest.mark.parametrize(("days", "holds"), [(8, True), (9, True), (10, False)])
async def test_a_delegation_ends_after_its_last_day(town: Town, days: int, holds: bool) -> None:
    delegation, token = await lend(town), await town.enter("li")
    await take_up(town, token, delegation)
    town.clock.pass_days(days)
    signed_in = await town.who_is(token)
    assert (signed_in.actor.acting_for is not None) is holds
    assert signed_in.has_lost_delegation is not holds
    assert signed_in.actor.organisation == ("数据局" if holds else "卫生健康局")


async def test_a_delegation_does_not_begin_before_its_first_day(town: Town) -> None:
    delegation = await lend(town, from_on=town.clock.today() + timedelta(days=1))
    token = await town.enter("li")
    with pytest.raises(SessionNotFound):
        await take_up(town, token, delegation)
    town.clock.pass_days(1)
    assert (await take_up(town, token, delegation)).actor.acting_for is not None


async def test_either_side_and_the_security_administrator_may_end_it_and_nobody_else(town: Town) -> None:
    delegation, token = await lend(town), await town.enter("li")
    await take_up(town, token, delegation)
    for login in ("sys", "aud", "vendor"):
        actor = await town.actor(login)
        with pytest.raises(NotAllowed):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                await people.revoke_delegation(uow, actor=actor, clock=town.clock, delegation_id=delegation.id)
    wang = await town.actor("wang")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await people.revoke_delegation(uow, actor=wang, clock=town.clock, delegation_id=delegation.id)
    assert (await town.who_is(token)).has_lost_delegation
    with pytest.raises(WrongState):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await people.revoke_delegation(uow, actor=wang, clock=town.clock, delegation_id=delegation.id)


async def test_when_the_giver_is_suspended_nobody_acts_for_him(town: Town) -> None:
    delegation, token, guard = await lend(town), await town.enter("li"), await town.actor("sec")
    await take_up(town, token, delegation)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        account_id = town.people.accounts["wang"].id
        await people.suspend_account(uow, actor=guard, clock=town.clock, account_id=account_id, reason="离岗")
    assert (await town.who_is(token)).has_lost_delegation


async def test_nobody_takes_up_a_delegation_that_was_given_to_another(town: Town) -> None:
    delegation = await lend(town)
    with pytest.raises(SessionNotFound):
        await take_up(town, await town.enter("wang"), delegation)


async def test_what_was_lent_is_not_lent_on(town: Town) -> None:
    delegation, token = await lend(town), await town.enter("li")
    borrowed = (await take_up(town, token, delegation)).actor
    new = NewDelegation(
        to_account_id=town.people.accounts["wang"].id,
        roles=frozenset({"data_bureau"}),
        reason="x",
        from_on=town.clock.today(),
        to_on=town.clock.today(),
    )
    with pytest.raises(WrongDelegation):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await people.delegate(uow, actor=borrowed, clock=town.clock, new=new)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"roles": frozenset({"finance"})}, WrongDelegation),
        ({"roles": frozenset()}, WrongDelegation),
        ({"reason": " "}, WrongDelegation),
        ({"from_on": date(2025, 3, 10)}, WrongDelegation),
        ({"to_on": date(2025, 3, 10)}, PeriodReversed),
    ],
)
async def test_a_delegation_gives_no_more_than_there_is(
    town: Town, wrong: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await lend(town, **wrong)


async def test_a_delegation_goes_to_an_officer_only(town: Town) -> None:
    for login in ("wang", "sys", "vendor"):
        with pytest.raises(WrongDelegation):
            await lend(town, to_account_id=town.people.accounts[login].id)
    with pytest.raises(AccountNotFound):
        await lend(town, to_account_id=town.tenant.id)


async def test_a_person_sees_for_whom_he_may_act_today(town: Town) -> None:
    delegation = await lend(town)
    li = town.people.accounts["li"].id
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        assert await people.delegations_to(uow, li, delegation.to_on) == (delegation,)
        assert await people.delegations_to(uow, li, delegation.to_on + timedelta(days=1)) == ()
