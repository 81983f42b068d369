"""Every query about entries, findings and rounds; nobody outside this concept uses it."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.registers.model import Entry, Finding, OpenedRound

_ENTRY = """SELECT r.register, r.organisation_id, coalesce(n.name, '') AS organisation, r.entry_key, r.version,
r.on_date AS on, r.state, r.adjusted_on, r.withdrawn_on, r.withdrawn_reason, r.content::text AS content,
r.document_id, r.entered_by, r.entered_by_name, r.recorded_at
FROM register_entry r
LEFT JOIN LATERAL (SELECT a.name FROM organisation_alias a
    WHERE a.tenant_id = $1 AND a.organisation_id = r.organisation_id ORDER BY a.from_on DESC LIMIT 1) n ON true
WHERE r.tenant_id = $1 AND """

_FINDING = """SELECT id, organisation_id, kind, on_date AS on, reason, project_code, recorded_by_name, lifted_on,
lifted_reason, lifted_by_name FROM unit_finding WHERE tenant_id = $1 AND """

_ROUND = """SELECT plan_year, issued_on, closes_on, months, title, document_id, opened_by_name
FROM application_round WHERE tenant_id = $1 """


def _entry(row: Any) -> Entry:
    fields = dict(row)
    return Entry(**fields | {"content": decode(fields["content"], dict)})


async def add_version(
    uow: UnitOfWork,
    actor: Actor,
    *,
    register: str,
    organisation_id: UUID,
    entry_key: str,
    on: date,
    content: dict[str, Any],
    document_id: UUID | None,
) -> int:
    """Lodge the next version in place of the current one; the caller has locked the organisation."""
    version: int = await uow.fetchval(
        """WITH old AS (
            UPDATE register_entry SET state = 'superseded'
            WHERE tenant_id = $1 AND register = $2 AND organisation_id = $3 AND entry_key = $4 AND state = 'current'
        ) INSERT INTO register_entry (tenant_id, register, organisation_id, entry_key, version, on_date, state,
            content, document_id, entered_by, entered_by_name)
        SELECT $1, $2, $3, $4, 1 + coalesce(max(version), 0), $5, 'current', $6::jsonb, $7, $8, $9
        FROM register_entry WHERE tenant_id = $1 AND register = $2 AND organisation_id = $3 AND entry_key = $4
        RETURNING version""",
        *(uow.require_tenant(), register, organisation_id, entry_key, on, encode(content), document_id),
        *(actor.user_id, actor.name),
    )
    return version


async def find_current(
    uow: UnitOfWork, register: str, organisation_id: UUID, entry_key: str, *, lock: bool = False
) -> Entry | None:
    row = await uow.fetchrow(
        _ENTRY
        + "r.register = $2 AND r.organisation_id = $3 AND r.entry_key = $4 AND r.state = 'current'"
        + (" FOR UPDATE OF r" if lock else ""),
        *(uow.require_tenant(), register, organisation_id, entry_key),
    )
    return None if row is None else _entry(row)


async def set_adjusted(uow: UnitOfWork, entry: Entry, on: date) -> None:
    await uow.execute(
        """UPDATE register_entry SET adjusted_on = $6 WHERE tenant_id = $1 AND register = $2
        AND organisation_id = $3 AND entry_key = $4 AND version = $5""",
        *(uow.require_tenant(), entry.register, entry.organisation_id, entry.entry_key, entry.version, on),
    )


async def set_withdrawn(uow: UnitOfWork, entry: Entry, on: date, reason: str) -> None:
    await uow.execute(
        """UPDATE register_entry SET state = 'withdrawn', withdrawn_on = $6, withdrawn_reason = $7
        WHERE tenant_id = $1 AND register = $2 AND organisation_id = $3 AND entry_key = $4 AND version = $5""",
        *(uow.require_tenant(), entry.register, entry.organisation_id, entry.entry_key, entry.version, on, reason),
    )


async def list_versions(uow: UnitOfWork, register: str, organisation_id: UUID, entry_key: str) -> tuple[Entry, ...]:
    rows = await uow.fetch(
        _ENTRY + "r.register = $2 AND r.organisation_id = $3 AND r.entry_key = $4 ORDER BY r.version",
        *(uow.require_tenant(), register, organisation_id, entry_key),
    )
    return tuple(_entry(row) for row in rows)


async def page_of_current(
    uow: UnitOfWork, register: str, organisation_id: UUID | None, after: tuple[date, UUID, str] | None, limit: int
) -> tuple[Entry, ...]:
    """Current entries of a register, newest first, beyond a place in that order."""
    place = after or (None, None, None)
    rows = await uow.fetch(
        _ENTRY + "r.register = $2 AND r.state = 'current' AND ($3::uuid IS NULL OR r.organisation_id = $3) "
        "AND ($4::date IS NULL OR r.on_date < $4 "
        "OR (r.on_date = $4 AND (r.organisation_id, r.entry_key) > ($5::uuid, $6::text))) "
        "ORDER BY r.on_date DESC, r.organisation_id, r.entry_key LIMIT $7",
        *(uow.require_tenant(), register, organisation_id, *place, limit),
    )
    return tuple(_entry(row) for row in rows)


async def current_of_unit(uow: UnitOfWork, organisation_id: UUID) -> tuple[Entry, ...]:
    rows = await uow.fetch(
        _ENTRY + "r.organisation_id = $2 AND r.state = 'current' ORDER BY r.register, r.entry_key",
        *(uow.require_tenant(), organisation_id),
    )
    return tuple(_entry(row) for row in rows)


async def insert_finding(uow: UnitOfWork, finding: Finding, actor: Actor) -> None:
    f = finding
    await uow.execute(
        """INSERT INTO unit_finding (tenant_id, id, organisation_id, kind, on_date, reason, project_code, recorded_by,
        recorded_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        *(uow.require_tenant(), f.id, f.organisation_id, f.kind, f.on, f.reason, f.project_code),
        *(actor.user_id, actor.name),
    )


