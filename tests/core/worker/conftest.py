"""A town per test for the worker, and a Valkey database of its own that may be wiped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from arq.connections import RedisSettings, create_pool

from core.kernel.database import Database
from tests.core.notices.town import Town, build_town

_DATABASE = 13


@pytest.fixture
async def valkey(redis_url: str) -> AsyncIterator[str]:
    """The address of a Valkey database that only these tests use; wiped before and after."""
    url = f"{redis_url}?db={_DATABASE}"
    pool = await create_pool(RedisSettings.from_dsn(url))
    await pool.flushdb()
    yield url
    await pool.flushdb()
    await pool.aclose(close_connection_pool=True)


@pytest.fixture
async def town(database: Database, tmp_path: Path, valkey: str) -> AsyncIterator[Town]:
    built = await build_town(database, tmp_path, redis_url=valkey)
    yield built
    await built.toolbox.close()
