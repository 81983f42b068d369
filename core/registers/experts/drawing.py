"""Drawing a panel (抽取专家): prepared with its seed committed, run once, drawn again only with a reason.

Preparing publishes the pool, the exclusions and the hash of the seed; running reveals the seed. So nobody can choose
a seed after seeing whom it would draw, and a draw that was prepared and dropped stays on record as cancelled.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core import journal
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Conflict, NotFound
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import get_organisation, names_of
from core.people.permissions import PROJECTS_READ, require
from core.policy.cases.state import Panel
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project, get_project
from core.registers.experts import repository
from core.registers.experts.excluding import Grounds, Note, judge
from core.registers.experts.model import Draw, DrawInputs, Quota, commit, play, verify_draw
from core.registers.keeping import find_register, require_roles
from core.registers.model import refuse, required

_MOST_SEATS = 99


class DrawMissing(NotFound):
    """No such draw in this tenant."""

    default_message = "未找到该抽取记录"


class DrawOpen(Conflict):
    """A draw for this stage is prepared and not run yet."""

    default_message = "该环节已有待抽取的记录，请先完成或取消"


class DrawDone(Conflict):
    """The draw was run or cancelled already."""

    default_message = "该抽取已经完成或取消，不能重复办理"


class DrawNotBacking(Conflict):
    """The panel claimed to be random is not backed by this draw."""


class NewDraw(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn: for which project and stage, from which library, how many, with which quotas.

    `parties` names bodies the system cannot know, such as who drafted the scheme. `reason` is needed from the second
    draw of a stage on.
    """

    project: str
    stage: str
    library: str
    purpose: str
    size: int
    alternates: int = 0
    quotas: tuple[Quota, ...] = ()
    parties: tuple[str, ...] = ()
    former_years: int = 3
    recusal: bool = True
    declared: tuple[Note, ...] = ()
    cleared: tuple[Note, ...] = ()
    reason: str = ""


async def prepare_draw(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, new: NewDraw, clock: Clock) -> Draw:
    """Fix the pool, the exclusions, the quotas and the seed's hash; nobody is drawn yet.

    Raises: ProjectMissing, RegisterUnknown, NotAllowed, NotKeeper, DrawOpen, Invalid (also when nobody is eligible).
    """
    library = find_register(rulebook, new.library)
    if not library.library:
        raise refuse(f"“{library.title}”不是专家库", "library")
    require_roles(actor, rulebook, frozenset(library.kept_by), "专家抽取")
    _check(new, rulebook)
    project = await get_project(uow, new.project, lock=True)
    earlier = await repository.list_draws(uow, project.id, new.stage)
    if any(draw.state == "prepared" for draw in earlier):
        raise DrawOpen
    if earlier:
        required(new.reason, "reason", "重新抽取的原因")
    inputs = await _inputs(uow, project, new, library.key, number=len(earlier) + 1, on=clock.today())
    seed = secrets.token_hex(32)
    draw = Draw(
        id=UUID(inputs.draw_id),
        project_id=project.id,
        stage=new.stage,
        number=inputs.number,
        library=library.key,
        state="prepared",
        inputs=inputs,
        inputs_hash=inputs.digest(),
        seed_hash=commit(seed),
        seed="",
        outcome=None,
        reason=new.reason.strip(),
        prepared_by_name=actor.name,
        prepared_at=clock.now(),
        drawn_by_name="",
        drawn_at=None,
    )
    await repository.insert_draw(uow, draw, actor, seed)
    counts = {"pool": len(inputs.pool), "excluded": len(inputs.exclusions), "size": inputs.size}
    await _record(uow, "prepared", actor, on=clock.today(), draw=draw, detail=counts | {"reason": draw.reason})
    return draw


