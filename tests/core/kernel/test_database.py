"""The unit of work: one tenant, one transaction, and the connection always comes back."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextvars import Context
from uuid import UUID

import asyncpg
import pytest

from core.kernel.database import (
    ContendedRow,
    Database,
    DatabaseUnavailable,
    MisusedUnitOfWork,
    UnitOfWork,
    UnsafeRole,
    assert_safe_role,
    current_unit_of_work,
)
from core.kernel.identity import new_id
from core.kernel.tables import TenantChoice
from core.kernel.tenancy import Tenant

_SETTING = "SELECT current_setting('app.tenant_id', true)"
_CHOOSE = (
    "INSERT INTO tenant_choice (tenant_id, kind, key, from_on, recorded_at, value, source, decided_by_id, "
    "decided_by_name) VALUES ($1, 'option', $2, '2025-01-01', now(), '1', 's', $1, 'n')"
)
_COUNT = "SELECT count(*) FROM tenant_choice"


async def _choose(uow: UnitOfWork, tenant_id: UUID, key: str = "k") -> None:
    await uow.execute(_CHOOSE, tenant_id, key)


@pytest.fixture
async def narrow(database_url: str) -> AsyncIterator[Database]:
    """A pool of two, so that a lost connection shows at once."""
    opened = await Database.connect(database_url, max_size=2, acquire_seconds=0.5)
    yield opened
    await opened.close()


async def test_begin_and_tenant_take_one_round_trip(database: Database, tenant: Tenant) -> None:
    async with database.unit_of_work(tenant.id, read_only=True) as uow:
        assert UUID(await uow.fetchval(_SETTING)) == tenant.id
    assert uow.round_trips == 3


async def test_a_read_only_unit_of_work_cannot_write(database: Database, tenant: Tenant) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with database.unit_of_work(tenant.id, read_only=True) as uow:
            await _choose(uow, tenant.id)


async def test_what_is_saved_is_seen_by_its_tenant_only(
    database: Database, tenant: Tenant, other_tenant: Tenant
) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await _choose(uow, tenant.id)
    seen: dict[UUID | None, int] = {}
    for one in (tenant, other_tenant):
        async with database.unit_of_work(one.id) as uow:
            seen[one.id] = await uow.fetchval(_COUNT)
    async with database.platform() as uow:
        seen[None] = await uow.fetchval(_COUNT)
    assert seen == {tenant.id: 1, other_tenant.id: 0, None: 0}


async def test_an_error_undoes_everything(database: Database, tenant: Tenant) -> None:
    with pytest.raises(LookupError):
        async with database.unit_of_work(tenant.id) as uow:
            await _choose(uow, tenant.id)
            raise LookupError
    async with database.unit_of_work(tenant.id) as uow:
        assert await uow.fetchval(_COUNT) == 0


async def test_a_connection_used_again_after_an_error_sees_nothing(database_url: str, tenant: Tenant) -> None:
    database = await Database.connect(database_url, max_size=1)
    try:
        async with database.unit_of_work(tenant.id) as uow:
            await _choose(uow, tenant.id)
        with pytest.raises(asyncpg.DivisionByZeroError):
            async with database.unit_of_work(tenant.id) as uow:
                await uow.fetchval("SELECT 1 / 0")
        async with database.platform() as uow:
            assert await uow.fetchval(_SETTING) in (None, "")
            assert await uow.fetchval(_COUNT) == 0
        # The control: a session-wide SET, which the application never sends, would have survived the release.
        async with database.platform() as uow:
            await uow.execute(f"SET app.tenant_id = '{tenant.id}'")
        async with database.platform() as uow:
            assert await uow.fetchval(_COUNT) == 1
    finally:
        await database.close()


async def test_a_failed_commit_is_told_and_loses_no_connection(
    narrow: Database, tenant: Tenant, admin_url: str
) -> None:
    admin = await asyncpg.connect(admin_url)
    await admin.execute(
        "CREATE TABLE IF NOT EXISTS late (id int PRIMARY KEY, other int REFERENCES late DEFERRABLE INITIALLY DEFERRED);"
        "GRANT ALL ON late TO lixiang_app"
    )
    try:
        for number in range(5):
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                async with narrow.unit_of_work(tenant.id) as uow:
                    await uow.execute("INSERT INTO late VALUES ($1, 99)", number)
            assert current_unit_of_work() is None
        assert narrow.idle == narrow.size
    finally:
        await admin.execute("DROP TABLE late")
        await admin.close()


async def test_a_swallowed_error_is_not_mistaken_for_success(database: Database, tenant: Tenant) -> None:
    with pytest.raises(MisusedUnitOfWork, match="nothing was saved"):
        async with database.unit_of_work(tenant.id) as uow:
            await _choose(uow, tenant.id)
            with pytest.raises(asyncpg.UniqueViolationError):
                await uow.execute("INSERT INTO tenant SELECT * FROM tenant")


async def test_a_savepoint_lets_a_part_fail_alone(database: Database, tenant: Tenant) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        await _choose(uow, tenant.id, "kept")
        with pytest.raises(asyncpg.DivisionByZeroError):
            async with uow.savepoint():
                await _choose(uow, tenant.id, "undone")
                await uow.fetchval("SELECT 1 / 0")
    async with database.unit_of_work(tenant.id) as uow:
        assert [row["key"] for row in await uow.fetch("SELECT key FROM tenant_choice")] == ["kept"]


async def test_nesting_is_refused_unless_the_same_tenant_joins(
    database: Database, tenant: Tenant, other_tenant: Tenant
) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        for nested in (
            database.unit_of_work(other_tenant.id),
            database.unit_of_work(other_tenant.id, join=True),
            database.unit_of_work(tenant.id),
            database.platform(),
        ):
            with pytest.raises(MisusedUnitOfWork):
                async with nested:
                    pass
        async with database.unit_of_work(tenant.id, join=True) as joined:
            assert joined is uow
        assert uow.is_open


async def test_piccolo_speaks_on_the_open_unit_of_work_and_nowhere_else(database: Database, tenant: Tenant) -> None:
    with pytest.raises(MisusedUnitOfWork, match="outside"):
        await TenantChoice.select().run()
    async with database.unit_of_work(tenant.id) as uow:
        await _choose(uow, tenant.id)
        before = uow.round_trips
        rows = await TenantChoice.select(TenantChoice.key).where(TenantChoice.tenant_id == tenant.id).run()
        assert (rows, uow.round_trips - before) == ([{"key": "k"}], 1)
        with pytest.raises(MisusedUnitOfWork):
            await TenantChoice.select().batch()
    with pytest.raises(MisusedUnitOfWork):
        TenantChoice._meta.db.transaction()


async def test_a_task_that_outlives_its_unit_of_work_is_refused(database: Database, tenant: Tenant) -> None:
    ended = asyncio.Event()

    async def late() -> None:
        await ended.wait()
        await TenantChoice.select().run()

    async with database.unit_of_work(tenant.id):
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    ended.set()
    with pytest.raises(MisusedUnitOfWork, match="outlived"):
        await task


async def test_cancellations_lose_no_connection_and_leave_no_tenant(
    narrow: Database, tenant: Tenant, other_tenant: Tenant
) -> None:
    chance = random.Random(20250311)

    async def work(one: Tenant) -> None:
        async with narrow.unit_of_work(one.id) as uow:
            assert UUID(await uow.fetchval(_SETTING)) == one.id
            await uow.execute("SELECT pg_sleep($1)", chance.random() / 500)
            if chance.random() < 0.1:
                raise LookupError

    cancelled = 0
    for number in range(400):
        task = asyncio.create_task(work(tenant if number % 2 else other_tenant), context=Context())
        await asyncio.sleep(chance.random() / 300)
        task.cancel()
        (result,) = await asyncio.gather(task, return_exceptions=True)
        assert result is None or isinstance(result, asyncio.CancelledError | LookupError)
        cancelled += isinstance(result, asyncio.CancelledError)
    assert cancelled > 50
    await asyncio.sleep(0.1)
    assert narrow.idle == narrow.size
    async with narrow.platform() as uow:
        assert await uow.fetchval(_SETTING) in (None, "")
        stuck = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        assert await uow.fetchval(stuck) == 0


async def test_an_exhausted_pool_says_so_in_time(narrow: Database, tenant: Tenant) -> None:
    async def ask() -> None:
        async with narrow.unit_of_work(tenant.id):
            pass

    async with narrow.unit_of_work(tenant.id):
        hold = asyncio.create_task(_hold(narrow, tenant), context=Context())
        await asyncio.sleep(0.05)
        with pytest.raises(DatabaseUnavailable):
            await asyncio.create_task(ask(), context=Context())
        hold.cancel()
        await asyncio.gather(hold, return_exceptions=True)


async def _hold(database: Database, tenant: Tenant) -> None:
    async with database.unit_of_work(tenant.id):
        await asyncio.sleep(5)


async def test_a_killed_backend_is_unavailable_and_then_replaced(
    narrow: Database, tenant: Tenant, admin_url: str
) -> None:
    admin = await asyncpg.connect(admin_url)
    with pytest.raises(DatabaseUnavailable):
        async with narrow.unit_of_work(tenant.id) as uow:
            await admin.execute("SELECT pg_terminate_backend($1)", await uow.fetchval("SELECT pg_backend_pid()"))
            await uow.fetchval("SELECT 1")
    await admin.close()
    async with narrow.unit_of_work(tenant.id) as uow:
        assert await uow.fetchval("SELECT 1") == 1
    assert narrow.idle == narrow.size


async def test_contention_is_repeated_and_then_given_up(database: Database, tenant: Tenant) -> None:
    tries = 0

    async def settle(uow: UnitOfWork) -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            await uow.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
        await _choose(uow, tenant.id)
        return "done"

    async def never(uow: UnitOfWork) -> None:
        await uow.execute("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$")

    assert (await database.run(tenant.id, settle), tries) == ("done", 3)
    with pytest.raises(ContendedRow):
        await database.run(tenant.id, never)


async def test_long_results_come_in_portions(database: Database, tenant: Tenant) -> None:
    async with database.unit_of_work(tenant.id, read_only=True) as uow:
        sizes = [len(rows) async for rows in uow.stream("SELECT generate_series(1, $1::int)", 25, at_a_time=10)]
    assert sizes == [10, 10, 5]


async def test_the_application_refuses_a_role_that_the_wall_does_not_bind(database: Database, admin_url: str) -> None:
    await assert_safe_role(database)
    owner_url = admin_url.replace("//postgres@", "//lixiang_owner@")
    for url, reason in ((admin_url, "superuser"), (owner_url, "owns tables")):
        unsafe = await Database.connect(url, max_size=1)
        with pytest.raises(UnsafeRole, match=reason):
            await assert_safe_role(unsafe)
        await unsafe.close()


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(DatabaseUnavailable):
        await Database.connect("postgresql://lixiang_app@127.0.0.1:1/none", acquire_seconds=0.2)


async def test_a_tenant_id_that_is_no_uuid_never_reaches_the_server(database: Database) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        database.unit_of_work("x'; RESET ALL; --")  # type: ignore[arg-type]


def test_ids_of_one_process_ascend() -> None:
    assert new_id() < new_id()
