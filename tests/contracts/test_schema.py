"""The migrated schema keeps the rules of tenancy and of Citus; and each rule notices when it is broken."""

from collections.abc import AsyncIterator
from importlib import import_module

import asyncpg
import pytest
from piccolo.conf.apps import table_finder
from piccolo.table import Table

from core.kernel.database import Database
from core.kernel.schema_linter import APPEND_ONLY, GLOBAL_TABLES, lint_schema
from core.piccolo_app import APP_CONFIG

_SOUND = """
CREATE TABLE broken (tenant_id uuid NOT NULL, id uuid NOT NULL, note text, PRIMARY KEY (tenant_id, id));
ALTER TABLE broken ENABLE ROW LEVEL SECURITY;
ALTER TABLE broken FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON broken
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
"""
_WALL = "(tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"

_BREAKS = {
    "row-level security is not enabled": "ALTER TABLE broken DISABLE ROW LEVEL SECURITY",
    "row-level security is not forced": "ALTER TABLE broken NO FORCE ROW LEVEL SECURITY",
    "needs exactly one policy": "DROP POLICY tenant_wall ON broken",
    "is not of the one allowed form": "CREATE POLICY more ON broken USING (true)",
    "policy tenant_wall is not of the one allowed form": (
        f"DROP POLICY tenant_wall ON broken; CREATE POLICY tenant_wall ON broken USING ({_WALL} OR note = 'published')"
    ),
    "policy tenant_wall is not": (
        f"DROP POLICY tenant_wall ON broken; CREATE POLICY tenant_wall ON broken FOR SELECT USING {_WALL}"
    ),
    "not of the one allowed": (
        "DROP POLICY tenant_wall ON broken; CREATE POLICY tenant_wall ON broken"
        " USING (tenant_id IN (SELECT id FROM tenant))"
    ),
    "tenant_id must be the first column": (
        "ALTER TABLE broken DROP CONSTRAINT broken_pkey, ALTER tenant_id DROP NOT NULL"
    ),
    "has no tenant_id": "ALTER TABLE broken RENAME tenant_id TO owner_id",
    "has a trigger": (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
        "CREATE TRIGGER t BEFORE INSERT ON broken FOR EACH ROW EXECUTE FUNCTION f()"
    ),
    "has an enum column": "CREATE TYPE mood AS ENUM ('a'); ALTER TABLE broken ADD m mood",
    "has a serial": "ALTER TABLE broken ADD n bigint GENERATED ALWAYS AS IDENTITY",
    "sequence": "CREATE SEQUENCE s",
    "does not begin with tenant_id": "CREATE INDEX broken_note ON broken (note)",
    "key broken_note_key does not begin": "ALTER TABLE broken ADD UNIQUE (note)",
    "deferrable": "ALTER TABLE broken ADD UNIQUE (tenant_id, note) DEFERRABLE",
    "could point into another tenant": (
        "ALTER TABLE outbox ADD u uuid UNIQUE; ALTER TABLE broken ADD FOREIGN KEY (id) REFERENCES outbox (u)"
    ),
    "several columns": "ALTER TABLE broken ADD a int[], ADD b int[]; CREATE INDEX g ON broken USING gin (a, b)",
    "SECURITY DEFINER": "CREATE FUNCTION d() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "view without security_invoker": "CREATE VIEW v AS SELECT * FROM broken",
    "may truncate": "GRANT TRUNCATE ON broken TO lixiang_app",
    "append-only, yet the application may update": "GRANT UPDATE ON journal_entry TO lixiang_app",
    "append-only, yet the application may delete": "GRANT DELETE ON journal_root TO lixiang_app",
}


@pytest.fixture
async def admin(admin_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A superuser whose changes are undone."""
    connection = await asyncpg.connect(admin_url)
    change = connection.transaction()
    await change.start()
    yield connection
    await change.rollback()
    await connection.close()


async def test_the_schema_keeps_every_rule(database: Database) -> None:
    async with database.platform(read_only=True) as uow:
        found = await lint_schema(uow)
    assert not found, "\n".join(map(str, found))


async def test_a_sound_table_is_not_blamed(admin: asyncpg.Connection) -> None:
    before = await lint_schema(admin)
    await admin.execute(_SOUND)
    assert await lint_schema(admin) == before


@pytest.mark.parametrize("problem", _BREAKS)
async def test_each_breach_is_named(admin: asyncpg.Connection, problem: str) -> None:
    await admin.execute(_SOUND)
    before = set(await lint_schema(admin))
    await admin.execute(_BREAKS[problem])
    fresh = set(await lint_schema(admin)) - before
    assert any(problem in breach.problem for breach in fresh), fresh


async def test_lists_of_exceptions_name_real_tables_and_say_why(admin: asyncpg.Connection) -> None:
    rows = await admin.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    tables = {row["relname"] for row in rows}
    assert set(GLOBAL_TABLES) | APPEND_ONLY <= tables
    assert all(len(reason) > 20 for reason in GLOBAL_TABLES.values())


def _piccolo_tables() -> list[type[Table]]:
    import_module("tenants.tables")
    return [*APP_CONFIG.table_classes, *table_finder(modules=["tenants.tables"])]


@pytest.mark.parametrize("table", _piccolo_tables(), ids=lambda table: str(table._meta.tablename))
async def test_a_piccolo_table_has_the_columns_of_the_catalogue(admin: asyncpg.Connection, table: type[Table]) -> None:
    rows = await admin.fetch(
        "SELECT column_name::text AS name, is_nullable = 'YES' AS nullable FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = $1",
        table._meta.tablename,
    )
    stored = {row["name"]: row["nullable"] for row in rows}
    declared = {column._meta.db_column_name: column._meta.null for column in table._meta.columns}
    assert declared == stored
    assert table.__doc__ is not None
    assert "ersonal data" in table.__doc__, "say in the docstring whether a row holds personal data"


async def test_every_table_has_its_piccolo_table(admin: asyncpg.Connection) -> None:
    rows = await admin.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    declared = {table._meta.tablename for table in _piccolo_tables()} | {"schema_migration"}
    assert {row["relname"] for row in rows} == declared
