"""Every query about credentials, sessions, tokens and the global directory of logins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.people.access.model import ApiToken, Credential, SessionSeen, SignInPolicy

# The hot path of every request: one statement gives account, organisation under its name of the day, roles, posts and
# the delegation in use. $1 tenant, $2 the secret's digest, $3 now, $4 today, $5 (tokens only) the row.
_OF_SESSION = """
WITH entry AS (
    SELECT id, account_id, organisation_id, delegation_id, awaits_factor, seen_at, ends_at, NULL::text[] AS scopes
    FROM sign_in_session WHERE tenant_id = $1 AND token_hash = $2 AND revoked_at IS NULL
        AND idle_until_at > $3 AND ends_at > $3
)"""
_OF_PROGRAM = """
WITH entry AS (
    SELECT id, account_id, organisation_id, NULL::uuid AS delegation_id, false AS awaits_factor,
        used_at AS seen_at, ends_at, scopes
    FROM api_token WHERE tenant_id = $1 AND secret_hash = $2 AND id = $5 AND revoked_at IS NULL AND ends_at > $3
)"""
_STANDING = """
SELECT entry.id, entry.awaits_factor, entry.seen_at, entry.ends_at, entry.scopes,
    entry.delegation_id IS NOT NULL AND giver.id IS NULL AS has_lost_delegation,
    a.id AS account_id, a.name, a.kind, a.bound_case_id, a.bound_entry, a.bound_roles, c.must_change,
    c.factor_confirmed_at IS NOT NULL AS has_factor,
    coalesce((p.body ->> 'factor_for_administrators')::boolean, true) AS factor_for_administrators,
    giver.id AS acting_for, giver.name AS acting_for_name, d.roles AS delegated_roles,
    o.id AS organisation_id, coalesce(n.name, o.code, '') AS organisation,
    ARRAY (SELECT b.role FROM role_binding b WHERE b.tenant_id = $1 AND b.organisation_id = o.id
        AND b.from_on <= $4 AND (b.to_on IS NULL OR b.to_on >= $4)) AS roles,
    ARRAY (SELECT DISTINCT unnest(m.functions) FROM membership m WHERE m.tenant_id = $1
        AND m.account_id = coalesce(giver.id, a.id) AND m.organisation_id = o.id AND m.confirmed_at IS NOT NULL
        AND m.from_on <= $4 AND (m.to_on IS NULL OR m.to_on >= $4)) AS functions
FROM entry
JOIN account a ON a.tenant_id = $1 AND a.id = entry.account_id AND a.state = 'active'
JOIN credential c ON c.tenant_id = $1 AND c.account_id = a.id
LEFT JOIN sign_in_policy p ON p.tenant_id = $1
LEFT JOIN delegation d ON d.tenant_id = $1 AND d.id = entry.delegation_id AND d.to_account_id = a.id
    AND d.revoked_at IS NULL AND d.from_on <= $4 AND d.to_on >= $4
LEFT JOIN account giver ON giver.tenant_id = $1 AND giver.id = d.from_account_id AND giver.state = 'active'
LEFT JOIN LATERAL (
    SELECT m.organisation_id FROM membership m WHERE m.tenant_id = $1
        AND m.account_id = coalesce(giver.id, a.id) AND m.confirmed_at IS NOT NULL
        AND m.from_on <= $4 AND (m.to_on IS NULL OR m.to_on >= $4)
        AND m.organisation_id = coalesce(CASE WHEN giver.id IS NOT NULL THEN d.organisation_id END,
            entry.organisation_id, m.organisation_id)
    ORDER BY m.is_primary DESC, m.from_on DESC, m.id LIMIT 1
) post ON true
LEFT JOIN organisation o ON o.tenant_id = $1 AND o.id = post.organisation_id
    AND o.active_from_on <= $4 AND (o.active_to_on IS NULL OR o.active_to_on >= $4)
LEFT JOIN LATERAL (
    SELECT al.name FROM organisation_alias al WHERE al.tenant_id = $1 AND al.organisation_id = o.id
    ORDER BY al.from_on <= $4 DESC, abs($4 - al.from_on) LIMIT 1
) n ON true
"""
SESSION_STANDING = _OF_SESSION + _STANDING
TOKEN_STANDING = _OF_PROGRAM + _STANDING

_CREDENTIAL = """
SELECT c.account_id, a.login, a.name, a.kind, a.state, c.password_hash, c.former_hashes, c.password_set_at,
    c.must_change, c.factor_secret, c.factor_confirmed_at, c.factor_last_step
