"""What a newcomer runs first: the demonstration, scenarios over HTTP, and `run` from start to stop and again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tenants.demo.shown import places_shown
from tenants.demo.world import PASSWORD

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "plugins" / "baiyun" / "scenarios"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder of these tests' own, which the server's account can reach even if root runs them."""
    with tempfile.TemporaryDirectory(prefix="lixiang-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Nothing set but the folder and what is named."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LIXIANG_")}
    return clean | {"LIXIANG_DATA_DIR": str(folder)} | {f"LIXIANG_{name}": value for name, value in settings.items()}


def lixiang(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command line."""
    command = [sys.executable, "-m", "tenants", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=300, check=False
    )


def test_the_demonstration_takes_three_projects_to_their_end_and_sees_one_refused_three_times(folder: Path) -> None:
    answer = lixiang(folder, "demo", "baiyun")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    ends = [line.split()[-1] for line in answer.stdout.splitlines() if line.startswith("  BY-")]
    assert ends == ["已办结", "已办结", "已办结", "未予立项"]
    assert answer.stdout.count("审核次数”已用尽") == 1
    assert "与预期不符" not in answer.stdout
    tenant = answer.stdout.split()[1]
    again = lixiang(folder, "journal", "replay", "--tenant", tenant)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "项目 4 个" in again.stdout
    assert "不符 0 个" in again.stdout
    assert lixiang(folder, "journal", "verify", "--tenant", tenant).returncode == 0


@pytest.mark.parametrize("place", [place for place in places_shown() if place != "baiyun"])
def test_real_projects_go_through_the_tenants_of_every_other_place_as_their_files_say(folder: Path, place: str) -> None:
    answer = lixiang(folder, "demo", place)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "与预期不符" not in answer.stdout


@pytest.mark.parametrize("name", ["14-application", "20-reviews", "22-unit", "31-change", "39-acceptance", "48-filing"])
def test_service_and_engine_give_the_same_answers_to_a_file_of_scenarios(folder: Path, name: str) -> None:
    answer = lixiang(folder, "scenario", "run", str(SCENARIOS / f"{name}.yaml"), "--live")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "未通过 0 个" in answer.stdout


def test_a_scenario_that_expects_something_else_fails_over_http_too(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    step = "{on: 2025-09-02, do: decide plan_review, outcome: agree, expect: {accepted: true}}"
    wrong.write_text(f"title: 未申报先审核\nplace: baiyun\nsteps:\n  - {step}\n", encoding="utf-8")
    answer = lixiang(folder, "scenario", "run", str(wrong), "--live")
    assert answer.returncode == 1
    assert "未申报先审核" in answer.stdout


def projects(address: str) -> list[str]:
    """What the office sees after signing in."""
    with httpx.Client(base_url=address) as client:
        body = {"tenant": "baiyun", "login": "data_bureau", "password": PASSWORD}
        assert client.post("/api/v1/session", json=body).status_code == httpx.codes.OK
        return sorted(row["code"] for row in client.get("/api/v1/projects").json()["rows"])


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """`lixiang run`, waited for until it is ready."""
    command = [sys.executable, "-m", "tenants", "run"]
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment(folder, PORT=str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 90
    while time.monotonic() < until and child.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == httpx.codes.OK:
                return child
        except httpx.TransportError:
            time.sleep(0.2)
    child.kill()
    pytest.fail("lixiang run did not become ready")


def left_behind(folder: Path) -> list[str]:
    """Processes that name the folder on their command line."""
    answer = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True)
    return [line for line in answer.stdout.splitlines() if str(folder) in line and " ps " not in line]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_run_stops_on_a_signal_leaves_nothing_running_and_goes_on_where_it_was(how: signal.Signals) -> None:
    with tempfile.TemporaryDirectory(prefix="lixiang-run-") as name, socket.socket() as probe:
        folder = Path(name)
        folder.chmod(0o755)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        seen = []
        for _ in range(2):
            child = start(folder, port)
            seen.append(projects(f"http://127.0.0.1:{port}"))
            child.send_signal(how)
            assert child.wait(60) == 0
            assert left_behind(folder) == []
        assert seen[0] == seen[1]
        assert len(seen[0]) == 3
