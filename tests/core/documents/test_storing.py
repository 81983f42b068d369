"""The store on disk: whole objects or none, on the disk before it says so, and never outside its folder."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.documents import FileMissing, FileStore, open_store
from core.kernel.errors import Invalid
from tests.core.documents.streams import broken, portions

_WRITER = """
import asyncio, sys
from core.documents import open_store

async def endless():
    while True:
        yield bytes(1_000_000)
        print("x", flush=True)
        await asyncio.sleep(0.01)

asyncio.run(open_store(sys.argv[1]).put("files/t/u", endless()))
"""


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_what_was_put_is_read_back(store: FileStore) -> None:
    data = os.urandom(300_000)
    await store.put("files/a/b", portions(data))
    assert b"".join([portion async for portion in await store.read("files/a/b")]) == data
    assert await store.size("files/a/b") == len(data)
    with store.open("files/a/b", len(data)) as file:
        file.seek(-10, os.SEEK_END)
        assert file.read() == data[-10:]
        file.seek(70_000)
        assert file.read(5) == data[70_000:70_005]


async def test_file_and_folders_are_synced_before_put_answers(
    store: FileStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    real = os.fsync

    def recorded(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", recorded)
    await store.put("files/a/b", portions(b"x"))
    assert synced == [folder / "files/a/b", folder / "files/a", folder / "files", folder]


async def test_a_stream_that_fails_leaves_nothing_and_says_its_own_error(store: FileStore, folder: Path) -> None:
    with pytest.raises(ConnectionAbortedError):
        await store.put("files/a/b", broken(bytes(6_000_000), ConnectionAbortedError("gone")))
    assert await store.size("files/a/b") is None
    assert files_in(folder) == []


async def test_a_writer_killed_midway_leaves_a_fragment_that_is_cleared(store: FileStore, folder: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, folder.as_uri(), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    for _ in range(15):
        await writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    await writer.wait()
    assert await store.size("files/t/u") is None
    assert files_in(folder) != []
    soon = datetime.now(UTC) + timedelta(minutes=1)
    assert await store.remove_fragments("files/t", soon - timedelta(hours=1)) == 0
    assert await store.remove_fragments("files/t", soon) == 1
    assert files_in(folder) == []


async def test_deleting_twice_is_deleting_once(store: FileStore) -> None:
    await store.put("files/a/b", portions(b"x"))
    await store.delete("files/a/b")
    await store.delete("files/a/b")
    assert await store.size("files/a/b") is None
    with pytest.raises(FileMissing):
        await store.read("files/a/b")


async def test_a_folder_is_listed_in_portions_and_without_its_neighbours(store: FileStore) -> None:
    for key in ("files/a/1", "files/a/2", "files/a/3", "files/ab/4"):
        await store.put(key, portions(b"x"))
    listed = [[found.key for found in portion] async for portion in store.list("files/a", at_a_time=2)]
    assert [len(portion) for portion in listed] == [2, 1]
    assert {key for portion in listed for key in portion} == {"files/a/1", "files/a/2", "files/a/3"}


@pytest.mark.parametrize("url", ["http://host/x", "/var/files", "s3://", "memory:///"])
def test_an_address_that_is_no_store_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match="file:///目录"):
        open_store(url)
