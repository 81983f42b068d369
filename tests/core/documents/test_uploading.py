"""Taking files in, and what is left of one that was refused or whose taking was killed."""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from core.documents import (
    DEFAULT_LIMITS,
    FileRefused,
    FileStore,
    Limits,
    Swept,
    UploadState,
    find_lost,
    open_store,
    stage_upload,
    sweep,
)
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from tests.core.documents import samples
from tests.core.documents.streams import Killed, broken, portions

LATER = timedelta(hours=73)


class Desk:
    """A tenant, a person and a store, with short words for what the tests do most."""

    def __init__(self, database: Database, store: FileStore, tenant: Tenant, actor: Actor, folder: Path) -> None:
        self.database, self.store, self.tenant, self.actor, self.folder = database, store, tenant, actor, folder
        self.now = datetime.now(UTC)

    async def stage(
        self, data: bytes | AsyncIterator[bytes], name: str = "方案.pdf", limits: Limits = DEFAULT_LIMITS
    ) -> str:
        stream = portions(data) if isinstance(data, bytes) else data
        upload = await stage_upload(
            self.database,
            self.store,
            stream,
            tenant_id=self.tenant.id,
            name=name,
            actor=self.actor,
            now=self.now,
            limits=limits,
        )
        assert upload.state is UploadState.STAGED
        return upload.sha256 or ""

    async def sweep(self, after: timedelta = LATER) -> Swept:
        return await sweep(self.database, self.store, tenant_id=self.tenant.id, now=self.now + after)

    async def states(self) -> list[str]:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            rows = await uow.fetch("SELECT state FROM upload WHERE tenant_id = $1 ORDER BY id", self.tenant.id)
        return [row["state"] for row in rows]

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def desk(database: Database, store: FileStore, tenant: Tenant, actor: Actor, folder: Path) -> Desk:
    return Desk(database, store, tenant, actor, folder)


class KilledStore(FileStore):
    """A store at whose side the process dies: after a verb has done its work, or before it begins."""

    def __init__(self, folder: Path, *, after: str = "", before: str = "") -> None:
        opened = open_store(folder.as_uri())
        super().__init__(opened._store, opened._root)
        self.after, self.before = after, before

    async def put(self, key: str, portions: AsyncIterator[bytes]) -> None:
        await super().put(key, portions)
        if self.after == "put":
            raise Killed

    def open(self, key: str, size: int) -> IO[bytes]:
        if self.before == "open":
            raise Killed
        return super().open(key, size)

    async def delete(self, key: str) -> None:
        await super().delete(key)
        if self.after == "delete":
            raise Killed