FROM account a JOIN credential c ON c.tenant_id = $1 AND c.account_id = a.id
WHERE a.tenant_id = $1 AND """


async def get_policy(uow: UnitOfWork) -> SignInPolicy:
    """The tenant's policy, or the defaults where it has set none."""
    body = await uow.fetchval("SELECT body FROM sign_in_policy WHERE tenant_id = $1", uow.require_tenant())
    return SignInPolicy() if body is None else decode(body, SignInPolicy)


async def put_policy(uow: UnitOfWork, policy: SignInPolicy, *, by: UUID, at: datetime) -> None:
    await uow.execute(
        """INSERT INTO sign_in_policy (tenant_id, body, set_by, set_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id)
        DO UPDATE SET body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at""",
        uow.require_tenant(), encode(policy), by, at,
    )  # fmt: skip


async def find_credential_by_login(uow: UnitOfWork, login: str) -> Credential | None:
    row = await uow.fetchrow(_CREDENTIAL + "a.login = $2", uow.require_tenant(), login)
    return None if row is None else msgspec.convert(dict(row), Credential)


async def find_credential(uow: UnitOfWork, account_id: UUID, *, lock: bool = False) -> Credential | None:
    suffix = " FOR UPDATE OF c" if lock else ""
    row = await uow.fetchrow(_CREDENTIAL + "a.id = $2" + suffix, uow.require_tenant(), account_id)
    return None if row is None else msgspec.convert(dict(row), Credential)


async def put_password(uow: UnitOfWork, account_id: UUID, hashed: str, *, at: datetime, must_change: bool) -> None:
    """Store a new hash; the former ones are kept for the history rule, twenty-four at most."""
    await uow.execute(
        """UPDATE credential SET former_hashes = CASE WHEN password_hash IS NULL THEN former_hashes
            ELSE (ARRAY [password_hash] || former_hashes)[1:24] END,
        password_hash = $3, password_set_at = $4, must_change = $5 WHERE tenant_id = $1 AND account_id = $2""",
        uow.require_tenant(), account_id, hashed, at, must_change,
    )  # fmt: skip


async def put_rehash(uow: UnitOfWork, account_id: UUID, hashed: str, *, former: str) -> None:
    """Replace a hash by one of the same password under today's parameters, unless it was changed meanwhile."""
    await uow.execute(
        "UPDATE credential SET password_hash = $3 WHERE tenant_id = $1 AND account_id = $2 AND password_hash = $4",
        uow.require_tenant(), account_id, hashed, former,
    )  # fmt: skip


async def demand_change(uow: UnitOfWork, account_id: UUID) -> None:
    await uow.execute(
        "UPDATE credential SET must_change = true WHERE tenant_id = $1 AND account_id = $2",
        uow.require_tenant(), account_id,
    )  # fmt: skip


async def put_factor(uow: UnitOfWork, account_id: UUID, sealed: str | None) -> None:
    """Begin a second factor anew, or remove it (None)."""
    await uow.execute(
        """UPDATE credential SET factor_secret = $3, factor_confirmed_at = NULL, factor_last_step = 0
        WHERE tenant_id = $1 AND account_id = $2""",
        uow.require_tenant(), account_id, sealed,
    )  # fmt: skip


