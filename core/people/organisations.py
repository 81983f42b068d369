"""Organisations, their names over time and the roles bound to them (单位、名称沿革、职责)."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import msgspec

from core.journal import Entry, append
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import repository
from core.people.model import (
    Account,
    Alias,
    CircularParent,
    CodeTaken,
    Membership,
    Organisation,
    OrganisationNotFound,
    PeriodReversed,
    PostNotFound,
    RoleBinding,
    RoleHeld,
    checked_credit_code,
)
from core.people.permissions import ADMIN_ORGANISATIONS, ADMIN_ROLES, require


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body as it is first entered."""

    code: str
    kind: str
    name: str
    from_on: date
    short_name: str = ""
    parent_id: UUID | None = None
    credit_code: str | None = None


async def found_organisation(uow: UnitOfWork, *, actor: Actor, clock: Clock, new: NewOrganisation) -> Organisation:
    """Enter a body with its first name.

    Raises: NotAllowed, WrongCreditCode, CodeTaken, OrganisationNotFound for an unknown parent.
    """
    require(actor, ADMIN_ORGANISATIONS)
    if new.parent_id is not None:
        await get_organisation(uow, new.parent_id, clock.today())
    organisation = Organisation(
        id=new_id(),
        code=new.code,
        kind=new.kind,
        name=new.name.strip(),
        short_name=new.short_name.strip(),
        parent_id=new.parent_id,
        credit_code=checked_credit_code(new.credit_code) if new.credit_code else None,
        active_from_on=new.from_on,
    )
    if not await repository.insert_organisation(uow, organisation):
        raise CodeTaken
    detail = {"organisation_id": organisation.id, "code": new.code, "name": organisation.name, "unit_kind": new.kind}
    await _record(uow, "organisation_founded", actor, clock.today(), detail)
    return organisation


async def rename_organisation(
    uow: UnitOfWork, *, actor: Actor, clock: Clock, organisation_id: UUID, alias: Alias
) -> Organisation:
    """Give a body a new name from a day on (更名); its roles, posts and tasks stay with it.

    Raises: NotAllowed, OrganisationNotFound.
    """
    require(actor, ADMIN_ORGANISATIONS)
    before = await get_organisation(uow, organisation_id, alias.from_on)
    await repository.put_alias(uow, organisation_id, alias)
    detail = {"organisation_id": organisation_id, "old": before.name, "new": alias.name, "from_on": alias.from_on}
    await _record(uow, "organisation_renamed", actor, clock.today(), detail)
    return await get_organisation(uow, organisation_id, clock.today())


async def place_under(
    uow: UnitOfWork, *, actor: Actor, clock: Clock, organisation_id: UUID, parent_id: UUID | None
) -> None:
    """Put a body under another one, or at the top.

    Raises: NotAllowed, OrganisationNotFound, CircularParent.
    """
    require(actor, ADMIN_ORGANISATIONS)
    before = await get_organisation(uow, organisation_id, clock.today())
    if parent_id is not None:
        await get_organisation(uow, parent_id, clock.today())
        if organisation_id in await repository.list_ancestors(uow, parent_id):
            raise CircularParent
    await repository.set_parent(uow, organisation_id, parent_id)
    detail = {"organisation_id": organisation_id, "old": before.parent_id, "new": parent_id}
    await _record(uow, "organisation_placed", actor, clock.today(), detail)


async def close_organisation(
    uow: UnitOfWork, *, actor: Actor, clock: Clock, organisation_id: UUID, last_on: date
) -> None:
    """Let a body end (撤销), with the roles it then still holds.

    Raises: NotAllowed, OrganisationNotFound, PeriodReversed.
    """
    require(actor, ADMIN_ORGANISATIONS)
    body = await get_organisation(uow, organisation_id, clock.today())
    if last_on < body.active_from_on:
        raise PeriodReversed
    await repository.close_organisation(uow, organisation_id, last_on)
    for binding in await repository.list_bindings(uow, organisation_id):
        if binding.to_on is None or binding.to_on > last_on:
            await repository.end_binding(uow, binding.id, last_on)
    detail = {"organisation_id": organisation_id, "name": body.name, "last_on": last_on}
    await _record(uow, "organisation_closed", actor, clock.today(), detail)


