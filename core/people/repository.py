"""Every query about organisations, accounts and posts; nobody outside this concept uses it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.database import UnitOfWork
from core.people.model import Account, Alias, Membership, Organisation, RoleBinding

T = TypeVar("T")

_ORGANISATION = """
SELECT o.id, o.code, o.kind, o.parent_id, o.credit_code, o.active_from_on, o.active_to_on,
       coalesce(n.name, o.code) AS name, coalesce(n.short_name, '') AS short_name
FROM organisation o
LEFT JOIN LATERAL (
    SELECT a.name, a.short_name FROM organisation_alias a
    WHERE a.tenant_id = $1 AND a.organisation_id = o.id
    ORDER BY a.from_on <= $2 DESC, CASE WHEN a.from_on <= $2 THEN $2 - a.from_on ELSE a.from_on - $2 END LIMIT 1
) n ON true
WHERE o.tenant_id = $1 AND """

_ACCOUNT = """SELECT id, kind, login, name, state, person_code, bound_case_id, bound_entry, bound_roles,
created_by, created_at
FROM account WHERE tenant_id = $1 AND """

_MEMBERSHIP = """SELECT id, account_id, organisation_id, functions, is_primary, from_on, to_on,
proposed_by, confirmed_by, confirmed_at FROM membership WHERE tenant_id = $1 AND """


def _one(row: asyncpg.Record | None, into: type[T]) -> T | None:
    return None if row is None else msgspec.convert(dict(row), into)


def _many(rows: Iterable[asyncpg.Record], into: type[T]) -> tuple[T, ...]:
    return tuple(msgspec.convert(dict(row), into) for row in rows)


async def find_organisation(uow: UnitOfWork, organisation_id: UUID, on: date) -> Organisation | None:
    row = await uow.fetchrow(_ORGANISATION + "o.id = $3", uow.require_tenant(), on, organisation_id)
    return _one(row, Organisation)


async def find_organisation_by_code(uow: UnitOfWork, code: str, on: date) -> Organisation | None:
    row = await uow.fetchrow(_ORGANISATION + "o.code = $3", uow.require_tenant(), on, code)
    return _one(row, Organisation)


async def list_organisations(uow: UnitOfWork, on: date, *, parent_id: UUID | None = None) -> tuple[Organisation, ...]:
    """All bodies active on the day, or the children of one."""
    rows = await uow.fetch(
        _ORGANISATION + "o.active_from_on <= $2 AND (o.active_to_on IS NULL OR o.active_to_on >= $2)"
        " AND ($3::uuid IS NULL OR o.parent_id = $3) ORDER BY o.code",
        uow.require_tenant(), on, parent_id,
    )  # fmt: skip
    return _many(rows, Organisation)


async def list_ancestors(uow: UnitOfWork, organisation_id: UUID) -> tuple[UUID, ...]:
    """The body itself, then its parents up to the root."""
    rows = await uow.fetch(
        """WITH RECURSIVE up AS (
            SELECT id, parent_id, 0 AS step FROM organisation WHERE tenant_id = $1 AND id = $2
            UNION ALL
            SELECT o.id, o.parent_id, up.step + 1 FROM organisation o JOIN up ON o.id = up.parent_id
            WHERE o.tenant_id = $1 AND up.step < 32
        ) SELECT id FROM up ORDER BY step""",
        uow.require_tenant(), organisation_id,
    )  # fmt: skip
    return tuple(row["id"] for row in rows)


async def insert_organisation(uow: UnitOfWork, organisation: Organisation) -> bool:
    """The body and its first name, in one statement; False when one of its codes is taken."""
    o = organisation
    tag = await uow.execute(
        """WITH body AS (
            INSERT INTO organisation (tenant_id, id, code, kind, parent_id, credit_code, active_from_on, active_to_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id
        ) INSERT INTO organisation_alias (tenant_id, organisation_id, from_on, name, short_name)
        SELECT $1, id, $7, $9, $10 FROM body""",
        uow.require_tenant(), o.id, o.code, o.kind, o.parent_id, o.credit_code, o.active_from_on, o.active_to_on,
        o.name, o.short_name,
    )  # fmt: skip
    return tag == "INSERT 0 1"


async def set_parent(uow: UnitOfWork, organisation_id: UUID, parent_id: UUID | None) -> None:
    await uow.execute(
        "UPDATE organisation SET parent_id = $3 WHERE tenant_id = $1 AND id = $2",
        uow.require_tenant(), organisation_id, parent_id,
    )  # fmt: skip


async def lock_organisation(uow: UnitOfWork, organisation_id: UUID) -> None:
    await uow.execute(
        "SELECT FROM organisation WHERE tenant_id = $1 AND id = $2 FOR UPDATE", uow.require_tenant(), organisation_id
    )


async def close_organisation(uow: UnitOfWork, organisation_id: UUID, last_on: date) -> None:
    await uow.execute(
        "UPDATE organisation SET active_to_on = $3 WHERE tenant_id = $1 AND id = $2",
        uow.require_tenant(), organisation_id, last_on,
    )  # fmt: skip


async def list_aliases(uow: UnitOfWork, organisation_id: UUID) -> tuple[Alias, ...]:
    rows = await uow.fetch(
        "SELECT name, short_name, from_on FROM organisation_alias"
        " WHERE tenant_id = $1 AND organisation_id = $2 ORDER BY from_on",
        uow.require_tenant(), organisation_id,
    )  # fmt: skip
    return _many(rows, Alias)


async def put_alias(uow: UnitOfWork, organisation_id: UUID, alias: Alias) -> None:
    """Add a name; a second name of the same day corrects the first."""
    await uow.execute(
        """INSERT INTO organisation_alias (tenant_id, organisation_id, from_on, name, short_name)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, organisation_id, from_on)
        DO UPDATE SET name = excluded.name, short_name = excluded.short_name""",
        uow.require_tenant(), organisation_id, alias.from_on, alias.name, alias.short_name,
    )  # fmt: skip


async def list_bindings(uow: UnitOfWork, organisation_id: UUID) -> tuple[RoleBinding, ...]:
    rows = await uow.fetch(
        "SELECT id, role, organisation_id, from_on, to_on FROM role_binding"
        " WHERE tenant_id = $1 AND organisation_id = $2 ORDER BY role, from_on",
        uow.require_tenant(), organisation_id,
    )  # fmt: skip
    return _many(rows, RoleBinding)


async def list_holders(uow: UnitOfWork, role: str, on: date) -> tuple[Organisation, ...]:
    rows = await uow.fetch(
        _ORGANISATION + """EXISTS (SELECT FROM role_binding b WHERE b.tenant_id = $1 AND b.organisation_id = o.id
        AND b.role = $3 AND b.from_on <= $2 AND (b.to_on IS NULL OR b.to_on >= $2)) ORDER BY o.code""",
        uow.require_tenant(), on, role,
    )  # fmt: skip
    return _many(rows, Organisation)


async def insert_binding(uow: UnitOfWork, binding: RoleBinding) -> None:
    await uow.execute(
        """INSERT INTO role_binding (tenant_id, id, role, organisation_id, from_on, to_on)
        VALUES ($1, $2, $3, $4, $5, $6)""",
        uow.require_tenant(), binding.id, binding.role, binding.organisation_id, binding.from_on, binding.to_on,
    )  # fmt: skip


async def end_binding(uow: UnitOfWork, binding_id: UUID, last_on: date) -> RoleBinding | None:
    row = await uow.fetchrow(
        """UPDATE role_binding SET to_on = greatest($3, from_on) WHERE tenant_id = $1 AND id = $2
        RETURNING id, role, organisation_id, from_on, to_on""",
        uow.require_tenant(), binding_id, last_on,
    )  # fmt: skip
    return _one(row, RoleBinding)


async def find_account(uow: UnitOfWork, account_id: UUID, *, lock: bool = False) -> Account | None:
    row = await uow.fetchrow(_ACCOUNT + "id = $2" + " FOR UPDATE" * lock, uow.require_tenant(), account_id)
    return _one(row, Account)


async def list_accounts(
    uow: UnitOfWork, *, kinds: Iterable[str] | None = None, state: str | None = None, lock: bool = False
) -> tuple[Account, ...]:
    rows = await uow.fetch(
        _ACCOUNT + "($2::text[] IS NULL OR kind = ANY ($2)) AND ($3::text IS NULL OR state = $3) ORDER BY login"
        + (" FOR UPDATE" if lock else ""),
        uow.require_tenant(), None if kinds is None else [str(kind) for kind in kinds], state,
    )  # fmt: skip
    return _many(rows, Account)


async def insert_account(uow: UnitOfWork, account: Account, *, login_digest: bytes, person_id: UUID) -> bool:
    """The account, its empty credential and its line in the global directory; False when the login is taken."""
    a = account
    added: int = await uow.fetchval(
        """WITH made AS (
            INSERT INTO account (tenant_id, id, kind, login, name, person_code, state, bound_case_id, created_by,
                created_at, bound_entry, bound_roles)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $13, $14)
            ON CONFLICT (tenant_id, login) DO NOTHING RETURNING id
        ), known AS (
            INSERT INTO login_directory (login_digest, tenant_id, account_id, person_id)
            SELECT $11, $1, id, $12 FROM made
        ), secret AS (INSERT INTO credential (tenant_id, account_id) SELECT $1, id FROM made)
        SELECT count(*) FROM made""",
        uow.require_tenant(), a.id, a.kind, a.login, a.name, a.person_code, a.state, a.bound_case_id, a.created_by,
        a.created_at, login_digest, person_id, a.bound_entry, sorted(a.bound_roles),
    )  # fmt: skip
    return added == 1


async def set_account_state(
    uow: UnitOfWork, account_id: UUID, state: str, *, by: UUID | None = None, at: datetime | None = None
) -> None:
    """Change the state; `by` and `at` note who activated it."""
    await uow.execute(
        """UPDATE account SET state = $3, activated_by = coalesce($4, activated_by),
        activated_at = coalesce($5, activated_at) WHERE tenant_id = $1 AND id = $2""",
        uow.require_tenant(), account_id, state, by, at,
    )  # fmt: skip


async def find_membership(uow: UnitOfWork, membership_id: UUID) -> Membership | None:
    row = await uow.fetchrow(_MEMBERSHIP + "id = $2", uow.require_tenant(), membership_id)
    return _one(row, Membership)


async def list_memberships(uow: UnitOfWork, account_id: UUID) -> tuple[Membership, ...]:
    rows = await uow.fetch(_MEMBERSHIP + "account_id = $2 ORDER BY from_on, id", uow.require_tenant(), account_id)
    return _many(rows, Membership)


async def list_members(uow: UnitOfWork, organisation_id: UUID, on: date) -> tuple[tuple[Account, Membership], ...]:
    """Who works in an organisation on a day, confirmed posts only, heads first."""
    rows = await uow.fetch(
        _MEMBERSHIP + """organisation_id = $2 AND confirmed_at IS NOT NULL AND from_on <= $3
        AND (to_on IS NULL OR to_on >= $3)
        ORDER BY 'head' = ANY (functions) DESC, 'handler' = ANY (functions) DESC, id""",
        uow.require_tenant(), organisation_id, on,
    )  # fmt: skip
    posts = _many(rows, Membership)
    ids = [post.account_id for post in posts]
    found = await uow.fetch(_ACCOUNT + "id = ANY ($2) AND state = 'active'", uow.require_tenant(), ids)
    accounts = {account.id: account for account in _many(found, Account)}
    return tuple((accounts[post.account_id], post) for post in posts if post.account_id in accounts)


async def insert_membership(uow: UnitOfWork, membership: Membership, kind: str) -> None:
    m = membership
    await uow.execute(
        """INSERT INTO membership (tenant_id, id, account_id, account_kind, organisation_id, functions, is_primary,
            from_on, to_on, proposed_by, confirmed_by, confirmed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        uow.require_tenant(), m.id, m.account_id, kind, m.organisation_id, sorted(m.functions), m.is_primary,
        m.from_on, m.to_on, m.proposed_by, m.confirmed_by, m.confirmed_at,
    )  # fmt: skip


async def confirm_memberships(
    uow: UnitOfWork, account_id: UUID, *, by: UUID, at: datetime, membership_id: UUID | None = None
) -> tuple[Membership, ...]:
    """Confirm every proposed post of an account, or only `membership_id`."""
    rows = await uow.fetch(
        """UPDATE membership SET confirmed_by = $3, confirmed_at = $4
        WHERE tenant_id = $1 AND account_id = $2 AND confirmed_at IS NULL AND ($5::uuid IS NULL OR id = $5)
        RETURNING *""",
        uow.require_tenant(), account_id, by, at, membership_id,
    )  # fmt: skip
    return _many(rows, Membership)


async def end_membership(uow: UnitOfWork, membership_id: UUID, last_on: date) -> Membership | None:
    row = await uow.fetchrow(
        """UPDATE membership SET to_on = greatest($3, from_on) WHERE tenant_id = $1 AND id = $2
        RETURNING *""",
        uow.require_tenant(), membership_id, last_on,
    )  # fmt: skip
    return _one(row, Membership)
