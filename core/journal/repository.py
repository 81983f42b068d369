"""Every statement on the journal's own tables; the outbox has its own module."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import asyncpg

from core.journal.hashing import ALGORITHM, GENESIS
from core.journal.model import Recorded, Root
from core.kernel.codec import decode
from core.kernel.database import UnitOfWork

# Entries linked by one statement; a longer append takes several.
AT_ONCE = 8

_FOLD = "sha256({previous} || int8send(({seq}) + {number}) || ($5::bytea[])[{number}])"

# One statement, because each round trip costs more than all of it: take the chain's lock, link, write entries, write
# what the relay owes. Only the columns of `row` vary; a text per number of entries stays in the statement cache.
_APPEND = """
WITH chain AS (
    INSERT INTO journal_chain AS c (tenant_id, chain_id, seq, previous, head, changed_at)
    VALUES ($1, $2, {count}, $3, {first}, $4)
    ON CONFLICT (tenant_id, chain_id) DO UPDATE
    SET seq = c.seq + {count}, previous = c.head, head = {next}, changed_at = excluded.changed_at
    RETURNING seq - {count} AS before, previous
), row AS (
    SELECT * FROM unnest($6::uuid[], $7::text[], $8::text[], $9::date[], $10::uuid[], $11::text[], $12::uuid[],
        $13::text[], $14::uuid[], $15::uuid[], $16::text[], $17::json[]) WITH ORDINALITY
    AS r (id, kind, subject, on_date, actor_id, actor_name, organisation_id,
        organisation, acting_tenant_id, acting_for, channel, detail, number)
), link AS (
    SELECT v.* FROM chain {links}
), entry AS (
    INSERT INTO journal_entry (tenant_id, chain_id, seq, id, kind, subject, on_date, recorded_at, actor_id, actor_name,
        organisation_id, organisation, acting_tenant_id, acting_for, channel, detail, prev_hash, hash, algorithm)
    SELECT $1, $2, link.seq, id, kind, subject, on_date, $4, actor_id, actor_name, organisation_id, organisation,
        acting_tenant_id, acting_for, channel, detail, link.previous, link.hash, '{algorithm}'
    FROM row JOIN link USING (number)
)
INSERT INTO outbox (tenant_id, entry_id, chain_id, seq, kind, created_at)
SELECT $1, row.id, $2, link.seq, row.kind, $4 FROM row JOIN link USING (number)
"""

# What the hash covers, in its order; text and whole numbers only, so that any language can repeat it.
FIELDS = (
    "tenant_id::text",
    "chain_id::text",
    "id::text",
    "kind",
    "subject",
    "on_date::text",
    "(extract(epoch FROM recorded_at) * 1000000)::bigint",
    "actor_id::text",
    "actor_name",
    "coalesce(organisation_id::text, '')",
    "organisation",
    "acting_tenant_id::text",
    "coalesce(acting_for::text, '')",
    "channel",
)

_READ = """SELECT id, chain_id, seq, kind, subject, on_date, recorded_at, actor_id, actor_name, organisation_id,
    organisation, acting_tenant_id, acting_for, channel, detail, hash FROM journal_entry """


@lru_cache(maxsize=AT_ONCE)
def append_sql(count: int) -> str:
    """The statement that appends so many entries to one chain."""
    first, following = "$3::bytea", "c.head"
    links, last = "", "chain.previous"
    values: list[str] = []
    for number in range(1, count + 1):
        first = _FOLD.format(previous=first, seq="0", number=number)
        following = _FOLD.format(previous=following, seq="c.seq", number=number)
        step = _FOLD.format(previous=last, seq="chain.before", number=number)
        links += f", LATERAL (SELECT {step} AS hash) AS l{number}"
        values.append(f"({number}, chain.before + {number}, {last}, l{number}.hash)")
        last = f"l{number}.hash"
    links += f", LATERAL (VALUES {', '.join(values)}) AS v (number, seq, previous, hash)"
    return _APPEND.format(count=count, first=first, next=following, links=links, algorithm=ALGORITHM)


async def append(
    uow: UnitOfWork, chain_id: UUID, recorded_at: datetime, *, digests: list[bytes], columns: Sequence[list[object]]
) -> None:
    """Write at most AT_ONCE entries; `columns` are those of the statement's `row`, one list each."""
    await uow.execute(append_sql(len(digests)), uow.require_tenant(), chain_id, GENESIS, recorded_at, digests, *columns)