async def bind_role(
    uow: UnitOfWork, *, actor: Actor, clock: Clock, organisation_id: UUID, role: str, from_on: date,
    to_on: date | None = None,
) -> RoleBinding:  # fmt: skip
    """Bind a role of the regulation to a body (定责).

    Raises: NotAllowed, OrganisationNotFound, PeriodReversed, RoleHeld when it holds the role in part of the time.
    """
    require(actor, ADMIN_ROLES)
    if to_on is not None and to_on < from_on:
        raise PeriodReversed
    body = await get_organisation(uow, organisation_id, from_on, lock=True)
    for held in await repository.list_bindings(uow, organisation_id):
        if held.role == role and _overlap((held.from_on, held.to_on), (from_on, to_on)):
            raise RoleHeld
    binding = RoleBinding(id=new_id(), role=role, organisation_id=organisation_id, from_on=from_on, to_on=to_on)
    await repository.insert_binding(uow, binding)
    detail = {"organisation_id": organisation_id, "name": body.name, "role": role, "from_on": from_on, "to_on": to_on}
    await _record(uow, "role_bound", actor, clock.today(), detail)
    return binding


async def release_role(uow: UnitOfWork, *, actor: Actor, clock: Clock, binding_id: UUID, last_on: date) -> RoleBinding:
    """End a binding; `last_on` is the last day on which the body still holds the role.

    Raises: NotAllowed, PostNotFound.
    """
    require(actor, ADMIN_ROLES)
    binding = await repository.end_binding(uow, binding_id, last_on)
    if binding is None:
        raise PostNotFound
    detail = {"organisation_id": binding.organisation_id, "role": binding.role, "last_on": binding.to_on}
    await _record(uow, "role_released", actor, clock.today(), detail)
    return binding


async def get_organisation(uow: UnitOfWork, organisation_id: UUID, on: date, *, lock: bool = False) -> Organisation:
    """One body under its name of the day; `lock` keeps others from changing it until the transaction ends.

    Raises: OrganisationNotFound.
    """
    if lock:
        await repository.lock_organisation(uow, organisation_id)
    found = await repository.find_organisation(uow, organisation_id, on)
    if found is None:
        raise OrganisationNotFound
    return found


async def find_organisation_by_code(uow: UnitOfWork, code: str, on: date) -> Organisation | None:
    """The body of that code under its name of the day, if there is one."""
    return await repository.find_organisation_by_code(uow, code, on)


async def list_organisations(uow: UnitOfWork, on: date, *, parent_id: UUID | None = None) -> tuple[Organisation, ...]:
    """All bodies of the tenant on a day, or those directly under one."""
    return await repository.list_organisations(uow, on, parent_id=parent_id)


async def names_of(uow: UnitOfWork, organisation_id: UUID) -> tuple[Alias, ...]:
    """Every name of a body, oldest first; `model.name_on` picks the one of a day."""
    return await repository.list_aliases(uow, organisation_id)


async def holders(uow: UnitOfWork, role: str, on: date) -> tuple[Organisation, ...]:
    """Which bodies hold a role on a day."""
    return await repository.list_holders(uow, role, on)


async def roles_of(uow: UnitOfWork, organisation_id: UUID, on: date) -> frozenset[str]:
    """Which roles a body holds on a day."""
    bindings = await repository.list_bindings(uow, organisation_id)
    return frozenset(b.role for b in bindings if b.from_on <= on and (b.to_on is None or on <= b.to_on))


async def who(uow: UnitOfWork, organisation_id: UUID, on: date) -> tuple[tuple[Account, Membership], ...]:
    """Who works in a body on a day, heads first: the names behind 'who has it'."""
    return await repository.list_members(uow, organisation_id, on)


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Answer whether two periods share a day."""
    end = date.max - timedelta(days=1)
    return one[0] <= (other[1] or end) and other[0] <= (one[1] or end)


async def _record(uow: UnitOfWork, verb: str, actor: Actor, on: date, detail: Mapping[str, object]) -> None:
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=on, detail=detail)])
