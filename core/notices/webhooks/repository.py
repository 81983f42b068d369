"""Every query about subscriptions and the messages owed to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.kernel.database import UnitOfWork
from core.notices.model import Message, Subscription

LEASE = timedelta(seconds=60)
_COLUMNS = "id, title, url, events, active, failures, disabled_at, last_error, created_at"


async def insert_subscription(uow: UnitOfWork, new: Subscription, *, secret: str, created_by: UUID) -> None:
    await uow.execute(
        """INSERT INTO webhook_subscription (tenant_id, id, title, url, events, secret, active, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, true, $7, $8)""",
        *(uow.require_tenant(), new.id, new.title, new.url, list(new.events), secret, created_by, new.created_at),
    )


async def list_subscriptions(uow: UnitOfWork, *, active_only: bool = False) -> tuple[Subscription, ...]:
    rows = await uow.fetch(
        f"SELECT {_COLUMNS} FROM webhook_subscription WHERE tenant_id = $1 AND (active OR NOT $2) ORDER BY id",  # noqa: S608
        *(uow.require_tenant(), active_only),
    )
    return tuple(msgspec.convert(dict(row), Subscription) for row in rows)


async def set_active(uow: UnitOfWork, subscription_id: UUID, *, active: bool) -> Subscription | None:
    """Stop a subscription or start it again with a clean slate; what it is owed becomes due at once."""
    row = await uow.fetchrow(
        f"""WITH woken AS (UPDATE webhook_message SET due_at = now(), attempts = 0 WHERE $3 AND tenant_id = $1
            AND subscription_id = $2 AND sent_at IS NULL AND gave_up_at IS NULL)
        UPDATE webhook_subscription SET active = $3, failures = 0, disabled_at = NULL WHERE tenant_id = $1 AND id = $2
        RETURNING {_COLUMNS}""",  # noqa: S608 - a constant of this module
        *(uow.require_tenant(), subscription_id, active),
    )
    return msgspec.convert(dict(row), Subscription) if row is not None else None


class NewMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that a subscription is to be told."""

    subscription_id: UUID
    chain_id: UUID
    seq: int
    entry_id: UUID
    body: str


async def insert_messages(uow: UnitOfWork, messages: Sequence[NewMessage]) -> int:
    """Write messages down; a subscription is owed an entry once."""
    if not messages:
        return 0
    columns = [
        [getattr(m, name) for m in messages] for name in ("subscription_id", "chain_id", "seq", "entry_id", "body")
    ]
    tag = await uow.execute(
        """INSERT INTO webhook_message (tenant_id, subscription_id, chain_id, seq, entry_id, body, created_at, due_at)
        SELECT $1, x.*, now(), now() FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], $6::text[]) AS x
        ON CONFLICT DO NOTHING""",
        *(uow.require_tenant(), *columns),
    )
    return int(tag.split()[-1])


# A message goes only when nothing earlier of its project is leased or waits for another attempt.
_LEASE = """
WITH taken AS (
    SELECT m.subscription_id, m.chain_id, m.seq FROM webhook_message m
    JOIN webhook_subscription s ON s.tenant_id = $1 AND s.id = m.subscription_id AND s.active
    WHERE m.tenant_id = $1 AND m.due_at <= now() AND m.sent_at IS NULL AND m.gave_up_at IS NULL
        AND NOT EXISTS (SELECT FROM webhook_message p WHERE p.tenant_id = $1
            AND p.subscription_id = m.subscription_id AND p.chain_id = m.chain_id AND p.seq < m.seq
            AND p.due_at > now() AND p.sent_at IS NULL AND p.gave_up_at IS NULL)
    ORDER BY m.subscription_id, m.chain_id, m.seq LIMIT $2 FOR UPDATE OF m SKIP LOCKED
)
UPDATE webhook_message AS m SET attempts = m.attempts + 1, due_at = now() + $3::interval
FROM taken JOIN webhook_subscription s ON s.tenant_id = $1 AND s.id = taken.subscription_id
WHERE m.tenant_id = $1 AND m.subscription_id = taken.subscription_id AND m.chain_id = taken.chain_id
    AND m.seq = taken.seq
RETURNING m.subscription_id, m.chain_id, m.seq, m.entry_id, m.body, m.attempts, s.url, s.secret"""


