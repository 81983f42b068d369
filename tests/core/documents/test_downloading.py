"""Giving files out: whole, under a harmless header, and known to the journal where that is asked for."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from core import journal
from core.documents import (
    DocumentNotFound,
    FileMissing,
    FileStore,
    HandIn,
    PaperVersion,
    find_file,
    find_lost,
    hand_in,
    open_file,
    record_download,
    stage_upload,
)
from core.documents.downloading import disposition
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from tests.core.documents import samples
from tests.core.documents.streams import portions
from tests.factories import A_DAY


@pytest.fixture
async def version(database: Database, store: FileStore, tenant: Tenant, actor: Actor, project_id: UUID) -> PaperVersion:
    upload = await stage_upload(
        database,
        store,
        portions(samples.PDF),
        tenant_id=tenant.id,
        name="合同 “甲”.pdf",
        actor=actor,
        now=datetime.now(UTC),
    )
    paper = HandIn(type="contract", title="合同", project_id=project_id, upload_id=upload.id)
    async with database.unit_of_work(tenant.id) as uow:
        return await hand_in(uow, paper=paper, actor=actor, on=A_DAY)


async def test_a_file_is_given_out_as_it_came_in(
    database: Database, store: FileStore, tenant: Tenant, actor: Actor, version: PaperVersion
) -> None:
    async with database.unit_of_work(tenant.id) as uow:
        found = await find_file(uow, document_id=version.document_id)
        await record_download(uow, found, actor=actor, on=A_DAY)
        entries = await journal.timeline(uow, project_id=version.project_id)
    assert "document:downloaded" in {entry.kind for entry in entries}
    assert found.file is not None
    download = await open_file(store, found.file)
    assert download.body is not None
    assert b"".join([portion async for portion in download.body]) == samples.PDF
    assert download.headers["ETag"] == f'"{hashlib.sha256(samples.PDF).hexdigest()}"'
    assert download.headers["Content-Length"] == str(len(samples.PDF))
    assert download.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "is_known"), [("{}", True), ("W/{}", True), ('"x", {}', True), ("*", True), ('"x"', False)]
)
async def test_a_reader_who_has_the_file_is_not_sent_it_again(
    store: FileStore, version: PaperVersion, sent: str, is_known: bool
) -> None:
    assert version.file is not None
    download = await open_file(store, version.file, if_none_match=sent.replace("{}", f'"{version.file.sha256}"'))
    assert download.is_known is is_known


async def test_a_paper_of_another_project_or_without_a_file_is_not_found(
    database: Database, tenant: Tenant, actor: Actor, version: PaperVersion
) -> None:
    record = HandIn(type="minutes", title="纪要", project_id=version.project_id)
    async with database.unit_of_work(tenant.id) as uow:
        bare = await hand_in(uow, paper=record, actor=actor, on=A_DAY)
        assert await find_file(uow, document_id=version.document_id, project_id=version.project_id) == version
        for wrong in ({"project_id": new_id()}, {"n": 2}, {"document_id": bare.document_id}):
            with pytest.raises(DocumentNotFound):
                await find_file(uow, **{"document_id": version.document_id, **wrong})  # type: ignore[arg-type]


async def test_a_file_that_the_store_has_lost_or_changed_is_not_given_out(
    database: Database, store: FileStore, folder: Path, tenant: Tenant, version: PaperVersion
) -> None:
    assert version.file is not None
    path = folder / version.file.object_key
    for damage in (path.write_bytes, lambda _: path.unlink()):
        damage(b"short")
        with pytest.raises(FileMissing):
            await open_file(store, version.file)
        (lost,) = await find_lost(database, store, tenant_id=tenant.id)
        assert lost.object_key == version.file.object_key


def test_a_name_in_a_header_cannot_end_it_early() -> None:
    assert disposition('a"b\\c;d.pdf') == "attachment; filename=\"a_b_c_d.pdf\"; filename*=UTF-8''a%22b%5Cc%3Bd.pdf"
    assert disposition("方案.pdf") == "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%96%B9%E6%A1%88.pdf"
    assert disposition("a\r\nX: y.pdf").isascii()
    assert "\r" not in disposition("a\r\nX: y.pdf")
