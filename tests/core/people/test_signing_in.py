"""At the door: who gets in, who does not, and what the one who does not may learn."""

import asyncio
from itertools import pairwise

import pyotp
import pytest
from argon2 import PasswordHasher

from core.journal import timeline
from core.people import Must, access
from core.people.access import Attempt, Door, credentials
from core.people.access import repository as access_repository
from core.people.access.model import AttemptsExhausted, WeakPassword, WrongPassword
from tests.core.people.conftest import CASE, PASSWORD, VAULT, Town


async def kinds_of(town: Town) -> list[str]:
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        return [entry.kind for entry in await timeline(uow, None, limit=200)]


async def test_the_right_password_opens_the_door_and_is_journalled(town: Town) -> None:
    actor = (await town.who_is(await town.enter(" Wang "))).actor
    assert (actor.name, actor.organisation) == ("王敏", "数据局")
    assert actor.roles == {"data_bureau", "expert_office"}
    assert (await kinds_of(town))[-1] == "people:signed_in"


async def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(town: Town) -> None:
    assert await town.try_door("nobody", "Wrong-Horse-7") == await town.try_door("wang", "Wrong-Horse-7")


async def test_for_an_unknown_account_a_hash_is_verified_all_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    really = credentials._fits

    def watched(hashed: str, password: str) -> bool:
        verified.append(hashed)
        return really(hashed, password)

    monkeypatch.setattr(credentials, "_fits", watched)
    await town.try_door("nobody")
    await town.try_door("wang")
    assert verified[0] == credentials.DUMMY_HASH
    assert len(verified) == 2


def test_the_dummy_hash_costs_what_a_real_one_costs() -> None:
    assert not credentials.needs_rehash(credentials.DUMMY_HASH)
    assert credentials.HASHER.memory_cost == 19_456
    assert (credentials.HASHER.time_cost, credentials.HASHER.parallelism) == (2, 1)


@pytest.mark.parametrize(("failures", "door"), [(4, Door.OPEN), (5, Door.LOCKED), (6, Door.LOCKED)])
async def test_the_fifth_failure_locks_the_account(town: Town, failures: int, door: Door) -> None:
    for number in range(failures):
        await town.try_door("wang", "Wrong-Horse-7", address=f"10.0.0.{number}")
    assert (await town.try_door("wang", address="10.0.1.1")).door is door


@pytest.mark.parametrize(("minutes", "door"), [(14, Door.LOCKED), (15, Door.OPEN), (16, Door.OPEN)])
async def test_a_lock_ends_after_fifteen_minutes(town: Town, minutes: int, door: Door) -> None:
    for _ in range(5):
        await town.try_door("wang", "Wrong-Horse-7")
    town.later(minutes=minutes)
    assert (await town.try_door("wang")).door is door


async def test_the_security_administrator_lifts_a_lock(town: Town) -> None:
    for _ in range(5):
        await town.try_door("wang", "Wrong-Horse-7")
    guard = await town.actor("sec")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        account_id = town.people.accounts["wang"].id
        await access.unlock(uow, actor=guard, moment=town.moment, account_id=account_id)
    await town.enter("wang")


