"""The expert library (专家库)."""

from datetime import date

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.policy.rulebook import Rulebook
from core.registers import repository
from core.registers.keeping import require_keeper
from core.registers.model import Expert


async def add_expert(
    uow: UnitOfWork,
    rules: Rulebook,
    *,
    actor: Actor,
    library: str,
    name: str,
    specialty: str,
    employer: str,
    on: date,
    former_employers: tuple[str, ...] = (),
) -> Expert:
    """Enter an expert.

    Raises: RegisterUnknown, NotKeeper.
    """
    require_keeper(rules, library, actor)
    expert = Expert(
        id=new_id(),
        library=library,
        name=name,
        specialty=specialty,
        employer=employer,
        former_employers=former_employers,
        active_from_on=on,
    )
    await repository.insert_expert(uow, expert)
    entry = journal.Entry(
        kind="register:expert_added", actor=actor, on=on, detail={"id": expert.id, "library": library, "name": name}
    )
    await journal.append(uow, chain=None, entries=[entry])
    return expert


async def list_experts(uow: UnitOfWork, library: str) -> list[Expert]:
    """Everybody in a library, in the canonical order of draws."""
    return await repository.list_experts(uow, library)
