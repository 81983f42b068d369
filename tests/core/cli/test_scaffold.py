"""A new place begins complete: every file is written or none, and what is written passes the kit by itself."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from core import cli
from core.cli import scaffold
from core.cli.boundary import EXIT_STATUS
from core.kernel.errors import Conflict, Invalid

ROOT = Path(scaffold.__file__).parents[3]
IN_PLUGIN = (
    *("__init__", "documents", "facts", "gates", "limits", "listing", "options", "policy", "regulations", "roles"),
    *("rules/__init__", "stages", "thresholds", "tracks"),
)
DATA = (
    "rules/articles.yaml",
    *(f"scenarios/{name}.yaml" for name in ("01-application", "02-review", "03-delivery", "standard")),
)
PLUGIN = {*(f"{name}.py" for name in IN_PLUGIN), *DATA}


def _run(*arguments: str) -> int:
    """One command line, as the process would end."""
    try:
        cli.build()(list(arguments), standalone_mode=False)
    except typer.Exit as exit_:
        return exit_.exit_code
    return 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of this repository: its floors and its project file, nothing else."""
    for floor in ("core", "plugins", "tenants"):
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_every_file_goes_to_its_place_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _run("policy", "new", "specimen", "--root", str(tmp_path)) == 0
    assert _files(tmp_path / "plugins" / "specimen") == PLUGIN
    assert _files(tmp_path / "tests") == {"plugins/specimen/test_conformance.py"}
    points = tomllib.loads((tmp_path / "pyproject.toml").read_text())["project"]["entry-points"]
    assert points["lixiang.jurisdictions"]["specimen"] == "plugins.specimen.policy"


def test_a_distribution_of_its_own_has_everything_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    assert _run("policy", "new", "specimen", "--title", "新镇", "--prefix", "NT", "--standalone", str(folder)) == 0
    assert _files(folder / "lixiang_specimen") == PLUGIN
    assert _files(folder) - {f"lixiang_specimen/{path}" for path in PLUGIN} == {
        "README.md",
        "pyproject.toml",
        "tests/test_conformance.py",
    }
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["lixiang.jurisdictions"] == {"specimen": "lixiang_specimen.policy"}
    for path in _files(folder):
        assert "{{" not in (folder / path).read_text(encoding="utf-8")
    assert "新镇政务信息化项目管理办法" in (folder / "lixiang_specimen" / "regulations.py").read_text()


def test_what_exists_is_never_overwritten_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(scaffold.AlreadyThere, match=r"README\.md"):
        _run("policy", "new", "specimen", "--standalone", str(tmp_path))
    assert _files(tmp_path) == {"README.md"}
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "New", "9town", "new-town", "import", "x" * 40, "新镇"])
def test_a_word_that_can_name_no_place_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(scaffold.NotAPlace):
        _run("policy", "new", "--standalone", str(tmp_path / "dist"), "--", name)
    assert not (tmp_path / "dist").exists()


def test_a_prefix_no_row_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(scaffold.NotAPlace, match="前缀"):
        _run("policy", "new", "specimen", "--prefix", "n-t", "--standalone", str(tmp_path / "dist"))


def test_an_installed_place_is_not_begun_again_and_a_folder_without_plugins_is_no_checkout(tmp_path: Path) -> None:
    with pytest.raises(scaffold.AlreadyThere, match="baiyun"):
        _run("policy", "new", "baiyun", "--root", str(ROOT))
    with pytest.raises(scaffold.NotTheRepository, match="standalone"):
        _run("policy", "new", "specimen", "--root", str(tmp_path))
    assert _files(tmp_path) == set()
    assert EXIT_STATUS[Conflict] != EXIT_STATUS[Invalid]


def _said(folder: Path, *command: str, **environment: str) -> str:
    words = [sys.executable, *command]
    done = subprocess.run(
        words, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("place", "prefix"), [("specimen", "SP"), ("a_rather_long_name", "LONGNAME")])
def test_whatever_its_name_a_new_place_is_written_as_the_repository_writes(
    tmp_path: Path, place: str, prefix: str
) -> None:
    (tmp_path / "plugins").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _run("policy", "new", place, "--prefix", prefix, "--root", str(tmp_path)) == 0
    _said(tmp_path, "-m", "ruff", "check", "plugins", "tests")
    _said(tmp_path, "-m", "ruff", "format", "--check", "plugins", "tests")


@pytest.mark.slow
def test_a_new_place_passes_its_own_tests_every_row_of_it_lives_and_its_types_hold(checkout: Path) -> None:
    assert _run("policy", "new", "specimen", "--prefix", "SP", "--root", str(checkout)) == 0
    plugin, tests, site = "plugins/specimen", "tests/plugins/specimen", str(checkout / "site")
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", site)
    _said(checkout, *install, ".")
    beside = {"PYTHONPATH": site, "PYTHONWARNINGS": "ignore"}
    assert re.search(r"1\d passed", _said(checkout, "-m", "pytest", "-q", tests, **beside))
    assert "缺失 0 条" in _said(checkout, "-m", "tenants", "policy", "coverage", "specimen", **beside)
    _said(checkout, "-m", "mypy", "--follow-imports=silent", plugin, tests, **beside)
