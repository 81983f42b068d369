"""The file store (文件存储): local disk or S3, behind the few verbs that documents need.

Two promises stand here. What `put` has answered survives a power cut: on local disk the file and every folder
above it are synced, which obstore leaves to the operating system. And no file is held in memory: `put` takes
portions as they come, `read` gives portions, `open` reads ranges.
"""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import msgspec
import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from core.documents.model import FileMissing, StorageUnavailable
from core.kernel.errors import Invalid

_PART_BYTES = 5 * 1024 * 1024
_PARTS_AT_ONCE = 3
_PORTION_BYTES = 256 * 1024
_READ_AHEAD = 256 * 1024
# A web request waits for this; whoever asked is told, and may ask again.
_PATIENCE = timedelta(seconds=10)


class StoredObject(msgspec.Struct, frozen=True, kw_only=True):
    """One object as the store lists it."""

    key: str
    size: int
    changed_at: datetime


class FileStore:
    """One place where files lie. `root` is its folder when it is a local disk, None when it is a service."""

    def __init__(self, store: ObjectStore, root: Path | None = None) -> None:
        self._store = store
        self._root = root

    async def put(self, key: str, portions: AsyncIterator[bytes]) -> None:
        """Write an object, whole or not at all; whatever `portions` raises is raised here and leaves nothing."""
        source = _Source(portions)
        with _translated(source):
            await obstore.put_async(
                self._store,
                key,
                source.portions(),
                chunk_size=_PART_BYTES,
                max_concurrency=_PARTS_AT_ONCE,
                use_multipart=True,
            )
            if self._root is not None:
                await asyncio.to_thread(_sync, self._root, key)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The portions of an object; that it exists is known before the first one is asked for."""
        with _translated():
            found = await obstore.get_async(self._store, key)
        return _portions(found.stream(min_chunk_size=_PORTION_BYTES))

    async def size(self, key: str) -> int | None:
        """The size of an object, None when there is none."""
        try:
            with _translated():
                return int((await obstore.head_async(self._store, key))["size"])
        except FileMissing:
            return None

    def open(self, key: str, size: int) -> IO[bytes]:
        """Read an object at any position, blocking: for a thread."""
        return io.BufferedReader(_Ranges(self._store, key, size), _READ_AHEAD)

    async def delete(self, key: str) -> None:
        """Remove an object; one that is not there is removed already."""
        try:
            with _translated():
                await obstore.delete_async(self._store, key)
        except FileMissing:
            return

    async def list(self, prefix: str, *, at_a_time: int = 500) -> AsyncIterator[Sequence[StoredObject]]:
        """The objects under a folder, in portions."""
        with _translated():
            async for portion in obstore.list(self._store, prefix, chunk_size=at_a_time):
                yield [
                    StoredObject(key=found["path"], size=found["size"], changed_at=found["last_modified"])
                    for found in portion
                ]

    async def remove_fragments(self, prefix: str, before: datetime) -> int:
        """Remove what writers killed midway left behind; the answer counts it.

        On a service this is the bucket's rule for incomplete multipart uploads: it does not list them.
        """
        if self._root is None:
            return 0
        return await asyncio.to_thread(_remove_fragments, self._root / prefix, before.timestamp())


def open_store(storage_url: str, *, patience: timedelta = _PATIENCE) -> FileStore:
    """Open the store that a setting names: `file:///folder` or `s3://bucket/folder`.

    Address and keys of the service come from the `AWS_*` variables, so that no secret stands in a URL. `patience` is
    how long a request to a service that does not answer is repeated.
    Raises: Invalid for another scheme.
    """
    parts = urlsplit(storage_url)
    if parts.scheme == "file":
        root = Path(unquote(parts.path)).resolve()
        root.mkdir(parents=True, exist_ok=True)
        return FileStore(LocalStore(root), root)
    if parts.scheme == "s3" and parts.netloc:
        found = S3Store.from_url(
            storage_url,
            virtual_hosted_style_request=False,
            retry_config={"max_retries": 10, "retry_timeout": patience},
        )
        return FileStore(found)
    raise Invalid("文件存储地址须为 file:///目录 或 s3://存储桶/目录", code="storage_url_unknown")


class _Source:
    """What is being put, remembering its own failure: a client that went away is not the store's fault."""

    def __init__(self, portions: AsyncIterator[bytes]) -> None:
        self._portions = portions
        self.failure: BaseException | None = None

    async def portions(self) -> AsyncIterator[bytes]:
        try:
            async for portion in self._portions:
                yield portion
        except BaseException as error:
            self.failure = error
            raise


@contextmanager
def _translated(source: _Source | None = None) -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        if source is not None and source.failure is not None:
            raise source.failure from None
        raise (FileMissing if isinstance(error, FileNotFoundError) else StorageUnavailable) from error


async def _portions(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    with _translated():
        async for portion in stream:
            yield bytes(portion)


def _sync(root: Path, key: str) -> None:
    """Force the file, then every folder up to the root: a folder that is lost takes its files with it."""
    path = root / key
    _fsync(path)
    for folder in path.parents:
        _fsync(folder)
        if folder == root:
            return


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_fragments(folder: Path, before: float) -> int:
    removed = 0
    for path in folder.rglob("*#*") if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


class _Ranges(io.RawIOBase):
    """An object of the store as a seekable file."""

    def __init__(self, store: ObjectStore, key: str, size: int) -> None:
        super().__init__()
        self._store, self._key, self._size, self._at = store, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError(offset)
        self._at = start + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override] # any writable buffer
        length = min(len(buffer), self._size - self._at)
        if length <= 0:
            return 0
        with _translated():
            data = obstore.get_range(self._store, self._key, start=self._at, length=length)
        buffer[:length] = bytes(data)
        self._at += length
        return length
