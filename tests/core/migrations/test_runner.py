"""Migrations run once each, in order, and refuse a rewritten past."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from core.kernel.identity import new_id
from core.migrations import MigrationRefused, files_of, migrate, pending
from core.migrations.runner import APPS
from tenants.embedded import EmbeddedServers

_ALL = [file.label for app in APPS for file in files_of(app)]


@pytest.fixture
async def empty_url(servers: EmbeddedServers) -> AsyncIterator[str]:
    """A database without any table, as its owner."""
    name = f"empty_{new_id().hex}"
    admin = await asyncpg.connect(servers.admin_url)
    await admin.execute(f"CREATE DATABASE {name} OWNER lixiang_owner")
    yield urlunsplit(urlsplit(servers.owner_url)._replace(path=f"/{name}"))
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def test_each_file_is_applied_once_and_core_comes_first(empty_url: str) -> None:
    assert await pending(empty_url) == _ALL
    assert await migrate(empty_url) == _ALL
    assert (await migrate(empty_url), await pending(empty_url)) == ([], [])
    assert _ALL.index("core/0001_kernel") < _ALL.index("tenants/0001_tenants")


async def test_a_file_changed_after_it_was_applied_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    connection = await asyncpg.connect(empty_url)
    await connection.execute("UPDATE schema_migration SET sha256 = 'x' WHERE name = '0002_journal'")
    await connection.close()
    with pytest.raises(MigrationRefused, match="core/0002_journal was changed"):
        await migrate(empty_url)


async def test_a_database_newer_than_the_program_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    connection = await asyncpg.connect(empty_url)
    await connection.execute(
        "INSERT INTO schema_migration (app, number, name, sha256) VALUES ('core', 9999, '9999_future', 'x')"
    )
    await connection.close()
    with pytest.raises(MigrationRefused, match="core/9999_future"):
        await migrate(empty_url)


async def test_the_application_role_cannot_migrate(empty_url: str) -> None:
    with pytest.raises(MigrationRefused, match="lixiang_owner"):
        await migrate(empty_url.replace("lixiang_owner", "lixiang_app"))


async def test_tables_belong_to_the_owner_even_if_a_superuser_migrates(empty_url: str) -> None:
    await migrate(empty_url.replace("lixiang_owner", "postgres"))
    connection = await asyncpg.connect(empty_url)
    owners = await connection.fetch(
        "SELECT DISTINCT tableowner::text AS owner FROM pg_tables WHERE schemaname = 'public'"
    )
    await connection.close()
    assert [row["owner"] for row in owners] == ["lixiang_owner"]
