"""The three administrators: two hands for every power, one office for a person, none without a holder."""

import asyncpg
import pytest

from core import people
from core.journal import timeline
from core.kernel.database import Database
from core.kernel.errors import LixiangError
from core.kernel.identity import new_id
from core.kernel.tenancy import Tenant
from core.people import Account, AccountKind, Function, Must, NewAccount, NewPost, NotAllowed, SignedIn, may
from core.people.access import Door
from core.people.model import (
    AdministratorMayNotAct,
    LastAdministrator,
    LoginTaken,
    OneAdministration,
    PersonCodeMissing,
)
from core.people.permissions import ADMIN_SCOPES, FUNCTION_SCOPES, OUTSIDE_SCOPES
from core.people.seeding import AccountPlan, found_administrators
from tests.core.people.conftest import Town


def test_no_power_belongs_to_two_administrations_nor_to_an_officer() -> None:
    powers = [*ADMIN_SCOPES.values(), FUNCTION_SCOPES["head"] | OUTSIDE_SCOPES]
    assert len(frozenset().union(*powers)) == sum(len(some) for some in powers)


async def propose(town: Town, login: str = "zhao", **values: object) -> Account:
    system = await town.actor("sys")
    new = NewAccount(**{"login": login, "name": "赵云"} | values)  # type: ignore[arg-type]
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await people.propose_account(uow, actor=system, clock=town.clock, new=new)


def post(town: Town, code: str = "health") -> NewPost:
    return NewPost(
        organisation_id=town.people.organisations[code].id,
        functions=frozenset({Function.HANDLER}),
        from_on=town.clock.today(),
    )


async def test_an_account_works_only_after_both_hands_and_with_its_own_password(town: Town) -> None:
    account = await propose(town, posts=(post(town),))
    guard = await town.actor("sec")
    assert (await town.try_door("zhao")).door is Door.REFUSED
    async with town.database.unit_of_work(town.tenant.id) as uow:
        _, password = await people.activate_account(uow, actor=guard, clock=town.clock, account_id=account.id)
    token = await town.enter("zhao", password)
    first: SignedIn = await town.who_is(token)
    assert (first.must, first.actor.scopes) == ((Must.CHANGE_PASSWORD,), frozenset())
    token = await people.access.change_password(
        town.database, token=token, present=password, wanted="Brave-as-a-Tiger", moment=town.moment
    )
    assert may((await town.who_is(token)).actor, "projects:act")
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        kinds = [entry.kind for entry in await timeline(uow, None)]
    assert {"people:account_proposed", "people:account_activated", "people:password_changed"} <= set(kinds)


async def test_neither_hand_does_the_work_of_the_other(town: Town) -> None:
    account = await propose(town)
    for login in ("sys", "aud", "wang"):
        actor = await town.actor(login)
        with pytest.raises(NotAllowed, match="安全管理员"):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                await people.activate_account(uow, actor=actor, clock=town.clock, account_id=account.id)
    for login in ("sec", "aud", "wang"):
        actor = await town.actor(login)
        with pytest.raises(NotAllowed, match="系统管理员"):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                new = NewAccount(login="qian", name="钱")
                await people.propose_account(uow, actor=actor, clock=town.clock, new=new)


async def test_an_unconfirmed_post_gives_no_rights_and_a_confirmed_one_does(town: Town) -> None:
    token, system, guard = await town.enter("li"), await town.actor("sys"), await town.actor("sec")
    account_id, body = town.people.accounts["li"].id, town.people.organisations["data_bureau"]
    async with town.database.unit_of_work(town.tenant.id) as uow:
        proposed = await people.propose_post(
            uow, actor=system, clock=town.clock, account_id=account_id, post=post(town, "data_bureau")
        )
    with pytest.raises(LixiangError):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await people.access.choose_organisation(uow, token=token, organisation_id=body.id, moment=town.moment)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await people.confirm_post(uow, actor=guard, clock=town.clock, membership_id=proposed.id)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        chosen = await people.access.choose_organisation(uow, token=token, organisation_id=body.id, moment=town.moment)
    assert "data_bureau" in chosen.actor.roles
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await people.end_post(uow, actor=guard, clock=town.clock, membership_id=proposed.id, last_on=town.clock.today())
    assert (await town.who_is(token)).actor.roles
    town.clock.pass_days(1)
    assert not (await town.who_is(token)).actor.roles


