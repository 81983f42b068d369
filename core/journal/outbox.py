"""Handing entries on, to each consumer once (发件箱): desk, mail, webhooks, other tenants.

An act writes one outbox row, whoever listens. The relay turns it into one delivery per consumer, so consumers fail,
retry and stop separately, and a new one costs the act nothing. Positions ("read up to here") would be cheaper, but
transactions commit in another order than they are numbered, and a reader of positions skips the late ones.

A claimed delivery is leased, not locked: a relay that dies gives it back by time. Delivery is therefore at least once,
and a consumer tells repetitions by `Delivery.entry.id`. Everything is per tenant: a unit of work has exactly one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.journal.model import Recorded
from core.journal.repository import recorded
from core.kernel.database import UnitOfWork

# Longer than any batch takes; what a relay that died had leased waits so long.
LEASE = timedelta(seconds=15)
ATTEMPTS = 12
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=6)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One entry, leased to one consumer for this attempt."""

    consumer: str
    attempt: int
    entry: Recorded


async def fan_out(uow: UnitOfWork, consumers: Sequence[str], *, limit: int = 500) -> int:
    """Turn outbox rows into deliveries; the answer is how many entries were handed on. Repeat while it is `limit`."""
    tenant_id = uow.require_tenant()
    rows = await uow.fetch(
        "SELECT chain_id, seq, entry_id, created_at FROM outbox WHERE tenant_id = $1 "
        "ORDER BY tenant_id, chain_id, seq LIMIT $2 FOR UPDATE SKIP LOCKED",
        *(tenant_id, limit),
    )
    if not rows:
        return 0
    columns = [[row[name] for row in rows] for name in ("chain_id", "seq", "entry_id", "created_at")]
    await uow.execute(
        "INSERT INTO outbox_delivery (tenant_id, consumer, chain_id, seq, entry_id, created_at, due_at) "
        "SELECT $1, c.consumer, e.chain_id, e.seq, e.entry_id, e.created_at, e.created_at "
        "FROM unnest($2::text[]) AS c (consumer), "
        "unnest($3::uuid[], $4::bigint[], $5::uuid[], $6::timestamptz[]) AS e (chain_id, seq, entry_id, created_at) "
        "ON CONFLICT DO NOTHING",
        *(tenant_id, list(consumers), *columns),
    )
    await uow.execute(
        "DELETE FROM outbox AS o USING unnest($2::uuid[], $3::bigint[]) AS done (chain_id, seq) "
        "WHERE o.tenant_id = $1 AND o.chain_id = done.chain_id AND o.seq = done.seq",
        *(tenant_id, columns[0], columns[1]),
    )
    return len(rows)


# An ordered consumer gets an entry only if nothing earlier of its chain is leased, waiting for another attempt, or
# still in the outbox. What was given up does not hold the others back for ever.
_IN_ORDER = """
    AND NOT EXISTS (SELECT FROM outbox_delivery p WHERE p.tenant_id = $1 AND p.consumer = $2
        AND p.chain_id = d.chain_id AND p.seq < d.seq AND p.due_at > now() AND p.gave_up_at IS NULL)
    AND NOT EXISTS (SELECT FROM outbox o WHERE o.tenant_id = $1 AND o.chain_id = d.chain_id AND o.seq < d.seq)"""

_CLAIM = """
WITH taken AS (
    SELECT chain_id, seq FROM outbox_delivery d
    WHERE d.tenant_id = $1 AND d.consumer = $2 AND d.due_at <= now() AND d.gave_up_at IS NULL {in_order}
    ORDER BY {order} LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE outbox_delivery AS d SET attempts = d.attempts + 1, due_at = now() + $4::interval
FROM taken JOIN journal_entry e ON e.tenant_id = $1 AND e.chain_id = taken.chain_id AND e.seq = taken.seq
WHERE d.tenant_id = $1 AND d.consumer = $2 AND d.chain_id = taken.chain_id AND d.seq = taken.seq
RETURNING d.attempts, e.id, e.chain_id, e.seq, e.kind, e.subject, e.on_date, e.recorded_at, e.actor_id, e.actor_name,
    e.organisation_id, e.organisation, e.acting_tenant_id, e.acting_for, e.channel, e.detail, e.hash
"""


