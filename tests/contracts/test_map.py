"""What the documents name exists, and nothing tracked points at one person's machine or one package index."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT_LIMIT = 2_000_000
ROOT_NAMES = ("core", "plugins", "tenants", "tests", "docs", "bench", ".ci")
# Paths stand between backticks, or in parentheses after a link's text.
QUOTED = re.compile(r"`([^`\s]+)`|\]\(([^)\s#]+)(?:#[^)]*)?\)")
PLACEHOLDERS = re.compile(r"[<>{}*…$]|NNNN|PLACE|NAME|FILE")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[a-z]")
INDEX_HOSTS = re.compile("|".join(re.escape(".".join(parts)) for parts in (("pypi", "org"), ("pythonhosted", "org"))))


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def documents() -> list[Path]:
    return sorted(path for path in tracked() if path.suffix == ".md")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore") if path.stat().st_size < TEXT_LIMIT else ""


def paths_named_in(document: Path) -> list[tuple[str, Path]]:
    found = []
    for quoted, linked in QUOTED.findall(document.read_text(encoding="utf-8")):
        name = quoted or linked
        if PLACEHOLDERS.search(name) or "://" in name or name.startswith(("mailto:", "/", "-")):
            continue
        if linked:
            found.append((name, document.parent / name))
        elif name.split("/")[0] in ROOT_NAMES and "/" in name:
            found.append((name, ROOT / name))
    return found


def test_every_path_named_in_a_document_exists() -> None:
    missing = {
        str(document.relative_to(ROOT)): [name for name, path in paths_named_in(document) if not path.exists()]
        for document in documents()
    }
    assert {document: names for document, names in missing.items() if names} == {}


def test_the_readme_names_every_folder_of_the_top_level() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert {folder for folder in folders if f"{folder}/" not in readme and not folder.startswith(".")} == set()


def test_no_tracked_file_holds_a_path_of_one_machine() -> None:
    found = {str(path.relative_to(ROOT)): MACHINE_PATHS.findall(text_of(path)) for path in tracked()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_tracked_file_names_a_package_index() -> None:
    found = {str(path.relative_to(ROOT)) for path in tracked() if INDEX_HOSTS.search(text_of(path))}
    assert found == set()
