"""An act sent twice is done once and answered twice."""

import asyncio
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest

from core.kernel import idempotency
from core.kernel.database import Database
from core.kernel.errors import Invalid
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant

_EFFECT = (
    "INSERT INTO calendar_amendment (tenant_id, day_on, recorded_at, works, reason, source, decided_by_id, "
    "decided_by_name) VALUES ($1, '2025-03-11', clock_timestamp(), false, 'r', 's', $1, 'n')"
)


async def _act(database: Database, tenant: Tenant, actor: Actor, key: str, content: bytes = b"a") -> bytes:
    async with database.unit_of_work(tenant.id) as uow:
        replay = await idempotency.claim(uow, key, actor.user_id, content)
        if replay is not None:
            return replay.body
        await uow.execute(_EFFECT, tenant.id)
        await asyncio.sleep(0.01)
        body = new_id().bytes
        await idempotency.keep(uow, key, 201, body)
        return body


async def _effects(database: Database, tenant: Tenant) -> int:
    async with database.unit_of_work(tenant.id) as uow:
        return int(await uow.fetchval("SELECT count(*) FROM calendar_amendment"))


async def test_a_hundred_equal_requests_at_once_have_one_effect_and_one_answer(
    database: Database, tenant: Tenant, actor: Actor
) -> None:
    gate = asyncio.Semaphore(5)

    async def send() -> bytes:
        async with gate:
            return await _act(database, tenant, actor, "k")

    tasks = [asyncio.create_task(send(), context=Context()) for _ in range(100)]
    assert len(set(await asyncio.gather(*tasks))) == 1
    assert await _effects(database, tenant) == 1


async def test_a_failed_act_leaves_its_key_free(database: Database, tenant: Tenant, actor: Actor) -> None:
    with pytest.raises(LookupError):
        async with database.unit_of_work(tenant.id) as uow:
            await idempotency.claim(uow, "k", actor.user_id, b"a")
            raise LookupError
    await _act(database, tenant, actor, "k")
    assert await _effects(database, tenant) == 1


@pytest.mark.parametrize("changed", ["content", "sender"])
async def test_the_same_key_for_something_else_is_refused(
    database: Database, tenant: Tenant, actor: Actor, changed: str
) -> None:
    await _act(database, tenant, actor, "k")
    sender = new_id() if changed == "sender" else actor.user_id
    with pytest.raises(idempotency.IdempotencyKeyReused) as caught:
        async with database.unit_of_work(tenant.id) as uow:
            await idempotency.claim(uow, "k", sender, b"b" if changed == "content" else b"a")
    assert caught.value.code == "idempotency_key_reused"


async def test_the_same_key_in_another_tenant_is_another_act(
    database: Database, tenant: Tenant, other_tenant: Tenant, actor: Actor
) -> None:
    assert await _act(database, tenant, actor, "k") != await _act(database, other_tenant, actor, "k")


async def test_an_act_without_a_kept_answer_is_not_repeated(database: Database, tenant: Tenant, actor: Actor) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await idempotency.claim(uow, "k", actor.user_id, b"a")
    with pytest.raises(idempotency.AnswerMissing):
        async with database.unit_of_work(tenant.id) as uow:
            await idempotency.claim(uow, "k", actor.user_id, b"a")


@pytest.mark.parametrize(("length", "usable"), [(0, False), (1, True), (255, True), (256, False)])
async def test_keys_have_1_to_255_characters(
    database: Database, tenant: Tenant, actor: Actor, length: int, usable: bool
) -> None:
    if usable:
        assert await _act(database, tenant, actor, "键" * length)
    else:
        with pytest.raises(Invalid):
            await _act(database, tenant, actor, "k" * length)


async def test_old_answers_are_forgotten(database: Database, tenant: Tenant, actor: Actor) -> None:
    await _act(database, tenant, actor, "k")
    now = datetime.now(UTC)
    async with database.unit_of_work(tenant.id) as uow:
        assert await idempotency.forget(uow, now - timedelta(days=idempotency.KEEP_DAYS)) == 0
        assert await idempotency.forget(uow, now + timedelta(seconds=1)) == 1
