"""Registers that reach down the tree (共享登记簿): publishing their entries, and seeing those of the tenants above.

An entry stands once, under the tenant that keeps the register; whoever is below reads it, and nobody else finds it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.policy.cases.context import SharedEntry
from core.policy.rulebooks.inheriting import DESCENDANTS
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.regulation import Register
from core.registers.model import Entry

SEEN_AT_MOST = 200


async def publish(uow: UnitOfWork, rules: Rulebook, keeper: UUID, entries: Iterable[SharedEntry]) -> None:
    """Write what an accepted act publishes; an entry published again keeps its first day."""
    for entry in entries:
        register = rules.registers[entry.register]
        await uow.execute(
            """INSERT INTO shared_entry (keeper_id, register, entry_key, place, title, on_date, matched, content,
                source_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
            ON CONFLICT (keeper_id, register, entry_key) DO UPDATE SET title = excluded.title, closed_on = NULL,
                matched = excluded.matched, content = excluded.content, recorded_at = now()""",
            *(keeper, entry.register, entry.key, entry.place, entry.title, entry.on),
            *(str(entry.content.get(register.matched_on, "")), encode(entry.content), uow.require_tenant()),
        )


async def publish_lodged(uow: UnitOfWork, rules: Rulebook, register: Register, entry: Entry) -> None:
    """Publish what the keeper has lodged by hand, where the register is one that reaches down."""
    if register.reach == DESCENDANTS:
        title = str(entry.content.get("title") or entry.organisation)
        seen = SharedEntry(
            register=register.key, key=_key(entry), title=title, on=entry.on, place=rules.place, content=entry.content
        )
        await publish(uow, rules, uow.require_tenant(), (seen,))


async def close_lodged(uow: UnitOfWork, register: Register, entry: Entry, on: date) -> None:
    """Close the published face of an entry taken out of force; what it barred is free from that day."""
    if register.reach == DESCENDANTS:
        await close(uow, uow.require_tenant(), register.key, _key(entry), on)


async def close(uow: UnitOfWork, keeper: UUID, register: str, key: str, on: date) -> None:
    """Close a published entry from a day on."""
    await uow.execute(
        "UPDATE shared_entry SET closed_on = $4 WHERE keeper_id = $1 AND register = $2 AND entry_key = $3",
        *(keeper, register, key, on),
    )


async def seen_from(
    uow: UnitOfWork, rules: Rulebook, keepers: Sequence[UUID], facts: Mapping[str, Any]
) -> tuple[SharedEntry, ...]:
    """What a case sees of the registers of these tenants: entries that match its own facts.

    While it has not said what they are matched on, one entry is enough to know that it must.
    """
    keys = {register.matched_on for register in rules.registers.values() if register.reach == DESCENDANTS} - {""}
    values = [str(facts[key]) for key in sorted(keys) if facts.get(key)]
    rows = await uow.fetch(
        """SELECT register, entry_key AS key, title, on_date AS on, place, keeper_id::text AS keeper, closed_on,
            content::text AS content
        FROM shared_entry WHERE keeper_id = ANY($1) AND ($2::text[] IS NULL OR matched = ANY($2))
        ORDER BY on_date, register, entry_key LIMIT $3""",
        *(list(keepers), values or None, SEEN_AT_MOST if values else 1),
    )
    return tuple(SharedEntry(**dict(row) | {"content": decode(row["content"], dict)}) for row in rows)


def _key(entry: Entry) -> str:
    return f"{entry.organisation_id}/{entry.entry_key}" if entry.entry_key else str(entry.organisation_id)
