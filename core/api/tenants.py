"""Which places are served here: what a sign-in page needs before anybody is signed in."""

import msgspec
from litestar import get

from core.entrance import Asking


class TenantLine(msgspec.Struct, frozen=True, kw_only=True):
    """One place that is served: its code, name, level and regulation, and the code of the place above it."""

    code: str
    name: str
    level: str
    jurisdiction: str
    parent: str | None


@get("/tenants", operation_id="list_tenants", summary="已开通的地区", tags=("登录",))
async def list_tenants(asking: Asking) -> dict[str, list[TenantLine]]:
    """Every place that is open; readable without signing in, and nothing of it is tenant data."""
    directory = asking.services.directory
    known = await directory.all()
    codes = {tenant.id: tenant.code for tenant in known}
    rows = [
        TenantLine(
            code=tenant.code,
            name=tenant.name,
            level=str(tenant.level),
            jurisdiction=tenant.jurisdiction,
            parent=codes.get(tenant.parent_id) if tenant.parent_id is not None else None,
        )
        for tenant in known
        if tenant.is_open
    ]
    return {"rows": rows}
