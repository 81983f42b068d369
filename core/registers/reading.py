"""Reading registers: the entry in force, its history, pages of a register, and what rules see of a unit."""

import base64
from datetime import date
from uuid import UUID

import msgspec

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.policy.cases.context import RegisterEntry
from core.policy.rulebooks.rulebook import Rulebook
from core.registers import repository
from core.registers.keeping import find_register, reads_everything
from core.registers.lodging import current_version
from core.registers.model import Entry, EntryPage, NotKeeper, refuse

PAGE = 200


async def list_entries(
    uow: UnitOfWork,
    rulebook: Rulebook,
    actor: Actor,
    *,
    register: str,
    organisation_id: UUID | None = None,
    after: str = "",
    limit: int = 50,
) -> EntryPage:
    """A page of the entries in force, newest first; a unit without wider sight gets its own.

    Raises: RegisterUnknown, NotAllowed, NotKeeper for another unit's entries, Invalid for a wrong page.
    """
    kept = find_register(rulebook, register)
    if not 1 <= limit <= PAGE:
        raise refuse(f"每页条数应为 1 至 {PAGE}", "limit")
    if not reads_everything(actor, rulebook, kept):
        _own_only(actor, organisation_id)
        organisation_id = actor.organisation_id
    rows = await repository.page_of_current(uow, kept.key, organisation_id, _read_cursor(after), limit + 1)
    shown = rows[:limit]
    return EntryPage(rows=shown, after=_cursor(shown[-1]) if len(rows) > limit else "")


async def current_entry(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, register: str, organisation_id: UUID, entry_key: str = ""
) -> Entry:
    """The entry in force.

    Raises: RegisterUnknown, NotAllowed, NotKeeper, EntryMissing.
    """
    kept = find_register(rulebook, register)
    if not reads_everything(actor, rulebook, kept):
        _own_only(actor, organisation_id)
    return await current_version(uow, kept.key, organisation_id, entry_key)


async def history(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, register: str, organisation_id: UUID, entry_key: str = ""
) -> tuple[Entry, ...]:
    """Every version of an entry, oldest first.

    Raises: RegisterUnknown, NotAllowed, NotKeeper.
    """
    kept = find_register(rulebook, register)
    if not reads_everything(actor, rulebook, kept):
        _own_only(actor, organisation_id)
    return await repository.list_versions(uow, kept.key, organisation_id, entry_key)


async def unit_registers(uow: UnitOfWork, organisation_id: UUID) -> dict[str, RegisterEntry]:
    """What rules see of a unit's registers, by register: its entries in force (for `UnitRecord.registers`).

    Where a unit has several entries in one register, the one lodged last stands for it.
    """
    entries = await repository.current_of_unit(uow, organisation_id)
    return {entry.register: entry.as_seen() for entry in sorted(entries, key=lambda e: (e.on, e.recorded_at))}


def _own_only(actor: Actor, organisation_id: UUID | None) -> None:
    if actor.organisation_id is None or organisation_id not in (None, actor.organisation_id):
        raise NotKeeper("您只能查阅本单位的登记内容")


def _cursor(entry: Entry) -> str:
    place = encode([entry.on, entry.organisation_id, entry.entry_key])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[date, UUID, str] | None:
    if not text:
        return None
    try:
        return decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), tuple[date, UUID, str])
    except (ValueError, msgspec.MsgspecError) as error:
        raise refuse("翻页标记无效", "after") from error
