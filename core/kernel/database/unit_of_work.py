"""One unit of work: one connection, one transaction, exactly one tenant."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from core.kernel.database.failures import FAILURES, MisusedUnitOfWork, fail
from core.kernel.database.piccolo_engine import ENGINE

_STREAMS = count(1)


class UnitOfWork:
    """A running transaction and the tenant it may see; dead once the transaction ends.

    `tenant_id` is None in a platform unit of work, which sees global tables only: the wall shows it no
    tenant's rows. `round_trips` counts conversations with the server, begin and commit included.
    """

    __slots__ = ("_connection", "_savepoints", "read_only", "round_trips", "tenant_id")

    def __init__(self, connection: PoolConnectionProxy, tenant_id: UUID | None, *, read_only: bool) -> None:
        self._connection: PoolConnectionProxy | None = connection
        self._savepoints = 0
        self.tenant_id = tenant_id
        self.read_only = read_only
        self.round_trips = 1

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    @property
    def connection(self) -> PoolConnectionProxy:
        """The connection, for the rare call that has no method here (COPY); counted as one round trip."""
        if self._connection is None:
            raise MisusedUnitOfWork("the unit of work has ended; a task outlived it")
        self.round_trips += 1
        return self._connection

    def close(self) -> None:
        """End it for good: whoever still holds it is told so instead of using a stranger's connection."""
        self._connection = None

    def require_tenant(self) -> UUID:
        """The tenant, for code that makes no sense in a platform unit of work."""
        if self.tenant_id is None:
            raise MisusedUnitOfWork("this needs a tenant, and the unit of work has none")
        return self.tenant_id

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        connection = self.connection
        try:
            return await connection.fetch(sql, *args)
        except FAILURES as error:
            fail(error, connection)

    async def fetchrow(self, sql: str, *args: Any) -> asyncpg.Record | None:
        connection = self.connection
        try:
            return await connection.fetchrow(sql, *args)
        except FAILURES as error:
            fail(error, connection)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        connection = self.connection
        try:
            return await connection.fetchval(sql, *args)
        except FAILURES as error:
            fail(error, connection)

    async def execute(self, sql: str, *args: Any) -> str:
        """Run a statement; the answer is PostgreSQL's command tag, such as `UPDATE 1`."""
        connection = self.connection
        try:
            return await connection.execute(sql, *args)
        except FAILURES as error:
            fail(error, connection)

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        connection = self.connection
        try:
            await connection.executemany(sql, rows)
        except FAILURES as error:
            fail(error, connection)

    async def stream(self, sql: str, *args: Any, at_a_time: int = 1000) -> AsyncIterator[list[asyncpg.Record]]:
        """Read a long result in portions, so that memory does not grow with the table."""
        # asyncpg's own cursors ask for asyncpg's own transactions. Names are never used twice, because the
        # shape of a FETCH is cached under its text.
        name = f"stream_{next(_STREAMS)}"
        await self.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", *args)
        while portion := await self.fetch(f"FETCH FORWARD {at_a_time} FROM {name}"):
            yield portion
        await self.execute(f"CLOSE {name}")

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail alone: on an error its changes are undone and the unit of work stays usable."""
        self._savepoints += 1
        name = f"part_{self._savepoints}"
        await self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except Exception:
            await self.execute(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        await self.execute(f"RELEASE SAVEPOINT {name}")


def current_unit_of_work() -> UnitOfWork | None:
    """The unit of work open in this task, if any; one that a parent task has already ended does not count."""
    unit: UnitOfWork | None = ENGINE.open_unit.get()
    return unit if unit is not None and unit.is_open else None
