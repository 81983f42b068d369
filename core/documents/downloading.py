"""Giving a file out (下载): first the right and the journal in the unit of work, then the stream without one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import UUID

from core import journal
from core.documents import repository
from core.documents.model import DocumentNotFound, FileMissing, PaperVersion, StoredFile
from core.documents.storing import FileStore
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One answer to a request for a file. `body` is None when the asker has the content already (304)."""

    file: StoredFile
    headers: dict[str, str]
    body: AsyncIterator[bytes] | None

    @property
    def is_known(self) -> bool:
        return self.body is None


async def find_file(
    uow: UnitOfWork, *, document_id: UUID, n: int | None = None, project_id: UUID | None = None
) -> PaperVersion:
    """The version asked for, or the current one. `project_id` refuses a paper of any other project.

    Raises: DocumentNotFound when there is none, or it has no file.
    """
    version = await repository.find_version(uow, document_id, n)
    if version is None or version.file is None or project_id not in {None, version.project_id}:
        raise DocumentNotFound
    return version


async def record_download(uow: UnitOfWork, version: PaperVersion, *, actor: Actor, on: date) -> None:
    """Write in the journal who took the file: for the types where a place wants to know (合同、盖章件)."""
    await journal.append(
        uow,
        chain=version.project_id,
        entries=[
            journal.Entry(
                kind="document:downloaded",
                actor=actor,
                on=on,
                detail={"document_id": str(version.document_id), "version": version.n, "type": version.type},
            )
        ],
    )


async def open_file(store: FileStore, file: StoredFile, *, if_none_match: str = "") -> Download:
    """Begin the stream; no unit of work may be open, because a slow reader would hold its connection.

    Raises: FileMissing when the store has lost the file, or holds another one in its place.
    """
    etag = f'"{file.sha256}"'
    headers = {
        "ETag": etag,
        "Content-Type": f"{file.media_type}; charset=utf-8" if file.media_type == "text/plain" else file.media_type,
        "Content-Disposition": disposition(file.name),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if _names(if_none_match, etag):
        return Download(file=file, headers=headers, body=None)
    if await store.size(file.object_key) != file.size:
        raise FileMissing
    body = await store.read(file.object_key)
    return Download(file=file, headers=headers | {"Content-Length": str(file.size)}, body=body)


def disposition(name: str) -> str:
    """The name as a header: always to be saved, never shown in place; RFC 6266 with an ASCII name for old readers."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-()") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _names(if_none_match: str, etag: str) -> bool:
    wanted = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in wanted or "*" in wanted
