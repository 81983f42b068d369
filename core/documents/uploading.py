"""Taking a file in (上传): received, checked and staged before anybody hands it in as a paper.

The protocol, and what a kill leaves at each step:

1. A row `receiving` is committed, with the key of the object to come. *Killed after*: a row without object,
   expired by the sweeper.
2. The stream goes to that key, counted and hashed; on local disk file and folders are synced. The store shows
   whole objects only. *Killed during*: a fragment, removed by the sweeper. *After*: an object whose row says
   `receiving`; the sweeper removes the object, then the row.
3. The object is inspected and the row becomes `staged`, with size, kind and hash. *Killed after*: as 2.
4. `hand_in` makes it `attached` in the transaction that writes the version. The object does not move, so there is
   nothing to do after commit and no moment at which a version speaks of a place where the file is not yet.

Hence 0 versions without a file at any time, and 0 files without a row after a sweep. A row is always older
than its object and outlives it. No transaction is open while a stream runs: a slow client would hold a
connection for minutes. That is why `stage_upload` takes the database and not a unit of work.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

from core.documents import repository
from core.documents.inspection import DEFAULT_LIMITS, Kind, Limits, inspect, sanitised
from core.documents.inspection.limits import check_size
from core.documents.inspection.naming import kind_by_name
from core.documents.model import FileRefused, Upload, UploadNotReady, UploadState
from core.documents.storing import FileStore
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor

KEEP_STAGED = timedelta(hours=24)


def key_of(tenant_id: UUID, upload_id: UUID) -> str:
    """Where a file lies: made of ids only, never of a name."""
    return f"files/{tenant_id}/{upload_id}"


async def stage_upload(
    database: Database,
    store: FileStore,
    stream: AsyncIterator[bytes],
    *,
    tenant_id: UUID,
    name: str,
    actor: Actor,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> Upload:
    """Take a file in. `tenant_id` is where it will be handed in, which under a referral is not the actor's own.

    Raises: FileRefused with the reason, after which nothing of the file is left; StorageUnavailable.
    """
    name = sanitised(name)
    kind_by_name(name)
    upload_id = new_id()
    upload = Upload(
        id=upload_id,
        state=UploadState.RECEIVING,
        object_key=key_of(tenant_id, upload_id),
        name=name,
        uploaded_by=actor.user_id,
        uploaded_by_name=actor.name,
        begun_at=now,
        expires_at=now + KEEP_STAGED,
    )
    async with database.unit_of_work(tenant_id) as uow:
        await repository.insert_upload(uow, upload)
    try:
        received = await receive(store, upload, stream, limits)
    except Exception:
        await _discard(database, store, tenant_id, upload)
        raise
    async with database.unit_of_work(tenant_id) as uow:
        staged = await repository.mark_staged(uow, received, now=now)
    if not staged:
        # So slow that the sweeper gave it up: its row is gone, and with it whoever would remove the object.
        await store.delete(upload.object_key)
        raise UploadNotReady
    return received


async def receive(store: FileStore, upload: Upload, stream: AsyncIterator[bytes], limits: Limits) -> Upload:
    """Write the object and inspect it; the answer is the upload as it is once its row says so."""
    counted = _Counted(stream, upload.name, limits.max_bytes)
    await store.put(upload.object_key, counted.portions())
    kind = await asyncio.to_thread(_inspect, store, upload, counted.size, limits)
    return Upload(
        id=upload.id,
        state=UploadState.STAGED,
        object_key=upload.object_key,
        name=upload.name,
        kind=kind.code,
        media_type=kind.media_type,
        size=counted.size,
        sha256=counted.sha256,
        uploaded_by=upload.uploaded_by,
        uploaded_by_name=upload.uploaded_by_name,
        begun_at=upload.begun_at,
        expires_at=upload.expires_at,
    )


class _Counted:
    """A stream on its way to the store: what has passed, and its hash."""

    def __init__(self, stream: AsyncIterator[bytes], name: str, limit: int) -> None:
        self._stream, self._name, self._limit = stream, name, limit
        self._hash = hashlib.sha256()
        self.size = 0

    async def portions(self) -> AsyncIterator[bytes]:
        async for portion in self._stream:
            if portion:
                self.size += len(portion)
                check_size(self.size, self._limit)
                self._hash.update(portion)
                yield portion
        if not self.size:
            raise FileRefused("文件是空的", code="file_empty", name=self._name)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _inspect(store: FileStore, upload: Upload, size: int, limits: Limits) -> Kind:
    with store.open(upload.object_key, size) as file:
        return inspect(file, upload.name, limits)


async def _discard(database: Database, store: FileStore, tenant_id: UUID, upload: Upload) -> None:
    """Leave nothing of a refused file: first the object, then the row that knows of it."""
    await store.delete(upload.object_key)
    async with database.unit_of_work(tenant_id) as uow:
        await repository.delete_upload(uow, upload.id)
