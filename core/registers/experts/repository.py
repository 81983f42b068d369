"""Every query about experts and draws. A seed leaves the database only once its draw is run."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.registers.experts.model import Draw, DrawInputs, Expert, Former, Outcome

_EXPERT = """SELECT id, library, name, specialty, employer, title, contact, source,
former_employers::text AS former_employers, active_from_on, active_to_on FROM expert WHERE tenant_id = $1 AND """

_DRAW = """SELECT id, project_id, stage, number, library, state, inputs::text AS inputs, inputs_hash, seed_hash,
CASE WHEN outcome IS NULL THEN '' ELSE seed END AS seed, outcome::text AS outcome, reason, prepared_by_name,
prepared_at, drawn_by_name, drawn_at FROM draw WHERE tenant_id = $1 AND """


def _expert(row: Any) -> Expert:
    fields = dict(row)
    return Expert(**fields | {"former_employers": decode(fields["former_employers"], tuple[Former, ...])})


def _draw(row: Any) -> Draw:
    fields = dict(row)
    outcome = decode(fields["outcome"], Outcome) if fields["outcome"] else None
    return Draw(**fields | {"inputs": decode(fields["inputs"], DrawInputs), "outcome": outcome})


async def put_expert(uow: UnitOfWork, expert: Expert) -> None:
    """Enter an expert, or put new particulars in place of the old."""
    e = expert
    await uow.execute(
        """INSERT INTO expert (tenant_id, id, library, name, specialty, employer, title, contact, source,
            former_employers, active_from_on, active_to_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, specialty = excluded.specialty,
            employer = excluded.employer, title = excluded.title, contact = excluded.contact,
            source = excluded.source, former_employers = excluded.former_employers,
            active_from_on = excluded.active_from_on, active_to_on = excluded.active_to_on""",
        *(uow.require_tenant(), e.id, e.library, e.name, e.specialty, e.employer, e.title, e.contact, e.source),
        *(encode(e.former_employers), e.active_from_on, e.active_to_on),
    )


async def find_expert(uow: UnitOfWork, expert_id: UUID, *, lock: bool = False) -> Expert | None:
    row = await uow.fetchrow(_EXPERT + "id = $2" + (" FOR UPDATE" if lock else ""), uow.require_tenant(), expert_id)
    return None if row is None else _expert(row)


async def pool_of(uow: UnitOfWork, library: str) -> tuple[Expert, ...]:
    """Everybody ever entered in a library, in the order of their ids: those not active are shown as excluded."""
    rows = await uow.fetch(_EXPERT + 'library = $2 ORDER BY id::text COLLATE "C"', uow.require_tenant(), library)
    return tuple(_expert(row) for row in rows)


async def page_of_experts(
    uow: UnitOfWork, library: str, *, specialty: str, on: date | None, after: UUID | None, limit: int
) -> tuple[Expert, ...]:
    rows = await uow.fetch(
        _EXPERT + "library = $2 AND ($3 = '' OR specialty = $3) AND ($4::date IS NULL OR (active_from_on <= $4 "
        "AND (active_to_on IS NULL OR active_to_on >= $4))) AND ($5::uuid IS NULL OR id > $5) ORDER BY id LIMIT $6",
        *(uow.require_tenant(), library, specialty, on, after, limit),
    )
    return tuple(_expert(row) for row in rows)


async def insert_draw(uow: UnitOfWork, draw: Draw, actor: Actor, seed: str) -> None:
    d = draw
    await uow.execute(
        """INSERT INTO draw (tenant_id, id, project_id, stage, number, library, state, inputs, inputs_hash, seed_hash,
            seed, reason, prepared_by, prepared_by_name, prepared_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15)""",
        *(uow.require_tenant(), d.id, d.project_id, d.stage, d.number, d.library, d.state, encode(d.inputs)),
        *(d.inputs_hash, d.seed_hash, seed, d.reason, actor.user_id, actor.name, d.prepared_at),
    )


async def find_draw(uow: UnitOfWork, draw_id: UUID, *, lock: bool = False) -> Draw | None:
    row = await uow.fetchrow(_DRAW + "id = $2" + (" FOR UPDATE" if lock else ""), uow.require_tenant(), draw_id)
    return None if row is None else _draw(row)


async def list_draws(uow: UnitOfWork, project_id: UUID, stage: str) -> tuple[Draw, ...]:
    rows = await uow.fetch(
        _DRAW + "project_id = $2 AND ($3 = '' OR stage = $3) ORDER BY stage, number",
        *(uow.require_tenant(), project_id, stage),
    )
    return tuple(_draw(row) for row in rows)


async def committed_seed(uow: UnitOfWork, draw_id: UUID) -> str:
    """The seed of a draw about to be run; nothing else may ask for it."""
    seed: str = await uow.fetchval(
        "SELECT seed FROM draw WHERE tenant_id = $1 AND id = $2 AND state = 'prepared'", uow.require_tenant(), draw_id
    )
    return seed


async def complete_draw(uow: UnitOfWork, draw_id: UUID, outcome: Outcome, *, by: str, at: datetime) -> None:
    await uow.execute(
        """UPDATE draw SET state = 'drawn', outcome = $3::jsonb, drawn_by_name = $4, drawn_at = $5
        WHERE tenant_id = $1 AND id = $2 AND state = 'prepared'""",
        *(uow.require_tenant(), draw_id, encode(outcome), by, at),
    )


async def replace_draws(uow: UnitOfWork, project_id: UUID, stage: str, besides: int) -> None:
    """Mark the draws before the one just run as replaced; what they drew stays readable."""
    await uow.execute(
        """UPDATE draw SET state = 'replaced'
        WHERE tenant_id = $1 AND project_id = $2 AND stage = $3 AND number < $4 AND state = 'drawn'""",
        *(uow.require_tenant(), project_id, stage, besides),
    )


async def cancel_draw(uow: UnitOfWork, draw_id: UUID, reason: str) -> None:
    await uow.execute(
        """UPDATE draw SET state = 'cancelled', reason = reason || CASE WHEN reason = '' THEN '' ELSE '；' END || $3
        WHERE tenant_id = $1 AND id = $2 AND state = 'prepared'""",
        *(uow.require_tenant(), draw_id, reason),
    )
