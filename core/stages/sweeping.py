"""Telling of limits that end soon or have ended (期限提醒): each once, whenever and however often this runs.

`deadline.told_on` is the day somebody was last told of a row, and that alone says what is still to tell: nothing yet
(then "near" within the horizon), or told while it still ran (then "passed" once it has). Lateness itself follows from
dates and does not wait for this job. A due date that moves to a later day is told of again when that day has passed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core import journal
from core.kernel.choices import calendar_of
from core.kernel.database import Database, UnitOfWork
from core.kernel.tenancy import Tenant, system_actor

NEAR_WORKDAYS = 3
_AT_A_TIME = 500

# Nobody can be late for a minimum, and an ended case owes nothing.
_TAKE = """
WITH found AS (
    SELECT d.project_id, d.time_limit, d.ref, d.start_on, d.n FROM deadline d
    JOIN project p ON p.tenant_id = $1 AND p.id = d.project_id AND p.ended_on IS NULL
    WHERE d.tenant_id = $1 AND d.met_on IS NULL AND NOT d.dropped AND d.due_on <= $3 AND d.kind <> 'minimum'
        AND ((d.due_on < $2 AND (d.told_on IS NULL OR d.told_on <= d.due_on))
            OR (d.due_on >= $2 AND d.told_on IS NULL))
    ORDER BY d.due_on, d.project_id LIMIT $4 FOR UPDATE OF d SKIP LOCKED
)
UPDATE deadline d SET told_on = $2 FROM found f JOIN project p ON p.tenant_id = $1 AND p.id = f.project_id
WHERE d.tenant_id = $1 AND d.project_id = f.project_id AND d.time_limit = f.time_limit AND d.ref = f.ref
    AND d.start_on = f.start_on AND d.n = f.n
RETURNING d.project_id, p.code, p.title, d.time_limit, d.ref, d.n, d.stage, d.owner, d.kind, d.due_on"""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How many limits one run has told of."""

    near: int = 0
    passed: int = 0


async def tell_deadlines(database: Database, tenant: Tenant, *, today: date) -> Told:
    """Journal every limit of a tenant that ends within three working days, or has ended, and was not told of yet."""
    near = passed = 0
    while True:
        async with database.unit_of_work(tenant.id) as uow:
            horizon = (await calendar_of(uow)).after_workdays(today, NEAR_WORKDAYS)
            rows = await uow.fetch(_TAKE, tenant.id, today, horizon, _AT_A_TIME)
            await _record(uow, rows, today)
        late = sum(row["due_on"] < today for row in rows)
        near, passed = near + len(rows) - late, passed + late
        if len(rows) < _AT_A_TIME:
            return Told(near=near, passed=passed)


async def _record(uow: UnitOfWork, rows: Sequence[asyncpg.Record], today: date) -> None:
    """One append per project, in one order for all, since each takes its chain's lock."""
    actor = system_actor(uow.require_tenant())
    chains: dict[UUID, list[journal.Entry]] = {}
    for row in rows:
        kind = "deadline:passed" if row["due_on"] < today else "deadline:near"
        entry = journal.Entry(kind=kind, actor=actor, on=today, detail=_detail(row))
        chains.setdefault(row["project_id"], []).append(entry)
    for chain in sorted(chains):
        await journal.append(uow, chain=chain, entries=chains[chain])


def _detail(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "code": row["code"],
        "title": row["title"],
        "limit": row["time_limit"],
        "ref": row["ref"],
        "n": row["n"],
        "stage": row["stage"],
        "owner": row["owner"],
        "due_on": row["due_on"],
    }
