"""Every query about referrals: what an owner's tasks say to other tenants, and what a tenant has received."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from core.kernel.codec import encode
from core.kernel.database import UnitOfWork

_SENT = """SELECT t.acting_tenant_id, p.id AS project_id, p.code, p.title, p.version, p.jurisdiction, p.edition,
    p.options::text AS options, coalesce(n.name, '') AS unit, t.stage, t.ref, t.opened_seq, t.role, t.act, t.n,
    t.opened_on, t.due_on, t.closed_on
FROM task t JOIN project p ON p.tenant_id = $1 AND p.id = t.project_id
LEFT JOIN LATERAL (SELECT a.name FROM organisation_alias a WHERE a.tenant_id = $1 AND a.organisation_id = p.unit_id
    ORDER BY a.from_on DESC LIMIT 1) n ON true
WHERE t.tenant_id = $1 AND t.project_id = ANY($2) AND t.acting_tenant_id IS NOT NULL"""

# Stages that take parties from anywhere: what they ask of one tenant they ask of all.
_CALLED = """SELECT p.id AS project_id, p.code, p.title, p.version, p.jurisdiction, p.edition,
    p.options::text AS options, coalesce(n.name, '') AS unit, r.stage, r.ref, r.opened_seq, 'record' AS act, r.n,
    r.opened_on, NULL::date AS due_on, r.closed_on, p.created_on
FROM stage_run r JOIN project p ON p.tenant_id = $1 AND p.id = r.project_id
LEFT JOIN LATERAL (SELECT a.name FROM organisation_alias a WHERE a.tenant_id = $1 AND a.organisation_id = p.unit_id
    ORDER BY a.from_on DESC LIMIT 1) n ON true
WHERE r.tenant_id = $1 AND r.project_id = ANY($2) AND NOT r.skipped"""

# What arrives late is older than what is there, and changes nothing.
_RECEIVE = """INSERT INTO referral (tenant_id, owner_id, owner, owner_name, project_id, stage, ref, opened_seq, role,
    act, n, code, title, unit, stage_title, role_title, opened_on, due_on, closed_on, version,
    competes)
SELECT $1, $2, $3, $4, x.* FROM jsonb_to_recordset($5::jsonb) AS x(project_id uuid, stage text, ref text,
    opened_seq int, role text, act text, n int, code text, title text, unit text, stage_title text, role_title text,
    opened_on date, due_on date, closed_on date, version int,
    competes boolean)
ON CONFLICT (tenant_id, owner_id, project_id, stage, ref, opened_seq, role) DO UPDATE SET act = excluded.act,
    title = excluded.title, unit = excluded.unit, due_on = excluded.due_on, closed_on = excluded.closed_on,
    version = excluded.version
WHERE referral.version < excluded.version"""

_REFERRED = """SELECT r.owner, r.owner_name, r.code, r.title, r.unit, r.stage, r.stage_title, r.ref, r.n, r.role,
    r.role_title, r.act, r.opened_on, r.due_on, r.closed_on
FROM referral r WHERE r.tenant_id = $1 AND r.role = ANY($2) AND ($3 OR (r.closed_on IS NULL AND r.stage <> ''))
    AND ($4::date IS NULL OR (r.opened_on, r.owner, r.code, r.stage, r.ref, r.role)
        < ($4::date, $5::text, $6::text, $7::text, $8::text, $9::text))
ORDER BY r.opened_on DESC, r.owner DESC, r.code DESC, r.stage DESC, r.ref DESC, r.role DESC LIMIT $10"""


async def list_sent(uow: UnitOfWork, projects: Sequence[UUID]) -> list[asyncpg.Record]:
    """Every task of these projects that waits, or waited, in another tenant."""
    return await uow.fetch(_SENT, uow.require_tenant(), list(projects))


async def list_runs(uow: UnitOfWork, projects: Sequence[UUID]) -> list[asyncpg.Record]:
    """Every run of every stage of these projects, as a task without a role."""
    return await uow.fetch(_CALLED, uow.require_tenant(), list(projects))


async def receive(uow: UnitOfWork, owner: tuple[UUID, str, str], rows: Sequence[dict[str, Any]]) -> None:
    """Put an owner's tasks in place here, as far as they are newer than what is known; owner is id, code and name."""
    await uow.execute(_RECEIVE, uow.require_tenant(), *owner, encode(rows))


async def take_new(uow: UnitOfWork, entries: Sequence[UUID]) -> set[UUID]:
    """Those of another tenant's entries that have not had their effect here; from now on they have."""
    rows = await uow.fetch(
        "INSERT INTO received_entry (tenant_id, entry_id) SELECT $1, unnest($2::uuid[]) "
        "ON CONFLICT DO NOTHING RETURNING entry_id",
        *(uow.require_tenant(), list(entries)),
    )
    return {row["entry_id"] for row in rows}


async def roles_referred(uow: UnitOfWork, owner_id: UUID, code: str) -> list[asyncpg.Record]:
    """What another tenant's project has asked of this one: project, role, entry, and whether it still waits."""
    return await uow.fetch(
        """SELECT project_id, role, ref, competes, closed_on IS NULL AS is_open FROM referral
        WHERE tenant_id = $1 AND owner_id = $2 AND code = $3 ORDER BY ref = '', opened_on DESC""",
        *(uow.require_tenant(), owner_id, code),
    )


async def page_of_referred(
    uow: UnitOfWork, roles: Sequence[str], *, closed: bool, after: tuple[date | str | None, ...], limit: int
) -> list[asyncpg.Record]:
    """Referrals to roles, the latest first, beyond a place in that order."""
    return await uow.fetch(_REFERRED, uow.require_tenant(), list(roles), closed, *after, limit)
