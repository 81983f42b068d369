"""Sessions, tokens and CSRF: nothing is taken over, everything ends, the hot path is one query."""

from datetime import timedelta

import pytest

from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Tenant
from core.people import NotAllowed, access, require
from core.people.access.model import NotLinked, SessionNotFound, WrongScopes
from core.people.access.sealing import digest, new_session_token
from core.people.permissions import PROJECTS_ACT, PROJECTS_READ, may
from core.people.seeding import create_people
from tests.core.people.conftest import CASE, PLAN, VAULT, Town


async def test_a_session_is_resolved_in_one_query(town: Town) -> None:
    token = await town.enter("wang")
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        before = uow.round_trips
        await access.resolve_session(uow, token, moment=town.moment)
        assert uow.round_trips - before == 1


async def test_a_planted_cookie_never_becomes_a_session(town: Town) -> None:
    planted = new_session_token(town.tenant.id)
    token = await town.enter("wang", former_token=planted)
    assert token != planted
    assert await town.standing(planted) is None


async def test_signing_in_again_ends_the_session_that_came_along(town: Town) -> None:
    first = await town.enter("wang")
    second = await town.enter("wang", former_token=first)
    assert await town.standing(first) is None
    assert await town.standing(second) is not None


async def test_only_the_digest_of_a_session_is_stored(town: Town) -> None:
    token = await town.enter("wang")
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        stored = [row["token_hash"] for row in await uow.fetch("SELECT token_hash FROM sign_in_session")]
    assert digest(token) in stored
    assert all(token.encode() not in value for value in stored)


async def test_a_session_of_one_tenant_is_none_in_another(town: Town, other_tenant: Tenant) -> None:
    token = await town.enter("wang")
    async with town.database.unit_of_work(other_tenant.id, read_only=True) as uow:
        assert await access.resolve_session(uow, token, moment=town.moment) is None


@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (30, False), (31, False)])
async def test_an_idle_session_ends_after_half_an_hour(town: Town, minutes: int, lives: bool) -> None:
    token = await town.enter("wang")
    town.later(minutes=minutes)
    assert (await town.standing(token) is not None) is lives


async def test_a_used_session_lives_on_but_not_beyond_its_absolute_end(town: Town) -> None:
    token = await town.enter("wang")
    for _ in range(12 * 3 - 1):
        town.later(minutes=20)
        seen = await town.who_is(token)
        assert seen.is_touch_due
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await access.touch_session(uow, seen.access_id, at=town.at)
        assert not (await town.who_is(token)).is_touch_due
    town.later(minutes=20)
    assert await town.standing(token) is None


async def test_signing_out_ends_the_session_on_the_server(town: Town) -> None:
    token = await town.enter("wang")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await access.sign_out(uow, token=token, moment=town.moment)
    assert await town.standing(token) is None


async def test_only_the_security_administrator_ends_the_session_of_somebody_else(town: Town) -> None:
    victim = await town.who_is(await town.enter("wang"))
    for login in ("li", "sys", "aud"):
        actor = await town.actor(login)
        with pytest.raises(NotAllowed):
            async with town.database.unit_of_work(town.tenant.id) as uow:
                await access.end_session(uow, actor=actor, moment=town.moment, session_id=victim.access_id)
    guard = await town.actor("sec")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await access.end_session(uow, actor=guard, moment=town.moment, session_id=victim.access_id)
    with pytest.raises(SessionNotFound):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await access.end_session(uow, actor=guard, moment=town.moment, session_id=victim.access_id)


def test_a_csrf_token_serves_its_own_session_only() -> None:
    session, key = new_id(), "key"
    token = access.issue_csrf(key, session)
    assert access.check_csrf(key, session, sent=token, cookie=token)
    other = access.issue_csrf(key, session)
    for wrong in ((key, new_id(), token, token), ("other", session, token, token), (key, session, token, other)):
        assert not access.check_csrf(wrong[0], wrong[1], sent=wrong[2], cookie=wrong[3])
    assert not access.check_csrf(key, session, sent="", cookie="")
    assert not access.check_csrf(key, session, sent="数据", cookie="数据")


