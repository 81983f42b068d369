"""Finds tenants: in memory, checked against the database every few seconds by one number (租户目录)."""

import asyncio
import time
from collections.abc import Iterable
from contextvars import Context
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.database import Database, DatabaseUnavailable, UnitOfWork, current_unit_of_work
from core.kernel.tenancy import EditionPolicy, Level, Tenant, TenantStatus

CHECK_SECONDS = 2.0

_SELECT = (
    "SELECT id, code, name, level, parent_id, jurisdiction, edition, edition_policy, status, host, "
    "takes_part, options_version, version FROM tenant"
)


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """All tenants at one version of the directory, indexed every way they are asked for."""

    version: int
    tenants: dict[UUID, Tenant]
    codes: dict[str, Tenant]
    hosts: dict[str, Tenant]
    children: dict[UUID | None, tuple[Tenant, ...]]


class Directory:
    """The tenant directory of one process. A change made elsewhere is seen within CHECK_SECONDS.

    Inside a unit of work it answers from memory without checking: a service must not need a second connection.
    """

    def __init__(self, database: Database, *, check_seconds: float = CHECK_SECONDS) -> None:
        self._database = database
        self._check_seconds = check_seconds
        self._tree: Tree | None = None
        self._checked_at = float("-inf")
        self._loading = asyncio.Lock()

    async def by_id(self, tenant_id: UUID) -> Tenant | None:
        return (await self._current()).tenants.get(tenant_id)

    async def by_code(self, code: str) -> Tenant | None:
        return (await self._current()).codes.get(code)

    async def by_host(self, host: str) -> Tenant | None:
        return (await self._current()).hosts.get(host.partition(":")[0].lower())

    async def children(self, tenant_id: UUID) -> tuple[Tenant, ...]:
        return (await self._current()).children.get(tenant_id, ())

    async def ancestors(self, tenant_id: UUID) -> tuple[Tenant, ...]:
        tenants = (await self._current()).tenants
        found: list[Tenant] = []
        here = tenants.get(tenant_id)
        while here is not None and here.parent_id is not None:
            here = tenants.get(here.parent_id)
            if here is not None:
                found.append(here)
        return tuple(found)

    async def all(self) -> tuple[Tenant, ...]:
        return tuple((await self._current()).tenants.values())

    def forget(self) -> None:
        """Check before the next answer; for the process that has just changed a tenant."""
        self._checked_at = float("-inf")

    async def _current(self) -> Tree:
        tree = self._tree
        if tree is not None and (
            time.monotonic() - self._checked_at < self._check_seconds or current_unit_of_work() is not None
        ):
            return tree
        # In a context of its own: the caller's unit of work, if any, is another tenant's.
        return await asyncio.create_task(self._check(), context=Context())

    async def _check(self) -> Tree:
        async with self._loading:
            if self._tree is not None and time.monotonic() - self._checked_at < self._check_seconds:
                return self._tree
            try:
                async with self._database.platform(read_only=True) as uow:
                    version = await uow.fetchval("SELECT version FROM tenant_directory_version")
                    if self._tree is None or self._tree.version != version:
                        self._tree = tree_of(version, await list_tenants(uow))
            except DatabaseUnavailable:
                if self._tree is None:
                    raise
            self._checked_at = time.monotonic()
            return self._tree


def tree_of(version: int, tenants: Iterable[Tenant]) -> Tree:
    """Index the tenants."""
    ordered = sorted(tenants, key=lambda tenant: tenant.code)
    children: dict[UUID | None, tuple[Tenant, ...]] = {}
    for tenant in ordered:
        children[tenant.parent_id] = (*children.get(tenant.parent_id, ()), tenant)
    return Tree(
        version=version,
        tenants={tenant.id: tenant for tenant in ordered},
        codes={tenant.code: tenant for tenant in ordered},
        hosts={tenant.host: tenant for tenant in ordered if tenant.host},
        children=children,
    )


async def list_tenants(uow: UnitOfWork) -> tuple[Tenant, ...]:
    """Every tenant as the database has it now."""
    return tuple(tenant_of(row) for row in await uow.fetch(f"{_SELECT} ORDER BY code"))


async def find_by_code(uow: UnitOfWork, code: str, *, lock: bool = False) -> Tenant | None:
    """One tenant as the database has it now, for changing it."""
    row = await uow.fetchrow(f"{_SELECT} WHERE code = $1 {'FOR UPDATE' if lock else ''}", code)
    return tenant_of(row) if row else None


def tenant_of(row: asyncpg.Record) -> Tenant:
    """A row as the value that core knows."""
    values = dict(row)
    return Tenant(
        **values
        | {
            "level": Level(values["level"]),
            "edition_policy": EditionPolicy(values["edition_policy"]),
            "status": TenantStatus(values["status"]),
        }
    )
