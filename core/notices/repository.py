"""Every query about notices, who has read them and how accounts want to be told.

Composing a notice needs what stands around an entry (project, receipt, tasks); `gather` reads it for a whole batch
in one statement across those tables, as `core.stages.repository` does for a decision (docs/decisions/0005).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.notices.model import ADMINISTRATION, Draft, Notice, Preference, Told

_GATHER = """
SELECT p.id, p.code, p.title, p.unit_id, p.subordinate_id, p.jurisdiction, p.edition, p.options::text AS options,
    p.track, p.status,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('stage', t.stage, 'ref', t.ref, 'opened_seq', t.opened_seq,
        'role', t.role, 'act', t.act, 'due_on', t.due_on) ORDER BY t.stage, t.ref, t.role), '[]')
     FROM task t WHERE t.tenant_id = $1 AND t.project_id = p.id AND t.closed_on IS NULL)::text AS tasks,
    (SELECT coalesce(jsonb_object_agg(s.role, s.acting_tenant_id), '{}') FROM (
        SELECT DISTINCT ON (t.role) t.role, t.acting_tenant_id FROM task t WHERE t.tenant_id = $1
            AND t.project_id = p.id ORDER BY t.role, t.opened_seq DESC) s
     WHERE s.acting_tenant_id IS NOT NULL)::text AS seats,
    (SELECT coalesce(jsonb_object_agg(r.id, jsonb_build_object('act', r.act,
        'end_reason', coalesce(r.decision -> 'end' ->> 'reason', ''))), '{}')
     FROM receipt r WHERE r.tenant_id = $1 AND r.project_id = p.id AND r.id = ANY ($3))::text AS receipts
