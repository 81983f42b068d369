"""Counting attempts before a password is hashed (登录限制): per account and per address, atomically.

Each attempt is counted as a failure when it arrives, in a transaction of its own, and taken back when it
succeeds. However many arrive at once, only as many as the policy allows ever reach the hash.
"""

from datetime import datetime, timedelta

import msgspec

from core.kernel.database import UnitOfWork
from core.people.access.model import SignInPolicy
from core.people.access.sealing import digest

# While locked the count goes on and the end stays; after the end, or after a quiet window, counting starts anew.
_COUNT = """
INSERT INTO sign_in_throttle AS t (tenant_id, kind, subject, attempts, counted_from_at, locked_until_at)
VALUES ($1, 'account', $2, 1, $4::timestamptz, CASE WHEN $6::int <= 1 THEN $5::timestamptz END),
       ($1, 'address', $3, 1, $4::timestamptz, CASE WHEN $7::int <= 1 THEN $5::timestamptz END)
ON CONFLICT (tenant_id, kind, subject) DO UPDATE SET
    attempts = CASE WHEN t.locked_until_at <= $4 OR (t.locked_until_at IS NULL AND t.counted_from_at <= $8::timestamptz)
        THEN 1 ELSE t.attempts + 1 END,
    counted_from_at = CASE WHEN t.locked_until_at <= $4 OR (t.locked_until_at IS NULL AND t.counted_from_at <= $8)
        THEN $4 ELSE t.counted_from_at END,
    locked_until_at = CASE
        WHEN t.locked_until_at > $4 THEN t.locked_until_at
        WHEN t.locked_until_at IS NULL AND t.counted_from_at > $8
            AND t.attempts + 1 >= CASE t.kind WHEN 'account' THEN $6 ELSE $7 END THEN $5
        END
RETURNING kind, attempts, locked_until_at
"""

_TAKE_BACK = """
UPDATE sign_in_throttle SET attempts = attempts - 1, locked_until_at = NULL
WHERE tenant_id = $1 AND attempts > 0
    AND ((kind = 'account' AND subject = $2 AND attempts <= $4)
        OR (kind = 'address' AND subject = $3 AND attempts <= $5))
"""


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an attempt may go on to the password, and how many would be left after it."""

    is_admitted: bool
    remaining: int
    locked_until_at: datetime | None
    is_last: bool


async def admit(uow: UnitOfWork, *, login: str, address: str, policy: SignInPolicy, at: datetime) -> Admission:
    """Count an attempt and say whether it may go on; the same statement for known and unknown logins."""
    window = timedelta(minutes=policy.lock_minutes)
    rows = await uow.fetch(
        _COUNT, uow.require_tenant(), _account(login), _address(address), at, at + window,
        policy.attempts, policy.address_attempts, at - window,
    )  # fmt: skip
    counted = {row["kind"]: row for row in rows}
    account, place = counted["account"], counted["address"]
    locks = [row["locked_until_at"] for row in rows if row["locked_until_at"] is not None]
    admitted = account["attempts"] <= policy.attempts and place["attempts"] <= policy.address_attempts
    return Admission(
        is_admitted=admitted,
        remaining=max(0, policy.attempts - account["attempts"]),
        locked_until_at=max(locks, default=None),
        is_last=account["attempts"] == policy.attempts or place["attempts"] == policy.address_attempts,
    )


async def take_back(uow: UnitOfWork, *, login: str, address: str, policy: SignInPolicy) -> None:
    """Uncount an attempt that was right so far: the password fitted, the second factor is still to come."""
    await uow.execute(
        _TAKE_BACK, uow.require_tenant(), _account(login), _address(address), policy.attempts, policy.address_attempts
    )


async def forgive(uow: UnitOfWork, *, login: str, address: str, policy: SignInPolicy) -> None:
    """Forget an account's failures after a success, and uncount this attempt for the address."""
    await take_back(uow, login=login, address=address, policy=policy)
    await unlock(uow, login=login)


async def unlock(uow: UnitOfWork, *, login: str) -> None:
    """Forget an account's failures."""
    await uow.execute(
        "DELETE FROM sign_in_throttle WHERE tenant_id = $1 AND kind = 'account' AND subject = $2",
        uow.require_tenant(), _account(login),
    )  # fmt: skip


async def sweep(uow: UnitOfWork, *, before: datetime) -> None:
    """Remove counters that have no effect any more; right whenever it runs."""
    await uow.execute(
        """DELETE FROM sign_in_throttle WHERE tenant_id = $1 AND counted_from_at < $2
        AND (locked_until_at IS NULL OR locked_until_at < $2)""",
        uow.require_tenant(), before,
    )  # fmt: skip


def _account(login: str) -> bytes:
    return digest("account:" + login)


def _address(address: str) -> bytes:
    return digest("address:" + address)
