"""The pool, and the opening and closing of units of work on it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar
from uuid import UUID

import asyncpg
import structlog
from asyncpg.pool import PoolConnectionProxy

from core.kernel.database.failures import (
    FAILURES,
    RETRIED,
    ContendedRow,
    DatabaseUnavailable,
    MisusedUnitOfWork,
    fail,
)
from core.kernel.database.piccolo_engine import ENGINE
from core.kernel.database.unit_of_work import UnitOfWork, current_unit_of_work

_log = structlog.get_logger(__name__)

T = TypeVar("T")

ATTEMPTS = 3
ACQUIRE_SECONDS = 2.0
COMMAND_SECONDS = 5.0

# Set on the session when it is made and never again: the pool skips the reset query, so nothing else may
# outlive a transaction. Citus forwards SET LOCAL to its shards only when told to; elsewhere the line is inert.
_SESSION = {
    "application_name": "lixiang",
    "jit": "off",
    "timezone": "Asia/Shanghai",
    "lock_timeout": "4s",
    "idle_in_transaction_session_timeout": "60s",
    "citus.propagate_set_commands": "local",
}


async def _reset_nothing(_: asyncpg.Connection) -> None:
    """Every setting is `SET LOCAL` and ended with its transaction; asyncpg still rolls an open one back."""


class Database:
    """One PostgreSQL database as the application sees it: a pool of connections of the application's role."""

    def __init__(self, pool: asyncpg.Pool, *, acquire_seconds: float = ACQUIRE_SECONDS) -> None:
        self._pool = pool
        self._acquire_seconds = acquire_seconds

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        min_size: int = 1,
        max_size: int = 10,
        acquire_seconds: float = ACQUIRE_SECONDS,
        command_seconds: float = COMMAND_SECONDS,
    ) -> Self:
        """Open the pool.

        Raises: DatabaseUnavailable when the server does not answer.
        """
        settings = _SESSION | {"statement_timeout": f"{int(command_seconds * 1000)}ms"}
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=min_size,
                max_size=max_size,
                command_timeout=command_seconds,
                timeout=acquire_seconds + command_seconds,
                statement_cache_size=1024,
                max_cached_statement_lifetime=0,
                reset=_reset_nothing,
                server_settings=settings,
            )
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise DatabaseUnavailable(str(error) or type(error).__name__) from error
        return cls(pool, acquire_seconds=acquire_seconds)

    async def close(self) -> None:
        """Wait for running units of work, at most a few seconds, then close."""
        try:
            await asyncio.wait_for(self._pool.close(), timeout=10)
        except TimeoutError:
            self._pool.terminate()

    @property
    def size(self) -> int:
        """Connections open now."""
        return int(self._pool.get_size())

    @property
    def idle(self) -> int:
        """Connections open and free now; equal to `size` when nobody works, or there is a leak."""
        return int(self._pool.get_idle_size())

    def unit_of_work(self, tenant_id: UUID, *, read_only: bool = False, join: bool = False) -> "Opening":
        """Open the one transaction of a request, job or command in one tenant.

        `join` continues the open unit of work of the same tenant, whose opener alone commits; without it
        every nesting is refused.
        """
        return Opening(self._pool, UUID(str(tenant_id)), self._acquire_seconds, read_only=read_only, join=join)

    def platform(self, *, read_only: bool = False) -> "Opening":
        """Open a transaction that has no tenant and can therefore see global tables only."""
        return Opening(self._pool, None, self._acquire_seconds, read_only=read_only, join=False)

    async def run(self, tenant_id: UUID, work: Callable[[UnitOfWork], Awaitable[T]], *, read_only: bool = False) -> T:
        """Do the work in a unit of work of its own, from the start again when PostgreSQL asks for it.

        Serialization failures, deadlocks and plans made stale by a migration say nothing about the work.
        It must be repeatable: everything it changes, it changes through the unit of work.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self.unit_of_work(tenant_id, read_only=read_only) as uow:
                    return await work(uow)
            except RETRIED as error:
                if attempt == ATTEMPTS:
                    raise ContendedRow(str(error)) from error
                if isinstance(error, asyncpg.InvalidCachedStatementError):
                    await self._pool.expire_connections()
                _log.info("unit_of_work_repeated", attempt=attempt, reason=type(error).__name__)
                await asyncio.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - jitter, not secrecy
        raise AssertionError("unreachable")


class Opening:
    """A unit of work about to begin: what stands behind `async with database.unit_of_work(...)`."""

    __slots__ = ("_acquire_seconds", "_connection", "_join", "_pool", "_read_only", "_tenant_id", "_unit")

    def __init__(
        self, pool: asyncpg.Pool, tenant_id: UUID | None, acquire_seconds: float, *, read_only: bool, join: bool
    ) -> None:
        self._pool = pool
        self._tenant_id = tenant_id
        self._acquire_seconds = acquire_seconds
        self._read_only = read_only
        self._join = join
        self._unit: UnitOfWork | None = None
        self._connection: PoolConnectionProxy | None = None

    async def __aenter__(self) -> UnitOfWork:
        outer = current_unit_of_work()
        if outer is not None:
            return self._joined(outer)
        connection = await self._acquire()
        try:
            await connection.execute(self._begin())
        except BaseException as error:
            await self._give_back(connection, undo=True)
            if isinstance(error, FAILURES):
                fail(error, connection)
            raise
        self._connection = connection
        self._unit = UnitOfWork(connection, self._tenant_id, read_only=self._read_only)
        ENGINE.open_unit.set(self._unit)
        return self._unit

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        connection, unit = self._connection, self._unit
        if connection is None or unit is None:
            return
        ENGINE.open_unit.set(None)
        unit.close()
        unit.round_trips += 1
        committed = False
        try:
            if kind is None:
                await self._commit(connection)
                committed = True
        finally:
            await self._give_back(connection, undo=not committed)

    def _joined(self, outer: UnitOfWork) -> UnitOfWork:
        if outer.tenant_id != self._tenant_id:
            raise MisusedUnitOfWork("a unit of work is open in another tenant; end it before opening this one")
        if not self._join:
            raise MisusedUnitOfWork("a unit of work is already open; pass it on instead of opening a second one")
        if outer.read_only and not self._read_only:
            raise MisusedUnitOfWork("the open unit of work is read only")
        return outer

    def _begin(self) -> str:
        mode = "BEGIN READ ONLY" if self._read_only else "BEGIN"
        if self._tenant_id is None:
            return mode
        # A parameter cannot stand in SET LOCAL, and set_config() would not reach a shard; a UUID's text is
        # hexadecimal digits and hyphens only, so it cannot carry SQL.
        return f"{mode}; SET LOCAL app.tenant_id = '{self._tenant_id}'"

    async def _acquire(self) -> PoolConnectionProxy:
        try:
            return await self._pool.acquire(timeout=self._acquire_seconds)
        except FAILURES as error:
            raise DatabaseUnavailable(str(error) or "no connection became free in time") from error

    @staticmethod
    async def _commit(connection: PoolConnectionProxy) -> None:
        try:
            tag = await connection.execute("COMMIT")
        except FAILURES as error:
            fail(error, connection)
        if tag != "COMMIT":
            # PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed and the
            # error was swallowed. Whoever believed it saved must hear otherwise.
            raise MisusedUnitOfWork("a failed statement was ignored, so nothing was saved; use savepoint()")

    async def _give_back(self, connection: PoolConnectionProxy, *, undo: bool) -> None:
        """Return the connection whatever happens: asyncpg shields the release from cancellation."""
        try:
            if undo:
                with suppress(*FAILURES):
                    await connection.execute("ROLLBACK", timeout=self._acquire_seconds)
        finally:
            try:
                await self._pool.release(connection)
            except Exception as error:  # noqa: BLE001 - asyncpg has closed the connection; the first error matters
                _log.warning("connection_discarded", reason=type(error).__name__)
