"""The processes of an installation: pages and API, worker, and `run`, which starts and watches all of them."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import asyncpg
from granian import Granian
from granian.constants import Interfaces, Loops
from rich.console import Console

from core import worker
from core.kernel.settings import Settings
from core.kernel.startup import CannotStart
from core.migrations.runner import migrate
from tenants import assembly
from tenants.demo.world import load_once
from tenants.embedded import EmbeddedServers, children

_STOP = signal.SIGTERM
_WEB_PATIENCE = 60.0
_out = Console(highlight=False, soft_wrap=True)


def serve(settings: Settings) -> None:
    """Serve pages and API until told to stop. The settings travel to granian's own processes by environment."""
    os.environ.update(environment(settings))
    Granian(
        "tenants.bootstrap:app_factory",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.host,
        port=settings.port,
        workers=settings.web_workers,
        loop=Loops.uvloop,
        url_path_prefix=settings.path_prefix or None,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
    ).serve()


def work(settings: Settings) -> None:
    """Do the jobs of the outbox and the clock until told to stop."""
    worker.run(settings=settings, services=lambda: assembly.services(settings))


def run(settings: Settings) -> int:
    """Start what this installation needs, watch it, and stop it in order; the answer is the exit status."""
    with _first_signal_interrupts():
        try:
            with assembly.embedded(settings) as (complete, servers):
                _refuse_second_run(complete, servers)
                accounts = asyncio.run(prepare(complete))
                return _watch(complete, servers, accounts)
        except KeyboardInterrupt:
            return 0


async def prepare(settings: Settings) -> Sequence[object]:
    """Bring the schema up to date and, in development, load the demo world once; the answer is its accounts."""
    if applied := await migrate_schema(settings):
        _out.print(f"数据库已更新 Database brought up to date: {len(applied)}")
    if settings.in_production:
        return ()
    async with assembly.services(settings) as services:
        return await load_once(services)


async def migrate_schema(settings: Settings) -> list[str]:
    """Bring the schema up to date as its owner; the answer names what was applied.

    Raises: CannotStart when the database does not let us in.
    """
    try:
        return await migrate(settings.owner_database_url or settings.database_url)
    except (OSError, asyncpg.PostgresError) as error:
        raise CannotStart(
            f"无法连接数据库（{error}）。 The database does not let us in;"
            " check LIXIANG_OWNER_DATABASE_URL and LIXIANG_DATABASE_URL."
        ) from error


def environment(settings: Settings) -> dict[str, str]:
    """The addresses a child process needs to use the servers of its parent."""
    return {
        "LIXIANG_DATABASE_URL": settings.database_url,
        "LIXIANG_REDIS_URL": settings.redis_url,
        "LIXIANG_STORAGE_URL": settings.storage_url,
    }


def _watch(settings: Settings, servers: EmbeddedServers | None, accounts: Sequence[object]) -> int:
    """Hold the children until a signal comes or one of them ends by itself, which is a failure."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in ("serve", "worker"):
            command = [sys.executable, "-m", "tenants", name]
            running[name] = children.start(command, stop_signal=_STOP, env=os.environ | environment(settings))
        if children.wait_until(lambda: _answers(settings) or _ended(running) is not None, _WEB_PATIENCE):
            _announce(settings, accounts)
        while (ended := _ended(running) or (servers and servers.failed())) is None:
            time.sleep(0.5)
        _out.print(
            f"{ended} 已意外停止，其余进程随之停止。 {ended} ended unexpectedly; stopping everything.", style="red"
        )
        return 1
    finally:
        for child in running.values():
            children.stop(child, _STOP, patience=15)


def _announce(settings: Settings, accounts: Sequence[object]) -> None:
    _out.print(f"\n  Lixiang 立项  {settings.base_url}/\n  API           {settings.base_url}/api/docs")
    for account in accounts:
        _out.print(f"  {account}")
    _out.print("\n  Ctrl-C 停止 stops everything\n")


@contextmanager
def web(settings: Settings) -> Iterator[str]:
    """Pages and API of these servers on a free port of this machine, for as long as the block; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = settings.model_copy(update={"host": "127.0.0.1", "port": port})
    extra = environment(here) | {"LIXIANG_HOST": here.host, "LIXIANG_PORT": str(port), "LIXIANG_WEB_WORKERS": "1"}
    Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
    with Path(settings.data_dir, "demo-web.log").open("wb") as log:
        command = [sys.executable, "-m", "tenants", "serve"]
        child = children.start(command, stop_signal=_STOP, env=os.environ | extra, log=log)
    try:
        if not children.wait_until(lambda: _answers(here) or child.poll() is not None, _WEB_PATIENCE):
            raise CannotStart("页面服务未能启动。 The web process did not start; see demo-web.log.")
        yield f"http://127.0.0.1:{port}"
    finally:
        children.stop(child, _STOP, patience=15)


def _ended(running: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, child in running.items() if child.poll() is not None), None)


def _answers(settings: Settings) -> bool:
    try:
        with socket.create_connection((_local_host(settings), settings.port), timeout=1):
            return True
    except OSError:
        return False


def _refuse_second_run(settings: Settings, servers: EmbeddedServers | None) -> None:
    if servers is not None and not servers.is_owner:
        raise CannotStart(
            f"本目录的 Lixiang 已在运行。 Lixiang already runs on {settings.data_dir}; stop it first,"
            " or set LIXIANG_DATA_DIR and LIXIANG_PORT to run another beside it."
        )
    if _answers(settings):
        raise CannotStart(
            f"端口 {settings.port} 已被占用。 Port {settings.port} is taken; set LIXIANG_PORT to a free one."
        )


def _local_host(settings: Settings) -> str:
    return "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 — compared, not bound


@contextmanager
def _first_signal_interrupts() -> Iterator[None]:
    """The first of Ctrl-C, SIGTERM or SIGHUP begins the stop; further ones must not cut it short."""
    asked = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if not asked:
            asked = True
            raise KeyboardInterrupt

    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, interrupt) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