async def test_a_file_is_staged_with_its_hash_size_and_kind(desk: Desk) -> None:
    assert await desk.stage(samples.PDF) == hashlib.sha256(samples.PDF).hexdigest()
    async with desk.database.unit_of_work(desk.tenant.id) as uow:
        row = await uow.fetchrow("SELECT * FROM upload WHERE tenant_id = $1", desk.tenant.id)
    assert row is not None
    assert (row["state"], row["size"], row["kind"]) == ("staged", len(samples.PDF), "pdf")
    assert row["object_key"] == f"files/{desk.tenant.id}/{row['id']}"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("方案.pdf", b"", "file_empty"),
        ("方案.pdf", samples.HTML, "file_content_mismatch"),
        ("附件.zip", samples.encrypted(), "archive_encrypted"),
        ("病毒.pdf.exe", samples.EXE, "file_dangerous_extension"),
    ],
)
async def test_nothing_is_left_of_a_refused_file(desk: Desk, name: str, data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        await desk.stage(data, name)
    assert caught.value.code == code
    assert await desk.states() == []
    assert desk.files() == []


async def test_a_file_is_refused_with_its_first_byte_over_the_limit(desk: Desk) -> None:
    size = len(samples.PDF)
    await desk.stage(samples.PDF, limits=Limits(max_bytes=size + 1))
    await desk.stage(samples.PDF, limits=Limits(max_bytes=size))
    with pytest.raises(FileRefused, match="上限"):
        await desk.stage(samples.PDF, limits=Limits(max_bytes=size - 1))
    assert len(desk.files()) == 2


async def test_the_rest_of_an_endless_stream_is_not_read(desk: Desk) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield samples.PDF
        while True:
            read += 65_536
            yield bytes(65_536)

    with pytest.raises(FileRefused):
        await desk.stage(endless(), limits=Limits(max_bytes=1_000_000))
    assert read <= 1_100_000
    assert desk.files() == []


async def test_a_client_that_goes_away_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(ConnectionResetError):
        await desk.stage(broken(samples.PDF, ConnectionResetError("gone")))
    assert await desk.states() == []
    assert desk.files() == []


async def test_no_connection_is_held_while_a_client_is_slow(desk: Desk) -> None:
    idle: list[bool] = []

    async def slow() -> AsyncIterator[bytes]:
        for portion in (samples.PDF, samples.PDF):
            idle.append(desk.database.idle == desk.database.size)
            yield portion

    await desk.stage(slow())
    assert idle == [True, True]


@pytest.mark.parametrize(("after", "before"), [("put", ""), ("", "open")])
async def test_a_kill_after_the_file_was_written_leaves_what_the_sweeper_removes(
    desk: Desk, after: str, before: str
) -> None:
    desk.store = KilledStore(desk.folder, after=after, before=before)
    with pytest.raises(Killed):
        await desk.stage(samples.PDF)
    assert await desk.states() == ["receiving"]
    assert len(desk.files()) == 1
    desk.store = open_store(desk.folder.as_uri())
    assert await desk.sweep() == Swept(expired=1)
    assert await desk.states() == []
    assert desk.files() == []


async def test_a_kill_in_the_stream_leaves_what_the_sweeper_removes(desk: Desk) -> None:
    with pytest.raises(Killed):
        await desk.stage(broken(samples.PDF, Killed()))
    assert await desk.states() == ["receiving"]
    assert await desk.sweep() == Swept(expired=1)
    assert await desk.states() == []


async def test_a_kill_while_a_refused_file_is_removed_leaves_what_the_sweeper_removes(desk: Desk) -> None:
    desk.store = KilledStore(desk.folder, after="delete")
    with pytest.raises(Killed):
        await desk.stage(samples.HTML)
    assert await desk.states() == ["receiving"]
    assert desk.files() == []
    desk.store = open_store(desk.folder.as_uri())
    assert await desk.sweep() == Swept(expired=1)
    assert await desk.states() == []


async def test_a_sweep_killed_midway_is_finished_by_the_next(desk: Desk) -> None:
    for _ in range(3):
        await desk.stage(samples.PDF)
    desk.store = KilledStore(desk.folder, after="delete")
    with pytest.raises(Killed):
        await desk.sweep()
    assert await desk.states() == ["expired"] * 3
    assert len(desk.files()) == 2
    desk.store = open_store(desk.folder.as_uri())
    assert await desk.sweep() == Swept(expired=3)
    assert await desk.sweep() == Swept()
    assert await desk.states() == []
    assert desk.files() == []


async def test_a_staged_file_is_swept_only_once_it_has_expired(desk: Desk) -> None:
    await desk.stage(samples.PDF)
    assert await desk.sweep(timedelta(hours=23)) == Swept()
    assert await desk.sweep(timedelta(hours=24)) == Swept()
    assert await desk.sweep(timedelta(hours=24, seconds=1)) == Swept(expired=1)


async def test_an_object_nobody_knows_is_swept_once_it_is_old(desk: Desk) -> None:
    await desk.store.put(f"files/{desk.tenant.id}/stray", portions(b"x"))
    assert await desk.sweep(timedelta(hours=1)) == Swept()
    assert await desk.sweep() == Swept(strays=1)
    assert desk.files() == []
    assert await find_lost(desk.database, desk.store, tenant_id=desk.tenant.id) == ()


async def test_a_sweep_leaves_other_tenants_files_alone(desk: Desk, other_tenant: Tenant) -> None:
    await desk.stage(samples.PDF)
    swept = await sweep(desk.database, desk.store, tenant_id=other_tenant.id, now=desk.now + LATER)
    assert swept == Swept()
    assert await desk.states() == ["staged"]


async def test_a_file_of_200_megabytes_is_not_held_in_memory(desk: Desk) -> None:
    before = _resident()
    most = before

    async def large() -> AsyncIterator[bytes]:
        nonlocal most
        yield samples.PDF
        for _ in range(200):
            most = max(most, _resident())
            yield bytes(1024 * 1024)

    await desk.stage(large())
    most = max(most, _resident())
    assert desk.files()[0].stat().st_size == 200 * 1024 * 1024 + len(samples.PDF)
    assert most - before < 100 * 1024 * 1024


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
