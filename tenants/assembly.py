"""Puts one process together: settings, embedded servers where none are set, pool, directory, application."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from core.app import create_app
from core.entrance import Headers
from core.kernel import settings as kernel_settings
from core.kernel.clock import Clock, FixedClock, SystemClock
from core.kernel.database import Database, DatabaseUnavailable, assert_safe_role
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.startup import CannotStart
from tenants.directory import Directory
from tenants.embedded import EmbeddedServers


@contextmanager
def servers() -> Iterator[Settings]:
    """The settings with every address filled in, and the embedded servers alive that this needs."""
    settings = kernel_settings.read()
    with embedded(settings) as (complete, _):
        yield complete


@contextmanager
def embedded(settings: Settings) -> Iterator[tuple[Settings, EmbeddedServers | None]]:
    """Start (or join) the embedded servers that the settings leave open."""
    if settings.database_url and settings.redis_url:
        yield settings.with_servers(storage_url=(Path(settings.data_dir).absolute() / "files").as_uri()), None
        return
    with EmbeddedServers(
        Path(settings.data_dir), with_postgres=not settings.database_url, with_valkey=not settings.redis_url
    ) as running:
        complete = settings.with_servers(redis_url=running.redis_url, storage_url=running.storage_url)
        if not settings.database_url:
            complete = complete.with_servers(database_url=running.database_url, owner_database_url=running.owner_url)
        yield complete, running


@asynccontextmanager
async def services(settings: Settings) -> AsyncIterator[Services]:
    """The open pool and what stands on it; refuses a role that the wall between tenants does not bind."""
    try:
        database = await Database.connect(settings.database_url, max_size=settings.database_pool)
    except DatabaseUnavailable as error:
        raise CannotStart(
            f"无法连接数据库（{error.reason}）。 The database does not answer; check LIXIANG_DATABASE_URL."
        ) from error
    try:
        await assert_safe_role(database)
        directory = Directory(database)
        yield Services(settings=settings, database=database, directory=directory, clock=clock(settings))
    finally:
        await database.close()


def clock(settings: Settings) -> Clock:
    """The clock of the machine, or the day that development or a test asked for."""
    return SystemClock() if settings.fixed_day is None else FixedClock(settings.fixed_day)


def app_factory() -> Headers:
    """The web application, as granian asks for it; addresses come from the environment."""
    settings = kernel_settings.read()
    return create_app(settings=settings, services=lambda: services(settings))
