"""Random draws (随机抽取): the seed committed first, run once, replayable by anyone, redrawn only with a reason."""

import secrets
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.policy.rulebook import Rulebook
from core.policy.state import Panel
from core.registers import repository
from core.registers.keeping import register_of, require_keeper
from core.registers.model import Draw, DrawMissing, DrawNotPossible, Excluded, Expert, pool_hash, replay, seed_hash


async def prepare_draw(
    uow: UnitOfWork,
    rules: Rulebook,
    *,
    actor: Actor,
    project_id: UUID,
    stage: str,
    library: str,
    quotas: dict[str, int],
    on: date,
    declared: dict[UUID, str] | None = None,
    reason: str = "",
) -> Draw:
    """Fix the pool, the exclusions and the hash of the seed, before anybody can know the panel.

    `quotas` maps specialties to numbers ("" for any). `declared` names experts to leave out, with the reason they
    gave. Raises: DrawNotPossible naming every shortage, or for a redraw without reason; RegisterUnknown; NotKeeper.
    """
    require_keeper(rules, library, actor)
    pool = tuple(await repository.list_experts(uow, library))
    ties = await repository.related_bodies(uow, project_id)
    exclusions = tuple(_exclusions(pool, ties, declared or {}, on))
    number = await repository.next_number(uow, project_id, stage)
    if number > 1 and not reason.strip():
        raise DrawNotPossible("重新抽取须说明理由")
    seed = secrets.token_hex(32)
    draw = Draw(
        id=new_id(),
        project_id=project_id,
        stage=stage,
        number=number,
        library=library,
        quotas=quotas,
        pool=pool,
        pool_hash=pool_hash(pool),
        seed_hash=seed_hash(seed),
        exclusions=exclusions,
        prepared_at=datetime.now(UTC),
        reason=reason,
    )
    replay(msgspec.structs.replace(draw, seed=seed))
    await repository.insert_draw(uow, draw, actor)
    await repository.store_seed(uow, draw.id, seed)
    detail = {
        "draw": draw.id,
        "number": number,
        "stage": stage,
        "pool_hash": draw.pool_hash,
        "seed_hash": draw.seed_hash,
        "excluded": len(exclusions),
        "reason": reason,
    }
    entry = journal.Entry(kind="draw:prepared", actor=actor, on=on, detail=detail)
    await journal.append(uow, chain=project_id, entries=[entry])
    return draw


def _exclusions(pool: tuple[Expert, ...], ties: dict[str, str], declared: dict[UUID, str], on: date) -> list[Excluded]:
    """Everybody who may not be drawn, each with the first reason that holds."""
    found = []
    for expert in pool:
        reason = _why_not(expert, ties, declared, on)
        if reason:
            found.append(Excluded(expert_id=expert.id, name=expert.name, reason=reason))
    return found


def _why_not(expert: Expert, ties: dict[str, str], declared: dict[UUID, str], on: date) -> str:
    if expert.active_from_on > on or (expert.active_to_on is not None and expert.active_to_on < on):
        return "当日不在库"
    if expert.employer in ties:
        return f"现任职单位为{ties[expert.employer]}"
    former = next((name for name in expert.former_employers if name in ties), "")
    if former:
        return f"曾任职单位为{ties[former]}"
    if not expert.employer:
        return "任职单位不明，无法判断回避"
    return declared.get(expert.id, "")


async def run_draw(uow: UnitOfWork, rules: Rulebook, *, actor: Actor, draw_id: UUID, on: date) -> Draw:
    """Reveal the seed and draw, once; a draw that was run answers with its panel again.

    Raises: DrawMissing; NotKeeper.
    """
    found = await repository.find_draw(uow, draw_id, lock=True)
    if found is None:
        raise DrawMissing("没有该次抽取")
    draw, sealed = found
    require_keeper(rules, draw.library, actor)
    if draw.is_run:
        return draw
    drawn, alternates = replay(msgspec.structs.replace(draw, seed=sealed))
    done = msgspec.structs.replace(draw, seed=sealed, drawn=drawn, alternates=alternates)
    await repository.finish_draw(uow, done, datetime.now(UTC))
    names = {expert.id: expert.name for expert in draw.pool}
    detail = {"draw": draw.id, "number": draw.number, "seed": sealed, "drawn": [names[i] for i in drawn]}
    entry = journal.Entry(kind="draw:run", actor=actor, on=on, detail=detail)
    await journal.append(uow, chain=draw.project_id, entries=[entry])
    return done


async def get_draw(uow: UnitOfWork, rules: Rulebook, draw_id: UUID) -> Draw:
    """One draw with all that is needed to replay it; the seed only once it was run.

    Raises: DrawMissing.
    """
    found = await repository.find_draw(uow, draw_id)
    if found is None:
        raise DrawMissing("没有该次抽取")
    register_of(rules, found[0].library)
    return found[0]


async def panel_of(uow: UnitOfWork, draw_id: UUID, *, project_id: UUID, stage: str) -> Panel:
    """The panel a draw has found for a project and stage.

    Raises: DrawMissing when there is none; DrawNotPossible while it has not been run, or it was for something else.
    """
    found = await repository.find_draw(uow, draw_id)
    if found is None or found[0].project_id != project_id:
        raise DrawMissing("没有该次抽取")
    draw = found[0]
    if not draw.is_run or draw.stage != stage:
        raise DrawNotPossible("该次抽取尚未完成，或不是为本环节抽取")
    return Panel(form="meeting", library=draw.library, random=True, size=len(draw.drawn), draw_id=str(draw.id))
