"""Every query about projects, systems, amounts and budget lines."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.policy.cases.state import CaseState
from core.projects.model import AmountEntry, ApplicationSystem, Project

_PROJECT = """SELECT p.id, p.code, p.unit_id, u.code AS unit_code, p.subordinate_id, p.system_id, p.jurisdiction,
p.edition, p.rulebook, p.options::text AS options, p.version, p.document::text AS document
FROM project p JOIN organisation u ON u.tenant_id = $1 AND u.id = p.unit_id
WHERE p.tenant_id = $1 AND """


def _project(row: Any) -> Project:
    fields = dict(row)
    state = decode(fields.pop("document"), CaseState)
    options = decode(fields.pop("options"), dict)
    return Project(**fields, options=options, state=state)


async def find_project(uow: UnitOfWork, code: str, *, lock: bool = False) -> Project | None:
    """The project of that code; locked against other acts until the unit of work ends if asked."""
    sql = _PROJECT + "p.code = $2" + (" FOR UPDATE OF p" if lock else "")
    row = await uow.fetchrow(sql, uow.require_tenant(), code)
    return _project(row) if row is not None else None


async def list_after(uow: UnitOfWork, after: UUID, limit: int) -> tuple[Project, ...]:
    """Projects in the order of their registration, beyond one."""
    rows = await uow.fetch(_PROJECT + "p.id > $2 ORDER BY p.id LIMIT $3", uow.require_tenant(), after, limit)
    return tuple(_project(row) for row in rows)


async def take_number(uow: UnitOfWork, plan_year: int) -> int:
    """The next number of a plan year; two at once wait for each other."""
    number: int = await uow.fetchval(
        """INSERT INTO project_number (tenant_id, plan_year, last) VALUES ($1, $2, 1)
        ON CONFLICT (tenant_id, plan_year) DO UPDATE SET last = project_number.last + 1 RETURNING last""",
        *(uow.require_tenant(), plan_year),
    )
    return number


async def insert_link(uow: UnitOfWork, project_id: UUID, kind: str, linked_code: str) -> bool:
    tag = await uow.execute(
        """INSERT INTO project_link (tenant_id, project_id, kind, linked_id)
        SELECT $1, $2, $3, id FROM project WHERE tenant_id = $1 AND code = $4 ON CONFLICT DO NOTHING""",
        *(uow.require_tenant(), project_id, kind, linked_code),
    )
    return tag.endswith(" 1")


async def list_amounts(uow: UnitOfWork, project_id: UUID) -> tuple[AmountEntry, ...]:
    rows = await uow.fetch(
        """SELECT key, seq, amount_fen, fixed_on, role FROM project_amount
        WHERE tenant_id = $1 AND project_id = $2 ORDER BY seq, key""",
        *(uow.require_tenant(), project_id),
    )
    return tuple(msgspec.convert(dict(row), AmountEntry) for row in rows)


async def replace_budget(uow: UnitOfWork, project_id: UUID, basis: str, lines: Sequence[tuple[str, str, int]]) -> None:
    """Put these lines (title, category, fen) in place of the ones under a basis."""
    tenant_id = uow.require_tenant()
    await uow.execute(
        "DELETE FROM budget_line WHERE tenant_id = $1 AND project_id = $2 AND basis = $3", tenant_id, project_id, basis
    )
    await uow.execute(
        """INSERT INTO budget_line (tenant_id, project_id, basis, line, title, category, amount_fen)
        SELECT $1, $2, $3, x.line, x.title, x.category, x.fen
        FROM unnest($4::text[], $5::text[], $6::bigint[]) WITH ORDINALITY AS x(title, category, fen, line)""",
        *(tenant_id, project_id, basis),
        [line[0] for line in lines],
        [line[1] for line in lines],
        [line[2] for line in lines],
    )


async def list_budget(uow: UnitOfWork, project_id: UUID) -> list[dict[str, Any]]:
    rows = await uow.fetch(
        """SELECT basis, line, title, category, amount_fen FROM budget_line
        WHERE tenant_id = $1 AND project_id = $2 ORDER BY basis, line""",
        *(uow.require_tenant(), project_id),
    )
    return [dict(row) for row in rows]


async def insert_system(uow: UnitOfWork, system: ApplicationSystem) -> None:
    await uow.execute(
        """INSERT INTO application_system (tenant_id, id, organisation_id, name, state, since_on)
        VALUES ($1, $2, $3, $4, $5, $6)""",
        *(uow.require_tenant(), system.id, system.organisation_id, system.name, system.state, system.since_on),
    )


async def list_systems(uow: UnitOfWork, organisation_id: UUID | None) -> tuple[ApplicationSystem, ...]:
    rows = await uow.fetch(
        """SELECT id, organisation_id, name, state, since_on FROM application_system
        WHERE tenant_id = $1 AND ($2::uuid IS NULL OR organisation_id = $2) ORDER BY name""",
        *(uow.require_tenant(), organisation_id),
    )
    return tuple(msgspec.convert(dict(row), ApplicationSystem) for row in rows)


async def titles_of(uow: UnitOfWork, unit_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Names of a unit's systems and of its running projects, newest first, to compare with."""
    rows = await uow.fetch(
        """(SELECT id, title, code AS owner, 'project' AS source, created_on FROM project
            WHERE tenant_id = $1 AND unit_id = $2 AND status IN ('running', 'completed')
            ORDER BY created_on DESC LIMIT $3)
        UNION ALL (SELECT id, name, '', 'system', since_on FROM application_system
            WHERE tenant_id = $1 AND organisation_id = $2 ORDER BY since_on DESC LIMIT $3)""",
        *(uow.require_tenant(), unit_id, limit),
    )
    return [dict(row) for row in rows]


async def ids_by_source(uow: UnitOfWork, source: str, keys: Sequence[str]) -> dict[str, str]:
    """Codes of projects already imported from a source, by their key there."""
    rows = await uow.fetch(
        "SELECT source_key, code FROM project WHERE tenant_id = $1 AND source = $2 AND source_key = ANY($3)",
        *(uow.require_tenant(), source, list(keys)),
    )
    return {row["source_key"]: row["code"] for row in rows}


async def all_codes(uow: UnitOfWork) -> tuple[str, ...]:
    rows = await uow.fetch("SELECT code FROM project WHERE tenant_id = $1 ORDER BY id", uow.require_tenant())
    return tuple(row["code"] for row in rows)
