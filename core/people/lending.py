"""Every query about delegations (委托); nobody outside this concept uses it."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.kernel.database import UnitOfWork
from core.people.model import Delegation

_DELEGATION = """SELECT d.id, d.from_account_id, f.name AS from_name, d.to_account_id, t.name AS to_name,
d.organisation_id, d.roles, d.reason, d.from_on, d.to_on, d.revoked_at
FROM delegation d
JOIN account f ON f.tenant_id = $1 AND f.id = d.from_account_id
JOIN account t ON t.tenant_id = $1 AND t.id = d.to_account_id
WHERE d.tenant_id = $1 AND """


async def insert_delegation(uow: UnitOfWork, delegation: Delegation, created_at: datetime) -> None:
    d = delegation
    await uow.execute(
        """INSERT INTO delegation (tenant_id, id, from_account_id, to_account_id, organisation_id, roles, reason,
            from_on, to_on, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        uow.require_tenant(), d.id, d.from_account_id, d.to_account_id, d.organisation_id, sorted(d.roles), d.reason,
        d.from_on, d.to_on, created_at,
    )  # fmt: skip


async def lock_delegation(uow: UnitOfWork, delegation_id: UUID) -> Delegation | None:
    row = await uow.fetchrow(_DELEGATION + "d.id = $2 FOR UPDATE OF d", uow.require_tenant(), delegation_id)
    return None if row is None else msgspec.convert(dict(row), Delegation)


async def list_delegations(uow: UnitOfWork, account_id: UUID) -> tuple[Delegation, ...]:
    """Given and received, the latest first."""
    rows = await uow.fetch(
        _DELEGATION + "(d.from_account_id = $2 OR d.to_account_id = $2) ORDER BY d.created_at DESC",
        uow.require_tenant(), account_id,
    )  # fmt: skip
    return tuple(msgspec.convert(dict(row), Delegation) for row in rows)


async def revoke_delegation(uow: UnitOfWork, delegation_id: UUID, *, by: UUID, at: datetime) -> None:
    await uow.execute(
        "UPDATE delegation SET revoked_at = $3, revoked_by = $4 WHERE tenant_id = $1 AND id = $2",
        uow.require_tenant(), delegation_id, at, by,
    )  # fmt: skip
