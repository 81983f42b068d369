"""Handing papers in (提交材料), and what has been handed in so far.

A paper is handed in once and stands for every later stage that asks for its type (一套材料); which version is
fresh enough is the rulebook's question. Whether the actor may hand it in is decided before, by the stage or
filing it belongs to: these functions store what that decision accepted.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.documents import repository
from core.documents.model import (
    DocumentMoved,
    DocumentNotFound,
    HandIn,
    PaperMisformed,
    PaperVersion,
    UploadNotReady,
    check_form,
)
from core.kernel.database import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """Papers stored, in the order given, and what the journal must still be told of them."""

    versions: tuple[PaperVersion, ...]
    entries: tuple[journal.Entry, ...]


async def hand_in(uow: UnitOfWork, *, paper: HandIn, actor: Actor, on: date) -> PaperVersion:
    """Store one paper and write the journal.

    Raises: PaperMisformed, UploadNotReady, DocumentNotFound, DocumentMoved.
    """
    attached = await attach(uow, [paper], actor=actor, on=on)
    await journal.append(uow, chain=paper.project_id, entries=attached.entries)
    return attached.versions[0]


async def attach(uow: UnitOfWork, papers: Sequence[HandIn], *, actor: Actor, on: date) -> Attached:
    """Store papers in at most four round trips and leave the journal to the caller, who has more to write in it.

    Raises: as `hand_in`, for all papers together.
    """
    if not papers:
        return Attached(versions=(), entries=())
    for paper in papers:
        check_form(paper)
    files = await _take_files(uow, papers, actor)
    places = await _next_versions(uow, papers)
    versions = [
        _version(paper, place, file=None if paper.upload_id is None else files[paper.upload_id], actor=actor, on=on)
        for paper, place in zip(papers, places, strict=True)
    ]
    recorded_at = await repository.insert_versions(uow, versions)
    stored = tuple(msgspec.structs.replace(version, recorded_at=recorded_at) for version in versions)
    return Attached(versions=stored, entries=tuple(_entry(version, actor, on) for version in stored))


async def papers_of(
    uow: UnitOfWork, project_id: UUID, *, types: Sequence[str] | None = None, all_versions: bool = False
) -> tuple[PaperVersion, ...]:
    """A project's papers, oldest first, in one query: the current versions, or all of them."""
    return await repository.list_papers(uow, project_id=project_id, types=types, all_versions=all_versions)


async def papers_of_unit(
    uow: UnitOfWork, organisation_id: UUID, *, types: Sequence[str] | None = None, all_versions: bool = False
) -> tuple[PaperVersion, ...]:
    """A unit's papers that belong to no project: plans, registers, commitments."""
    return await repository.list_papers(uow, organisation_id=organisation_id, types=types, all_versions=all_versions)


async def versions_of(uow: UnitOfWork, document_id: UUID) -> tuple[PaperVersion, ...]:
    """All versions of one paper, oldest first.

    Raises: DocumentNotFound.
    """
    versions = await repository.list_versions(uow, document_id)
    if not versions:
        raise DocumentNotFound
    return versions


async def _take_files(uow: UnitOfWork, papers: Sequence[HandIn], actor: Actor) -> dict[UUID, Any]:
    wanted = Counter(paper.upload_id for paper in papers if paper.upload_id is not None)
    if not wanted:
        return {}
    taken = await repository.attach_uploads(uow, list(wanted), user_id=actor.user_id)
    problems = [
        Problem(field="upload_id", message=f"{paper.title}：文件尚未上传完成、已过期或已被使用")
        for paper in papers
        if paper.upload_id is not None and (paper.upload_id not in taken or wanted[paper.upload_id] > 1)
    ]
    if problems:
        raise UploadNotReady(details=problems)
    return {upload_id: repository.stored_file(upload) for upload_id, upload in taken.items()}


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which paper a hand-in became a version of, and which version."""

    document_id: UUID
    ref: str
    n: int


async def _next_versions(uow: UnitOfWork, papers: Sequence[HandIn]) -> list[_Place]:
    """Take the next number of each paper; the row stays locked, so two hand-ins never get the same one."""
    named = [paper for paper in papers if paper.document_id is not None]
    by_id: dict[UUID | None, _Place] = {}
    if named:
        for row in await repository.continue_documents(uow, named):
            by_id[row["id"]] = _Place(document_id=row["id"], ref=row["ref"], n=row["current_version"])
    rows = [_row(paper) for paper in papers if paper.document_id is None]
    keys = [_key(row) for row in rows]
    if len(set(keys)) < len(keys) or len({paper.document_id for paper in named}) < len(named):
        raise PaperMisformed("同一材料不能一次提交两份，如确有多份请选择“另交一份”")
    by_key: dict[tuple[Any, ...], _Place] = {}
    if rows:
        for row in await repository.open_documents(uow, rows):
            by_key[_key(row)] = _Place(document_id=row["id"], ref=row["ref"], n=row["current_version"])
    unnamed = iter(keys)
    places = [by_key[next(unnamed)] if p.document_id is None else by_id.get(p.document_id) for p in papers]
    return [_checked(paper, place) for paper, place in zip(papers, places, strict=True)]


def _checked(paper: HandIn, place: _Place | None) -> _Place:
    if place is None:
        raise DocumentNotFound
    if paper.expected_version is not None and place.n != paper.expected_version + 1:
        raise DocumentMoved
    return place


def _row(paper: HandIn) -> dict[str, Any]:
    document_id = new_id()
    return {
        "id": document_id,
        "project_id": paper.project_id,
        "organisation_id": paper.organisation_id,
        "type": paper.type,
        "ref": paper.ref,
        "slot": str(document_id) if paper.separate else "",
        "title": paper.title,
        "stage": paper.stage,
    }


def _key(row: Any) -> tuple[Any, ...]:
    return (row["project_id"], row["organisation_id"], row["type"], row["ref"], row["slot"])


def _version(paper: HandIn, place: _Place, *, file: Any, actor: Actor, on: date) -> PaperVersion:
    return PaperVersion(
        document_id=place.document_id,
        n=place.n,
        current_version=place.n,
        type=paper.type,
        title=paper.title,
        project_id=paper.project_id,
        organisation_id=paper.organisation_id,
        ref=place.ref,
        stage=paper.stage,
        form=paper.form,
        upload_id=paper.upload_id,
        file=file,
        seals=paper.seals,
        signed_by=paper.signed_by,
        filing_number=paper.filing_number,
        dated_on=paper.dated_on,
        recipients=paper.recipients,
        parts=paper.parts,
        attributes=paper.attributes,
        outside=paper.outside,
        handed_in_by=actor.user_id,
        handed_in_name=actor.name,
        handed_in_for=actor.organisation,
        handed_in_on=on,
        seq=paper.seq,
        recorded_at=datetime.min.replace(tzinfo=UTC),  # the database's own, filled in once the row is there
    )


def _entry(version: PaperVersion, actor: Actor, on: date) -> journal.Entry:
    detail: dict[str, Any] = {
        "document_id": str(version.document_id),
        "version": version.n,
        "type": version.type,
        "title": version.title,
        "form": version.form.value,
        "sealed_by": [seal.organisation for seal in version.seals],
    }
    if version.ref:
        detail["ref"] = version.ref
    if version.filing_number:
        detail["filing_number"] = version.filing_number
    if version.file is not None:
        detail["file"] = {"name": version.file.name, "sha256": version.file.sha256, "size": version.file.size}
    kind = "document:handed_in" if version.n == 1 else "document:replaced"
    return journal.Entry(kind=kind, actor=actor, on=on, subject=f"document:{version.document_id}", detail=detail)
