"""Signing in (登录): count, then verify, then open, each in its own short transaction.

The one service that is given the database instead of a unit of work, because two things must hold: a counted
attempt stays counted whatever happens next, and no connection waits while a password is hashed.
"""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from core.journal import Entry, append
from core.kernel.clock import in_china
from core.kernel.database import Database, UnitOfWork
from core.kernel.tenancy import SYSTEM_USER, Actor
from core.people.access import credentials, repository, throttling
from core.people.access.model import (
    Attempt,
    AttemptsExhausted,
    Credential,
    Door,
    Moment,
    Must,
    SessionNotFound,
    SignedIn,
    SignIn,
    SignInPolicy,
    WrongPassword,
)
from core.people.access.sealing import Vault, digest, tenant_of_session
from core.people.access.sessions import open_session, resolve_session
from core.people.access.throttling import Admission
from core.people.model import canonical_login

_REFUSED = "账号或密码不正确"
_WRONG_CODE = "动态口令不正确或已使用"


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the first transaction learnt: the same shape whether or not the account exists."""

    login: str
    address: str
    policy: SignInPolicy
    admission: Admission
    credential: Credential | None


async def sign_in(database: Database, *, tenant_id: UUID, attempt: Attempt, moment: Moment, vault: Vault) -> SignIn:
    """Try to enter a tenant. Every answer is a value: a refusal must not undo the counting of the attempt."""
    login = canonical_login(attempt.login)
    async with database.unit_of_work(tenant_id) as uow:
        known = await _begin(uow, await repository.find_credential_by_login(uow, login), login, attempt.address, moment)
    if not known.admission.is_admitted:
        return _locked(known.admission)
    credential = known.credential
    fits = await credentials.verify_password(credential.password_hash if credential else None, attempt.password)
    rehashed = await _rehashed(credential, attempt.password) if fits else None
    async with database.unit_of_work(tenant_id) as uow:
        if attempt.former_token:
            await repository.revoke_session(uow, token_hash=digest(attempt.former_token), at=moment.at)
        if credential is None or not fits or credential.state != "active":
            return await _refuse(uow, known, moment, _REFUSED)
        if rehashed and credential.password_hash:
            await repository.put_rehash(uow, credential.account_id, rehashed, former=credential.password_hash)
        return await _pass_password(uow, known, credential, (attempt.code, moment, vault))


async def give_factor(database: Database, *, token: str, attempt: Attempt, moment: Moment, vault: Vault) -> SignIn:
    """Give the second factor for a session that awaits it; a right code rotates the session.

    `attempt` carries code and address; wrong codes count like wrong passwords.
    """
    signed_in, credential = await _owner(database, token, moment)
    if Must.GIVE_FACTOR not in signed_in.must:
        raise SessionNotFound
    tenant_id = signed_in.actor.tenant_id
    async with database.unit_of_work(tenant_id) as uow:
        known = await _begin(uow, credential, credential.login, attempt.address, moment)
    if not known.admission.is_admitted:
        return _locked(known.admission)
    async with database.unit_of_work(tenant_id) as uow:
        if not await credentials.spend_code(uow, credential=credential, vault=vault, code=attempt.code, at=moment.at):
            return await _refuse(uow, known, moment, _WRONG_CODE)
        if not await repository.revoke_session(uow, token_hash=digest(token), at=moment.at):
            raise SessionNotFound
        return await _open(uow, known, credential, moment)


async def change_password(
    database: Database, *, token: str, present: str, wanted: str, moment: Moment, address: str = ""
) -> str:
    """Change one's own password; every session of the account ends and the answer is a new one's token.

    Raises: SessionNotFound, AttemptsExhausted, WrongPassword, WeakPassword.
    """
    signed_in, credential = await _owner(database, token, moment)
    if Must.GIVE_FACTOR in signed_in.must:
        raise SessionNotFound
    tenant_id = signed_in.actor.tenant_id
    async with database.unit_of_work(tenant_id) as uow:
        known = await _begin(uow, credential, credential.login, address, moment)
    if not known.admission.is_admitted:
        raise AttemptsExhausted
    if not await credentials.verify_password(credential.password_hash, present):
        raise WrongPassword
    hashed = await credentials.prepare_password(credential, wanted, known.policy)
    async with database.unit_of_work(tenant_id) as uow:
        account_id = credential.account_id
        await repository.put_password(uow, account_id, hashed, at=moment.at, must_change=False)
        await throttling.forgive(uow, login=known.login, address=address, policy=known.policy)
        await repository.revoke_sessions(uow, account_id, at=moment.at)
        fresh = await open_session(uow, account_id=account_id, policy=known.policy, at=moment.at, address=address)
        await _record(uow, "password_changed", signed_in.actor, moment, {})
    return fresh


async def _begin(uow: UnitOfWork, credential: Credential | None, login: str, address: str, moment: Moment) -> _Known:
    policy = await repository.get_policy(uow)
    admission = await throttling.admit(uow, login=login, address=address, policy=policy, at=moment.at)
    return _Known(login=login, address=address, policy=policy, admission=admission, credential=credential)


async def _owner(database: Database, token: str, moment: Moment) -> tuple[SignedIn, Credential]:
    tenant_id = tenant_of_session(token)
    if tenant_id is None:
        raise SessionNotFound
    async with database.unit_of_work(tenant_id, read_only=True) as uow:
        signed_in = await resolve_session(uow, token, moment=moment)
        credential = None if signed_in is None else await repository.find_credential(uow, signed_in.actor.user_id)
    if signed_in is None or credential is None:
        raise SessionNotFound
    return signed_in, credential


async def _rehashed(credential: Credential | None, password: str) -> str | None:
    if credential is None or not credential.password_hash or not credentials.needs_rehash(credential.password_hash):
        return None
    return await credentials.hash_password(password)


async def _pass_password(
    uow: UnitOfWork, known: _Known, credential: Credential, factor: tuple[str, Moment, Vault]
) -> SignIn:
    code, moment, vault = factor
    if credential.factor_confirmed_at is None:
        return await _open(uow, known, credential, moment)
    if not code:
        # The attempt is taken back but former failures stay: whoever knows the password must not get
        # endless tries at the code by signing in again and again.
        await throttling.take_back(uow, login=known.login, address=known.address, policy=known.policy)
        token = await open_session(
            uow, account_id=credential.account_id, policy=known.policy, at=moment.at, address=known.address,
            awaits_factor=True,
        )  # fmt: skip
        return SignIn(door=Door.FACTOR_NEEDED, message="请输入动态口令", token=token)
    if not await credentials.spend_code(uow, credential=credential, vault=vault, code=code, at=moment.at):
        return await _refuse(uow, known, moment, _WRONG_CODE)
    return await _open(uow, known, credential, moment)


async def _open(uow: UnitOfWork, known: _Known, credential: Credential, moment: Moment) -> SignIn:
    await throttling.forgive(uow, login=known.login, address=known.address, policy=known.policy)
    if _is_too_old(credential, known.policy, moment):
        await repository.demand_change(uow, credential.account_id)
    token = await open_session(
        uow, account_id=credential.account_id, policy=known.policy, at=moment.at, address=known.address
    )
    await _record(uow, "signed_in", _actor(uow, credential), moment, {"address": known.address})
    return SignIn(door=Door.OPEN, message="登录成功", token=token)


def _is_too_old(credential: Credential, policy: SignInPolicy, moment: Moment) -> bool:
    if policy.password_days == 0 or credential.password_set_at is None:
        return False
    return (moment.at - credential.password_set_at).days >= policy.password_days


async def _refuse(uow: UnitOfWork, known: _Known, moment: Moment, reason: str) -> SignIn:
    """Write the failure down; an unknown login is not written, since it may be a password in the wrong field."""
    admission = known.admission
    verb = "sign_in_locked" if admission.is_last else "sign_in_failed"
    detail = {"address": known.address, "login": known.login if known.credential else None, "reason": reason}
    await _record(uow, verb, _actor(uow, known.credential), moment, detail)
    if admission.is_last:
        return _locked(admission)
    message = f"{reason}，还可尝试 {admission.remaining} 次"
    return SignIn(door=Door.REFUSED, message=message, remaining=admission.remaining)


def _locked(admission: Admission) -> SignIn:
    until = admission.locked_until_at
    when = f"，已锁定至 {in_china(until):%H:%M}" if until else "，已临时锁定"
    message = f"登录失败次数过多{when}；可联系安全管理员解除。"
    return SignIn(door=Door.LOCKED, message=message, locked_until_at=until)


def _actor(uow: UnitOfWork, credential: Credential | None) -> Actor:
    tenant_id = uow.require_tenant()
    if credential is None:
        return Actor(user_id=SYSTEM_USER, name="未知账号", tenant_id=tenant_id)
    return Actor(user_id=credential.account_id, name=credential.name, tenant_id=tenant_id)


async def _record(uow: UnitOfWork, verb: str, actor: Actor, moment: Moment, detail: Mapping[str, object]) -> None:
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=moment.on, detail=detail)])
