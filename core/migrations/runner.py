"""Applies the SQL files once each, in order, and refuses a file that was changed after it was applied."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import msgspec

OWNER = "lixiang_owner"
# Core must not import the floor above it. It needs no code of it either: only where its SQL files lie.
APPS = ("core", "tenants")
_LOCK = 0x6C697869616E67  # "lixiang", so that two deployments starting at once wait for each other

_LEDGER = """
CREATE TABLE IF NOT EXISTS schema_migration (
    app        text        NOT NULL,
    number     integer     NOT NULL,
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (app, number)
);
GRANT SELECT ON schema_migration TO lixiang_app;
"""


class MigrationRefused(RuntimeError):
    """The files and the database disagree about the past, or the role cannot own the schema."""


class MigrationFile(msgspec.Struct, frozen=True, kw_only=True):
    """One SQL file: a step of the schema that is never edited once applied."""

    app: str
    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return sha256(self.sql.encode()).hexdigest()

    @property
    def label(self) -> str:
        return f"{self.app}/{self.name}"


def files_of(app: str) -> tuple[MigrationFile, ...]:
    """The files of one app in order.

    Raises: MigrationRefused when two files carry one number.
    """
    spec = find_spec(app)
    places = list(spec.submodule_search_locations or ()) if spec else []
    found: dict[int, MigrationFile] = {}
    for path in sorted(path for place in places for path in Path(place, "migrations", "sql").glob("*.sql")):
        number = int(path.name.split("_", 1)[0])
        if number in found:
            raise MigrationRefused(f"two migrations of {app} carry the number {number}")
        found[number] = MigrationFile(app=app, number=number, name=path.stem, sql=path.read_text(encoding="utf-8"))
    return tuple(found[number] for number in sorted(found))


async def migrate(owner_url: str) -> list[str]:
    """Bring the database to the newest schema; the answer names what was applied now.

    Raises: MigrationRefused.
    """
    connection = await asyncpg.connect(owner_url, server_settings={"application_name": "lixiang migrate"})
    try:
        await _become_owner(connection)
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_LEDGER)
        missing = await _missing(connection)
        for file in missing:
            await _apply(connection, file)
        return [file.label for file in missing]
    finally:
        await connection.close()


async def pending(url: str) -> list[str]:
    """What `migrate` would apply; any role may ask. A server that was never migrated lacks everything."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("SELECT to_regclass('schema_migration')") is None:
            return [file.label for app in APPS for file in files_of(app)]
        return [file.label for file in await _missing(connection)]
    finally:
        await connection.close()


async def _become_owner(connection: asyncpg.Connection) -> None:
    """Tables must belong to the owner even if a superuser runs the command, or the wall would have two owners."""
    if await connection.fetchval("SELECT current_user::text") == OWNER:
        return
    try:
        await connection.execute(f"SET ROLE {OWNER}")
    except asyncpg.PostgresError as error:
        raise MigrationRefused(f"migrations run as the role {OWNER}: {error}") from error


async def _missing(connection: asyncpg.Connection) -> list[MigrationFile]:
    rows = await connection.fetch("SELECT app, number, name, sha256 FROM schema_migration")
    applied = {(row["app"], row["number"]): row for row in rows}
    missing: list[MigrationFile] = []
    for file in (file for app in APPS for file in files_of(app)):
        row = applied.pop((file.app, file.number), None)
        if row is None:
            missing.append(file)
        elif row["sha256"] != file.checksum:
            raise MigrationRefused(f"{file.label} was changed after it had been applied; write a new file instead")
    if applied:
        known = ", ".join(sorted(f"{row['app']}/{row['name']}" for row in applied.values()))
        raise MigrationRefused(f"the database is newer than this program: it knows {known}")
    return missing


async def _apply(connection: asyncpg.Connection, file: MigrationFile) -> None:
    try:
        async with connection.transaction():
            await connection.execute(file.sql)
            await connection.execute(
                "INSERT INTO schema_migration (app, number, name, sha256) VALUES ($1, $2, $3, $4)",
                *(file.app, file.number, file.name, file.checksum),
            )
    except asyncpg.PostgresError as error:
        raise MigrationRefused(f"{file.label}: {error}") from error