async def redraw(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, new: NewDraw, clock: Clock) -> Draw:
    """Prepare the next draw of a stage; the earlier ones stay on record.

    Raises: as `prepare_draw`; Invalid without a reason even if nothing was drawn before.
    """
    required(new.reason, "reason", "重新抽取的原因")
    return await prepare_draw(uow, rulebook, actor, new=new, clock=clock)


async def run_draw(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, draw_id: UUID, clock: Clock) -> Draw:
    """Reveal the seed and draw; the draw before, if any, is replaced by this one.

    Raises: DrawMissing, DrawDone, NotAllowed, NotKeeper.
    """
    draw = await _prepared(uow, rulebook, actor, draw_id)
    seed = await repository.committed_seed(uow, draw_id)
    outcome = play(draw.inputs, seed)
    now = clock.now()
    await repository.complete_draw(uow, draw_id, outcome, by=actor.name, at=now)
    await repository.replace_draws(uow, draw.project_id, draw.stage, draw.number)
    done = msgspec.structs.replace(
        draw, state="drawn", seed=seed, outcome=outcome, drawn_by_name=actor.name, drawn_at=now
    )
    await _record(uow, "run", actor, on=clock.today(), draw=done, detail={"seed": seed, "outcome": outcome})
    return done


async def cancel_draw(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, draw_id: UUID, reason: str, clock: Clock
) -> Draw:
    """Drop a prepared draw before anybody is drawn; its number stays used.

    Raises: DrawMissing, DrawDone, NotAllowed, NotKeeper, Invalid without reason.
    """
    draw = await _prepared(uow, rulebook, actor, draw_id)
    why = required(reason, "reason", "取消原因")
    await repository.cancel_draw(uow, draw_id, why)
    cancelled = msgspec.structs.replace(draw, state="cancelled", reason="；".join(filter(None, (draw.reason, why))))
    await _record(uow, "cancelled", actor, on=clock.today(), draw=cancelled, detail={"reason": why})
    return cancelled


async def get_draw(uow: UnitOfWork, actor: Actor, draw_id: UUID) -> Draw:
    """One draw with its whole record; the seed is empty until it was run.

    Raises: NotAllowed, DrawMissing.
    """
    if not actor.is_system:
        require(actor, PROJECTS_READ)
    draw = await repository.find_draw(uow, draw_id)
    if draw is None:
        raise DrawMissing
    return draw


async def draws_of(uow: UnitOfWork, actor: Actor, project_id: UUID, *, stage: str = "") -> tuple[Draw, ...]:
    """Every draw of a project, by stage and number.

    Raises: NotAllowed.
    """
    if not actor.is_system:
        require(actor, PROJECTS_READ)
    return await repository.list_draws(uow, project_id, stage)


async def panel_of(uow: UnitOfWork, draw_id: UUID, *, project_id: UUID, stage: str = "") -> Panel:
    """The panel a completed draw stands for, as a review may claim it.

    Raises: DrawNotBacking when the draw is not run, was replaced, or belongs to another project or stage.
    """
    draw = await repository.find_draw(uow, draw_id)
    if draw is None or draw.project_id != project_id or (stage and draw.stage != stage):
        raise DrawNotBacking("所填抽取记录不属于本项目的这一环节")
    if draw.state != "drawn" or draw.outcome is None:
        raise DrawNotBacking("所填抽取记录尚未完成，或已被重新抽取取代")
    size = len(draw.outcome.panel)
    return Panel(form="meeting", library=draw.library, random=True, size=size, draw_id=str(draw.id))


async def verify_stored(uow: UnitOfWork, actor: Actor, draw_id: UUID) -> tuple[str, ...]:
    """Hold a stored draw against itself and against what the journal was told before it was run.

    Raises: NotAllowed, DrawMissing.
    """
    draw = await get_draw(uow, actor, draw_id)
    flaws = list(verify_draw(draw))
    after: int | None = None
    while entries := await journal.timeline(uow, draw.project_id, after=after, limit=200):
        after = entries[-1].seq
        told = next((e.detail for e in entries if e.kind == "draw:prepared" and e.subject == f"draw:{draw.id}"), None)
        if told is not None:
            if (told["inputs_hash"], told["seed_hash"]) != (draw.inputs_hash, draw.seed_hash):
                flaws.append("抽取记录与办理日志中事先公布的摘要不一致")
            return tuple(flaws)
    return (*flaws, "办理日志中没有该次抽取的事先公布记录")


