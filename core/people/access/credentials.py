"""Passwords and second factors (口令与动态口令): hashed in threads, judged by the tenant's policy.

Argon2id with the parameters OWASP names: 19 MiB, two passes, one lane. Hashing takes tens of milliseconds of
one core, so it never happens on the event loop, nor in a transaction that holds a row others wait for.
"""

import asyncio
import os
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.journal import Entry, append
from core.kernel.database import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.tenancy import Actor
from core.people.access import repository, throttling
from core.people.access.model import (
    Credential,
    FactorInUse,
    Moment,
    SignInPolicy,
    WeakPassword,
    WrongFactor,
    WrongPolicy,
)
from core.people.access.sealing import Vault
from core.people.model import AccountNotFound
from core.people.permissions import ADMIN_PASSWORDS, ADMIN_UNLOCK, require

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# The hash of a password nobody knows: verified when there is no account, so that both cases take the same time.
DUMMY_HASH: Final = "$argon2id$v=19$m=19456,t=2,p=1$7CLy/Tu3A9W+eCmJ7fokdg$t0EzldIVxM6VDrkKPDWTXw+ExU5gKTMpIdI0KoyCpGQ"
_STEP_SECONDS: Final = 30
_LETTERS: Final = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=#%")
_THREADS: Final = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, HASHER.hash, password)


async def verify_password(hashed: str | None, password: str) -> bool:
    """Answer whether the password fits; without a hash the same work is done for nothing."""
    fits = await asyncio.get_running_loop().run_in_executor(_THREADS, _fits, hashed or DUMMY_HASH, password)
    return fits and hashed is not None


def needs_rehash(hashed: str) -> bool:
    """Answer whether the hash was made under other parameters than today's."""
    return HASHER.check_needs_rehash(hashed)


def faults_of(password: str, *, login: str, policy: SignInPolicy) -> tuple[Problem, ...]:
    """Everything the policy finds wrong with a password, all at once."""
    classes = sum(
        (
            any(letter.islower() for letter in password),
            any(letter.isupper() for letter in password),
            any(letter.isdigit() for letter in password),
            any(not letter.isalnum() for letter in password),
        )
    )
    faults = {
        f"不得少于 {policy.password_length} 个字符": len(password) < policy.password_length,
        "不得超过 128 个字符": len(password) > 128,
        f"大写字母、小写字母、数字、符号至少包含 {policy.password_classes} 类": classes < policy.password_classes,
        "不得包含登录名": login.lower() in password.lower(),
    }
    return tuple(Problem(field="password", message=message) for message, is_so in faults.items() if is_so)


async def prepare_password(credential: Credential, password: str, policy: SignInPolicy) -> str:
    """Check a new password against policy and history, and hash it; takes no transaction.

    Raises: WeakPassword.
    """
    faults = list(faults_of(password, login=credential.login, policy=policy))
    former = ([credential.password_hash] if credential.password_hash else []) + list(credential.former_hashes)
    if not faults and await _is_former(former[: policy.password_history], password):
        faults.append(Problem(field="password", message=f"不得与最近 {policy.password_history} 次使用过的密码相同"))
    if faults:
        raise WeakPassword(details=faults)
    return await hash_password(password)


async def give_initial_password(uow: UnitOfWork, *, account_id: UUID, at: datetime) -> str:
    """Set a random password that must be changed at the first sign-in; it is shown once and stored nowhere."""
    password = initial_password()
    await repository.put_password(uow, account_id, await hash_password(password), at=at, must_change=True)
    return password


