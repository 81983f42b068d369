"""The same code on an office's own servers: Debian's PostgreSQL 15 and redis-server, where they are installed."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tenants.test_processes import ROOT, lixiang

POSTGRES = Path("/usr/lib/postgresql/15/bin")
REDIS = shutil.which("redis-server")
ROLES = (
    "CREATE ROLE lixiang_owner LOGIN NOSUPERUSER NOBYPASSRLS",
    "CREATE ROLE lixiang_app LOGIN NOSUPERUSER NOBYPASSRLS",
    "CREATE DATABASE lixiang OWNER lixiang_owner",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(REDIS is None or not POSTGRES.is_dir(), reason="postgresql-15 and redis-server not installed"),
]


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing listens on {port}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's account can reach."""
    with tempfile.TemporaryDirectory(prefix="lixiang-own-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def postgres(folder: Path) -> Iterator[int]:
    """Debian's PostgreSQL on loopback with the two roles of the README; as its own account when root runs this."""
    account = pwd.getpwnam("postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    data = folder / "data"
    data.mkdir(mode=0o700)
    os.chown(data, account.pw_uid, account.pw_gid)
    port = free_port()
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    initial = [str(POSTGRES / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(initial, check=True, **silent, **who)  # type: ignore[call-overload]
    command = [POSTGRES / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off"]
    child = subprocess.Popen(command, **silent, **who)  # type: ignore[call-overload]
    try:
        wait_for(port)
        for statement in ROLES:
            ask = ["-X", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-c", statement]
            subprocess.run([str(POSTGRES / "psql"), *ask], check=True)
        yield port
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(30)


@pytest.fixture(scope="module")
def redis(folder: Path) -> Iterator[int]:
    """Debian's redis-server on loopback."""
    port = free_port()
    command = [str(REDIS), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        child.terminate()
        child.wait(30)


@pytest.fixture(scope="module")
def settings(folder: Path, postgres: int, redis: int) -> dict[str, str]:
    """What an office sets."""
    return {
        "DATABASE_URL": f"postgresql://lixiang_app@127.0.0.1:{postgres}/lixiang",
        "OWNER_DATABASE_URL": f"postgresql://lixiang_owner@127.0.0.1:{postgres}/lixiang",
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "STORAGE_URL": (folder / "files").as_uri(),
    }


def test_the_demonstration_runs_on_an_offices_own_servers(folder: Path, settings: dict[str, str]) -> None:
    migrated = lixiang(folder, "migrate", **settings)
    assert migrated.returncode == 0, migrated.stderr
    played = lixiang(folder, "demo", "baiyun", **settings)
    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stdout.count("已办结") == 3
    assert list((folder / "files").rglob("*"))
    assert not (folder / "postgres").exists()
    assert not (folder / "valkey").exists()


def test_a_worker_starts_on_them_and_stops_in_order(folder: Path, settings: dict[str, str]) -> None:
    assert lixiang(folder, "migrate", **settings).returncode == 0
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LIXIANG_")}
    clean |= {"LIXIANG_DATA_DIR": str(folder)} | {f"LIXIANG_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "tenants", "worker"]
    child = subprocess.Popen(command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert child.stdout is not None
    assert b"worker_started" in child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    assert b"worker_stopped" in rest


def test_the_owner_of_the_tables_is_refused_as_the_services_role(folder: Path, settings: dict[str, str]) -> None:
    assert lixiang(folder, "migrate", **settings).returncode == 0
    answer = lixiang(folder, "tenant", "list", **settings | {"DATABASE_URL": settings["OWNER_DATABASE_URL"]})
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
