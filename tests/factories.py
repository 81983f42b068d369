"""Things that tests need and do not care about; every value can be overridden by keyword."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from core.journal import Entry
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Level, Tenant
from tenants.provisioning import open_tenant

# A Tuesday, with no holiday near.
A_DAY = date(2025, 3, 11)

_NUMBERS = count(1)


async def make_tenant(database: Database, **values: Any) -> Tenant:
    """A city under Baiyun's regulation that no other test uses."""
    number = next(_NUMBERS)
    defaults: dict[str, Any] = {
        "code": f"city-{number}-{new_id().hex[-8:]}",
        "name": f"第{number}市",
        "level": Level.CITY,
        "jurisdiction": "baiyun",
    }
    return await open_tenant(database, **defaults | values)


def make_actor(tenant: Tenant, *, roles: Iterable[str] = (), **values: Any) -> Actor:
    """A person of the tenant, with the roles named and no others."""
    defaults: dict[str, Any] = {
        "user_id": new_id(),
        "name": "王敏",
        "tenant_id": tenant.id,
        "organisation_id": new_id(),
        "organisation": "数据局",
        "roles": frozenset(roles),
    }
    return Actor(**defaults | values)


def make_entry(actor: Actor, **values: Any) -> Entry:
    """Something that happened to a project."""
    defaults: dict[str, Any] = {"kind": "project:registered", "actor": actor, "on": A_DAY, "detail": {"title": "平台"}}
    return Entry(**defaults | values)