def _check(new: NewDraw, rulebook: Rulebook) -> None:
    required(new.purpose, "purpose", "抽取用途")
    if not any(stage.key == new.stage for _, stage in rulebook.all_stages()):
        raise refuse(f"本办法没有名为“{new.stage}”的环节", "stage")
    if not 1 <= new.size <= _MOST_SEATS or new.alternates < 0 or new.former_years < 0:
        raise refuse(f"抽取人数应为 1 至 {_MOST_SEATS}，备选人数和年限不能为负", "size")
    seats = [quota.seats for quota in new.quotas]
    if any(count < 1 for count in seats) or sum(seats) > new.size:
        raise refuse("各专业名额应为正数，合计不能超过抽取人数", "quotas")
    if len({quota.specialty for quota in new.quotas}) != len(new.quotas):
        raise refuse("同一专业只能列一次名额", "quotas")
    for note in (*new.declared, *new.cleared):
        required(note.reason, "declared", "回避或核实的说明")


async def _inputs(
    uow: UnitOfWork, project: Project, new: NewDraw, library: str, *, number: int, on: date
) -> DrawInputs:
    grounds = Grounds(
        units=await _unit_names(uow, project, on),
        parties=tuple(sorted({*(c.supplier for c in project.state.contracts if c.supplier), *new.parties})),
        former_years=new.former_years,
        recusal=new.recusal,
        declared=new.declared,
        cleared=new.cleared,
    )
    pool = tuple(expert.in_pool() for expert in await repository.pool_of(uow, library))
    inputs = DrawInputs(
        draw_id=str(new_id()),
        project=project.code,
        stage=new.stage,
        number=number,
        library=library,
        purpose=new.purpose.strip(),
        on=on,
        size=new.size,
        alternates=new.alternates,
        quotas=new.quotas,
        grounds=grounds,
        pool=pool,
        exclusions=judge(pool, grounds, on),
    )
    if not inputs.eligible():
        raise refuse("专家库中没有可以抽取的专家，请查看回避原因", "library")
    return inputs


async def _unit_names(uow: UnitOfWork, project: Project, on: date) -> tuple[str, ...]:
    """Every name the unit, the body above it and the one it acts for have ever borne."""
    unit = await get_organisation(uow, project.unit_id, on)
    names: set[str] = set()
    for body in filter(None, (project.unit_id, project.subordinate_id, unit.parent_id)):
        for alias in await names_of(uow, body):
            names |= {alias.name, alias.short_name}
    return tuple(sorted(names - {""}))


async def _prepared(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, draw_id: UUID) -> Draw:
    draw = await repository.find_draw(uow, draw_id, lock=True)
    if draw is None:
        raise DrawMissing
    library = find_register(rulebook, draw.library)
    require_roles(actor, rulebook, frozenset(library.kept_by), "专家抽取")
    if draw.state != "prepared":
        raise DrawDone
    return draw


async def _record(
    uow: UnitOfWork, verb: str, actor: Actor, *, on: date, draw: Draw, detail: Mapping[str, object]
) -> None:
    named = {
        "stage": draw.stage,
        "number": draw.number,
        "library": draw.library,
        "inputs_hash": draw.inputs_hash,
        "seed_hash": draw.seed_hash,
    }
    entry = journal.Entry(
        kind=f"draw:{verb}", actor=actor, on=on, subject=f"draw:{draw.id}", detail=named | dict(detail)
    )
    await journal.append(uow, chain=draw.project_id, entries=[entry])
