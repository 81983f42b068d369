"""Lodging entries (登记): a new version takes the place of the old one, which stays on record."""

from datetime import date
from typing import Any
from uuid import UUID

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.errors import NotFound
from core.kernel.tenancy import Actor
from core.policy.rulebook import Rulebook
from core.registers import repository
from core.registers.keeping import register_of, require_keeper
from core.registers.model import Entry, NotKeeper


async def lodge_entry(
    uow: UnitOfWork,
    rules: Rulebook,
    *,
    actor: Actor,
    register: str,
    organisation_id: UUID,
    content: dict[str, Any],
    on: date,
) -> int:
    """Lodge a unit's entry; the answer is its version.

    Raises: RegisterUnknown, NotKeeper, NotAllowed.
    """
    kept = require_keeper(rules, register, actor)
    _require_own(kept.per, actor, organisation_id, rules)
    version = await repository.insert_entry(
        uow, register=register, organisation_id=organisation_id, on=on, content=content, actor=actor
    )
    entry = journal.Entry(
        kind="register:lodged",
        actor=actor,
        on=on,
        subject=f"register:{register}",
        detail={"register": register, "organisation": organisation_id, "version": version},
    )
    await journal.append(uow, chain=None, entries=[entry])
    return version


async def mark_adjusted(
    uow: UnitOfWork, rules: Rulebook, *, actor: Actor, register: str, organisation_id: UUID, on: date
) -> None:
    """Note that a unit's content has changed; a new version is owed from now on.

    Raises: NotFound when nothing has been lodged; NotKeeper.
    """
    kept = require_keeper(rules, register, actor)
    _require_own(kept.per, actor, organisation_id, rules)
    if not await repository.adjust_entry(uow, register=register, organisation_id=organisation_id, on=on):
        raise NotFound("尚未登记，无须标注调整")
    entry = journal.Entry(
        kind="register:adjusted", actor=actor, on=on, subject=f"register:{register}", detail={"register": register}
    )
    await journal.append(uow, chain=None, entries=[entry])


async def current_entries(
    uow: UnitOfWork,
    rules: Rulebook,
    *,
    register: str,
    organisation_id: UUID | None = None,
    all_versions: bool = False,
) -> list[Entry]:
    """Current entries of a register, or every version.

    Raises: RegisterUnknown.
    """
    register_of(rules, register)
    return await repository.list_entries(
        uow, register=register, organisation_id=organisation_id, all_versions=all_versions
    )


def _require_own(per: str, actor: Actor, organisation_id: UUID, rules: Rulebook) -> None:
    """A register kept per unit is written by that unit, or by an office that reads everything."""
    oversees = any(rules.roles[role].reads_all for role in actor.roles if role in rules.roles)
    if per == "unit" and not oversees and not actor.is_system and actor.organisation_id != organisation_id:
        raise NotKeeper("本单位")