def test_a_sealed_secret_opens_for_its_owner_only() -> None:
    owner = new_id()
    sealed = VAULT.seal("secret", owner)
    assert VAULT.unseal(sealed, owner) == "secret"
    assert VAULT.unseal(sealed, new_id()) is None
    assert access.Vault("another").unseal(sealed, owner) is None


async def test_a_token_does_what_it_names_and_no_more(town: Town) -> None:
    actor = await town.actor("wang")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        ends = town.at + timedelta(days=30)
        made, secret = await access.create_token(
            uow, actor=actor, moment=town.moment, name="导出", scopes=frozenset({PROJECTS_READ}), ends_at=ends
        )
    assert secret.startswith("lx_")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        before = uow.round_trips
        found = await access.resolve_token(uow, secret, moment=town.moment)
        assert uow.round_trips - before == 1
        assert found is not None
        assert found.actor.scopes == {PROJECTS_READ}
        assert found.actor.roles == actor.roles
        with pytest.raises(NotAllowed, match="办理项目事项"):
            require(found.actor, PROJECTS_ACT)
        await access.touch_token(uow, made.id, at=town.at)
        again = await access.resolve_token(uow, secret, moment=town.moment)
        assert again is not None
        assert not again.is_touch_due
        assert await access.resolve_token(uow, secret[:-1] + "x", moment=town.moment) is None
        await access.revoke_token(uow, actor=actor, moment=town.moment, token_id=made.id)
        assert await access.resolve_token(uow, secret, moment=town.moment) is None


async def test_a_token_ends_at_its_instant(town: Town) -> None:
    actor = await town.actor("wang")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        ends = town.at + timedelta(hours=1)
        _, secret = await access.create_token(
            uow, actor=actor, moment=town.moment, name="一小时", scopes=frozenset({"projects:*"}), ends_at=ends
        )
        town.later(minutes=59)
        assert await access.resolve_token(uow, secret, moment=town.moment) is not None
        town.later(minutes=1)
        assert await access.resolve_token(uow, secret, moment=town.moment) is None


@pytest.mark.parametrize("scopes", [set(), {"admin:*"}, {"admin:accounts"}, {"projects:read", "no:such"}])
async def test_nobody_makes_a_token_for_more_than_he_may(town: Town, scopes: set[str]) -> None:
    actor = await town.actor("wang")
    with pytest.raises(WrongScopes):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await access.create_token(
                uow, actor=actor, moment=town.moment, name="x", scopes=frozenset(scopes),
                ends_at=town.at + timedelta(days=1),
            )  # fmt: skip


async def test_an_outside_party_sees_its_own_case_alone(town: Town) -> None:
    vendor, officer = await town.actor("vendor"), await town.actor("wang")
    assert (vendor.case_id, vendor.entry, vendor.roles) == (CASE, "e1", frozenset({"bidder"}))
    assert (officer.case_id, officer.entry) == (None, None)


async def test_a_person_of_two_tenants_goes_across_after_showing_both_accounts(
    database: Database, town: Town, other_tenant: Tenant
) -> None:
    async with database.unit_of_work(other_tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=town.clock)
    there = Town(database, other_tenant, people, town.clock)
    here_token = await town.enter("wang")
    here, over_there = await town.who_is(here_token), await there.who_is(await there.enter("wang"))
    async with database.platform(read_only=True) as uow:
        assert set(await access.tenants_of_login(uow, "WANG")) >= {town.tenant.id, other_tenant.id}
    with pytest.raises(NotLinked):
        await access.switch_tenant(database, signed_in=here, to_tenant_id=other_tenant.id, moment=town.moment)
    await access.link_accounts(database, here=here, there=over_there, moment=town.moment)
    token = await access.switch_tenant(database, signed_in=here, to_tenant_id=other_tenant.id, moment=town.moment)
    assert access.tenant_of_session(token) == other_tenant.id
    assert (await there.who_is(token)).actor.user_id == people.accounts["wang"].id
    assert await town.standing(here_token) is None


async def test_administrators_are_never_linked_across_tenants(town: Town) -> None:
    wang, guard = await town.who_is(await town.enter("wang")), await town.who_is(await town.enter("sec"))
    with pytest.raises(NotLinked):
        await access.link_accounts(town.database, here=wang, there=guard, moment=town.moment)
    assert not may(guard.actor, PROJECTS_READ)
