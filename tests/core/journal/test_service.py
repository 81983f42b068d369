"""Writing, reading, sealing and checking the journal on a real database."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from core import journal
from core.journal import outbox
from core.journal.repository import AT_ONCE
from core.kernel.database import Database, UnitOfWork
from core.kernel.errors import Invalid
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from tests.factories import A_DAY, make_entry


async def _write(database: Database, tenant: Tenant, actor: Actor, chain: UUID | None, count: int = 1) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        entries = [make_entry(actor, detail={"金额": number, "by": actor.user_id}) for number in range(count)]
        await journal.append(uow, chain=chain, entries=entries)


async def test_entries_come_back_in_their_order_with_who_and_what(
    database: Database, tenant: Tenant, actor: Actor
) -> None:
    project = new_id()
    changed = make_entry(
        actor, kind="document:replaced", before={"version": 1}, after={"version": 2}, subject="document:7"
    )
    async with database.unit_of_work(tenant.id) as uow:
        ids = await journal.append(uow, chain=project, entries=[make_entry(actor), changed])
    async with database.unit_of_work(tenant.id, read_only=True) as uow:
        read = await journal.timeline(uow, project)
    assert tuple(entry.id for entry in read) == ids
    assert [entry.seq for entry in read] == [1, 2]
    assert (read[1].actor_name, read[1].organisation, read[1].on, read[1].project_id) == (
        "王敏",
        "数据局",
        A_DAY,
        project,
    )
    assert read[1].detail["before"] == {"version": 1}
    assert (read[1].detail["after"], read[1].subject) == ({"version": 2}, "document:7")


@pytest.mark.parametrize("count", [1, 2, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 3])
async def test_the_database_links_entries_as_the_checker_expects(
    database: Database, tenant: Tenant, actor: Actor, count: int
) -> None:
    project = new_id()
    for _ in range(2):
        await _write(database, tenant, actor, project, count)
    async with database.unit_of_work(tenant.id) as uow:
        found = await journal.verify(uow, project)
        owed = await uow.fetchval("SELECT count(*) FROM outbox WHERE chain_id = $1", project)
    assert (found.flaws, found.entries, owed) == ((), 2 * count, 2 * count)


async def test_an_append_is_one_round_trip(database: Database, tenant: Tenant, actor: Actor) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await journal.append(uow, chain=new_id(), entries=[make_entry(actor)] * 3)
        assert uow.round_trips == 2


async def test_a_failed_act_leaves_no_entry(database: Database, tenant: Tenant, actor: Actor) -> None:
    project = new_id()
    with pytest.raises(LookupError):
        async with database.unit_of_work(tenant.id) as uow:
            await journal.append(uow, chain=project, entries=[make_entry(actor)])
            raise LookupError
    await _write(database, tenant, actor, project)
    async with database.unit_of_work(tenant.id) as uow:
        assert (await journal.verify(uow, project)).entries == 1


async def test_pages_follow_one_another_in_both_directions(database: Database, tenant: Tenant, actor: Actor) -> None:
    project = new_id()
    await _write(database, tenant, actor, project, 5)
    async with database.unit_of_work(tenant.id) as uow:
        first = await journal.timeline(uow, project, limit=2)
        second = await journal.timeline(uow, project, after=first[-1].seq, limit=2)
        newest = await journal.timeline(uow, project, limit=2, newest_first=True)
        older = await journal.timeline(uow, project, after=newest[-1].seq, limit=9, newest_first=True)
        with pytest.raises(Invalid):
            await journal.timeline(uow, project, limit=0)
    assert [entry.seq for entry in (*first, *second)] == [1, 2, 3, 4]
    assert [entry.seq for entry in (*newest, *older)] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET actor_name = 'x'", "DELETE FROM journal_entry"])
async def test_the_application_can_neither_change_nor_remove_an_entry(
    database: Database, tenant: Tenant, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.unit_of_work(tenant.id) as uow:
            await uow.execute(statement)


async def test_a_change_by_a_superuser_is_found_and_an_unknown_root_too(
    database: Database, tenant: Tenant, actor: Actor, admin_url: str
) -> None:
    project = new_id()
    await _write(database, tenant, actor, project, 4)
    async with database.unit_of_work(tenant.id) as uow:
        kept = await journal.daily_root(uow, on=A_DAY)
        assert await journal.daily_root(uow, on=A_DAY) == kept
        outside = {A_DAY.isoformat(): kept.root}
        assert (await journal.verify_tenant(uow, kept_elsewhere=outside)).is_sound
    admin = await asyncpg.connect(admin_url)
    await admin.execute("UPDATE journal_entry SET actor_name = '李四' WHERE chain_id = $1 AND seq = 3", project)
    await admin.close()
    async with database.unit_of_work(tenant.id) as uow:
        found = await journal.verify_tenant(uow, kept_elsewhere=outside)
        assert [(flaw.chain_id, flaw.seq) for flaw in found.flaws] == [(project, 3)]
        assert not (await journal.verify_tenant(uow, kept_elsewhere={A_DAY.isoformat(): b"?"})).is_sound


async def test_the_next_seal_covers_what_moved_and_the_seal_before(
    database: Database, tenant: Tenant, actor: Actor
) -> None:
    await _write(database, tenant, actor, new_id())
    async with database.unit_of_work(tenant.id) as uow:
        first = await journal.daily_root(uow, on=A_DAY)
    await _write(database, tenant, actor, None)
    async with database.unit_of_work(tenant.id) as uow:
        second = await journal.daily_root(uow, on=A_DAY + timedelta(days=1))
        assert (await journal.verify_tenant(uow)).is_sound
        assert await journal.roots(uow) == (first, second)
    assert (second.previous, second.day_on) == (first.root, A_DAY + timedelta(days=1))


async def _claimed_in_order(uow: UnitOfWork, consumer: str) -> list[int]:
    return [delivery.entry.seq for delivery in await outbox.claim(uow, consumer, in_order=True)]


async def test_each_consumer_gets_each_entry_once(database: Database, tenant: Tenant, actor: Actor) -> None:
    project = new_id()
    await _write(database, tenant, actor, project, 3)
    async with database.unit_of_work(tenant.id) as uow:
        while await outbox.fan_out(uow, ["desk", "mail"]):
            pass
    for consumer in ("desk", "mail"):
        async with database.unit_of_work(tenant.id) as uow:
            got = await outbox.claim(uow, consumer)
            assert await outbox.claim(uow, consumer) == ()
            assert [delivery.entry.seq for delivery in got if delivery.entry.chain_id == project] == [1, 2, 3]
            await outbox.confirm(uow, got)
            assert await outbox.owes(uow, got[0].entry.id) == (("mail",) if consumer == "desk" else ())
    async with database.unit_of_work(tenant.id) as uow:
        left = await outbox.backlog(uow)
    assert (left.waiting, left.owed, left.given_up) == (0, 0, 0)


async def test_an_ordered_consumer_waits_for_what_came_before(database: Database, tenant: Tenant, actor: Actor) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await outbox.fan_out(uow, [])
    await _write(database, tenant, actor, new_id(), 2)
    async with database.unit_of_work(tenant.id) as uow:
        await outbox.fan_out(uow, ["hook"])
        first, _ = await outbox.claim(uow, "hook", in_order=True)
        await uow.execute("UPDATE outbox_delivery SET due_at = now() WHERE seq = 2")
    async with database.unit_of_work(tenant.id) as uow:
        assert await _claimed_in_order(uow, "hook") == []
        assert not await outbox.fail(uow, first, "timed out")
    async with database.unit_of_work(tenant.id) as uow:
        assert await _claimed_in_order(uow, "hook") == []
        assert await outbox.fail(uow, first, "gone", attempts=1)
    async with database.unit_of_work(tenant.id) as uow:
        assert await _claimed_in_order(uow, "hook") == [2]
        assert (await outbox.backlog(uow)).given_up == 1
        assert await outbox.revive(uow, "hook") == 1
