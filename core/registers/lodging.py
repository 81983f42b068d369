"""Lodging, adjusting and withdrawing entries (登记、调整、注销): each is a dated act of whoever keeps the register."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.documents import versions_of
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.people import get_organisation
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.regulation import Register
from core.registers import repository
from core.registers.keeping import require_keeper, writable
from core.registers.model import Entry, EntryMissing, refuse, required
from core.registers.sharing import close_lodged, publish_lodged


class Lodging(msgspec.Struct, frozen=True, kw_only=True):
    """What is lodged: for whom, in which register, with which content and paper, on which day.

    `entry_key` tells several entries of one unit apart, such as one list per system; most registers need none.
    """

    register: str
    organisation_id: UUID
    on: date
    content: dict[str, Any] = {}
    document_id: UUID | None = None
    entry_key: str = ""


async def lodge_entry(uow: UnitOfWork, rulebook: Rulebook, actor: Actor, lodging: Lodging) -> Entry:
    """Lodge an entry, or the next version of one; the version before is superseded and stays readable.

    Raises: RegisterUnknown, RegisterDerived, NotAllowed, NotKeeper, OrganisationNotFound, DocumentNotFound, Invalid.
    """
    register = writable(rulebook, lodging.register)
    await get_organisation(uow, lodging.organisation_id, lodging.on, lock=True)
    await require_keeper(uow, actor, rulebook, register, lodging.organisation_id)
    if not lodging.content and lodging.document_id is None:
        raise refuse("请填写登记内容或提交登记材料", "content")
    await _check_paper(uow, register, lodging)
    before = await repository.find_current(uow, register.key, lodging.organisation_id, lodging.entry_key)
    if before is not None and lodging.on < before.on:
        raise refuse(f"登记日期不能早于现行版本的日期（{before.on.isoformat()}）", "on")
    version = await repository.add_version(
        uow,
        actor,
        register=register.key,
        organisation_id=lodging.organisation_id,
        entry_key=lodging.entry_key,
        on=lodging.on,
        content=lodging.content,
        document_id=lodging.document_id,
    )
    entry = await current_version(uow, register.key, lodging.organisation_id, lodging.entry_key)
    await publish_lodged(uow, rulebook, register, entry)
    detail = {"version": version, "document_id": lodging.document_id, "content": lodging.content}
    await _record(uow, "lodged", actor, entry=entry, on=lodging.on, detail=detail)
    return entry


async def mark_adjusted(
    uow: UnitOfWork,
    rulebook: Rulebook,
    actor: Actor,
    *,
    register: str,
    organisation_id: UUID,
    on: date,
    entry_key: str = "",
    note: str = "",
) -> Entry:
    """Say that what an entry describes has changed in fact; the duty to lodge a new version starts here.

    Raises: RegisterUnknown, RegisterDerived, NotAllowed, NotKeeper, EntryMissing, Invalid for a day before the entry.
    """
    kept = writable(rulebook, register)
    await require_keeper(uow, actor, rulebook, kept, organisation_id)
    entry = await current_version(uow, kept.key, organisation_id, entry_key, lock=True)
    if on < entry.on:
        raise refuse(f"调整日期不能早于登记日期（{entry.on.isoformat()}）", "on")
    if entry.adjusted_on is not None:
        return entry
    await repository.set_adjusted(uow, entry, on)
    await _record(uow, "adjusted", actor, entry=entry, on=on, detail={"version": entry.version, "note": note})
    return msgspec.structs.replace(entry, adjusted_on=on)


async def withdraw_entry(
    uow: UnitOfWork,
    rulebook: Rulebook,
    actor: Actor,
    *,
    register: str,
    organisation_id: UUID,
    on: date,
    reason: str,
    entry_key: str = "",
) -> Entry:
    """Take an entry out of force (注销); it stays in the history with its reason.

    Raises: RegisterUnknown, RegisterDerived, NotAllowed, NotKeeper, EntryMissing, Invalid without reason.
    """
    kept = writable(rulebook, register)
    await require_keeper(uow, actor, rulebook, kept, organisation_id)
    why = required(reason, "reason", "注销原因")
    entry = await current_version(uow, kept.key, organisation_id, entry_key, lock=True)
    if on < entry.on:
        raise refuse(f"注销日期不能早于登记日期（{entry.on.isoformat()}）", "on")
    await repository.set_withdrawn(uow, entry, on, why)
    await close_lodged(uow, kept, entry, on)
    await _record(uow, "withdrawn", actor, entry=entry, on=on, detail={"version": entry.version, "reason": why})
    return msgspec.structs.replace(entry, state="withdrawn", withdrawn_on=on, withdrawn_reason=why)


async def current_version(
    uow: UnitOfWork, register: str, organisation_id: UUID, entry_key: str, *, lock: bool = False
) -> Entry:
    """The version in force.

    Raises: EntryMissing.
    """
    entry = await repository.find_current(uow, register, organisation_id, entry_key, lock=lock)
    if entry is None:
        raise EntryMissing
    return entry


async def _check_paper(uow: UnitOfWork, register: Register, lodging: Lodging) -> None:
    if lodging.document_id is None:
        return
    newest = (await versions_of(uow, lodging.document_id))[-1]
    if register.paper and newest.type != register.paper:
        raise refuse(f"“{newest.title}”不是“{register.title}”要求的材料", "document_id")
    if newest.organisation_id not in (None, lodging.organisation_id):
        raise refuse(f"“{newest.title}”是其他单位的材料", "document_id")


async def _record(
    uow: UnitOfWork, verb: str, actor: Actor, *, entry: Entry, on: date, detail: Mapping[str, object]
) -> None:
    named = {
        "register": entry.register,
        "organisation_id": entry.organisation_id,
        "organisation": entry.organisation,
        "entry_key": entry.entry_key,
    }
    subject = f"register:{entry.register}:{entry.organisation_id}"
    told = journal.Entry(kind=f"register:{verb}", actor=actor, on=on, subject=subject, detail=named | dict(detail))
    await journal.append(uow, chain=None, entries=[told])
