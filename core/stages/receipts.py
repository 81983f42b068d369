"""Reading receipts (判定凭据): one, all of some projects, and who last acted on a project."""

from typing import Any
from uuid import UUID

from core.kernel.database import UnitOfWork


async def last_entry(uow: UnitOfWork, project_id: UUID) -> dict[str, Any] | None:
    """Who last did something to a project, for those who come second."""
    row = await uow.fetchrow(
        """SELECT r.version, r.act ->> 'by' AS person, r.act ->> 'name' AS act, r.act ->> 'stage' AS stage,
        r.act ->> 'outcome' AS outcome, r.recorded_at
        FROM receipt r WHERE r.tenant_id = $1 AND r.project_id = $2 ORDER BY r.version DESC LIMIT 1""",
        *(uow.require_tenant(), project_id),
    )
    return dict(row) if row is not None else None


async def find_receipt(uow: UnitOfWork, project_id: UUID, version: int) -> dict[str, Any] | None:
    """One receipt, its JSON as text."""
    row = await uow.fetchrow(
        """SELECT version, id, rulebook, on_date, recorded_at, act::text AS act, context::text AS context,
        decision::text AS decision, before_hash, after_hash FROM receipt
        WHERE tenant_id = $1 AND project_id = $2 AND version = $3""",
        *(uow.require_tenant(), project_id, version),
    )
    return dict(row) if row is not None else None


async def all_receipts(uow: UnitOfWork, *project_ids: UUID) -> list[dict[str, Any]]:
    """Every receipt of these projects, the first one of each first, its JSON as text."""
    rows = await uow.fetch(
        """SELECT project_id, version, rulebook, act::text AS act, context::text AS context,
        decision::text AS decision, before_hash, after_hash FROM receipt
        WHERE tenant_id = $1 AND project_id = ANY($2) ORDER BY project_id, version""",
        *(uow.require_tenant(), list(project_ids)),
    )
    return [dict(row) for row in rows]
