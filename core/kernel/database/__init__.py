"""The database: one pool, and one unit of work (工作单元) as the only way to a connection.

Piccolo's own transactions lose a pooled connection when COMMIT fails or a task is cancelled, and join
a stranger's transaction silently. Everything therefore goes through `Database.unit_of_work`, which knows
exactly one tenant, and through Piccolo only on the connection of the unit of work that is open.
"""

from core.kernel.database.failures import ContendedRow, DatabaseUnavailable, MisusedUnitOfWork, UnsafeRole
from core.kernel.database.pool import Database
from core.kernel.database.roles import assert_safe_role
from core.kernel.database.unit_of_work import UnitOfWork, current_unit_of_work

__all__ = [
    "ContendedRow",
    "Database",
    "DatabaseUnavailable",
    "MisusedUnitOfWork",
    "UnitOfWork",
    "UnsafeRole",
    "assert_safe_role",
    "current_unit_of_work",
]
