"""Piccolo's engine, reduced to what is safe: it speaks only on the open unit of work's connection.

A query outside a unit of work would run without a tenant on a connection of its own; `batch()` and
`transaction()` leave the unit of work and leak. All of them are refused here, at the moment of use,
so that no review has to find them.
"""

import os
from contextvars import ContextVar
from typing import Any, NoReturn, cast

from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from core.kernel.database.failures import MisusedUnitOfWork


class TenantEngine(PostgresEngine):
    """The one engine of all tables. It owns no connection; units of work lend theirs through its context variable."""

    def __init__(self) -> None:
        super().__init__(config={"database": "lixiang"}, extensions=())
        # Piccolo's own name for it, which says a transaction of Piccolo's own class.
        self.open_unit: ContextVar[Any] = cast("Any", self.current_transaction)

    async def check_version(self) -> None:
        """Connect to nothing when the module is imported; the pool checks the server."""

    async def prep_database(self) -> None:
        """Create nothing when the module is imported; migrations do."""

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:  # noqa: ARG002, FBT001, FBT002 - Piccolo's signature
        unit = self.open_unit.get()
        if unit is None:
            raise MisusedUnitOfWork("a query was run outside a unit of work")
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await unit.fetch(sql, *arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> NoReturn:  # noqa: ARG002, FBT001, FBT002 - Piccolo's signature
        raise MisusedUnitOfWork("tables are made by migrations, not by the application")

    async def get_new_connection(self) -> NoReturn:
        raise MisusedUnitOfWork("connections come from a unit of work only")

    async def batch(self, *_: object, **__: object) -> NoReturn:
        raise MisusedUnitOfWork("batch() leaves the unit of work; use UnitOfWork.stream")

    def atomic(self) -> NoReturn:
        raise MisusedUnitOfWork("atomic() leaves the unit of work")

    def transaction(self, allow_nested: bool = True) -> NoReturn:  # noqa: ARG002, FBT001, FBT002 - Piccolo's signature
        raise MisusedUnitOfWork("transactions are opened by Database.unit_of_work only")


ENGINE = TenantEngine()

# Piccolo looks for `DB` in the module this variable names; so tables need not mention their engine, and the top
# level of the project needs no piccolo_conf.py.
DB = ENGINE
os.environ.setdefault("PICCOLO_CONF", __name__)