async def lease_messages(uow: UnitOfWork, limit: int) -> tuple[Message, ...]:
    """Lease what is due, in the order of sending; nothing while another process is choosing."""
    tenant_id = uow.require_tenant()
    if not await uow.fetchval(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || 'webhook_message', 0))", tenant_id
    ):
        return ()
    rows = await uow.fetch(_LEASE, tenant_id, limit, LEASE)
    found = [msgspec.convert(dict(row), Message) for row in rows]
    return tuple(sorted(found, key=lambda message: (message.subscription_id, message.chain_id, message.seq)))


def _keys(messages: Sequence[Message]) -> tuple[list[UUID], list[UUID], list[int]]:
    return [m.subscription_id for m in messages], [m.chain_id for m in messages], [m.seq for m in messages]


async def mark_sent(uow: UnitOfWork, messages: Sequence[Message]) -> None:
    """These arrived, which also clears their subscriptions of earlier failures."""
    if not messages:
        return
    await uow.execute(
        """WITH healthy AS (UPDATE webhook_subscription SET failures = 0, last_error = NULL
            WHERE tenant_id = $1 AND id = ANY ($2) AND failures > 0)
        UPDATE webhook_message AS m SET sent_at = now(), last_error = NULL
        FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS done (subscription_id, chain_id, seq)
        WHERE m.tenant_id = $1 AND m.subscription_id = done.subscription_id AND m.chain_id = done.chain_id
            AND m.seq = done.seq""",
        *(uow.require_tenant(), *_keys(messages)),
    )


async def give_back(uow: UnitOfWork, messages: Sequence[Message]) -> None:
    """These were not tried: they are due again, and the attempt does not count."""
    if not messages:
        return
    await uow.execute(
        """UPDATE webhook_message AS m SET due_at = now(), attempts = m.attempts - 1
        FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS left_over (subscription_id, chain_id, seq)
        WHERE m.tenant_id = $1 AND m.subscription_id = left_over.subscription_id
            AND m.chain_id = left_over.chain_id AND m.seq = left_over.seq""",
        *(uow.require_tenant(), *_keys(messages)),
    )


async def mark_failed(uow: UnitOfWork, message: Message, error: str, *, pause: timedelta, give_up: bool) -> None:
    await uow.execute(
        """UPDATE webhook_message SET last_error = $5, due_at = now() + $6::interval,
        gave_up_at = CASE WHEN $7 THEN now() END
        WHERE tenant_id = $1 AND subscription_id = $2 AND chain_id = $3 AND seq = $4""",
        *(uow.require_tenant(), message.subscription_id, message.chain_id, message.seq, error[:2000], pause, give_up),
    )


async def count_failure(uow: UnitOfWork, subscription_id: UUID, error: str, *, limit: int) -> Subscription | None:
    """Count a failure; the answer is the subscription if this one has disabled it."""
    row = await uow.fetchrow(
        f"""UPDATE webhook_subscription SET failures = failures + 1, last_error = $3,
            active = active AND failures + 1 < $4,
            disabled_at = CASE WHEN active AND failures + 1 >= $4 THEN now() ELSE disabled_at END
        WHERE tenant_id = $1 AND id = $2 AND active RETURNING {_COLUMNS}""",  # noqa: S608 - a constant of this module
        *(uow.require_tenant(), subscription_id, error[:2000], limit),
    )
    found = msgspec.convert(dict(row), Subscription) if row is not None else None
    return found if found is not None and not found.active else None


async def delete_sent(uow: UnitOfWork, before: datetime) -> int:
    tag = await uow.execute(
        "DELETE FROM webhook_message WHERE tenant_id = $1 AND sent_at < $2", *(uow.require_tenant(), before)
    )
    return int(tag.split()[-1])


async def oldest_due(uow: UnitOfWork) -> datetime | None:
    """Since when a message to an active subscription waits; None when none does."""
    found: datetime | None = await uow.fetchval(
        """SELECT min(m.due_at) FROM webhook_message m
        JOIN webhook_subscription s ON s.tenant_id = $1 AND s.id = m.subscription_id AND s.active
        WHERE m.tenant_id = $1 AND m.due_at <= now() AND m.sent_at IS NULL AND m.gave_up_at IS NULL""",
        uow.require_tenant(),
    )
    return found
