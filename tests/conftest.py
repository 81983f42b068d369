"""What every test may ask for: real servers, a migrated database, tenants that nobody else uses.

One PostgreSQL and one Valkey serve all test processes of the machine. A database is cloned per test module from a
template that is migrated once per state of the SQL files; within a module each test has tenants of its own, and the
wall between tenants keeps tests apart as it keeps cities apart.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from core.migrations import files_of, migrate
from core.migrations.runner import APPS
from tenants.embedded import EmbeddedServers
from tests.factories import A_DAY, make_actor, make_tenant

ROOT = Path(__file__).parents[1]
_PREFIX = f"test_{os.getpid()}_"
_NUMBERS = count(1)
# The tests' data may be lost with the machine; waiting for the disk would be most of their time.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300"}


def with_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    """PostgreSQL and Valkey; the first process starts them and stops them when the last one has finished."""
    with EmbeddedServers(ROOT / ".lixiang" / "tests", postgres_settings=_FAST, wait_for_guests=900) as running:
        yield running


@pytest.fixture(scope="session")
async def template(servers: EmbeddedServers) -> str:
    """The name of a database in which every migration has run, made by whoever comes first."""
    checksums = "".join(file.checksum for app in APPS for file in files_of(app))
    name = f"template_{sha256(checksums.encode()).hexdigest()[:12]}"
    admin = await asyncpg.connect(servers.admin_url)
    try:
        await admin.execute("SELECT pg_advisory_lock(1)")
        await _drop_leftovers(admin)
        if not await admin.fetchval("SELECT datistemplate FROM pg_database WHERE datname = $1", name):
            await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await admin.execute(f"CREATE DATABASE {name} OWNER lixiang_owner")
            await migrate(with_database(servers.owner_url, name))
            await admin.execute(f"ALTER DATABASE {name} IS_TEMPLATE true")
    finally:
        await admin.close()
    return name


async def _drop_leftovers(admin: asyncpg.Connection) -> None:
    """Databases of test processes that died."""
    for row in await admin.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'"):
        if not _is_running(int(row["datname"].split("_")[1])):
            await admin.execute(f"DROP DATABASE IF EXISTS {row['datname']} WITH (FORCE)")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(scope="module")
async def database_name(servers: EmbeddedServers, template: str) -> AsyncIterator[str]:
    """A database of this module's own."""
    name = f"{_PREFIX}{next(_NUMBERS)}"
    admin = await asyncpg.connect(servers.admin_url)
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER lixiang_owner")
        yield name
        with suppress(asyncpg.PostgresError):
            await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture(scope="module")
def database_url(servers: EmbeddedServers, database_name: str) -> str:
    """The module's database, as the application's role."""
    return with_database(servers.database_url, database_name)


@pytest.fixture(scope="module")
def admin_url(servers: EmbeddedServers, database_name: str) -> str:
    """The module's database, as superuser: to do what the application must not be able to do."""
    return with_database(servers.admin_url, database_name)


@pytest.fixture(scope="session")
def redis_url(servers: EmbeddedServers) -> str:
    return servers.redis_url


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[Database]:
    """The module's database as the application sees it."""
    opened = await Database.connect(database_url, max_size=5)
    yield opened
    await opened.close()


@pytest.fixture
async def tenant(database: Database) -> Tenant:
    return await make_tenant(database)


@pytest.fixture
async def other_tenant(database: Database) -> Tenant:
    return await make_tenant(database)


@pytest.fixture
def actor(tenant: Tenant) -> Actor:
    return make_actor(tenant)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(A_DAY)