@pytest.mark.parametrize("kind", [AccountKind.SYSTEM, AccountKind.SECURITY, AccountKind.AUDIT])
async def test_an_administrator_does_no_business(town: Town, kind: AccountKind) -> None:
    login = {"system": "sys", "security": "sec", "audit": "aud"}[kind]
    with pytest.raises(NotAllowed, match="不得办理业务"):
        people.require(await town.actor(login), "projects:act")
    with pytest.raises(AdministratorMayNotAct):
        await propose(town, kind=kind, person_code="P-9", posts=(post(town),))


async def test_the_database_itself_refuses_an_administrator_a_post(town: Town) -> None:
    insert = """INSERT INTO membership (tenant_id, id, account_id, account_kind, organisation_id, functions, from_on,
        proposed_by) VALUES ($1, $2, $3, $4, $5, '{head}', '2025-01-01', $2)"""
    body = town.people.organisations["health"]
    for pretended, refusal in (("system", asyncpg.CheckViolationError), ("officer", asyncpg.ForeignKeyViolationError)):
        with pytest.raises(refusal):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                await uow.execute(insert, town.tenant.id, new_id(), town.people.accounts["sys"].id, pretended, body.id)


async def test_one_person_holds_one_office_even_through_a_second_account(town: Town) -> None:
    with pytest.raises(OneAdministration):
        await propose(town, kind=AccountKind.AUDIT, person_code="sys")
    with pytest.raises(PersonCodeMissing):
        await propose(town, kind=AccountKind.AUDIT)
    assert (await propose(town, kind=AccountKind.AUDIT, person_code="another")).kind is AccountKind.AUDIT
    with pytest.raises(asyncpg.UniqueViolationError):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await uow.execute(
                "UPDATE account SET person_code = 'sys' WHERE tenant_id = $1 AND login = 'aud'", town.tenant.id
            )


async def test_the_last_administrator_of_an_office_stays(town: Town) -> None:
    guard = await town.actor("sec")
    for login in ("sys", "sec", "aud"):
        with pytest.raises(LastAdministrator):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                account_id = town.people.accounts[login].id
                await people.suspend_account(uow, actor=guard, clock=town.clock, account_id=account_id, reason="x")


async def test_a_suspended_person_is_out_at_once_and_is_told_nothing(town: Town) -> None:
    token, guard = await town.enter("li"), await town.actor("sec")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        account_id = town.people.accounts["li"].id
        await people.suspend_account(uow, actor=guard, clock=town.clock, account_id=account_id, reason="离岗")
    assert await town.standing(token) is None
    assert (await town.try_door("li")).message == (await town.try_door("nobody")).message


async def test_a_login_is_given_once_whatever_its_case(town: Town) -> None:
    with pytest.raises(LoginTaken):
        await propose(town, login=" WANG ")


async def test_a_tenant_gets_its_first_three_administrators_together_and_once(
    database: Database, other_tenant: Tenant, town: Town
) -> None:
    plans = tuple(AccountPlan(login=f"{kind}-1", name=kind, kind=AccountKind(kind)) for kind in ADMIN_SCOPES)
    async with database.unit_of_work(other_tenant.id) as uow:
        with pytest.raises(OneAdministration):
            await found_administrators(uow, clock=town.clock, plans=plans[:2])
        made = await found_administrators(uow, clock=town.clock, plans=plans)
        assert sorted(made.passwords) == ["audit-1", "security-1", "system-1"]
        with pytest.raises(OneAdministration):
            await found_administrators(uow, clock=town.clock, plans=plans)
