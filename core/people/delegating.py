"""Delegation (委托代办): one person acts with another's powers for a time, and every act shows both."""

from datetime import date
from uuid import UUID

import msgspec

from core.journal import Entry, append
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import lending, repository
from core.people.model import (
    AccountKind,
    AccountNotFound,
    AccountState,
    Delegation,
    NotAllowed,
    PeriodReversed,
    PostNotFound,
    WrongDelegation,
    WrongState,
)
from core.people.permissions import ADMIN_GRANTS, DELEGATE, may, require


class NewDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation as its giver states it; both days are included."""

    to_account_id: UUID
    roles: frozenset[str]
    reason: str
    from_on: date
    to_on: date


async def delegate(uow: UnitOfWork, *, actor: Actor, clock: Clock, new: NewDelegation) -> Delegation:
    """Let a colleague act in one's place.

    Raises: NotAllowed, WrongDelegation, PeriodReversed, AccountNotFound.
    """
    require(actor, DELEGATE)
    if actor.acting_for is not None or actor.organisation_id is None:
        raise WrongDelegation("受托期间不得再行委托，请由委托人本人办理。")
    _check(actor, clock, new)
    receiver = await repository.find_account(uow, new.to_account_id)
    if receiver is None or receiver.state is not AccountState.ACTIVE:
        raise AccountNotFound
    if receiver.kind is not AccountKind.OFFICER:
        raise WrongDelegation("只能委托给在职的业务人员，不能委托给管理员或外部人员。")
    delegation = Delegation(
        id=new_id(),
        from_account_id=actor.user_id,
        from_name=actor.name,
        to_name=receiver.name,
        organisation_id=actor.organisation_id,
        **msgspec.structs.asdict(new),
    )
    await lending.insert_delegation(uow, delegation, clock.now())
    await _record(uow, "delegated", actor, clock, delegation)
    return delegation


async def revoke_delegation(uow: UnitOfWork, *, actor: Actor, clock: Clock, delegation_id: UUID) -> None:
    """End a delegation before its day; giver, receiver and security administrator may.

    Raises: PostNotFound, NotAllowed, WrongState when it has been revoked already.
    """
    delegation = await lending.lock_delegation(uow, delegation_id)
    if delegation is None:
        raise PostNotFound
    concerned = {delegation.from_account_id, delegation.to_account_id}
    if actor.user_id not in concerned and not may(actor, ADMIN_GRANTS):
        raise NotAllowed("只有委托人、受托人或安全管理员可以撤销委托。", permission=ADMIN_GRANTS)
    if delegation.revoked_at is not None:
        raise WrongState
    await lending.revoke_delegation(uow, delegation_id, by=actor.user_id, at=clock.now())
    await _record(uow, "delegation_revoked", actor, clock, delegation)


async def delegations_of(uow: UnitOfWork, account_id: UUID) -> tuple[Delegation, ...]:
    """Given and received, ended ones too, the latest first."""
    return await lending.list_delegations(uow, account_id)


async def delegations_to(uow: UnitOfWork, account_id: UUID, on: date) -> tuple[Delegation, ...]:
    """For whom an account may act on a day."""
    found = await lending.list_delegations(uow, account_id)
    return tuple(d for d in found if d.to_account_id == account_id and d.is_open(on))


def _check(actor: Actor, clock: Clock, new: NewDelegation) -> None:
    if new.to_on < new.from_on:
        raise PeriodReversed
    if new.from_on < clock.today():
        raise WrongDelegation("委托不得追溯，起始日期不得早于今天。")
    if new.to_account_id == actor.user_id:
        raise WrongDelegation("不能委托给本人。")
    if not new.roles or not new.roles <= actor.roles:
        raise WrongDelegation("只能委托本单位承担的职责，请重新选择。")
    if not new.reason.strip():
        raise WrongDelegation("请写明委托事由。")


async def _record(uow: UnitOfWork, verb: str, actor: Actor, clock: Clock, delegation: Delegation) -> None:
    detail = {
        "delegation_id": delegation.id,
        "from": {"account_id": delegation.from_account_id, "name": delegation.from_name},
        "to": {"account_id": delegation.to_account_id, "name": delegation.to_name},
        "roles": sorted(delegation.roles),
        "reason": delegation.reason,
        "from_on": delegation.from_on,
        "to_on": delegation.to_on,
    }
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=clock.today(), detail=detail)])
