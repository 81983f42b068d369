"""Installations as commands see them in tests: one on a database of the tests, and one they must not look into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from core.cli import Installation
from core.kernel.clock import Clock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from tenants.directory import Directory


def never(*_: object) -> Any:
    raise AssertionError("not asked for")


def nowhere() -> Installation:
    """An installation that a command never looks into."""
    return Installation(settings=never, servers=never, services=never, stage=never)


def on_database(database_url: str, clock: Clock) -> Installation:
    """An installation whose services work on this database; nothing can be played on it."""

    @asynccontextmanager
    async def services(settings: Settings) -> AsyncIterator[Services]:
        database = await Database.connect(database_url, max_size=2)
        try:
            yield Services(settings=settings, database=database, directory=Directory(database), clock=clock)
        finally:
            await database.close()

    settings = Settings(environment="test")
    return Installation(
        settings=lambda: settings, servers=lambda: nullcontext(settings), services=services, stage=never
    )