async def spend_factor_step(uow: UnitOfWork, account_id: UUID, step: int, *, confirm_at: datetime) -> bool:
    """Use a code's time step; False when it, or a later one, has been used."""
    tag = await uow.execute(
        """UPDATE credential SET factor_last_step = $3, factor_confirmed_at = coalesce(factor_confirmed_at, $4)
        WHERE tenant_id = $1 AND account_id = $2 AND factor_last_step < $3""",
        uow.require_tenant(), account_id, step, confirm_at,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def insert_session(uow: UnitOfWork, **new: Any) -> None:
    await uow.execute(
        """INSERT INTO sign_in_session (tenant_id, id, token_hash, account_id, awaits_factor, address, created_at,
            seen_at, idle_until_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)""",
        uow.require_tenant(), new["id"], new["token_hash"], new["account_id"], new["awaits_factor"], new["address"],
        new["at"], new["idle_until_at"], new["ends_at"],
    )  # fmt: skip


async def find_standing(
    uow: UnitOfWork, statement: str, secret_hash: bytes, moment: tuple[Any, Any], *key: UUID
) -> asyncpg.Record | None:
    """Resolve a session or a token to what it stands for now: one query."""
    return await uow.fetchrow(statement, uow.require_tenant(), secret_hash, *moment, *key)


async def touch_session(uow: UnitOfWork, session_id: UUID, *, at: datetime, default_minutes: int) -> None:
    """Note the use and move the idle end; nothing happens within the same minute."""
    await uow.execute(
        """UPDATE sign_in_session SET seen_at = $3,
            idle_until_at = least(ends_at, $3::timestamptz + make_interval(mins => coalesce(
                (SELECT (body ->> 'idle_minutes')::int FROM sign_in_policy WHERE tenant_id = $1), $4)))
        WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL AND seen_at <= $3::timestamptz - interval '1 minute'""",
        uow.require_tenant(), session_id, at, default_minutes,
    )  # fmt: skip


async def touch_token(uow: UnitOfWork, token_id: UUID, *, at: datetime) -> None:
    await uow.execute(
        """UPDATE api_token SET used_at = $3 WHERE tenant_id = $1 AND id = $2
        AND (used_at IS NULL OR used_at <= $3::timestamptz - interval '1 minute')""",
        uow.require_tenant(), token_id, at,
    )  # fmt: skip


async def choose(
    uow: UnitOfWork, session_id: UUID, *, organisation_id: UUID | None, delegation_id: UUID | None
) -> None:
    await uow.execute(
        "UPDATE sign_in_session SET organisation_id = $3, delegation_id = $4 WHERE tenant_id = $1 AND id = $2",
        uow.require_tenant(), session_id, organisation_id, delegation_id,
    )  # fmt: skip


async def revoke_session(uow: UnitOfWork, *, at: datetime, token_hash: bytes | None = None, **by: UUID) -> UUID | None:
    """End one session, named by its secret or by `session_id`; the answer is its account."""
    account_id: UUID | None = await uow.fetchval(
        """UPDATE sign_in_session SET revoked_at = $2 WHERE tenant_id = $1 AND revoked_at IS NULL
        AND (token_hash = $3 OR id = $4) RETURNING account_id""",
        uow.require_tenant(), at, token_hash, by.get("session_id"),
    )  # fmt: skip
    return account_id


async def revoke_sessions(uow: UnitOfWork, account_id: UUID, *, at: datetime) -> None:
    await uow.execute(
        "UPDATE sign_in_session SET revoked_at = $3 WHERE tenant_id = $1 AND account_id = $2 AND revoked_at IS NULL",
        uow.require_tenant(), account_id, at,
    )  # fmt: skip


async def list_sessions(uow: UnitOfWork, account_id: UUID | None, *, at: datetime) -> tuple[SessionSeen, ...]:
    """Open sessions of one account, or of the tenant."""
    rows = await uow.fetch(
        """SELECT id, account_id, address, created_at, seen_at, ends_at FROM sign_in_session WHERE tenant_id = $1
        AND ($2::uuid IS NULL OR account_id = $2) AND revoked_at IS NULL AND idle_until_at > $3 AND ends_at > $3
        ORDER BY seen_at DESC LIMIT 500""",
        uow.require_tenant(), account_id, at,
    )  # fmt: skip
    return tuple(msgspec.convert(dict(row), SessionSeen) for row in rows)


async def delete_ended_sessions(uow: UnitOfWork, *, before: datetime) -> None:
    await uow.execute(
        "DELETE FROM sign_in_session WHERE tenant_id = $1 AND least(coalesce(revoked_at, ends_at), ends_at) < $2",
        uow.require_tenant(), before,
    )  # fmt: skip


async def insert_token(uow: UnitOfWork, token: ApiToken, *, secret_hash: bytes, organisation_id: UUID | None) -> None:
    t = token
    await uow.execute(
        """INSERT INTO api_token (tenant_id, id, account_id, organisation_id, name, secret_hash, scopes, created_at,
            ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        uow.require_tenant(), t.id, t.account_id, organisation_id, t.name, secret_hash, sorted(t.scopes), t.created_at,
        t.ends_at,
    )  # fmt: skip


async def list_tokens(uow: UnitOfWork, account_id: UUID | None) -> tuple[ApiToken, ...]:
    rows = await uow.fetch(
        """SELECT id, account_id, name, scopes, created_at, ends_at, used_at, revoked_at FROM api_token
        WHERE tenant_id = $1 AND ($2::uuid IS NULL OR account_id = $2) ORDER BY created_at DESC LIMIT 500""",
        uow.require_tenant(), account_id,
    )  # fmt: skip
    return tuple(msgspec.convert(dict(row), ApiToken) for row in rows)


async def revoke_tokens(uow: UnitOfWork, ids: Iterable[UUID], *, by: UUID | None, at: datetime) -> int:
    """End tokens by row or by owner; the answer is how many ended."""
    tag = await uow.execute(
        """UPDATE api_token SET revoked_at = $4, revoked_by = $3 WHERE tenant_id = $1 AND revoked_at IS NULL
        AND (id = ANY ($2) OR account_id = ANY ($2))""",
        uow.require_tenant(), list(ids), by, at,
    )  # fmt: skip
    return int(tag.removeprefix("UPDATE "))
