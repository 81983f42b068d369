"""Every query about stages, tasks, deadlines, defects and receipts.

Two statements reach into tables of lower storeys on purpose, to keep an act within eight round trips: `write`
puts a project's document and all that lists read of it in place at once, so that neither can be without the
other; `surroundings` reads in one go what a decision may look at (docs/decisions/0005).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.codec import encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid, Problem
from core.policy.cases.state import CaseState
from core.projects.finding import Sight
from core.stages.projecting import Changes

# ruff: noqa: S608 - the statements are put together from constants of this module alone

_UPSERTS = """
runs AS (
    INSERT INTO stage_run (tenant_id, project_id, stage, ref, opened_seq, n, segment, opened_on, closed_on, outcome,
        role, person, reason, skipped, overtaken)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'runs') AS x(stage text, ref text, opened_seq int, n int,
        segment text, opened_on date, closed_on date, outcome text, role text, person text, reason text,
        skipped bool, overtaken bool)
    WHERE EXISTS (SELECT 1 FROM written)
    ON CONFLICT (tenant_id, project_id, stage, ref, opened_seq) DO UPDATE SET closed_on = excluded.closed_on,
        outcome = excluded.outcome, role = excluded.role, person = excluded.person, reason = excluded.reason,
        overtaken = excluded.overtaken
), tasks AS (
    INSERT INTO task (tenant_id, project_id, stage, ref, opened_seq, role, organisation_id, act, n, opened_on, due_on,
        closed_on, acting_tenant_id)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'tasks') AS x(stage text, ref text, opened_seq int,
        role text, organisation_id uuid, act text, n int, opened_on date, due_on date, closed_on date,
        acting_tenant_id uuid)
    WHERE EXISTS (SELECT 1 FROM written)
    ON CONFLICT (tenant_id, project_id, stage, ref, opened_seq, role) DO UPDATE SET act = excluded.act,
        due_on = excluded.due_on, closed_on = excluded.closed_on
), deadlines AS (
    INSERT INTO deadline (tenant_id, project_id, time_limit, ref, start_on, n, stage, owner, kind, due_on,
        provisional, met_on, dropped)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'deadlines') AS x(time_limit text, ref text, start_on date,
        n int, stage text, owner text, kind text, due_on date, provisional bool, met_on date, dropped bool)
    WHERE EXISTS (SELECT 1 FROM written)
    ON CONFLICT (tenant_id, project_id, time_limit, ref, start_on, n) DO UPDATE SET due_on = excluded.due_on,
        provisional = excluded.provisional, met_on = excluded.met_on, dropped = excluded.dropped
), defects AS (
    INSERT INTO defect (tenant_id, project_id, stage, id, item, text, rule, raised_n, raised_on, state, answer)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'defects') AS x(stage text, id text, item text, text text,
        rule text, raised_n int, raised_on date, state text, answer text)
    WHERE EXISTS (SELECT 1 FROM written)
    ON CONFLICT (tenant_id, project_id, stage, id) DO UPDATE SET text = excluded.text, state = excluded.state,
        answer = excluded.answer
), contracts AS (
    INSERT INTO contract (tenant_id, project_id, id, kind, supplier, amount_fen, signed_on, lot, amends)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'contracts') AS x(id text, kind text, supplier text,
        amount_fen bigint, signed_on date, lot text, amends text)
    WHERE EXISTS (SELECT 1 FROM written)
    ON CONFLICT (tenant_id, project_id, id) DO UPDATE SET supplier = excluded.supplier,
        amount_fen = excluded.amount_fen, signed_on = excluded.signed_on, lot = excluded.lot
), amounts AS (
    INSERT INTO project_amount (tenant_id, project_id, key, seq, amount_fen, fixed_on, role)
    SELECT $1, $2, x.* FROM jsonb_to_recordset($6::jsonb -> 'amounts') AS x(key text, seq int, amount_fen bigint,
        fixed_on date, role text)
    WHERE EXISTS (SELECT 1 FROM written)
), proof AS (
    INSERT INTO receipt (tenant_id, project_id, version, id, rulebook, on_date, act, context, decision, before_hash,
        after_hash)
    SELECT $1, $2, $3, x.* FROM jsonb_to_record($7::jsonb) AS x(id uuid, rulebook text, on_date date, act jsonb,
        context jsonb, decision jsonb, before_hash text, after_hash text)
    WHERE EXISTS (SELECT 1 FROM written)
)"""

_UPDATE = f"""WITH columns AS (
    SELECT * FROM jsonb_to_record($5::jsonb) AS x(rulebook text, project_kind text, track text, status text,
        open_stages text[], holders text[], next_due_on date, ended_on date, declared_fen bigint, confirmed_fen bigint,
        approved_fen bigint, contract_fen bigint, accepted_fen bigint, standing jsonb)
), written AS (
    UPDATE project p SET version = $3, document = $4::jsonb, rulebook = c.rulebook, project_kind = c.project_kind,
        track = c.track, status = c.status, open_stages = c.open_stages, holders = c.holders,
        next_due_on = c.next_due_on, ended_on = c.ended_on, declared_fen = c.declared_fen,
        confirmed_fen = c.confirmed_fen, approved_fen = c.approved_fen, contract_fen = c.contract_fen,
        accepted_fen = c.accepted_fen, standing = c.standing, changed_at = now()
    FROM columns c WHERE p.tenant_id = $1 AND p.id = $2 AND p.version = $3 - 1 RETURNING 1
), {_UPSERTS} SELECT EXISTS (SELECT 1 FROM written)"""

_INSERT = f"""WITH columns AS (
    SELECT * FROM jsonb_to_record($5::jsonb) AS x(code text, kind text, title text, unit_id uuid, subordinate_id uuid,
        system_id uuid, jurisdiction text, edition text, options jsonb, plan_year int, created_on date, source text,
        source_key text, rulebook text, project_kind text, track text, status text, open_stages text[],
        holders text[], next_due_on date, ended_on date, declared_fen bigint, confirmed_fen bigint,
        approved_fen bigint, contract_fen bigint, accepted_fen bigint, standing jsonb)
), written AS (
    INSERT INTO project (tenant_id, id, version, document, code, kind, title, unit_id, subordinate_id, system_id,
        jurisdiction, edition, options, plan_year, created_on, source, source_key, rulebook, project_kind, track,
        status, open_stages, holders, next_due_on, ended_on, declared_fen, confirmed_fen, approved_fen, contract_fen,
        accepted_fen, standing)
    SELECT $1, $2, $3, $4::jsonb, c.* FROM columns c RETURNING 1
), {_UPSERTS} SELECT EXISTS (SELECT 1 FROM written)"""


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one accepted act writes of its project."""

    project_id: UUID
    version: int
    state: CaseState
    changed: Changes
    receipt: dict[str, Any]