async def list_chain(uow: UnitOfWork, chain_id: UUID, after: int, limit: int, *, newest_first: bool) -> list[Recorded]:
    order, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
    rows = await uow.fetch(
        _READ + f"WHERE tenant_id = $1 AND chain_id = $2 AND seq {beyond} $3 ORDER BY seq {order} LIMIT $4",
        *(uow.require_tenant(), chain_id, after, limit),
    )
    return [recorded(row) for row in rows]


def recorded(row: Mapping[str, Any] | asyncpg.Record) -> Recorded:
    """A row as the value callers read."""
    values = dict(row)
    return Recorded(
        on=values.pop("on_date"),
        detail=decode(values.pop("detail"), dict),
        hash=values.pop("hash").hex(),
        **values,
    )


async def heads(uow: UnitOfWork, chain_id: UUID | None = None) -> dict[UUID, tuple[int, bytes]]:
    rows = await uow.fetch(
        "SELECT chain_id, seq, head FROM journal_chain WHERE tenant_id = $1 AND ($2::uuid IS NULL OR chain_id = $2)",
        *(uow.require_tenant(), chain_id),
    )
    return {row["chain_id"]: (row["seq"], row["head"]) for row in rows}


async def moved_heads(uow: UnitOfWork, since: datetime | None) -> list[tuple[UUID, int, bytes]]:
    rows = await uow.fetch(
        "SELECT chain_id, seq, head FROM journal_chain "
        "WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR changed_at >= $2) ORDER BY chain_id",
        *(uow.require_tenant(), since),
    )
    return [(UUID(int=row["chain_id"].int), row["seq"], row["head"]) for row in rows]


def verifiable_rows(uow: UnitOfWork, chain_id: UUID | None = None) -> AsyncIterator[list[asyncpg.Record]]:
    """Rows for `verifying.Checker`, in portions, in the order of chain and number."""
    return uow.stream(
        f"SELECT chain_id, seq, prev_hash, hash, detail, {', '.join(FIELDS)} FROM journal_entry "  # noqa: S608 - FIELDS stands above
        "AS e WHERE tenant_id = $1 AND ($2::uuid IS NULL OR chain_id = $2) ORDER BY e.tenant_id, e.chain_id, e.seq",
        *(uow.require_tenant(), chain_id),
        at_a_time=5000,
    )


async def list_roots(uow: UnitOfWork) -> list[Root]:
    rows = await uow.fetch(
        "SELECT day_on, made_at, chains, previous, root, heads FROM journal_root WHERE tenant_id = $1 ORDER BY day_on",
        uow.require_tenant(),
    )
    return [Root(**row) for row in rows]


async def latest_root(uow: UnitOfWork, until: date) -> Root | None:
    row = await uow.fetchrow(
        "SELECT day_on, made_at, chains, previous, root, heads FROM journal_root "
        "WHERE tenant_id = $1 AND day_on <= $2 ORDER BY day_on DESC LIMIT 1",
        *(uow.require_tenant(), until),
    )
    return Root(**row) if row else None


async def add_root(uow: UnitOfWork, root: Root) -> bool:
    """Write the seal unless the day has one; the answer says whether it was written."""
    tag = await uow.execute(
        "INSERT INTO journal_root (tenant_id, day_on, made_at, chains, previous, root, heads, algorithm) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, day_on) DO NOTHING",
        *(
            uow.require_tenant(),
            root.day_on,
            root.made_at,
            root.chains,
            root.previous,
            root.root,
            root.heads,
            ALGORITHM,
        ),
    )
    return tag.endswith("1")
