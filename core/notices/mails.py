"""Every query about outgoing mail and digests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.notices.model import ADMINISTRATION, Mail

LEASE = timedelta(seconds=60)


class NewMail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to be written down."""

    account_id: UUID
    source: str
    address: str
    subject: str
    body: str


async def insert_mails(uow: UnitOfWork, mails: Sequence[NewMail]) -> int:
    """Write mails down; an account is written to once per source."""
    if not mails:
        return 0
    tag = await uow.execute(
        """INSERT INTO outgoing_mail (tenant_id, id, account_id, source, address, subject, body, created_at, due_at)
        SELECT $1, x.*, now(), now()
        FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) AS x
        ON CONFLICT (tenant_id, account_id, source) DO NOTHING""",
        *(uow.require_tenant(), [new_id() for _ in mails], [mail.account_id for mail in mails]),
        *([mail.source for mail in mails], [mail.address for mail in mails]),
        *([mail.subject for mail in mails], [mail.body for mail in mails]),
    )
    return int(tag.split()[-1])


async def lease_mails(uow: UnitOfWork, limit: int) -> tuple[Mail, ...]:
    """Lease what is due to be sent; commit before sending."""
    rows = await uow.fetch(
        """UPDATE outgoing_mail AS m SET attempts = m.attempts + 1, due_at = now() + $3::interval
        FROM (SELECT id FROM outgoing_mail WHERE tenant_id = $1 AND due_at <= now() AND sent_at IS NULL
            AND gave_up_at IS NULL ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS taken
        WHERE m.tenant_id = $1 AND m.id = taken.id RETURNING m.id, m.address, m.subject, m.body, m.attempts""",
        *(uow.require_tenant(), limit, LEASE),
    )
    return tuple(msgspec.convert(dict(row), Mail) for row in rows)


async def mark_sent(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    await uow.execute(
        "UPDATE outgoing_mail SET sent_at = now(), last_error = NULL WHERE tenant_id = $1 AND id = ANY ($2)",
        *(uow.require_tenant(), list(ids)),
    )


async def mark_failed(uow: UnitOfWork, mail: Mail, error: str, *, pause: timedelta, give_up: bool) -> None:
    """It comes again after a pause, or is given up and stays visible."""
    await uow.execute(
        """UPDATE outgoing_mail SET last_error = $3, due_at = now() + $4::interval,
        gave_up_at = CASE WHEN $5 THEN now() END WHERE tenant_id = $1 AND id = $2""",
        *(uow.require_tenant(), mail.id, error[:2000], pause, give_up),
    )


async def delete_sent(uow: UnitOfWork, before: datetime) -> int:
    tag = await uow.execute(
        "DELETE FROM outgoing_mail WHERE tenant_id = $1 AND sent_at < $2", uow.require_tenant(), before
    )
    return int(tag.split()[-1])


async def list_failures(uow: UnitOfWork, limit: int) -> list[dict[str, Any]]:
    """Mails that were given up, newest first: for the page that shows what did not arrive."""
    rows = await uow.fetch(
        """SELECT id, account_id, address, subject, attempts, last_error, gave_up_at FROM outgoing_mail
        WHERE tenant_id = $1 AND gave_up_at IS NOT NULL ORDER BY gave_up_at DESC LIMIT $2""",
        *(uow.require_tenant(), limit),
    )
    return [dict(row) for row in rows]


async def take_digests(uow: UnitOfWork, *, before: datetime, now: datetime, limit: int) -> list[dict[str, Any]]:
    """Accounts whose digest is due, locked and noted as done in this unit of work."""
    rows = await uow.fetch(
        """WITH due AS (SELECT p.account_id, p.digested_at FROM notice_preference p
            JOIN account a ON a.tenant_id = $1 AND a.id = p.account_id AND a.state = 'active'
            WHERE p.tenant_id = $1 AND p.mode = 'digest' AND coalesce(p.digested_at, '-infinity') < $2
            ORDER BY p.account_id LIMIT $4 FOR UPDATE OF p SKIP LOCKED)
        UPDATE notice_preference AS p SET digested_at = $3 FROM due
        WHERE p.tenant_id = $1 AND p.account_id = due.account_id
        RETURNING p.account_id, p.email, coalesce(due.digested_at, $3::timestamptz - interval '1 day') AS since""",
        *(uow.require_tenant(), before, now, limit),
    )
    return [dict(row) for row in rows]


async def digest_lines(
    uow: UnitOfWork, account_id: UUID, *, since: datetime, until: datetime, on: Any, limit: int
) -> list[dict[str, Any]]:
    """What concerns an account and was told in a span of time, and is unread."""
    rows = await uow.fetch(
        """WITH bodies AS (SELECT m.organisation_id FROM membership m WHERE m.tenant_id = $1 AND m.account_id = $2
            AND m.confirmed_at IS NOT NULL AND m.from_on <= $5 AND (m.to_on IS NULL OR m.to_on >= $5)),
        roles AS (SELECT b.role FROM role_binding b JOIN bodies o USING (organisation_id) WHERE b.tenant_id = $1
            AND b.from_on <= $5 AND (b.to_on IS NULL OR b.to_on >= $5)
            UNION SELECT $7 || a.kind FROM account a WHERE a.tenant_id = $1 AND a.id = $2)
        SELECT n.topic, n.code, n.subject, n.body, n.due_on FROM notice n WHERE n.tenant_id = $1
            AND n.created_at > $3 AND n.created_at <= $4
            AND (n.organisation_id IN (SELECT organisation_id FROM bodies)
                OR (n.organisation_id IS NULL AND n.role IN (SELECT role FROM roles)))
            AND NOT EXISTS (SELECT FROM notice_read r WHERE r.tenant_id = $1 AND r.account_id = $2
                AND r.notice_id = n.id)
        ORDER BY n.due_on NULLS LAST, n.id LIMIT $6""",
        *(uow.require_tenant(), account_id, since, until, on, limit, ADMINISTRATION),
    )
    return [dict(row) for row in rows]


async def oldest_due(uow: UnitOfWork) -> datetime | None:
    """Since when a mail waits to be sent; None when none does."""
    found: datetime | None = await uow.fetchval(
        """SELECT min(due_at) FROM outgoing_mail
        WHERE tenant_id = $1 AND due_at <= now() AND sent_at IS NULL AND gave_up_at IS NULL""",
        uow.require_tenant(),
    )
    return found