async def write(uow: UnitOfWork, row: Writing) -> bool:
    """Put the new state and all that is derived from it in place; False when the version has moved meanwhile."""
    return await _write(uow, _UPDATE, row)


async def insert(uow: UnitOfWork, row: Writing) -> bool:
    """Store a new case; the columns carry its identity too."""
    return await _write(uow, _INSERT, row)


async def _write(uow: UnitOfWork, sql: str, row: Writing) -> bool:
    changed = row.changed
    rows = {
        "runs": changed.runs,
        "tasks": changed.tasks,
        "deadlines": changed.deadlines,
        "defects": changed.defects,
        "contracts": changed.contracts,
        "amounts": changed.amounts,
    }
    done: bool = await uow.fetchval(
        sql,
        *(uow.require_tenant(), row.project_id, row.version),
        *(encode(row.state), encode(changed.columns), encode(rows), encode(row.receipt)),
    )
    return done


_SURROUNDINGS = """SELECT
(SELECT coalesce(jsonb_agg(p.standing ORDER BY p.created_on, p.id), '[]') FROM project p
    WHERE $4 AND p.tenant_id = $1 AND p.unit_id = $2 AND p.id <> $3)::text AS projects,
(SELECT coalesce(jsonb_agg(jsonb_build_object('register', r.register, 'version', r.version, 'on', r.on_date,
        'state', r.state, 'adjusted_on', r.adjusted_on, 'content', r.content)), '[]') FROM register_entry r
    WHERE $4 AND r.tenant_id = $1 AND r.organisation_id = $2 AND r.state = 'current')::text AS entries,
(SELECT coalesce(jsonb_agg(jsonb_build_object('register', r.register, 'version', r.version, 'on', r.on_date,
        'state', r.state, 'adjusted_on', r.adjusted_on, 'content', r.content) ORDER BY r.on_date, r.recorded_at), '[]')
    FROM register_entry r WHERE r.tenant_id = $1 AND r.register = ANY ($7) AND r.state = 'current')::text AS kept,
(SELECT coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'on', f.on_date, 'reason', f.reason,
        'project', f.project_code, 'lifted_on', f.lifted_on) ORDER BY f.on_date, f.id), '[]') FROM unit_finding f
    WHERE $4 AND f.tenant_id = $1 AND f.organisation_id = $2)::text AS findings,
(SELECT jsonb_build_object('plan_year', r.plan_year, 'issued_on', r.issued_on, 'closes_on', r.closes_on)
    FROM application_round r WHERE $5 AND r.tenant_id = $1 AND r.issued_on <= $6
    ORDER BY r.issued_on DESC LIMIT 1)::text AS round,
(SELECT o.kind FROM organisation o WHERE o.tenant_id = $1 AND o.id = $2) AS unit_kind"""