async def test_of_a_hundred_wrong_sign_ins_at_once_only_five_reach_the_hash(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    really = credentials._fits

    def watched(hashed: str, password: str) -> bool:
        verified.append(password)
        return really(hashed, password)

    monkeypatch.setattr(credentials, "_fits", watched)
    answers = await asyncio.gather(*(town.try_door("wang", f"Wrong-Horse-{n}") for n in range(100)))
    assert len(verified) == 5
    assert [answer.door for answer in answers].count(Door.LOCKED) == 96
    kinds = await kinds_of(town)
    assert (kinds.count("people:sign_in_failed"), kinds.count("people:sign_in_locked")) == (4, 1)


async def test_one_address_cannot_try_many_accounts_without_end(town: Town) -> None:
    for number in range(50):
        await town.try_door(f"guess{number}", "x", address="10.9.9.9")
    assert (await town.try_door("wang", address="10.9.9.9")).door is Door.LOCKED
    assert (await town.try_door("wang", address="10.9.9.8")).door is Door.OPEN


async def test_hashing_does_not_hold_up_the_loop(town: Town) -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(0.001)
            longest = max(longest, loop.time() - before)

    watcher = asyncio.create_task(watch())
    await asyncio.gather(*(credentials.verify_password(None, "x") for _ in range(20)))
    watcher.cancel()
    assert longest < 0.25  # 20 hashes one after the other take over half a second


async def test_a_hash_of_older_parameters_is_renewed_at_sign_in(town: Town) -> None:
    account_id = town.people.accounts["wang"].id
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await access_repository.put_password(uow, account_id, old, at=town.at, must_change=False)
    await town.enter("wang")
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        stored = await access_repository.find_credential(uow, account_id)
    assert stored is not None
    assert stored.password_hash is not None
    assert not credentials.needs_rehash(stored.password_hash)


@pytest.mark.parametrize(("days", "must"), [(89, ()), (90, (Must.CHANGE_PASSWORD,)), (91, (Must.CHANGE_PASSWORD,))])
async def test_a_password_of_ninety_days_must_be_changed_first(town: Town, days: int, must: tuple[Must, ...]) -> None:
    town.later(days=days)
    signed_in = await town.who_is(await town.enter("wang"))
    assert signed_in.must == must
    assert bool(signed_in.actor.scopes) is not bool(must)


async def test_changing_the_password_ends_every_session_and_opens_a_new_one(town: Town) -> None:
    old, elsewhere = await town.enter("wang"), await town.enter("wang")
    fresh = await access.change_password(
        town.database, token=old, present=PASSWORD, wanted="Another-Horse-8", moment=town.moment
    )
    assert await town.standing(old) is None
    assert await town.standing(elsewhere) is None
    assert (await town.who_is(fresh)).must == ()
    await town.enter("wang", "Another-Horse-8")


async def test_a_stolen_session_cannot_guess_the_password_for_ever(town: Town) -> None:
    token = await town.enter("wang")

    async def guess() -> None:
        await access.change_password(town.database, token=token, present="x", wanted="y", moment=town.moment)

    for _ in range(5):
        with pytest.raises(WrongPassword):
            await guess()
    with pytest.raises(AttemptsExhausted):
        await guess()


@pytest.mark.parametrize(
    ("wanted", "faults"),
    [("Aa1bbbbbb", 1), ("Aa1bbbbbbb", 0), ("Aa1bbbbbbbb", 0), ("aaaaaaaaaa1", 1), ("a1", 2), ("Xx9-wAnG-12345", 1)],
)
def test_every_fault_of_a_password_is_named_at_once(wanted: str, faults: int) -> None:
    assert len(credentials.faults_of(wanted, login="wang", policy=access.SignInPolicy())) == faults


async def test_none_of_the_last_five_passwords_may_come_back(town: Town) -> None:
    token = await town.enter("wang")
    chosen = [PASSWORD, *(f"Horse-Number-{number}" for number in range(5))]
    for present, wanted in pairwise(chosen):
        town.later(minutes=1)
        token = await access.change_password(
            town.database, token=token, present=present, wanted=wanted, moment=town.moment
        )

    async def go_back(wanted: str) -> str:
        return await access.change_password(
            town.database, token=token, present=chosen[-1], wanted=wanted, moment=town.moment
        )

    with pytest.raises(WeakPassword):
        await go_back(chosen[1])
    await go_back(chosen[0])


async def enrol(town: Town, login: str) -> pyotp.TOTP:
    actor = (await town.who_is(await town.enter(login))).actor
    async with town.database.unit_of_work(town.tenant.id) as uow:
        address = await access.begin_factor(uow, actor=actor, vault=VAULT, issuer="立项")
        totp = pyotp.parse_uri(address)
        assert isinstance(totp, pyotp.TOTP)
        await access.confirm_factor(uow, actor=actor, moment=town.moment, vault=VAULT, code=totp.at(town.at))
    town.later(minutes=2)
    return totp


async def test_with_a_second_factor_the_password_alone_gives_no_rights(town: Town) -> None:
    totp = await enrol(town, "wang")
    answer = await town.try_door("wang")
    assert answer.door is Door.FACTOR_NEEDED
    assert answer.token is not None
    waiting = await town.who_is(answer.token)
    assert (waiting.must, waiting.actor.scopes, waiting.actor.roles) == ((Must.GIVE_FACTOR,), frozenset(), frozenset())
    attempt = Attempt(login="", password="", code=totp.at(town.at))
    opened = await access.give_factor(
        town.database, token=answer.token, attempt=attempt, moment=town.moment, vault=VAULT
    )
    assert opened.door is Door.OPEN
    assert opened.token is not None
    assert (await town.who_is(opened.token)).must == ()
    assert await town.standing(answer.token) is None


async def test_a_code_serves_once(town: Town) -> None:
    totp = await enrol(town, "wang")
    code = totp.at(town.at)
    assert (await town.try_door("wang", code=code)).door is Door.OPEN
    assert (await town.try_door("wang", code=code)).door is Door.REFUSED


async def test_knowing_the_password_does_not_give_endless_tries_at_the_code(town: Town) -> None:
    await enrol(town, "wang")
    for _ in range(5):
        assert (await town.try_door("wang")).door is Door.FACTOR_NEEDED
        await town.try_door("wang", code="000000")
    assert (await town.try_door("wang")).door is Door.LOCKED


async def test_an_administrator_without_second_factor_has_no_rights_when_the_policy_asks_for_one(town: Town) -> None:
    guard = await town.actor("sec")
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await access.set_policy(uow, actor=guard, moment=town.moment, policy=access.SignInPolicy())
    signed_in = await town.who_is(await town.enter("sys"))
    assert (signed_in.must, signed_in.actor.scopes) == ((Must.ENROL_FACTOR,), frozenset())
    assert (await town.who_is(await town.enter("wang"))).must == ()


async def test_an_outside_party_is_bound_to_its_case(town: Town) -> None:
    signed_in = await town.who_is(await town.enter("vendor"))
    assert signed_in.bound_case_id == CASE
    assert signed_in.actor.case_id == CASE
