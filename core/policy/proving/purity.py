"""The source of a plugin: no clock, chance, network or file where a rule is judged, no number outside its place."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ALLOWED = frozenset(
    {
        *("collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "itertools"),
        *("math", "operator", "re", "typing"),
    }
)
"""What a plugin may import beside `core.policy`, `core.kernel` and itself."""
READERS = frozenset({"pathlib", "yaml"})
"""What only the module that reads the rule index at import may use."""
INDEX = "rules"
NUMBERS = "thresholds.py"
_CALLS = frozenset({"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"})
_CLOCKS = frozenset({"now", "utcnow", "today", "fromtimestamp"})
_JUDGED = (ast.Import, ast.ImportFrom, ast.Call)
_KERNEL = ("core.policy", "core.kernel")


def source_problems(folder: Path, package: str) -> Iterator[str]:
    """Both proofs over every file of a plugin's package, each file read once."""
    for path in sorted(folder.rglob("*.py")):
        nodes = _nodes(path)
        yield from _impure(folder, path, nodes, (package,))
        yield from _numbers(folder, path, nodes)


def impurities(folder: Path, package: str) -> Iterator[str]:
    """Everything in the folder of a plugin's package that could make two identical cases be judged differently."""
    for path in sorted(folder.rglob("*.py")):
        yield from _impure(folder, path, _nodes(path), (package,))


def impurities_of(files: Iterable[Path], packages: tuple[str, ...]) -> Iterator[str]:
    """The same of an edition's own files, which may build on the packages named."""
    for path in files:
        if path.suffix == ".py":
            yield from _impure(path.parent, path, _nodes(path), packages)


def bare_numbers(folder: Path) -> Iterator[str]:
    """Numbers above one outside thresholds.py; days written as `date(…)` are dates, not numbers."""
    for path in sorted(folder.rglob("*.py")):
        yield from _numbers(folder, path, _nodes(path))


def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _impure(folder: Path, path: Path, nodes: tuple[ast.AST, ...], packages: tuple[str, ...]) -> Iterator[str]:
    where = str(path.relative_to(folder.parent))
    allowed = ALLOWED | READERS if path.parent.name == INDEX else ALLOWED
    for node in nodes:
        if isinstance(node, _JUDGED):
            yield from (f"{where}:{line}: {what}" for line, what in _of_node(node, allowed, packages))


def _numbers(folder: Path, path: Path, nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    if path.name == NUMBERS:
        return
    dates = {id(inner) for node in nodes if _is_date(node) for inner in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant) and id(node) not in dates and _is_number(node.value):
            yield f"{path.relative_to(folder.parent)}:{node.lineno}: the number {node.value!r} outside {NUMBERS}"


def _of_node(node: ast.AST, allowed: frozenset[str], own: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [] if node.level else [node.module or ""]
    else:
        names = []
        if isinstance(node, ast.Call):
            yield from _of_call(node)
    for name in names:
        if not _may_import(name, allowed, own):
            yield getattr(node, "lineno", 0), f"imports {name}"


def _may_import(name: str, allowed: frozenset[str], own: tuple[str, ...]) -> bool:
    within = any(name == root or name.startswith(f"{root}.") for root in (*_KERNEL, *own))
    return within or name.partition(".")[0] in allowed


def _of_call(node: ast.Call) -> Iterator[tuple[int, str]]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in _CALLS:
        yield node.lineno, f"calls {called.id}()"
    if isinstance(called, ast.Attribute) and called.attr in _CLOCKS:
        yield node.lineno, f"asks a clock: {called.attr}()"


def _is_date(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 1
