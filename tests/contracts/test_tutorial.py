"""docs/tutorial.md is true: its files are written, its commands typed in their order, outside this repository.

The distribution is installed into an environment of its own, which sees the developer's packages and changes none.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("curl") is None, reason="the page is about curl, and there is none here"),
]


def _script() -> str:
    """Every block, in its order: files written where they belong, commands as they stand."""
    parts = ["set -e -o pipefail", "trap 'kill $RUNNING 2>/dev/null || true; wait' EXIT"]
    for kind, path, text in BLOCKS:
        if path:
            parts.append(f"mkdir -p {Path(path).parent}; cat > {path} <<'END-OF-FILE'\n{text}END-OF-FILE")
        else:
            assert kind == "sh", f"a block of kind {kind} names no file"
            parts.append(text)
    return "\n".join(parts)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A shell whose `python` and `lixiang` are of an environment beside the developer's, with servers of its own."""
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    beside = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    (Path(packages) / "beside.pth").write_text(beside, encoding="utf-8")
    command = home / "bin" / "lixiang"
    command.write_text('#!/bin/sh\nexec python -m tenants "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIXIANG_", "PYTEST_"))}
    return clean | {
        "PATH": f"{home / 'bin'}:{clean['PATH']}",
        "LIXIANG_DATA_DIR": str(tmp_path / "data"),
        "LIXIANG_PORT": str(port),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PYTHONWARNINGS": "ignore",
    }


def _installed() -> str:
    """What the developer's environment holds."""
    return subprocess.run([sys.executable, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout


def test_a_stranger_builds_installs_serves_restarts_and_removes_a_place(
    environment: dict[str, str], tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    before = _installed()
    done = subprocess.run(
        ["bash", "-c", _script()], cwd=work, env=environment, capture_output=True, text=True, timeout=500, check=False
    )
    log = work / "run.log"
    told = f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}\n{log.read_text()[-4000:] if log.exists() else ''}"
    assert done.returncode == 0, told
    said = done.stdout
    assert "未通过 0 个" in said
    assert re.search(r"muyang@2025：条款 16 条.*缺失 0 条", said)
    assert re.search(r"\b1\d passed", said)
    assert "imported of it: 0" in said
    assert "缺少《项目申报书》" in said
    assert '"due_on":"2025-09-11"' in said
    assert '"kind":"completed"' in said
    assert "rules_missing" in said
    assert "refused, as it should be" in said
    assert said.count('"installed":false') == 1
    assert (work / "muyang.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert _installed() == before


def test_the_page_writes_every_file_of_the_plugin_that_has_rules_in_it(tmp_path: Path) -> None:
    written = {path.partition("lixiang_muyang/")[2] for _, path, _ in BLOCKS if path}
    assert {"thresholds.py", "stages.py", "gates.py", "tracks.py", "rules/articles.yaml"} <= written
    assert all(len(text.splitlines()) <= 200 for _, path, text in BLOCKS if path)
