"""Opening a tenant and changing it; each writes the tenant's own journal in the same transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Required, TypedDict, Unpack

import asyncpg
import msgspec

from core import journal
from core.kernel.clock import Clock, SystemClock
from core.kernel.database import Database, UnitOfWork
from core.kernel.errors import Conflict, Invalid, NotFound, Problem
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Channel, EditionPolicy, Level, Tenant, TenantStatus, system_actor
from tenants.directory import find_by_code

_RANK = {Level.PROVINCE: 0, Level.CITY: 1, Level.DISTRICT: 2, Level.COUNTY: 2}
_CHANGEABLE = frozenset({"name", "edition", "edition_policy", "status", "host"})

_INSERT = """INSERT INTO tenant
    (id, code, name, level, parent_id, jurisdiction, edition, edition_policy, status, host, takes_part,
    options_version, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"""


class What(TypedDict, total=False):
    """What is known of a place when it is opened."""

    code: Required[str]
    name: Required[str]
    level: Required[Level]
    jurisdiction: Required[str]
    parent_code: str | None
    edition: str | None
    edition_policy: EditionPolicy
    host: str | None
    takes_part: bool
    actor: Actor | None
    clock: Clock | None


class TenantExists(Conflict):
    """The code or the host name belongs to another tenant already."""

    default_message = "租户代码或域名已被使用"


class UnknownTenant(NotFound):
    """No tenant has this code."""

    default_message = "未找到该租户"


class MisplacedTenant(Invalid):
    """The parent is missing, or does not stand above the tenant in the tree of government."""

    default_message = "上级租户不存在或层级不高于本级"


async def open_tenant(database: Database, **what: Unpack[What]) -> Tenant:
    """Begin to serve a place; see `opening_tenant`."""
    async with opening_tenant(database, **what) as (_, tenant):
        return tenant


@asynccontextmanager
async def opening_tenant(database: Database, **what: Unpack[What]) -> AsyncIterator[tuple[UnitOfWork, Tenant]]:
    """Begin to serve a place together with whatever is written in the block: all of it, or no tenant at all.

    Whether the jurisdiction and its edition exist is checked by the caller, who knows the registry.
    Raises: TenantExists, MisplacedTenant, Invalid.
    """
    tenant_id = new_id()
    # Global tables can be written in any unit of work; the new tenant's own lets the journal be written with it.
    async with database.unit_of_work(tenant_id) as uow:
        parent = await _parent(uow, what.get("parent_code"), what["level"])
        host = what.get("host")
        tenant = Tenant(
            id=tenant_id,
            code=what["code"],
            name=what["name"],
            level=what["level"],
            parent_id=parent.id if parent else None,
            jurisdiction=what["jurisdiction"],
            edition=what.get("edition"),
            edition_policy=what.get("edition_policy", EditionPolicy.FOLLOW),
            host=host.lower() if host else None,
            takes_part=what.get("takes_part", False),
        )
        await _insert(uow, tenant)
        await _count_change(uow)
        today = (what.get("clock") or SystemClock()).today()
        await _record(uow, "tenant:opened", what.get("actor"), today, {"after": _plain(tenant)})
        yield uow, tenant


async def change_tenant(
    database: Database, code: str, *, actor: Actor | None = None, clock: Clock | None = None, **changes: Any
) -> Tenant:
    """Change name, edition, edition_policy, status or host of a tenant.

    Raises: UnknownTenant, TenantExists, Invalid for a field that never changes.
    """
    if wrong := sorted(set(changes) - _CHANGEABLE):
        raise Invalid("租户的这些信息不可更改", details=[Problem(field=field, message=field) for field in wrong])
    async with database.platform(read_only=True) as uow:
        found = await find_by_code(uow, code)
    if found is None:
        raise UnknownTenant
    async with database.unit_of_work(found.id) as uow:
        before = await find_by_code(uow, code, lock=True)
        if before is None:
            raise UnknownTenant
        after = msgspec.structs.replace(before, **changes, version=before.version + 1)
        await _update(uow, after)
        await _count_change(uow)
        old, new = _plain(before), _plain(after)
        moved = {key: value for key, value in new.items() if value != old[key]}
        change = {"before": {key: old[key] for key in moved}, "after": moved}
        await _record(uow, "tenant:changed", actor, (clock or SystemClock()).today(), change)
    return after


async def note_options_changed(uow: UnitOfWork) -> None:
    """Tell every process that the tenant's choices changed, in the transaction that changes them."""
    await uow.execute(
        "UPDATE tenant SET options_version = options_version + 1, version = version + 1 WHERE id = $1",
        uow.require_tenant(),
    )
    await _count_change(uow)


async def _parent(uow: UnitOfWork, code: str | None, level: Level) -> Tenant | None:
    if code is None:
        return None
    parent = await find_by_code(uow, code)
    if parent is None or _RANK[parent.level] >= _RANK[level]:
        raise MisplacedTenant
    return parent


async def _insert(uow: UnitOfWork, tenant: Tenant) -> None:
    names = ("id", "code", "name", "level", "parent_id", "jurisdiction", "edition", "edition_policy", "status", "host")
    values = [_stored(getattr(tenant, name)) for name in (*names, "takes_part", "options_version", "version")]
    try:
        await uow.execute(_INSERT, *values)
    except asyncpg.UniqueViolationError as error:
        raise TenantExists from error
    except asyncpg.CheckViolationError as error:
        raise Invalid("租户代码只能由小写字母、数字、下划线和连字符组成") from error


async def _update(uow: UnitOfWork, tenant: Tenant) -> None:
    try:
        await uow.execute(
            "UPDATE tenant SET name = $2, edition = $3, edition_policy = $4, status = $5, host = $6, version = $7 "
            "WHERE id = $1",
            *(tenant.id, tenant.name, tenant.edition, str(tenant.edition_policy), str(tenant.status)),
            *(tenant.host, tenant.version),
        )
    except asyncpg.UniqueViolationError as error:
        raise TenantExists from error


async def _count_change(uow: UnitOfWork) -> None:
    await uow.execute("UPDATE tenant_directory_version SET version = version + 1")


async def _record(uow: UnitOfWork, kind: str, actor: Actor | None, on: date, change: dict[str, Any]) -> None:
    who = actor or system_actor(uow.require_tenant(), channel=Channel.CLI)
    entry = journal.Entry(kind=kind, actor=who, on=on, before=change.get("before"), after=change.get("after"))
    await journal.append(uow, chain=None, entries=[entry])


def _plain(tenant: Tenant) -> dict[str, Any]:
    return {key: _stored(value) for key, value in msgspec.structs.asdict(tenant).items()}


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, Level | EditionPolicy | TenantStatus) else value
