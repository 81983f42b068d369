"""Servers for a machine that has none: PostgreSQL and Valkey out of wheels, data under `.lixiang/`.

The first process over a folder owns its servers and stops them; others that come meanwhile are its guests and
use the same servers, so that `lixiang tenant list` works beside `lixiang run`, and test workers share one server.
Ownership is a lock that the kernel releases, so a crash leaves nothing to clear up by hand.
"""

import fcntl
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from core.kernel.startup import CannotStart
from tenants.embedded import children, placing, postgres, valkey

__all__ = ["EmbeddedServers"]

LONGEST_SOCKET_FOLDER = 85  # a socket's path must fit 108 bytes, its name included


class EmbeddedServers:
    """The embedded servers over one folder, between entering and leaving.

    Synchronous on purpose: the kernel ties the servers' lives to the thread that starts them, so it must be the
    main thread. An owner waits for its guests before stopping; a guest stops nothing.
    """

    def __init__(
        self,
        root: Path,
        *,
        with_postgres: bool = True,
        with_valkey: bool = True,
        postgres_settings: Mapping[str, str] | None = None,
        wait_for_guests: float = 5,
    ) -> None:
        self.root = root.absolute()
        self._wanted = (with_postgres, with_valkey)
        self._postgres_settings = postgres_settings or {}
        self._wait_for_guests = wait_for_guests
        self._owner_lock: IO[bytes] | None = None
        self._guest_lock: IO[bytes] | None = None
        self._servers: list[postgres.Postgres | valkey.Valkey] = []
        self.run_dir = self.root / "run"

    @property
    def is_owner(self) -> bool:
        """Whether this process started the servers and will stop them."""
        return self._owner_lock is not None

    @property
    def database_url(self) -> str:
        """The database, as the application's role: owns nothing, cannot bypass row policies."""
        return postgres.url(postgres.APP, self.run_dir)

    @property
    def owner_url(self) -> str:
        """The database, as the role that migrates; it may also create databases (tests do)."""
        return postgres.url(postgres.OWNER, self.run_dir)

    @property
    def admin_url(self) -> str:
        """The maintenance database, as superuser: for tests of the wall and for repairs."""
        return postgres.url(postgres.ADMIN, self.run_dir, "postgres")

    @property
    def redis_url(self) -> str:
        """The queue."""
        return valkey.url(self.run_dir)

    @property
    def storage_url(self) -> str:
        """The folder of files."""
        return (self.root / "files").as_uri()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start the servers, or join those that another process has started here."""
        self._prepare_folders()
        self._guest_lock = _lock(self.root / "guests.lock", fcntl.LOCK_SH)
        if not children.wait_until(lambda: self._became_owner() or self._can_join(), 90):
            self.stop()
            raise CannotStart(
                f"另一进程正占用 {self.root}，但服务未就绪。 Another process holds {self.root} but its servers"
                " are not ready; stop it or set LIXIANG_DATA_DIR to another folder."
            )
        if self._owner_lock is None:
            return
        try:
            self._start_servers()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leave; as owner, stop queue and database in this order."""
        if self._guest_lock is not None:
            self._guest_lock.close()
            self._guest_lock = None
        if self._owner_lock is None:
            return
        children.wait_until(self._guests_have_left, self._wait_for_guests)
        (self.root / "ready").unlink(missing_ok=True)
        while self._servers:
            self._servers.pop().stop()
        if self.run_dir.parent != self.root and self.run_dir.is_dir():
            self.run_dir.rmdir()
        self._owner_lock.close()
        self._owner_lock = None

    def failed(self) -> str | None:
        """The name of a server of ours that has died, if one has."""
        return next((type(server).__name__ for server in self._servers if not server.is_running()), None)

    def _start_servers(self) -> None:
        (self.root / "ready").unlink(missing_ok=True)
        self.run_dir = self._prepare_run_dir()
        with_postgres, with_valkey = self._wanted
        if with_postgres:
            self._servers.append(postgres.Postgres(self.root, self.run_dir, self._postgres_settings))
        if with_valkey:
            self._servers.append(valkey.Valkey(self.root, self.run_dir))
        for server in self._servers:
            server.start()
        (self.root / "ready").write_text(str(self.run_dir), encoding="utf-8")

    def _prepare_folders(self) -> None:
        try:
            for folder in (self.root, self.root / "logs", self.root / "files"):
                folder.mkdir(parents=True, exist_ok=True)
            ours = os.geteuid() in {0, self.root.stat().st_uid}
        except PermissionError:
            ours = False
        if not ours:
            raise CannotStart(
                f"{self.root} 属于其他用户。 {self.root} belongs to another user; remove it or set LIXIANG_DATA_DIR."
            )

    def _became_owner(self) -> bool:
        self._owner_lock = _lock(self.root / "owner.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        return self._owner_lock is not None

    def _can_join(self) -> bool:
        """Whether the servers of the owner are up; then their sockets lie where it says."""
        try:
            self.run_dir = Path((self.root / "ready").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return False
        return self.run_dir.is_absolute()

    def _prepare_run_dir(self) -> Path:
        """The private folder of the sockets; a short one elsewhere if this path is too long for a socket."""
        account = placing.server_account()
        folder = self.root / "run"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or not placing.may_use(folder):
            folder = Path(tempfile.mkdtemp(prefix="lixiang-"))
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        return folder

    def _guests_have_left(self) -> bool:
        lock = _lock(self.root / "guests.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        if lock is None:
            return False
        lock.close()
        return True


def _lock(path: Path, how: int) -> IO[bytes] | None:
    file = path.open("ab")
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        file.close()
        return None
    return file
