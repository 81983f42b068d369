"""Clearing up (清理): what was staged and never handed in, and what a kill left in the store.

Safe to run twice, at the same time, or not at all for a day. An attached file is out of its reach: rows are
first marked `expired` in a transaction of their own, after which no hand-in can take them, and only then is
anything deleted; the object goes before the row, so that the next run still knows what is left.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.documents import repository
from core.documents.storing import FileStore
from core.kernel.database import Database

GRACE = timedelta(hours=48)
_AT_A_TIME = 200


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """What one run removed: uploads nobody attached, objects nobody knew, fragments of killed writers."""

    expired: int = 0
    strays: int = 0
    fragments: int = 0


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a version speaks of and the store does not have, or has in another size."""

    upload_id: UUID
    object_key: str
    size: int
    found: int | None


async def sweep(
    database: Database, store: FileStore, *, tenant_id: UUID, now: datetime, older_than: timedelta = GRACE
) -> Swept:
    """Remove one tenant's leftovers. `older_than` spares strays and fragments that may still be being written."""
    expired = await _sweep_expired(database, store, tenant_id, now)
    folder = f"files/{tenant_id}"
    strays = 0
    async for portion in store.list(folder):
        old = {found.key for found in portion if found.changed_at < now - older_than}
        if not old:
            continue
        async with database.unit_of_work(tenant_id, read_only=True) as uow:
            unknown = old - await repository.known_keys(uow, old)
        for key in unknown:
            await store.delete(key)
        strays += len(unknown)
    fragments = await store.remove_fragments(folder, now - older_than)
    return Swept(expired=expired, strays=strays, fragments=fragments)


async def _sweep_expired(database: Database, store: FileStore, tenant_id: UUID, now: datetime) -> int:
    removed = 0
    while True:
        async with database.unit_of_work(tenant_id) as uow:
            uploads = await repository.expire_uploads(uow, now=now, limit=_AT_A_TIME)
        if not uploads:
            return removed
        for upload in uploads:
            await store.delete(upload.object_key)
        async with database.unit_of_work(tenant_id) as uow:
            for upload in uploads:
                await repository.delete_upload(uow, upload.id)
        removed += len(uploads)


async def find_lost(database: Database, store: FileStore, *, tenant_id: UUID) -> tuple[Lost, ...]:
    """Every attached file that the store cannot give; empty unless the store itself was damaged."""
    lost: list[Lost] = []
    after: UUID | None = None
    while True:
        async with database.unit_of_work(tenant_id, read_only=True) as uow:
            uploads = await repository.list_attached(uow, after=after, limit=_AT_A_TIME)
        for upload in uploads:
            found = await store.size(upload.object_key)
            if found != upload.size:
                lost.append(Lost(upload_id=upload.id, object_key=upload.object_key, size=upload.size or 0, found=found))
        if len(uploads) < _AT_A_TIME:
            return tuple(lost)
        after = uploads[-1].id
