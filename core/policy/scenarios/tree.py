"""Which tenants a scenario needs (层级): the one its project is in, those above and beside it."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from core.kernel.tenancy import Level
from core.policy.scenarios.parties import Part


class TenantGiven(Part):
    """One tenant: what facts call it, its level, the tenant above it, whether it only takes part."""

    name: str
    level: Level
    under: str = ""
    takes_part: bool = False


OWN = TenantGiven(name="本地", level=Level.DISTRICT)
"""The tenant of a scenario that says nothing of tenants."""


def _unfolded(given: Any) -> Any:
    """A level alone is a tenant of that name under the one before it; a star behind it says that it only takes part."""
    if not isinstance(given, list):
        return given
    found: list[Any] = []
    for one in given:
        if not isinstance(one, str):
            found.append(one)
            continue
        name = one.rstrip("*")
        under = found[-1]["name"] if found and isinstance(found[-1], dict) else ""
        found.append({"name": name, "level": name, "under": under, "takes_part": one.endswith("*")})
    return found


Tenants = Annotated[tuple[TenantGiven, ...], BeforeValidator(_unfolded)]


def check_tenants(tenants: tuple[TenantGiven, ...], at: str) -> None:
    """Find a tenant under one that is not named before it, and a project nowhere.

    Raises: ValueError.
    """
    known: set[str] = set()
    for tenant in tenants:
        if tenant.under and tenant.under not in known:
            message = f"tenants: {tenant.name} stands under {tenant.under}, which is not named before it"
            raise ValueError(message)
        known.add(tenant.name)
    if at and at not in known:
        message = f"at: there is no tenant {at}"
        raise ValueError(message)
