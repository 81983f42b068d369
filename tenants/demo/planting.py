"""Opening a tree of tenants from the top, each filled in the transaction that opens it (租户树)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from core.kernel.database import UnitOfWork
from core.kernel.services import Services
from core.kernel.tenancy import Tenant
from core.policy.scenarios.tree import TenantGiven
from core.stages.seating import Tree
from tenants.provisioning import opening_tenant

Fill = Callable[[UnitOfWork, Tenant], Awaitable[None]]


async def open_tree(
    services: Services, place: str, given: Sequence[TenantGiven], code_of: Callable[[TenantGiven], str], fill: Fill
) -> Tree:
    """Open these tenants of a place; the answer is how the last one sees them."""
    opened: dict[str, Tenant] = {}
    for one in given:
        opening = opening_tenant(
            services.database,
            code=code_of(one),
            name=one.name,
            level=one.level,
            jurisdiction=place,
            parent_code=opened[one.under].code if one.under else None,
            takes_part=one.takes_part,
        )
        async with opening as (uow, tenant):
            await fill(uow, tenant)
        opened[one.name] = tenant
    return Tree(opened[given[-1].name], {tenant.id: tenant for tenant in opened.values()})


def seen_from(tree: Tree, name: str) -> Tree:
    """The same tenants as the one of that name sees them."""
    here = tree.named(name, tree.tenants.values())
    return replace(tree, here=here) if here is not None else tree
