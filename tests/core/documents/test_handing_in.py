"""Papers: versions that never change, files that are taken once, and what the journal says of both."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core import journal
from core.documents import (
    DocumentMoved,
    DocumentNotFound,
    FileStore,
    Form,
    HandIn,
    PaperMisformed,
    PaperVersion,
    Seal,
    UploadNotReady,
    attach,
    find_lost,
    hand_in,
    papers_of,
    papers_of_unit,
    stage_upload,
    sweep,
    versions_of,
)
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from tests.core.documents import samples
from tests.core.documents.streams import Killed, portions
from tests.factories import A_DAY, make_actor


class Desk:
    """A project to hand papers in for."""

    def __init__(self, database: Database, store: FileStore, actor: Actor, project_id: UUID) -> None:
        self.database, self.store, self.actor, self.project_id = database, store, actor, project_id
        self.now = datetime.now(UTC)

    async def upload(self, data: bytes = samples.PDF) -> UUID:
        tenant_id = self.actor.tenant_id
        upload = await stage_upload(
            self.database,
            self.store,
            portions(data),
            tenant_id=tenant_id,
            name="方案.pdf",
            actor=self.actor,
            now=self.now,
        )
        return upload.id

    def paper(self, **values: Any) -> HandIn:
        owner = {} if "organisation_id" in values else {"project_id": self.project_id}
        return HandIn(**{"type": "scheme", "title": "建设方案", **owner, **values})

    async def hand_in(self, paper: HandIn, actor: Actor | None = None) -> PaperVersion:
        async with self.database.unit_of_work(self.actor.tenant_id) as uow:
            return await hand_in(uow, paper=paper, actor=actor or self.actor, on=A_DAY)

    async def papers(self, **values: Any) -> tuple[PaperVersion, ...]:
        async with self.database.unit_of_work(self.actor.tenant_id, read_only=True) as uow:
            return await papers_of(uow, self.project_id, **values)


@pytest.fixture
def desk(database: Database, store: FileStore, actor: Actor, project_id: UUID) -> Desk:
    return Desk(database, store, actor, project_id)


async def test_a_paper_is_kept_as_it_was_handed_in(desk: Desk) -> None:
    upload_id = await desk.upload()
    seals = (Seal(organisation="卫健局", on=A_DAY), Seal(organisation="数据局"))
    given = desk.paper(
        upload_id=upload_id,
        seals=seals,
        signed_by=("李局长",),
        filing_number="白卫〔2025〕3号",
        dated_on=A_DAY,
        parts=("概算", "清单"),
        attributes={"years": 3},
        recipients=("数据局",),
        stage="application",
        seq=2,
    )
    kept = await desk.hand_in(given)
    (read,) = await desk.papers()
    assert read == kept
    assert (read.n, read.replaced_by, read.form, read.seals) == (1, None, Form.FILE, seals)
    assert read.file is not None
    assert (read.file.size, read.file.kind) == (len(samples.PDF), "pdf")
    paper = read.as_paper()
    assert (paper.sealed, paper.sealed_by, paper.parts) == (True, ("卫健局", "数据局"), ("概算", "清单"))
    assert (paper.version, paper.on, paper.document_id) == (1, A_DAY, str(read.document_id))


async def test_the_next_version_replaces_the_last_and_both_are_kept(desk: Desk) -> None:
    first = await desk.hand_in(desk.paper(upload_id=await desk.upload()))
    second = await desk.hand_in(desk.paper(upload_id=await desk.upload(), title="建设方案（修改稿）"))
    assert (second.document_id, second.n) == (first.document_id, 2)
    assert [version.n for version in await desk.papers()] == [2]
    assert [(v.n, v.replaced_by) for v in await desk.papers(all_versions=True)] == [(1, 2), (2, None)]
    async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
        assert [version.n for version in await versions_of(uow, first.document_id)] == [1, 2]
        entries = await journal.timeline(uow, project_id=desk.project_id)
    assert sorted(entry.kind for entry in entries) == ["document:handed_in", "document:replaced"]


async def test_a_version_cannot_be_changed_or_removed(desk: Desk) -> None:
    await desk.hand_in(desk.paper())
    for sql in (
        "UPDATE document_version SET filing_number = 'x'",
        "DELETE FROM document_version",
        "DELETE FROM document",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
                await uow.execute(sql)


async def test_several_quotations_are_papers_of_their_own(desk: Desk) -> None:
    quotes = [await desk.hand_in(desk.paper(type="quotation", title="报价单", separate=True)) for _ in range(3)]
    assert len({quote.document_id for quote in quotes}) == 3
    better = await desk.hand_in(desk.paper(type="quotation", title="报价单", document_id=quotes[1].document_id))
    assert (better.document_id, better.n) == (quotes[1].document_id, 2)
    assert len(await desk.papers(types=["quotation"])) == 3
    assert await desk.papers(types=["scheme"]) == ()


async def test_papers_of_two_contracts_do_not_replace_each_other(desk: Desk) -> None:
    main = await desk.hand_in(desk.paper(type="contract", ref="main"))
    testing = await desk.hand_in(desk.paper(type="contract", ref="testing"))
    assert main.document_id != testing.document_id
    assert testing.ref == "testing"


async def test_a_units_paper_belongs_to_no_project(desk: Desk, unit_id: UUID) -> None:
    await desk.hand_in(desk.paper(type="annual_plan", organisation_id=unit_id))
    again = await desk.hand_in(desk.paper(type="annual_plan", organisation_id=unit_id))
    assert again.n == 2
    async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
        assert [paper.n for paper in await papers_of_unit(uow, unit_id)] == [2]
    assert await desk.papers() == ()


async def test_a_classified_paper_leaves_only_its_number(desk: Desk) -> None:
    kept = await desk.hand_in(desk.paper(classified=True, filing_number="密〔2025〕1号"))
    assert (kept.form, kept.file) == (Form.REFERENCE, None)
    wrong = desk.paper(classified=True, upload_id=await desk.upload(), attributes={"text": "…"})
    with pytest.raises(PaperMisformed) as caught:
        await desk.hand_in(wrong)
    assert {problem.field for problem in caught.value.details} == {"upload_id", "filing_number", "attributes"}


async def test_a_record_stands_for_a_paper_without_a_file(desk: Desk) -> None:
    kept = await desk.hand_in(desk.paper(attributes={"met_on": "2025-03-11"}))
    assert (kept.form, kept.attributes) == (Form.RECORD, {"met_on": "2025-03-11"})


async def test_a_paper_belongs_to_a_project_or_a_unit_and_not_to_both(desk: Desk, unit_id: UUID) -> None:
    for paper in (desk.paper(project_id=None), desk.paper(organisation_id=unit_id, project_id=desk.project_id)):
        with pytest.raises(PaperMisformed, match="归属"):
            await desk.hand_in(paper)


async def test_a_file_is_taken_once_and_only_by_who_sent_it(desk: Desk, tenant: Tenant) -> None:
    upload_id = await desk.upload()
    with pytest.raises(UploadNotReady):
        await desk.hand_in(desk.paper(upload_id=upload_id), actor=make_actor(tenant))
    await desk.hand_in(desk.paper(upload_id=upload_id))
    for used in (upload_id, new_id()):
        with pytest.raises(UploadNotReady, match="建设方案"):
            await desk.hand_in(desk.paper(upload_id=used))
    assert len(await desk.papers(all_versions=True)) == 1


async def test_of_twenty_people_who_hand_in_one_file_at_once_one_succeeds(desk: Desk) -> None:
    upload_id = await desk.upload()
    answers = await asyncio.gather(
        *(desk.hand_in(desk.paper(upload_id=upload_id)) for _ in range(20)), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(PaperVersion) == 1
    assert [type(answer) for answer in answers].count(UploadNotReady) == 19


async def test_papers_handed_in_at_the_same_time_get_numbers_of_their_own(desk: Desk) -> None:
    versions = await asyncio.gather(*(desk.hand_in(desk.paper()) for _ in range(10)))
    assert sorted(version.n for version in versions) == list(range(1, 11))


async def test_a_version_that_others_have_overtaken_is_refused(desk: Desk) -> None:
    await desk.hand_in(desk.paper(expected_version=0))
    await desk.hand_in(desk.paper(expected_version=1))
    for stale in (0, 1, 3):
        with pytest.raises(DocumentMoved):
            await desk.hand_in(desk.paper(expected_version=stale))


async def test_a_paper_of_another_type_or_project_cannot_be_continued(desk: Desk, unit_id: UUID) -> None:
    kept = await desk.hand_in(desk.paper())
    for wrong in ({"type": "contract"}, {"organisation_id": unit_id}, {"document_id": new_id()}):
        with pytest.raises(DocumentNotFound):
            await desk.hand_in(desk.paper(**{"document_id": kept.document_id, **wrong}))


async def test_many_papers_of_one_act_take_four_round_trips(desk: Desk) -> None:
    kept = await desk.hand_in(desk.paper(type="opinion"))
    papers = [desk.paper(type=f"part_{number}", upload_id=await desk.upload()) for number in range(5)]
    papers.insert(2, desk.paper(type="opinion", document_id=kept.document_id))
    async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
        begun = uow.round_trips
        attached = await attach(uow, papers, actor=desk.actor, on=A_DAY)
        assert uow.round_trips - begun == 4
    assert [version.type for version in attached.versions] == [paper.type for paper in papers]
    assert [entry.kind for entry in attached.entries].count("document:replaced") == 1
    assert len(await desk.papers()) == 6


async def test_one_paper_twice_in_one_act_is_refused(desk: Desk) -> None:
    async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
        with pytest.raises(PaperMisformed, match="另交一份"):
            await attach(uow, [desk.paper(), desk.paper()], actor=desk.actor, on=A_DAY)


async def test_a_kill_before_the_commit_leaves_the_file_to_be_handed_in_again(desk: Desk) -> None:
    upload_id = await desk.upload()
    with pytest.raises(Killed):
        async with desk.database.unit_of_work(desk.actor.tenant_id) as uow:
            await hand_in(uow, paper=desk.paper(upload_id=upload_id), actor=desk.actor, on=A_DAY)
            raise Killed
    assert await desk.papers() == ()
    await desk.hand_in(desk.paper(upload_id=upload_id))
    assert len(await desk.papers()) == 1


async def test_a_sweep_never_takes_a_file_that_was_handed_in(desk: Desk) -> None:
    await desk.hand_in(desk.paper(upload_id=await desk.upload()))
    waiting = await desk.upload()
    tenant_id = desk.actor.tenant_id
    swept = await sweep(desk.database, desk.store, tenant_id=tenant_id, now=desk.now + timedelta(days=400))
    assert (swept.expired, swept.strays) == (1, 0)
    assert await find_lost(desk.database, desk.store, tenant_id=tenant_id) == ()
    with pytest.raises(UploadNotReady):
        await desk.hand_in(desk.paper(upload_id=waiting))


async def test_a_sweep_and_a_hand_in_at_the_same_moment_agree(desk: Desk) -> None:
    tenant_id = desk.actor.tenant_id
    later = desk.now + timedelta(days=3)
    for _ in range(5):
        upload_id = await desk.upload()
        handed, _ = await asyncio.gather(
            desk.hand_in(desk.paper(upload_id=upload_id)),
            sweep(desk.database, desk.store, tenant_id=tenant_id, now=later),
            return_exceptions=True,
        )
        assert isinstance(handed, PaperVersion | UploadNotReady)
        assert await find_lost(desk.database, desk.store, tenant_id=tenant_id) == ()


async def test_another_tenants_file_and_paper_are_not_there(desk: Desk, other_tenant: Tenant) -> None:
    kept = await desk.hand_in(desk.paper(upload_id=await desk.upload()))
    async with desk.database.unit_of_work(other_tenant.id) as uow:
        with pytest.raises(DocumentNotFound):
            await versions_of(uow, kept.document_id)
        assert await papers_of(uow, desk.project_id) == ()
