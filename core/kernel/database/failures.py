"""What can go wrong with the database, and which of it a caller can do something about."""

from typing import NoReturn

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from core.kernel.errors import Unavailable
from core.kernel.startup import CannotStart

# The work was fine; PostgreSQL asks for it to be done again from the start.
RETRIED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.InvalidCachedStatementError)

# All that asyncpg raises when a call did not succeed.
FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)

_UNREACHABLE = (
    OSError,  # TimeoutError is one
    asyncpg.InternalClientError,  # a goodbye of the server was read while a statement was being sent
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


class DatabaseUnavailable(Unavailable):
    """The server is away, overloaded or too slow; nothing was saved, or at commit it is unknown whether it was."""

    def __init__(self, reason: str) -> None:
        super().__init__("系统繁忙，请稍后重试")
        self.reason = reason


class ContendedRow(Unavailable):
    """Others kept changing the same rows; trying again later is all that helps."""

    code = "row_contended"

    def __init__(self, reason: str) -> None:
        super().__init__("他人正在办理同一事项，请稍后重试")
        self.reason = reason


class MisusedUnitOfWork(RuntimeError):
    """A bug of ours: the unit of work was nested, outlived, or its failure ignored. Never shown as the user's."""


class UnsafeRole(CannotStart):
    """The application would run as a role that the wall between tenants does not bind."""

    def __init__(self, role: str, reason: str) -> None:
        super().__init__(
            f"Refusing to start: database role {role!r} {reason}; "
            "point LIXIANG_DATABASE_URL at the role lixiang_app, which owns nothing and is bound by row-level security."
        )


def fail(error: Exception, connection: PoolConnectionProxy) -> NoReturn:
    """Raise the error as callers should see it: a lost or overloaded server is Unavailable, the rest stays itself."""
    if isinstance(error, asyncpg.LockNotAvailableError):
        raise ContendedRow(str(error)) from error
    if isinstance(error, _UNREACHABLE) or (isinstance(error, asyncpg.InterfaceError) and _is_gone(connection)):
        raise DatabaseUnavailable(str(error) or type(error).__name__) from error
    raise error


def _is_gone(connection: PoolConnectionProxy) -> bool:
    """Whether the server has hung up; the pool then takes the connection back by itself, at once."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True