async def claim(
    uow: UnitOfWork, consumer: str, *, limit: int = 100, lease: timedelta = LEASE, in_order: bool = False
) -> tuple[Delivery, ...]:
    """Lease what is due to a consumer; commit before working on it. `in_order` keeps each project's order.

    Entries of one chain come in their order. Not confirmed within the lease, they come again.
    """
    tenant_id = uow.require_tenant()
    if in_order and not await uow.fetchval(
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || $2, 0))", tenant_id, consumer
    ):
        return ()  # Another relay is choosing at this moment; two would see each other's gaps.
    order = "d.chain_id, d.seq" if in_order else "d.due_at"
    sql = _CLAIM.format(in_order=_IN_ORDER if in_order else "", order=order)
    rows = [dict(row) for row in await uow.fetch(sql, tenant_id, consumer, limit, lease)]
    found = [Delivery(consumer=consumer, attempt=row.pop("attempts"), entry=recorded(row)) for row in rows]
    return tuple(sorted(found, key=lambda delivery: (delivery.entry.chain_id, delivery.entry.seq)))


async def confirm(uow: UnitOfWork, deliveries: Iterable[Delivery]) -> None:
    """Done: these are owed no longer. Confirming twice is harmless."""
    some = tuple(deliveries)
    await uow.execute(
        "DELETE FROM outbox_delivery AS d "
        "USING unnest($2::text[], $3::uuid[], $4::bigint[]) AS done (consumer, chain_id, seq) "
        "WHERE d.tenant_id = $1 AND d.consumer = done.consumer AND d.chain_id = done.chain_id AND d.seq = done.seq",
        uow.require_tenant(),
        [delivery.consumer for delivery in some],
        [delivery.entry.chain_id for delivery in some],
        [delivery.entry.seq for delivery in some],
    )


async def fail(uow: UnitOfWork, delivery: Delivery, error: str, *, attempts: int = ATTEMPTS) -> bool:
    """Not done: it comes again after a pause that doubles, or is given up; the answer says whether it was given up."""
    gave_up = delivery.attempt >= attempts
    pause = min(_FIRST_PAUSE * 2 ** min(delivery.attempt - 1, 20), _LONGEST_PAUSE)
    await uow.execute(
        "UPDATE outbox_delivery SET last_error = $5, due_at = now() + $6::interval, "
        "gave_up_at = CASE WHEN $7 THEN now() END "
        "WHERE tenant_id = $1 AND consumer = $2 AND chain_id = $3 AND seq = $4",
        *(uow.require_tenant(), delivery.consumer, delivery.entry.chain_id, delivery.entry.seq),
        *(error[:2000], pause, gave_up),
    )
    return gave_up


async def revive(uow: UnitOfWork, consumer: str) -> int:
    """Try everything again that was given up, after a person has removed the cause."""
    tag = await uow.execute(
        "UPDATE outbox_delivery SET gave_up_at = NULL, attempts = 0, due_at = now() "
        "WHERE tenant_id = $1 AND consumer = $2 AND gave_up_at IS NOT NULL",
        *(uow.require_tenant(), consumer),
    )
    return int(tag.split()[-1])


class Backlog(msgspec.Struct, frozen=True, kw_only=True):
    """What is still owed: in the outbox, to consumers, and given up; with the age of the oldest, for alarms."""

    waiting: int
    owed: int
    given_up: int
    oldest_seconds: float


async def backlog(uow: UnitOfWork) -> Backlog:
    """Count what is owed in this tenant."""
    row = await uow.fetchrow(
        "SELECT (SELECT count(*) FROM outbox WHERE tenant_id = $1) AS waiting, "
        "count(*) FILTER (WHERE gave_up_at IS NULL) AS owed, "
        "count(*) FILTER (WHERE gave_up_at IS NOT NULL) AS given_up, "
        "coalesce(extract(epoch FROM now() - least(min(created_at) FILTER (WHERE gave_up_at IS NULL), "
        "(SELECT min(created_at) FROM outbox WHERE tenant_id = $1))), 0)::float8 AS oldest_seconds "
        "FROM outbox_delivery WHERE tenant_id = $1",
        uow.require_tenant(),
    )
    return msgspec.convert(dict(row or {}), Backlog)


async def owes(uow: UnitOfWork, entry_id: UUID) -> tuple[str, ...]:
    """The consumers that have not confirmed an entry yet; for a person who asks where a message is."""
    rows = await uow.fetch(
        "SELECT consumer FROM outbox_delivery WHERE tenant_id = $1 AND entry_id = $2 ORDER BY consumer",
        *(uow.require_tenant(), entry_id),
    )
    return tuple(row["consumer"] for row in rows)


async def due(uow: UnitOfWork) -> dict[str, datetime]:
    """The consumers that have something to do now, and since when; what a relay asks before it wakes anybody."""
    rows = await uow.fetch(
        "SELECT consumer, min(due_at) AS since FROM outbox_delivery "
        "WHERE tenant_id = $1 AND due_at <= now() AND gave_up_at IS NULL GROUP BY consumer",
        uow.require_tenant(),
    )
    return {row["consumer"]: row["since"] for row in rows}