def initial_password() -> str:
    """Sixteen letters of all four classes, none of which looks like another."""
    chosen = [secrets.choice(letters) for letters in _LETTERS]
    chosen += [secrets.choice("".join(_LETTERS[:3])) for _ in range(12)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


async def reset_password(uow: UnitOfWork, *, actor: Actor, moment: Moment, account_id: UUID) -> str:
    """Give an account a new initial password, lift its lock and end its sessions (重置密码).

    Raises: NotAllowed, AccountNotFound.
    """
    require(actor, ADMIN_UNLOCK)
    credential = await _locked(uow, account_id)
    password = await give_initial_password(uow, account_id=account_id, at=moment.at)
    await throttling.unlock(uow, login=credential.login)
    await repository.revoke_sessions(uow, account_id, at=moment.at)
    await _record(uow, "password_reset", actor, moment, credential)
    return password


async def unlock(uow: UnitOfWork, *, actor: Actor, moment: Moment, account_id: UUID) -> None:
    """Let somebody who mistyped too often try again (解除锁定).

    Raises: NotAllowed, AccountNotFound.
    """
    require(actor, ADMIN_UNLOCK)
    credential = await _locked(uow, account_id)
    await throttling.unlock(uow, login=credential.login)
    await _record(uow, "unlocked", actor, moment, credential)


async def set_policy(uow: UnitOfWork, *, actor: Actor, moment: Moment, policy: SignInPolicy) -> None:
    """Set what the tenant demands at sign-in; not less than level 3 of 等保 does.

    Raises: NotAllowed, WrongPolicy.
    """
    require(actor, ADMIN_PASSWORDS)
    floors = {
        "密码长度不得少于 10 个字符": policy.password_length >= 10,
        "密码字符种类应为 3 至 4 类": policy.password_classes in {3, 4},
        "不得重复使用的历史密码应为 1 至 24 个": 1 <= policy.password_history <= 24,
        "密码有效期不得为负数": policy.password_days >= 0,
        "允许的失败次数应为 3 至 10 次": 3 <= policy.attempts <= 10,
        "同一地址允许的失败次数不得少于 10 次": policy.address_attempts >= 10,
        "锁定时间应为 5 至 1440 分钟": 5 <= policy.lock_minutes <= 1440,
        "空闲退出时间应为 5 至 60 分钟": 5 <= policy.idle_minutes <= 60,
        "会话最长时间应为 1 至 24 小时": 1 <= policy.session_hours <= 24,
    }
    if faults := [Problem(field="policy", message=message) for message, is_met in floors.items() if not is_met]:
        raise WrongPolicy(details=faults)
    before = await repository.get_policy(uow)
    await repository.put_policy(uow, policy, by=actor.user_id, at=moment.at)
    entry = Entry(
        kind="people:sign_in_policy_set", actor=actor, on=moment.on, before=_plain(before), after=_plain(policy)
    )
    await append(uow, chain=None, entries=[entry])


async def begin_factor(uow: UnitOfWork, *, actor: Actor, vault: Vault, issuer: str) -> str:
    """Begin a second factor for oneself; the answer is the `otpauth:` address to show as a QR code.

    Raises: FactorInUse.
    """
    credential = await _locked(uow, actor.user_id)
    if credential.factor_confirmed_at is not None:
        raise FactorInUse
    secret = pyotp.random_base32()
    await repository.put_factor(uow, actor.user_id, vault.seal(secret, actor.user_id))
    return str(pyotp.TOTP(secret).provisioning_uri(name=credential.login, issuer_name=issuer))


async def confirm_factor(uow: UnitOfWork, *, actor: Actor, moment: Moment, vault: Vault, code: str) -> None:
    """Finish setting up: the first right code proves that the device has the secret.

    Raises: WrongFactor.
    """
    credential = await _locked(uow, actor.user_id)
    if not await spend_code(uow, credential=credential, vault=vault, code=code, at=moment.at):
        raise WrongFactor
    await _record(uow, "factor_enrolled", actor, moment, credential)


async def reset_factor(uow: UnitOfWork, *, actor: Actor, moment: Moment, account_id: UUID) -> None:
    """Remove the second factor of a lost device (重置动态口令) and end the account's sessions.

    Raises: NotAllowed, AccountNotFound.
    """
    require(actor, ADMIN_UNLOCK)
    credential = await _locked(uow, account_id)
    await repository.put_factor(uow, account_id, None)
    await repository.revoke_sessions(uow, account_id, at=moment.at)
    await _record(uow, "factor_reset", actor, moment, credential)


async def spend_code(uow: UnitOfWork, *, credential: Credential, vault: Vault, code: str, at: datetime) -> bool:
    """Answer whether a code is right now (one step of clock skew allowed) and use it up: none serves twice."""
    secret = vault.unseal(credential.factor_secret, credential.account_id) if credential.factor_secret else None
    if secret is None or len(code) != 6:
        return False
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // _STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if secrets.compare_digest(str(totp.at(step * _STEP_SECONDS)).encode(), code.encode()):
            return await repository.spend_factor_step(uow, credential.account_id, step, confirm_at=at)
    return False


def _fits(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def _is_former(hashes: Sequence[str], password: str) -> bool:
    return any([await verify_password(hashed, password) for hashed in hashes])


async def _locked(uow: UnitOfWork, account_id: UUID) -> Credential:
    credential = await repository.find_credential(uow, account_id, lock=True)
    if credential is None:
        raise AccountNotFound
    return credential


def _plain(policy: SignInPolicy) -> dict[str, object]:
    return {name: getattr(policy, name) for name in policy.__struct_fields__}


async def _record(uow: UnitOfWork, verb: str, actor: Actor, moment: Moment, credential: Credential) -> None:
    detail = {"account_id": credential.account_id, "name": credential.name}
    await append(uow, chain=None, entries=[Entry(kind=f"people:{verb}", actor=actor, on=moment.on, detail=detail)])
