"""Starting by command: what is refused, with which words, and that nothing stays behind."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenants.embedded import EmbeddedServers

ROOT = Path(__file__).parents[2]
NOWHERE = "postgresql://lixiang_app@127.0.0.1:1/lixiang"

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the server's account can reach even if root runs the tests."""
    with tempfile.TemporaryDirectory(prefix="lixiang-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def lixiang(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command line, in an environment that sets nothing else."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIXIANG_")}
    environment |= {"LIXIANG_DATA_DIR": str(folder)} | {f"LIXIANG_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "tenants", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_migrating_brings_an_empty_folder_to_the_newest_schema_and_a_second_time_does_nothing(folder: Path) -> None:
    first = lixiang(folder, "migrate")
    assert first.returncode == 0, first.stderr
    assert "core/0001_kernel" in first.stdout
    assert "nothing to do" in lixiang(folder, "migrate").stdout
    assert not (folder / "ready").exists()


def test_a_taken_port_is_named_with_the_way_out(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = lixiang(folder, "run", PORT=str(taken.getsockname()[1]))
    assert answer.returncode == 2
    assert "LIXIANG_PORT" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_second_run_on_the_same_data_is_refused(folder: Path) -> None:
    with EmbeddedServers(folder, postgres_settings={"shared_buffers": "16MB", "fsync": "off"}):
        answer = lixiang(folder, "run")
    assert answer.returncode == 2
    assert "LIXIANG_DATA_DIR" in answer.stderr


def test_a_database_that_does_not_answer_is_one_sentence(folder: Path) -> None:
    answer = lixiang(folder, "migrate", DATABASE_URL=NOWHERE, REDIS_URL="redis://127.0.0.1:1")
    assert answer.returncode == 2
    assert "LIXIANG_OWNER_DATABASE_URL" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_production_without_settings_starts_nothing(folder: Path) -> None:
    answer = lixiang(folder, "serve", ENVIRONMENT="production")
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 5
    assert not list(folder.iterdir())