async def lift_finding(uow: UnitOfWork, finding_id: UUID, *, on: date, reason: str, by: str) -> Finding | None:
    """Lift a finding that is not lifted yet."""
    row = await uow.fetchrow(
        """UPDATE unit_finding SET lifted_on = $3, lifted_reason = $4, lifted_by_name = $5
        WHERE tenant_id = $1 AND id = $2 AND lifted_on IS NULL AND on_date <= $3
        RETURNING id, organisation_id, kind, on_date AS on, reason, project_code, recorded_by_name, lifted_on,
        lifted_reason, lifted_by_name""",
        *(uow.require_tenant(), finding_id, on, reason, by),
    )
    return None if row is None else msgspec.convert(dict(row), Finding)


async def list_findings(uow: UnitOfWork, organisation_id: UUID) -> tuple[Finding, ...]:
    rows = await uow.fetch(
        _FINDING + "organisation_id = $2 ORDER BY on_date, id", uow.require_tenant(), organisation_id
    )
    return tuple(msgspec.convert(dict(row), Finding) for row in rows)


async def insert_round(uow: UnitOfWork, opened: OpenedRound, actor: Actor) -> bool:
    o = opened
    tag = await uow.execute(
        """INSERT INTO application_round (tenant_id, plan_year, issued_on, closes_on, months, title, document_id,
        opened_by, opened_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING""",
        *(uow.require_tenant(), o.plan_year, o.issued_on, o.closes_on, o.months, o.title, o.document_id),
        *(actor.user_id, actor.name),
    )
    return tag.endswith(" 1")


async def update_round(uow: UnitOfWork, changed: OpenedRound) -> None:
    c = changed
    await uow.execute(
        """UPDATE application_round SET issued_on = $3, closes_on = $4, months = $5, title = $6, document_id = $7
        WHERE tenant_id = $1 AND plan_year = $2""",
        *(uow.require_tenant(), c.plan_year, c.issued_on, c.closes_on, c.months, c.title, c.document_id),
    )


async def find_round(uow: UnitOfWork, plan_year: int, *, lock: bool = False) -> OpenedRound | None:
    row = await uow.fetchrow(
        _ROUND + "AND plan_year = $2" + (" FOR UPDATE" if lock else ""), uow.require_tenant(), plan_year
    )
    return None if row is None else msgspec.convert(dict(row), OpenedRound)


async def latest_round(uow: UnitOfWork, today: date) -> OpenedRound | None:
    row = await uow.fetchrow(
        _ROUND + "AND issued_on <= $2 ORDER BY issued_on DESC LIMIT 1", uow.require_tenant(), today
    )
    return None if row is None else msgspec.convert(dict(row), OpenedRound)


async def list_rounds(uow: UnitOfWork) -> tuple[OpenedRound, ...]:
    rows = await uow.fetch(_ROUND + "ORDER BY plan_year DESC", uow.require_tenant())
    return tuple(msgspec.convert(dict(row), OpenedRound) for row in rows)


def cases_with_open_deadlines(uow: UnitOfWork, first: date, last: date) -> AsyncIterator[list[asyncpg.Record]]:
    """Cases with an open limit that some day between two could touch; reads what `core.stages` has projected."""
    # A day counts only after the start and up to the last day; a last day that moves off rest days is due after them.
    return uow.stream(
        """SELECT p.id, p.code, p.title, p.jurisdiction, p.edition, p.options::text AS options,
            p.document::text AS document
        FROM project p WHERE p.tenant_id = $1 AND EXISTS (
            SELECT 1 FROM deadline d WHERE d.tenant_id = $1 AND d.project_id = p.id AND d.met_on IS NULL
                AND NOT d.dropped AND d.start_on < $3 AND d.due_on >= $2)
        ORDER BY p.tenant_id, p.id""",
        *(uow.require_tenant(), first, last),
        at_a_time=500,
    )
