"""One installation that may be hurt: its own PostgreSQL, Valkey, web and worker, each killed and started by number.

PostgreSQL waits for the disk here, as it does for real people. Whoever uses a town plays the part of the supervisor
(systemd) too: `revive` starts whatever has ended.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

import httpx

from core.kernel.settings import Settings
from tenants.embedded import children, placing, postgres, valkey
from tenants.processes import environment
from tests.tenants.test_own_servers import free_port

READY_SECONDS = 5.0
DAY = "2025-09-02"


class NotReadyError(Exception):
    """Something that should have come back by itself has not."""


def wait(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for something to come true. Raises: NotReadyError."""
    if not children.wait_until(condition, seconds):
        raise NotReadyError(what)


def descendants(pid: int) -> list[int]:
    """A process and everything it started, the oldest first."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found.extend(parents.get(one, ()))
    return found


def signal_tree(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process and everything it started."""
    for one in descendants(pid):
        with suppress(ProcessLookupError):
            os.kill(one, number)


class Town:
    """The servers and processes of one installation over one folder."""

    def __init__(self, root: Path, *, database: Mapping[str, str] | None = None) -> None:
        self.root = root
        self.run_dir = root / "run"
        self.port = free_port()
        self._database = {"fsync": "on", "max_connections": "60", **(database or {})}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._wanted: set[str] = set()

    def __enter__(self) -> Self:
        for folder in (self.root, self.root / "logs", self.root / "files", self.run_dir):
            folder.mkdir(parents=True, exist_ok=True)
        self.run_dir.chmod(0o700)
        account = placing.server_account()
        if account is not None:
            os.chown(self.run_dir, account.uid, account.gid)
        self.postgres = postgres.Postgres(self.root, self.run_dir, self._database)
        self.valkey = valkey.Valkey(self.root, self.run_dir)
        self.postgres.start()
        self.valkey.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._wanted.clear()
        for process in self._processes.values():
            signal_tree(process.pid, signal.SIGCONT)
            children.stop(process, signal.SIGTERM, patience=15)
        self.valkey.stop()
        self.postgres.stop()

    @property
    def settings(self) -> Settings:
        """What the processes of this town are told."""
        return Settings(
            environment="test",
            clock=DAY,
            data_dir=str(self.root),
            port=self.port,
            database_url=postgres.url(postgres.APP, self.run_dir),
            owner_database_url=postgres.url(postgres.OWNER, self.run_dir),
            redis_url=valkey.url(self.run_dir),
            storage_url=(self.root / "files").as_uri(),
        )

    @property
    def admin_url(self) -> str:
        """The database as superuser."""
        return postgres.url(postgres.ADMIN, self.run_dir)

    @property
    def address(self) -> str:
        """Where web listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        """Start processes: `serve`, or `worker` with whatever follows a hyphen to tell several apart."""
        for name in names:
            self._wanted.add(name)
            extra = {
                **environment(self.settings),
                "LIXIANG_ENVIRONMENT": "test",
                "LIXIANG_CLOCK": DAY,
                "LIXIANG_PORT": str(self.port),
                "LIXIANG_DATA_DIR": str(self.root),
                "LIXIANG_LOG_LEVEL": "warning",
            }
            with (self.root / "logs" / f"{name}.log").open("ab") as log:
                command = [sys.executable, "-m", "tenants", name.partition("-")[0]]
                self._processes[name] = children.start(
                    command, stop_signal=signal.SIGTERM, log=log, env=os.environ | extra
                )
        if "serve" in names:
            wait(self.is_ready, 30, "web did not start")

    def stop(self, name: str) -> None:
        """Stop a process in order, and leave it stopped."""
        self._wanted.discard(name)
        children.stop(self._processes[name], signal.SIGTERM, patience=15)

    def stop_all(self, kind: str) -> None:
        """Stop every process of a kind, and leave them stopped."""
        for name in sorted(self._wanted):
            if name.partition("-")[0] == kind:
                self.stop(name)

    def kill(self, name: str) -> None:
        """End a process and its own processes at once, wherever they are."""
        signal_tree(self._processes[name].pid, signal.SIGKILL)
        self._processes[name].wait()

    def revive(self) -> None:
        """Start again whatever has ended, as a supervisor does."""
        for name in sorted(self._wanted):
            if self._processes[name].poll() is not None:
                self.start(name)

    def server_pid(self, which: str) -> int:
        """The number of PostgreSQL's or Valkey's first process."""
        if which == "valkey":
            return int((self.root / "valkey.pid").read_text())
        pid_file = (self.root / "postgres").resolve() / "postmaster.pid"
        return int(pid_file.read_text().splitlines()[0])

    def kill_server(self, which: str) -> None:
        """End a server and all its processes at once."""
        pid = self.server_pid(which)
        signal_tree(pid, signal.SIGKILL)
        wait(lambda: not children.is_alive(pid), 5, f"{which} did not die")

    def start_server(self, which: str) -> None:
        """Start a server that was killed."""
        server = self.postgres if which == "postgres" else self.valkey
        server.stop()  # it has ended; this takes note of it
        server.start()

    def is_ready(self) -> bool:
        """Whether web says that it can serve."""
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def await_recovery(self) -> float:
        """Revive, and wait until web serves again by itself; the answer is how many seconds that took.

        Raises: NotReadyError.
        """
        begun = time.monotonic()
        self.revive()
        wait(self.is_ready, READY_SECONDS, f"not ready {READY_SECONDS} s after the fault")
        return time.monotonic() - begun


@contextmanager
def town(*, database: Mapping[str, str] | None = None) -> Iterator[Town]:
    """A town in a folder of its own, with nobody in it yet; `inhabit` opens its tenant."""
    folder = Path(mkdtemp(prefix="lixiang-faults-"))
    folder.chmod(0o755)
    try:
        with Town(folder, database=database) as found:
            yield found
    finally:
        shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