async def surroundings(
    uow: UnitOfWork,
    unit_id: UUID,
    project_id: UUID,
    today: date,
    *,
    needs: frozenset[str],
    kept: Sequence[str],
) -> dict[str, Any]:
    """What the needs of an act's gates ask for, in one round trip: standings, register entries, findings, round.

    `kept` are the registers that are kept once for the whole tenant.
    """
    row = await uow.fetchrow(
        _SURROUNDINGS,
        *(uow.require_tenant(), unit_id, project_id, "unit" in needs, "round" in needs, today),
        list(kept) if "unit" in needs else [],
    )
    return dict(row) if row is not None else {}


_TASKS = """SELECT t.project_id, p.code, p.title, coalesce(n.name, '') AS unit, t.stage, t.ref, t.n, t.role, t.act,
    t.opened_on, t.due_on, '' AS owner_name, '' AS stage_title, '' AS role_title
FROM task t JOIN project p ON p.tenant_id = $1 AND p.id = t.project_id
LEFT JOIN LATERAL (SELECT a.name FROM organisation_alias a WHERE a.tenant_id = $1 AND a.organisation_id = p.unit_id
    ORDER BY a.from_on DESC LIMIT 1) n ON true
WHERE t.tenant_id = $1 AND t.closed_on IS NULL AND """


# What waits here of one's own tenant's projects, and what other tenants have referred to this one, each in the order
# of a desk before they are laid together.
_DESK_ORDER = "coalesce(due_on, '9999-12-31'::date), opened_on, project_id, stage, ref, role"
_DESK_AFTER = f"($4::date IS NULL OR ({_DESK_ORDER}) > ($4::date, $5::date, $6::uuid, $7::text, $8::text, $9::text))"
_DESK_OWN = f"""SELECT * FROM ({_TASKS}t.acting_tenant_id IS NULL
    AND ((t.role = ANY($2) AND t.organisation_id IS NULL) OR t.organisation_id = $3)
    AND ($11::uuid IS NULL OR (t.project_id = $11 AND t.ref = $12))) own WHERE {_DESK_AFTER}
    ORDER BY {_DESK_ORDER} LIMIT $10"""
