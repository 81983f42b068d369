"""The same store on a service that speaks S3: a server process of its own on loopback, spoken to over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from core.documents import (
    FileMissing,
    FileStore,
    HandIn,
    StorageUnavailable,
    find_file,
    hand_in,
    open_file,
    open_store,
    stage_upload,
    sweep,
)
from core.documents.uploading import KEEP_STAGED
from core.kernel.clock import SystemClock
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from tests.core.documents.streams import broken, portions

BUCKET = "papers"
_PART = 5 * 1024 * 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a running S3 service with one bucket."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(f"{address}/moto-api/")
            assert httpx.put(f"{address}/{BUCKET}").status_code == 200
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def _await(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            httpx.get(address, timeout=1)
        except httpx.TransportError:
            assert time.monotonic() < until, "the S3 service does not answer"
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def s3(service: str, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """The store as docs/running.md says to set it up."""
    for name, value in {
        "AWS_ENDPOINT_URL": service,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return open_store(f"s3://{BUCKET}/lixiang")


@pytest.fixture
def away(s3: FileStore, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A store whose service does not answer."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{_free_port()}")
    return open_store(f"s3://{BUCKET}/lixiang", patience=timedelta(seconds=1))


@pytest.mark.parametrize("size", [1, _PART - 1, _PART, _PART + 1, 2 * _PART + 12_345])
async def test_what_was_put_in_one_part_or_several_is_read_back(s3: FileStore, size: int) -> None:
    data = os.urandom(size)
    key = f"files/sizes/{size}"
    await s3.put(key, portions(data))
    assert b"".join([portion async for portion in await s3.read(key)]) == data
    assert await s3.size(key) == size
    with s3.open(key, size) as file:
        file.seek(-1, os.SEEK_END)
        assert file.read() == data[-1:]


async def test_objects_lie_under_the_folder_of_the_address(s3: FileStore, service: str) -> None:
    await s3.put("files/where/a", portions(b"x"))
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{service}/{BUCKET}/lixiang/files/where/a")).content == b"x"


async def test_a_stream_that_fails_leaves_no_object_and_says_its_own_error(s3: FileStore) -> None:
    with pytest.raises(ConnectionAbortedError):
        await s3.put("files/broken/a", broken(bytes(_PART + 1), ConnectionAbortedError("gone")))
    assert await s3.size("files/broken/a") is None


async def test_deleting_twice_is_deleting_once(s3: FileStore) -> None:
    await s3.put("files/deleted/a", portions(b"x"))
    await s3.delete("files/deleted/a")
    await s3.delete("files/deleted/a")
    assert await s3.size("files/deleted/a") is None
    with pytest.raises(FileMissing):
        await s3.read("files/deleted/a")


async def test_a_folder_is_listed_whole_and_without_its_neighbours(s3: FileStore) -> None:
    for key in ("files/listed/1", "files/listed/2", "files/listed/3", "files/listed2/4"):
        await s3.put(key, portions(b"x"))
    keys = {found.key async for portion in s3.list("files/listed", at_a_time=2) for found in portion}
    assert keys == {"files/listed/1", "files/listed/2", "files/listed/3"}


async def test_a_paper_goes_in_is_handed_in_and_comes_out(
    s3: FileStore, database: Database, tenant: Tenant, actor: Actor, unit_id: UUID
) -> None:
    now = SystemClock().now()
    staged = await stage_upload(
        database, s3, portions("甲".encode() * 10_000), tenant_id=tenant.id, name="说明.txt", actor=actor, now=now
    )
    async with database.unit_of_work(tenant.id) as uow:
        paper = HandIn(type="memo", title="说明", organisation_id=unit_id, upload_id=staged.id)
        version = await hand_in(uow, paper=paper, actor=actor, on=now.date())
        found = await find_file(uow, document_id=version.document_id)
    assert found.file is not None
    opened = await open_file(s3, found.file)
    assert opened.body is not None
    assert b"".join([portion async for portion in opened.body]).decode() == "甲" * 10_000


async def test_what_nobody_hands_in_is_swept(s3: FileStore, database: Database, tenant: Tenant, actor: Actor) -> None:
    now = SystemClock().now()
    staged = await stage_upload(
        database, s3, portions(b"text"), tenant_id=tenant.id, name="a.txt", actor=actor, now=now
    )
    assert await s3.size(staged.object_key) == 4
    for _ in range(2):
        await sweep(database, s3, tenant_id=tenant.id, now=now + KEEP_STAGED * 3)
    assert await s3.size(staged.object_key) is None


async def _nothing() -> AsyncIterator[bytes]:
    yield b"x"


async def test_a_service_that_is_away_is_said_to_be_unavailable(away: FileStore) -> None:
    for asked in (away.size("files/a"), away.read("files/a"), away.put("files/a", _nothing())):
        with pytest.raises(StorageUnavailable):
            await asked
