"""Accounts and posts: the system administrator proposes, the security administrator confirms (账号与岗位).

Two hands on purpose: nobody can both create a person and give that person power.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.journal import Entry, append
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import access, administrators, repository
from core.people.model import (
    Account,
    AccountKind,
    AccountNotFound,
    AccountState,
    AdministratorMayNotAct,
    Function,
    LoginTaken,
    Membership,
    PeriodReversed,
    PostNotFound,
    SelfConfirmed,
    WronglyBound,
    WrongState,
    canonical_login,
)
from core.people.organisations import get_organisation
from core.people.permissions import ADMIN_ACCOUNTS, ADMIN_ACTIVATE, ADMIN_GRANTS, require


class NewPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post as proposed: where, as what, from when."""

    organisation_id: UUID
    functions: frozenset[Function]
    from_on: date
    to_on: date | None = None
    is_primary: bool = True


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account as proposed. An outside party (外部主体) is bound to one case, its entry there, and its roles."""

    login: str
    name: str
    kind: AccountKind = AccountKind.OFFICER
    person_code: str | None = None
    bound_case_id: UUID | None = None
    bound_entry: str = ""
    bound_roles: frozenset[str] = frozenset()
    posts: tuple[NewPost, ...] = ()


async def propose_account(uow: UnitOfWork, *, actor: Actor, clock: Clock, new: NewAccount) -> Account:
    """Enter an account that can do nothing yet (申报账号).

    Raises: NotAllowed, LoginTaken, OneAdministration, AdministratorMayNotAct when an administrator is to hold a post,
    WronglyBound when an outside party has no case or role, or anybody else has one.
    """
    require(actor, ADMIN_ACCOUNTS)
    if new.kind in administrators.OFFICES and new.posts:
        raise AdministratorMayNotAct
    if (new.kind is AccountKind.OUTSIDE) is not bool(new.bound_case_id and new.bound_roles):
        raise WronglyBound
    account = await enter_account(uow, clock=clock, new=new, by=actor.user_id, state=AccountState.PROPOSED)
    for post in new.posts:
        await _enter_post(uow, account, post, by=actor.user_id)
    detail = {"account_id": account.id, "name": account.name, "account_kind": account.kind}
    await _record(uow, "account_proposed", actor, clock, detail)
    return account


async def activate_account(uow: UnitOfWork, *, actor: Actor, clock: Clock, account_id: UUID) -> tuple[Account, str]:
    """Let an account in and confirm its proposed posts (启用); also lifts a suspension.

    The answer carries an initial password, shown once and to be changed at the first sign-in.

    Raises: NotAllowed, AccountNotFound, SelfConfirmed, WrongState.
    """
    require(actor, ADMIN_ACTIVATE)
    account = await _locked(uow, account_id)
    if account.created_by == actor.user_id:
        raise SelfConfirmed
    if account.state not in {AccountState.PROPOSED, AccountState.SUSPENDED}:
        raise WrongState
    at = clock.now()
    await repository.set_account_state(uow, account_id, AccountState.ACTIVE, by=actor.user_id, at=at)
    posts = await repository.confirm_memberships(uow, account_id, by=actor.user_id, at=at)
    password = await access.give_initial_password(uow, account_id=account_id, at=at)
    detail = {"account_id": account_id, "name": account.name, "posts": [_told(post) for post in posts]}
    await _record(uow, "account_activated", actor, clock, detail)
    return msgspec.structs.replace(account, state=AccountState.ACTIVE), password


async def suspend_account(uow: UnitOfWork, *, actor: Actor, clock: Clock, account_id: UUID, reason: str) -> None:
    """Keep an account out until it is activated again (停用); its sessions end at once.

    Raises: NotAllowed, AccountNotFound, WrongState, LastAdministrator.
    """
    require(actor, ADMIN_ACTIVATE)
    await _take_out(uow, actor, clock, account_id, (AccountState.SUSPENDED, reason))


async def close_account(uow: UnitOfWork, *, actor: Actor, clock: Clock, account_id: UUID, reason: str) -> None:
    """End an account for good (注销); its acts keep its name.

    Raises: NotAllowed, AccountNotFound, WrongState, LastAdministrator.
    """
    require(actor, ADMIN_ACCOUNTS)
    await _take_out(uow, actor, clock, account_id, (AccountState.CLOSED, reason))


async def propose_post(uow: UnitOfWork, *, actor: Actor, clock: Clock, account_id: UUID, post: NewPost) -> Membership:
    """Propose a further post for an account (申报岗位).

    Raises: NotAllowed, AccountNotFound, AdministratorMayNotAct, OrganisationNotFound, PeriodReversed.
    """
    require(actor, ADMIN_ACCOUNTS)
    account = await _locked(uow, account_id)
    membership = await _enter_post(uow, account, post, by=actor.user_id)
    await _record(uow, "post_proposed", actor, clock, {"account_id": account_id, "post": _told(membership)})
    return membership


async def confirm_post(uow: UnitOfWork, *, actor: Actor, clock: Clock, membership_id: UUID) -> Membership:
    """Grant a proposed post (授权).

    Raises: NotAllowed, PostNotFound, SelfConfirmed, WrongState when it is confirmed already.
    """
    require(actor, ADMIN_GRANTS)
    proposed = await repository.find_membership(uow, membership_id)
    if proposed is None:
        raise PostNotFound
    if proposed.proposed_by == actor.user_id:
        raise SelfConfirmed
    granted = await repository.confirm_memberships(
        uow, proposed.account_id, by=actor.user_id, at=clock.now(), membership_id=membership_id
    )
    if not granted:
        raise WrongState
    await _record(uow, "post_granted", actor, clock, {"account_id": proposed.account_id, "post": _told(granted[0])})
    return granted[0]


async def end_post(uow: UnitOfWork, *, actor: Actor, clock: Clock, membership_id: UUID, last_on: date) -> Membership:
    """Take a post away (收回权限); `last_on` is the last day on which it still gives rights.

    Raises: NotAllowed, PostNotFound.
    """
    require(actor, ADMIN_GRANTS)
    ended = await repository.end_membership(uow, membership_id, last_on)
    if ended is None:
        raise PostNotFound
    detail = {"account_id": ended.account_id, "post": _told(ended), "last_on": ended.to_on}
    await _record(uow, "post_ended", actor, clock, detail)
    return ended


async def get_account(uow: UnitOfWork, account_id: UUID) -> Account:
    """One account of the tenant.

    Raises: AccountNotFound.
    """
    found = await repository.find_account(uow, account_id)
    if found is None:
        raise AccountNotFound
    return found


async def list_accounts(
    uow: UnitOfWork, *, kinds: tuple[AccountKind, ...] | None = None, state: AccountState | None = None
) -> tuple[Account, ...]:
    """Accounts of the tenant by login, of some kinds or in one state."""
    return await repository.list_accounts(uow, kinds=kinds, state=state)


async def posts_of(uow: UnitOfWork, account_id: UUID) -> tuple[Membership, ...]:
    """Every post of an account: proposed, held and ended."""
    return await repository.list_memberships(uow, account_id)


async def enter_account(uow: UnitOfWork, *, clock: Clock, new: NewAccount, by: UUID, state: AccountState) -> Account:
    """Write the account row; callers have checked who may.

    Raises: LoginTaken, OneAdministration.
    """
    await administrators.refuse_second_office(uow, kind=new.kind, person_code=new.person_code)
    login = canonical_login(new.login)
    account = Account(
        id=new_id(),
        kind=new.kind,
        login=login,
        name=new.name.strip(),
        state=state,
        person_code=new.person_code,
        bound_case_id=new.bound_case_id,
        bound_entry=new.bound_entry,
        bound_roles=new.bound_roles,
        created_by=by,
        created_at=clock.now(),
    )
    digest = access.login_digest(login)
    if not await repository.insert_account(uow, account, login_digest=digest, person_id=new_id()):
        raise LoginTaken
    return account


async def _enter_post(uow: UnitOfWork, account: Account, post: NewPost, *, by: UUID) -> Membership:
    if account.is_administrator:
        raise AdministratorMayNotAct
    if post.to_on is not None and post.to_on < post.from_on:
        raise PeriodReversed
    await get_organisation(uow, post.organisation_id, post.from_on)
    membership = Membership(id=new_id(), account_id=account.id, proposed_by=by, **msgspec.structs.asdict(post))
    await repository.insert_membership(uow, membership, account.kind)
    return membership


async def _take_out(
    uow: UnitOfWork, actor: Actor, clock: Clock, account_id: UUID, end: tuple[AccountState, str]
) -> None:
    state, reason = end
    account = await _locked(uow, account_id)
    if account.state is AccountState.CLOSED or account.state is state:
        raise WrongState
    await administrators.refuse_to_lose_the_last(uow, account)
    await repository.set_account_state(uow, account_id, state)
    await access.end_all_access(uow, account_id=account_id, at=clock.now())
    detail = {"account_id": account_id, "name": account.name, "reason": reason}
    await _record(uow, f"account_{state}", actor, clock, detail)


async def _locked(uow: UnitOfWork, account_id: UUID) -> Account:
    account = await repository.find_account(uow, account_id, lock=True)
    if account is None:
        raise AccountNotFound
    return account


def _told(post: Membership) -> dict[str, object]:
    return {
        "membership_id": post.id,
        "organisation_id": post.organisation_id,
        "functions": sorted(post.functions),
        "from_on": post.from_on,
        "to_on": post.to_on,
    }


async def _record(uow: UnitOfWork, verb: str, actor: Actor, clock: Clock, detail: Mapping[str, object]) -> None:
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=clock.today(), detail=detail)])