_DESK_REFERRED = f"""SELECT r.project_id, r.owner || ':' || r.code AS code, r.title, r.unit, r.stage, r.ref, r.n,
    r.role, r.act, r.opened_on, r.due_on, r.owner_name, r.stage_title, r.role_title FROM referral r
    WHERE r.tenant_id = $1 AND r.closed_on IS NULL AND r.stage <> '' AND r.role = ANY($2) AND $11::uuid IS NULL
        AND {_DESK_AFTER}
    ORDER BY {_DESK_ORDER} LIMIT $10"""
_DESK = f"SELECT * FROM (({_DESK_OWN}) UNION ALL ({_DESK_REFERRED})) d ORDER BY {_DESK_ORDER} LIMIT $10"


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Whose desk: of which roles and body, and for an outside party of which entry of which case."""

    roles: tuple[str, ...]
    organisation_id: UUID | None
    case_id: UUID | None = None
    entry: str = ""


async def list_desk(uow: UnitOfWork, whose: Desk, *, after: str, limit: int) -> list[asyncpg.Record]:
    """Open tasks of roles, and those of an organisation itself, in the order of a desk."""
    return await uow.fetch(
        _DESK,
        *(uow.require_tenant(), list(whose.roles), whose.organisation_id, *_read_cursor(after), limit),
        *(whose.case_id, whose.entry),
    )


_FAR = date(9999, 12, 31)


def desk_cursor(row: asyncpg.Record) -> str:
    """The place of a desk's line in its order."""
    due = row["due_on"] or _FAR
    named = (str(row["project_id"]), row["stage"], row["ref"], row["role"])
    return "~".join((due.isoformat(), row["opened_on"].isoformat(), *named))


def _read_cursor(after: str) -> tuple[Any, ...]:
    if not after:
        return (None,) * 6
    try:
        due, opened, project, stage, ref, role = after.split("~")
        return (date.fromisoformat(due), date.fromisoformat(opened), UUID(project), stage, ref, role)
    except ValueError as error:
        raise Invalid("翻页标记无效", details=(Problem(field="after", message="翻页标记无效"),)) from error


async def list_waiting(uow: UnitOfWork, organisation_id: UUID, limit: int) -> list[asyncpg.Record]:
    """Open tasks of others on an organisation's own projects."""
    return await uow.fetch(
        _TASKS + "p.unit_id = $2 AND t.organisation_id IS DISTINCT FROM $2 ORDER BY t.opened_on, t.project_id LIMIT $3",
        *(uow.require_tenant(), organisation_id, limit),
    )


async def list_deadlines(uow: UnitOfWork, sight: Sight, *, until: date, owner: str, limit: int) -> list[asyncpg.Record]:
    """Running limits of the projects in sight."""
    return await uow.fetch(
        """SELECT p.code, p.title, d.time_limit, d.ref, d.stage, d.owner, d.start_on, d.due_on, d.provisional, d.met_on
        FROM deadline d JOIN project p ON p.tenant_id = $1 AND p.id = d.project_id
        WHERE d.tenant_id = $1 AND d.met_on IS NULL AND NOT d.dropped AND d.due_on <= $2 AND ($3 = '' OR d.owner = $3)
            AND ($4 OR p.unit_id = ANY($5) OR p.subordinate_id = ANY($5) OR EXISTS (SELECT 1 FROM task t
                WHERE t.tenant_id = $1 AND t.project_id = p.id AND t.role = ANY($6)))
        ORDER BY d.due_on, d.project_id, d.time_limit LIMIT $7""",
        *(uow.require_tenant(), until, owner, sight.everything),
        *(list(sight.organisations), list(sight.roles), limit),
    )


async def pin(uow: UnitOfWork, project_id: UUID, *, edition: str, options: str) -> None:
    """Pin a project to an edition and to choices, given as JSON; its document names the rulebook already."""
    await uow.execute(
        "UPDATE project SET edition = $3, options = $4::jsonb WHERE tenant_id = $1 AND id = $2",
        *(uow.require_tenant(), project_id, edition, options),
    )
