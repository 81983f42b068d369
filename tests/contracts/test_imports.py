"""The floors and storeys hold: the import contracts of pyproject.toml, and what a plugin may see of core."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
VISIBLE_TO_PLUGINS = ("core.policy", "core.kernel")
PURE = (
    "datetime",
    "decimal",
    "enum",
    "typing",
    "collections",
    "dataclasses",
    "functools",
    "itertools",
    "re",
    "pathlib",
)


def imported_names(source: Path) -> Iterator[str]:
    """Every module a file imports, absolute ones only: relative imports stay inside the package."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def plugin_files() -> list[Path]:
    return sorted((ROOT / "plugins").rglob("*.py"))


def test_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_plugin_sees_only_the_policy_and_the_kernel_of_core() -> None:
    seen = {
        str(source.relative_to(ROOT)): [name for name in imported_names(source) if name.split(".")[0] == "core"]
        for source in plugin_files()
    }
    hidden = {path: [name for name in names if not is_within(name, VISIBLE_TO_PLUGINS)] for path, names in seen.items()}
    assert {path: names for path, names in hidden.items() if names} == {}


def test_a_plugin_can_reach_no_clock_network_or_database() -> None:
    found = {}
    for source in plugin_files():
        own = ".".join(source.relative_to(ROOT).parts[:2]).removesuffix(".py")
        # The rule index is text beside the code, read once when the plugin is imported.
        index = ("yaml",) if source.parent.name == "rules" else ()
        allowed = (*VISIBLE_TO_PLUGINS, *PURE, *index, own)
        found[str(source.relative_to(ROOT))] = [name for name in imported_names(source) if not is_within(name, allowed)]
    assert {path: names for path, names in found.items() if names} == {}


def test_core_and_tenants_name_no_place() -> None:
    places = {f"plugins.{path.name}" for path in (ROOT / "plugins").iterdir() if path.is_dir()}
    sources = [path for floor in ("core", "tenants") for path in (ROOT / floor).rglob("*.py")]
    named = {str(path.relative_to(ROOT)): places & set(imported_names(path)) for path in sources}
    assert {path: found for path, found in named.items() if found} == {}
