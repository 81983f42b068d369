"""Notices for bodies of other tenants (跨层级通知): composed where the project is, written where they are read."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.journal import Recorded
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Tenant
from core.notices import repository
from core.notices.composing import compose
from core.notices.emailing import mail
from core.notices.gathering import gather
from core.notices.model import Draft, Told
from core.policy.rulebooks.registry import Registry


async def told_elsewhere(
    uow: UnitOfWork, registry: Registry, owner: Tenant, entries: Sequence[Recorded]
) -> dict[UUID, tuple[Told, ...]]:
    """What a batch of an owner's entries tells bodies of other tenants, by tenant; a project bears its owner's name."""
    found: dict[UUID, list[Told]] = {}
    for told in map(compose, await gather(uow, registry, entries)):
        for tenant_id in dict.fromkeys(draft.to.tenant_id for draft in told.drafts):
            if tenant_id is not None:
                found.setdefault(tenant_id, []).append(_there(owner, told, tenant_id))
    return {tenant_id: tuple(some) for tenant_id, some in found.items()}


async def tell(uow: UnitOfWork, clock: Clock, told: Sequence[Told], *, by_mail: bool) -> None:
    """Write notices that another tenant has composed, once each; and the mails they make due."""
    await repository.insert_notices(uow, told, clock.now())
    if by_mail:
        await mail(uow, clock, told)


def _there(owner: Tenant, told: Told, tenant_id: UUID) -> Told:
    drafts = tuple(_named(owner, draft) for draft in told.drafts if draft.to.tenant_id == tenant_id)
    return msgspec.structs.replace(told, code=f"{owner.code}:{told.code}", drafts=drafts)


def _named(owner: Tenant, draft: Draft) -> Draft:
    return msgspec.structs.replace(draft, subject=f"{owner.name}：{draft.subject}")
