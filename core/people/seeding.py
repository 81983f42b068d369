"""Filling a tenant from a plain structure (初始化): its first administrators, and whole towns for demonstrations.

The only way around the two hands of `accounts`: before the first administrators exist, nobody could propose or
confirm anybody. Provisioning and demonstrations call it, never a channel.
"""

from datetime import date
from uuid import UUID

import msgspec

from core.journal import Entry, append
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import SYSTEM_USER, Channel, system_actor
from core.people import access, administrators, repository
from core.people.access import credentials
from core.people.access import repository as access_repository
from core.people.accounts import NewAccount, enter_account
from core.people.model import (
    FIRST_LEVEL_UNIT,
    Account,
    AccountKind,
    AccountState,
    Alias,
    CodeTaken,
    Function,
    Membership,
    OneAdministration,
    Organisation,
    RoleBinding,
    checked_credit_code,
)

_LONG_AGO = date(2000, 1, 1)


class OrganisationPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One body with its names and roles; `parent` is the code of one listed before it."""

    code: str
    name: str
    kind: str = FIRST_LEVEL_UNIT
    parent: str | None = None
    credit_code: str | None = None
    roles: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    from_on: date = _LONG_AGO


class AccountPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One account; `organisation` is a code. Without a password a random one is made and returned."""

    login: str
    name: str
    organisation: str | None = None
    functions: tuple[Function, ...] = (Function.HANDLER,)
    kind: AccountKind = AccountKind.OFFICER
    password: str | None = None
    person_code: str | None = None
    bound_case_id: UUID | None = None
    bound_entry: str = ""
    bound_roles: frozenset[str] = frozenset()
    must_change: bool = False


class PeoplePlan(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody of one tenant. Without a policy the defaults hold, second factor for administrators included."""

    organisations: tuple[OrganisationPlan, ...] = ()
    accounts: tuple[AccountPlan, ...] = ()
    policy: access.SignInPolicy | None = None


class People(msgspec.Struct, frozen=True, kw_only=True):
    """Who was made: organisations by code, accounts by login, and the random passwords, shown this once."""

    organisations: dict[str, Organisation]
    accounts: dict[str, Account]
    passwords: dict[str, str]


async def create_people(uow: UnitOfWork, plan: PeoplePlan, *, clock: Clock) -> People:
    """Make organisations, names, roles and active accounts in one go.

    Raises: CodeTaken, LoginTaken, OneAdministration, WrongCreditCode.
    """
    made = People(organisations={}, accounts={}, passwords={})
    if plan.policy is not None:
        await access_repository.put_policy(uow, plan.policy, by=SYSTEM_USER, at=clock.now())
    for body in plan.organisations:
        made.organisations[body.code] = await _make_organisation(uow, body, made)
    for person in plan.accounts:
        made.accounts[person.login] = await _make_account(uow, person, made, clock)
    actor = system_actor(uow.require_tenant(), channel=Channel.CLI)
    detail = {"organisations": sorted(made.organisations), "accounts": sorted(made.accounts)}
    await append(uow, chain=None, entries=[Entry(kind="people:seeded", actor=actor, on=clock.today(), detail=detail)])
    return made


async def found_administrators(uow: UnitOfWork, *, clock: Clock, plans: tuple[AccountPlan, ...]) -> People:
    """Make a tenant's first three administrators; each gets an initial password.

    Raises: OneAdministration when there are some already, or the three are not of three kinds.
    """
    kinds = sorted(plan.kind for plan in plans)
    if kinds != sorted(administrators.OFFICES) or await administrators.list_administrators(uow):
        raise OneAdministration("须一次指定系统、安全、审计三名管理员，且本地尚未设置管理员。")
    changing = tuple(msgspec.structs.replace(plan, must_change=True) for plan in plans)
    return await create_people(uow, PeoplePlan(accounts=changing), clock=clock)


async def _make_organisation(uow: UnitOfWork, plan: OrganisationPlan, made: People) -> Organisation:
    organisation = Organisation(
        id=new_id(),
        code=plan.code,
        kind=plan.kind,
        name=plan.name,
        parent_id=made.organisations[plan.parent].id if plan.parent else None,
        credit_code=checked_credit_code(plan.credit_code) if plan.credit_code else None,
        active_from_on=plan.from_on,
    )
    if not await repository.insert_organisation(uow, organisation):
        raise CodeTaken
    for alias in plan.aliases:
        await repository.put_alias(uow, organisation.id, alias)
    for role in plan.roles:
        binding = RoleBinding(id=new_id(), role=role, organisation_id=organisation.id, from_on=plan.from_on)
        await repository.insert_binding(uow, binding)
    return organisation


async def _make_account(uow: UnitOfWork, plan: AccountPlan, made: People, clock: Clock) -> Account:
    new = NewAccount(
        login=plan.login,
        name=plan.name,
        kind=plan.kind,
        person_code=plan.person_code or (plan.login if plan.kind in administrators.OFFICES else None),
        bound_case_id=plan.bound_case_id,
        bound_entry=plan.bound_entry,
        bound_roles=plan.bound_roles,
    )
    account = await enter_account(uow, clock=clock, new=new, by=SYSTEM_USER, state=AccountState.ACTIVE)
    if plan.organisation is not None:
        post = Membership(
            id=new_id(),
            account_id=account.id,
            organisation_id=made.organisations[plan.organisation].id,
            functions=frozenset(plan.functions),
            is_primary=True,
            from_on=_LONG_AGO,
            proposed_by=SYSTEM_USER,
            confirmed_at=clock.now(),
        )
        await repository.insert_membership(uow, post, account.kind)
    password = plan.password or made.passwords.setdefault(plan.login, credentials.initial_password())
    hashed = await credentials.hash_password(password)
    await access_repository.put_password(uow, account.id, hashed, at=clock.now(), must_change=plan.must_change)
    return account
