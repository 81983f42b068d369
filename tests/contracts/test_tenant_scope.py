"""The wall, tried on every table the catalogue has: another tenant's rows cannot be seen, made, changed or removed.

Rows of unknown tables are made from the catalogue itself, by a superuser who lifts foreign keys and checks; only the
wall is under test here.
"""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.kernel.database import Database
from core.kernel.schema_linter import GLOBAL_TABLES
from core.kernel.tenancy import Tenant

_SCOPED = """
SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
_COLUMNS = """
SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND a.attgenerated = ''
"""
_VALUES = {
    "uuid": "gen_random_uuid()",
    "text": "gen_random_uuid()::text",
    "bytea": "'\\x00'::bytea",
    "date": "'2025-03-11'::date",
    "timestamp with time zone": "now()",
    "jsonb": "'{}'::jsonb",
    "json": "'{}'::json",
    "boolean": "true",
    "integer": "1",
    "bigint": "1",
    "smallint": "1",
    "tsvector": "''::tsvector",
    "inet": "'127.0.0.1'::inet",
}


@pytest.fixture(scope="module")
async def admin(admin_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A superuser in a database whose checks and foreign keys are lifted."""
    connection = await asyncpg.connect(admin_url)
    rows = await connection.fetch(
        "SELECT conrelid::regclass::text AS t, conname FROM pg_constraint "
        "WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace"
    )
    for row in rows:
        await connection.execute(f'ALTER TABLE {row["t"]} DROP CONSTRAINT "{row["conname"]}"')
    # What a grant withholds is not for this test: behind it the wall must hold as well.
    await connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO lixiang_app")
    yield connection
    await connection.close()


async def _scoped(admin: asyncpg.Connection) -> list[str]:
    names = [row["name"] for row in await admin.fetch(_SCOPED)]
    return [name for name in names if name not in GLOBAL_TABLES]


async def _insertion(admin: asyncpg.Connection, table: str, tenant_id: UUID) -> str:
    columns = {row["name"]: row["type"] for row in await admin.fetch(_COLUMNS, table)}
    values = {
        name: f"'{tenant_id}'" if name == "tenant_id" else _VALUES.get(kind, f"'{{}}'::{kind}")
        for name, kind in columns.items()
    }
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


async def test_no_table_lets_one_tenant_reach_another(
    database: Database, admin: asyncpg.Connection, tenant: Tenant, other_tenant: Tenant
) -> None:
    tables = await _scoped(admin)
    assert len(tables) > 5
    for table in tables:
        await admin.execute(await _insertion(admin, table, other_tenant.id))
        foreign = f"FROM {table} WHERE tenant_id = '{other_tenant.id}'"
        theirs = await admin.fetchval(f"SELECT count(*) {foreign}")
        async with database.unit_of_work(tenant.id) as uow:
            assert await uow.fetchval(f"SELECT count(*) {foreign}") == 0, table
            assert (
                await uow.execute(f"UPDATE {table} SET tenant_id = tenant_id {foreign[len(table) + 5 :]}") == "UPDATE 0"
            )
            assert await uow.execute(f"DELETE {foreign}") == "DELETE 0", table
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with database.unit_of_work(tenant.id) as uow:
                await uow.execute(await _insertion(admin, table, other_tenant.id))
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with database.unit_of_work(tenant.id) as uow:
                await uow.execute(await _insertion(admin, table, tenant.id))
                await uow.execute(f"UPDATE {table} SET tenant_id = '{other_tenant.id}'")
        async with database.platform() as uow:
            assert await uow.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        assert await admin.fetchval(f"SELECT count(*) {foreign}") == theirs


async def test_without_a_tenant_nothing_can_be_written(
    database: Database, admin: asyncpg.Connection, tenant: Tenant
) -> None:
    for table in await _scoped(admin):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with database.platform() as uow:
                await uow.execute(await _insertion(admin, table, tenant.id))


async def test_the_control_a_table_without_its_wall_is_open(
    database: Database, admin: asyncpg.Connection, tenant: Tenant, other_tenant: Tenant
) -> None:
    await admin.execute("ALTER TABLE idempotent_act DISABLE ROW LEVEL SECURITY")
    try:
        await admin.execute(await _insertion(admin, "idempotent_act", other_tenant.id))
        async with database.unit_of_work(tenant.id) as uow:
            assert await uow.execute("DELETE FROM idempotent_act") != "DELETE 0"
    finally:
        await admin.execute("ALTER TABLE idempotent_act ENABLE ROW LEVEL SECURITY")


async def test_a_foreign_key_cannot_be_used_to_ask_whether_an_id_exists(
    database: Database, admin: asyncpg.Connection, tenant: Tenant, other_tenant: Tenant
) -> None:
    await admin.execute(
        "CREATE TABLE IF NOT EXISTS owned (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id));"
        "CREATE TABLE IF NOT EXISTS probe (tenant_id uuid NOT NULL, owned_id uuid NOT NULL,"
        " FOREIGN KEY (tenant_id, owned_id) REFERENCES owned (tenant_id, id));"
        "GRANT ALL ON owned, probe TO lixiang_app"
    )
    theirs = uuid4()
    await admin.execute("INSERT INTO owned VALUES ($1, $2)", other_tenant.id, theirs)
    answers = []
    for asked in (theirs, uuid4()):
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with database.unit_of_work(tenant.id) as uow:
                await uow.execute("INSERT INTO probe VALUES ($1, $2)", tenant.id, asked)
        answers.append(str(caught.value).replace(str(asked), "?"))
    assert answers[0] == answers[1]
