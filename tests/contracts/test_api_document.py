"""docs/api.md is true: its commands are run, in their order, against a server of their own."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from core.kernel.database import Database
from tests.core.api.conftest import PASSWORD, seed

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
# The first block asks the reader for accounts of their own.
COMMANDS = re.findall(r"```sh\n(.*?)```", DOCUMENT, flags=re.DOTALL)[1:]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("curl") is None, reason="the page is about curl, and there is none here"),
]


@pytest.fixture
def server(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[str]:
    """The application as it is deployed, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "LIXIANG_ENVIRONMENT": "test",
        "LIXIANG_DATABASE_URL": database_url,
        "LIXIANG_REDIS_URL": redis_url,
        "LIXIANG_STORAGE_URL": (tmp_path / "files").as_uri(),
        "LIXIANG_DATA_DIR": str(tmp_path),
        "LIXIANG_PORT": str(port),
    }
    log = (tmp_path / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "tenants", "serve"], cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, tmp_path / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(150):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{address}/readyz", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


async def test_every_command_of_the_page_does_what_the_page_says(
    server: str, database: Database, tmp_path: Path
) -> None:
    tenant = await seed(database)
    script = "set -e -o pipefail\n" + "\n".join(COMMANDS)
    names = {"LX": server, "TENANT": tenant.code, "PASSWORD": PASSWORD}
    logins = {"UNIT_LOGIN": "culture", "OFFICE_LOGIN": "bureau"}
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-c", script],
        cwd=tmp_path,
        env=os.environ | names | logins,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr
    assert '"door":"open"' in done.stdout
    assert "refused, as it should be" in done.stdout
    assert '"stage:decided"' in done.stdout
    assert (tmp_path / "projects.csv").read_text(encoding="utf-8-sig").count("数据应用平台运维") == 1
