"""The reckoning after a fault: everything acknowledged is there exactly once, and nothing else is.

Each check answers with sentences; none means that it holds. They read the database as superuser, so that no wall
hides a row, and the files from the disk.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

import asyncpg

from core import journal
from core.kernel.database import Database
from tests.faults.clients import Acknowledged
from tests.faults.town import Town

# A delivery leased by a relay that died comes back when its lease ends.
DRAIN_SECONDS = 60.0

_ACTS = """
SELECT p.code, p.title, p.version, (SELECT count(*) FROM receipt r WHERE r.project_id = p.id) AS receipts,
    (SELECT array_agg((e.detail ->> 'version')::int ORDER BY e.seq) FROM journal_entry e
     WHERE e.chain_id = p.id AND e.detail ->> 'version' IS NOT NULL AND e.kind NOT LIKE 'document:%') AS versions
FROM project p WHERE p.source IS DISTINCT FROM '情景'
"""


async def reckon(town: Town, tenant_id: UUID, acknowledged: Sequence[Acknowledged]) -> list[str]:
    """Every check; the answer is what does not add up."""
    connection = await asyncpg.connect(town.admin_url)
    try:
        return [
            *await _undelivered(connection),
            *await _acts(connection, acknowledged),
            *await _keys(connection, acknowledged),
            *await _notices(connection),
            *await _files(connection, town.root / "files"),
            *await _sessions(connection),
            *await _chains(town, tenant_id),
        ]
    finally:
        await connection.close()


async def _undelivered(connection: asyncpg.Connection) -> Iterable[str]:
    """The outbox empties by itself."""
    until = asyncio.get_running_loop().time() + DRAIN_SECONDS
    owed = -1
    while asyncio.get_running_loop().time() < until:
        owed = await connection.fetchval(
            "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_delivery)"
        )
        if owed == 0:
            return ()
        await asyncio.sleep(0.2)
    return (f"undelivered: {owed} entries are still owed after {DRAIN_SECONDS:.0f} s",)


async def _acts(connection: asyncpg.Connection, acknowledged: Sequence[Acknowledged]) -> list[str]:
    rows = {row["code"]: row for row in await connection.fetch(_ACTS)}
    wrong = []
    reached = Counter(dict.fromkeys(rows, 0))
    for one in acknowledged:
        row = rows.get(one.code)
        if row is None or one.version not in (row["versions"] or ()):
            wrong.append(f"lost: {one.code} version {one.version} was acknowledged and is not there")
        reached[one.code] += 1
    for code, row in rows.items():
        versions = row["versions"] or []
        if versions != list(range(1, row["version"] + 1)) or row["receipts"] != row["version"]:
            wrong.append(
                f"doubled: {code} stands at {row['version']} with journal {versions}, {row['receipts']} receipts"
            )
        elif reached[code] != row["version"]:
            wrong.append(f"doubled: {code} stands at {row['version']}, acknowledged {reached[code]} times")
    titles = Counter(row["title"] for row in rows.values())
    wrong += [f"doubled: project {title} exists {times} times" for title, times in titles.items() if times > 1]
    return wrong


async def _keys(connection: asyncpg.Connection, acknowledged: Sequence[Acknowledged]) -> list[str]:
    kept = {row["key"] for row in await connection.fetch("SELECT key FROM idempotent_act")}
    missing = [one for one in acknowledged if one.key not in kept]
    return [f"key lost: {one.code} version {one.version}" for one in missing]


async def _notices(connection: asyncpg.Connection) -> list[str]:
    """Entries of one kind and stage tell the same bodies, each once.

    What is over before it could be told need not be: an entry with a later one in its project may tell fewer.
    """
    rows = await connection.fetch(
        """SELECT e.id, e.kind, e.detail ->> 'stage' AS stage,
            (SELECT count(*) FROM notice n WHERE n.entry_id = e.id) AS told,
            (SELECT count(DISTINCT (n.organisation_id, n.role, n.subject)) FROM notice n
             WHERE n.entry_id = e.id) AS bodies,
            EXISTS (SELECT FROM journal_entry l WHERE l.chain_id = e.chain_id AND l.seq > e.seq
                AND l.kind LIKE 'stage:%') AS passed
        FROM journal_entry e WHERE e.kind LIKE 'stage:%' AND e.detail ->> 'code' IS NOT NULL"""
    )
    wrong = [f"told twice: {row['kind']} {row['id']}" for row in rows if row["told"] != row["bodies"]]
    most: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["kind"], row["stage"])
        most[key] = max(most.get(key, 0), row["told"])
    silent = [r for r in rows if r["told"] < most[r["kind"], r["stage"]] and not r["passed"]]
    return wrong + [f"not told: {row['kind']} {row['stage']} {row['id']}" for row in silent]


async def _files(connection: asyncpg.Connection, folder: Path) -> list[str]:
    """Every attached file is on the disk with its hash; every file on the disk has its row."""
    rows = {row["object_key"]: row for row in await connection.fetch("SELECT object_key, state, sha256 FROM upload")}
    found = _on_disk(folder)
    wrong = [f"file without row: {key}" for key in found if key not in rows and "#" not in key]
    for key, row in rows.items():
        if row["state"] != "attached":
            continue
        path = found.get(key)
        if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            wrong.append(f"file lost: {key}")
    return wrong


def _on_disk(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}


async def _sessions(connection: asyncpg.Connection) -> list[str]:
    stuck = await connection.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' "
        "AND state_change < now() - interval '2 seconds'"
    )
    return [f"stuck: {stuck} connections idle in transaction"] if stuck else []


async def _chains(town: Town, tenant_id: UUID) -> list[str]:
    database = await Database.connect(town.settings.database_url, max_size=2)
    try:
        async with database.unit_of_work(tenant_id, read_only=True) as uow:
            found = await journal.verify_tenant(uow)
    finally:
        await database.close()
    return [f"chain: {flaw.chain_id} #{flaw.seq} {flaw.problem}" for flaw in found.flaws]