FROM project p WHERE p.tenant_id = $1 AND p.id = ANY ($2)"""


async def gather(uow: UnitOfWork, projects: Sequence[UUID], receipts: Sequence[UUID]) -> list[asyncpg.Record]:
    """The projects of a batch with their open tasks and the receipts its entries name."""
    return await uow.fetch(_GATHER, uow.require_tenant(), list(projects), list(receipts))


async def insert_notices(uow: UnitOfWork, told: Sequence[Told], at: datetime) -> int:
    """Write notices; one that is there already stays as it is. The answer is how many were new."""
    rows = [_row(one, draft) for one in told for draft in one.drafts]
    if not rows:
        return 0
    columns = [list(column) for column in zip(*rows, strict=True)]
    tag = await uow.execute(
        """INSERT INTO notice (tenant_id, id, entry_id, on_date, project_id, code, title, effect, topic,
            organisation_id, role, subject, body, article, stage, due_on, created_at)
        SELECT $1, x.*, $17 FROM unnest($2::uuid[], $3::uuid[], $4::date[], $5::uuid[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
            $16::date[]) AS x
        ON CONFLICT (tenant_id, entry_id, effect) DO NOTHING""",
        *(uow.require_tenant(), *columns, at),
    )
    return int(tag.split()[-1])


def _row(told: Told, draft: Draft) -> tuple[Any, ...]:
    return (
        *(new_id(), told.entry_id, told.on, told.project_id, told.code, told.title),
        *(draft.effect, str(draft.topic), draft.to.organisation_id, draft.to.role),
        *(draft.subject, draft.body, draft.article, draft.stage, draft.due_on),
    )


# What an account may read: what is addressed to its body, to a role of its body, or to its administration.
_MINE = "(n.organisation_id = $2 OR (n.organisation_id IS NULL AND n.role = ANY ($3)))"
_READ = """(EXISTS (SELECT FROM notice_read r WHERE r.tenant_id = $1 AND r.account_id = $4 AND r.notice_id = n.id)
    OR n.created_at <= coalesce((SELECT p.read_up_to_at FROM notice_preference p WHERE p.tenant_id = $1
        AND p.account_id = $4), '-infinity'))"""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody reading: an account with the body and the roles it acts for."""

    account_id: UUID
    organisation_id: UUID | None
    roles: tuple[str, ...]


async def list_notices(
    uow: UnitOfWork, reader: Reader, *, before: UUID | None, unread_only: bool, limit: int
) -> tuple[Notice, ...]:
    """Notices newest first; ids are made in the order of time, so an id is the place to go on from."""
    rows = await uow.fetch(
        f"""SELECT n.id, n.topic, n.organisation_id, n.role, n.project_id, n.code, n.title, n.subject, n.body,
            n.article, n.stage, n.due_on, n.on_date, n.created_at, {_READ} AS is_read
        FROM notice n WHERE n.tenant_id = $1 AND {_MINE} AND ($5::uuid IS NULL OR n.id < $5)
            AND (NOT $6 OR NOT {_READ}) ORDER BY n.id DESC LIMIT $7""",  # noqa: S608 - constants of this module
        *(uow.require_tenant(), reader.organisation_id, list(reader.roles), reader.account_id),
        *(before, unread_only, limit),
    )
    return tuple(msgspec.convert(dict(row), Notice) for row in rows)


async def count_unread(uow: UnitOfWork, reader: Reader, cap: int) -> int:
    """Unread notices, counted up to a cap."""
    found: int = await uow.fetchval(
        f"""SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.tenant_id = $1 AND {_MINE} AND NOT {_READ}
        LIMIT $5) AS unread""",  # noqa: S608 - constants of this module
        *(uow.require_tenant(), reader.organisation_id, list(reader.roles), reader.account_id, cap),
    )
    return found


async def mark_read(uow: UnitOfWork, reader: Reader, notice_id: UUID, at: datetime) -> bool:
    """Mark one notice of the reader's; False when it is not theirs."""
    found: bool = await uow.fetchval(
        f"""WITH mine AS (SELECT n.id FROM notice n WHERE n.tenant_id = $1 AND n.id = $5 AND {_MINE}),
        marked AS (INSERT INTO notice_read (tenant_id, account_id, notice_id, read_at)
            SELECT $1, $4, id, $6 FROM mine ON CONFLICT DO NOTHING)
        SELECT EXISTS (SELECT FROM mine)""",  # noqa: S608 - constants of this module
        *(uow.require_tenant(), reader.organisation_id, list(reader.roles), reader.account_id, notice_id, at),
    )
    return found


async def mark_all_read(uow: UnitOfWork, account_id: UUID, at: datetime) -> None:
    await uow.execute(
        """INSERT INTO notice_preference (tenant_id, account_id, email, mode, read_up_to_at, changed_at)
        VALUES ($1, $2, '', 'none', $3, $3)
        ON CONFLICT (tenant_id, account_id) DO UPDATE SET read_up_to_at = excluded.read_up_to_at""",
        *(uow.require_tenant(), account_id, at),
    )


async def find_preference(uow: UnitOfWork, account_id: UUID) -> Preference:
    row = await uow.fetchrow(
        "SELECT email, mode FROM notice_preference WHERE tenant_id = $1 AND account_id = $2",
        *(uow.require_tenant(), account_id),
    )
    return msgspec.convert(dict(row), Preference) if row is not None else Preference()


async def put_preference(uow: UnitOfWork, account_id: UUID, preference: Preference, at: datetime) -> None:
    """Keep a preference; a digest begins with what comes after the choice."""
    await uow.execute(
        """INSERT INTO notice_preference (tenant_id, account_id, email, mode, digested_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (tenant_id, account_id) DO UPDATE SET email = excluded.email,
        mode = excluded.mode, digested_at = excluded.digested_at, changed_at = excluded.changed_at""",
        *(uow.require_tenant(), account_id, preference.email, str(preference.mode), at),
    )


# Everybody with a confirmed post in a body that a notice is addressed to, and the administrators of an office.
ADDRESSED = """
SELECT DISTINCT d.n AS n, a.id AS account_id, p.email
FROM unnest($2::int[], $3::uuid[], $4::text[]) AS d (n, organisation_id, role)
JOIN notice_preference p ON p.tenant_id = $1 AND p.mode = $5
JOIN account a ON a.tenant_id = $1 AND a.id = p.account_id AND a.state = 'active'
WHERE d.role = $7 || a.kind OR EXISTS (
    SELECT FROM membership m WHERE m.tenant_id = $1 AND m.account_id = a.id AND m.confirmed_at IS NOT NULL
        AND m.from_on <= $6 AND (m.to_on IS NULL OR m.to_on >= $6)
        AND (m.organisation_id = d.organisation_id OR (d.organisation_id IS NULL AND EXISTS (
            SELECT FROM role_binding b WHERE b.tenant_id = $1 AND b.organisation_id = m.organisation_id
                AND b.role = d.role AND b.from_on <= $6 AND (b.to_on IS NULL OR b.to_on >= $6)))))
ORDER BY d.n"""


async def addressed(uow: UnitOfWork, drafts: Sequence[Draft], *, mode: str, on: Any) -> list[asyncpg.Record]:
    """Which accounts of a mail mode each draft concerns, by the draft's place in the list."""
    return await uow.fetch(
        ADDRESSED,
        *(uow.require_tenant(), list(range(len(drafts))), [draft.to.organisation_id for draft in drafts]),
        *([draft.to.role for draft in drafts], mode, on, ADMINISTRATION),
    )


def options_of(row: Any) -> dict[str, Any]:
    """A project's options out of its row."""
    return decode(row["options"], dict)
