"""Nothing grows past the size at which reading begins to hurt; raising a limit needs a decision record."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("core", "plugins", "tenants", "tests")
LINES_OF_A_FILE = {"core": 300, "tenants": 300, "plugins": 200, "tests": 400}
LINES_OF_A_FUNCTION = 40
ARGUMENTS = 6
# Who opened the transaction and who calls are the same everywhere; they are not what a reader must remember.
UNCOUNTED_ARGUMENTS = {"self", "cls", "uow", "context"}
# Each of these names hides a concept that has not been found yet.
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc", "manager", "service2"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def functions(source: Path) -> Iterator[Function]:
    return (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, Function))


def lines_of(function: Function) -> int:
    """The lines of a function, without its decorators and its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def positional_arguments(function: Function) -> int:
    named = [*function.args.posonlyargs, *function.args.args]
    return len([argument for argument in named if argument.arg not in UNCOUNTED_ARGUMENTS])


@pytest.mark.parametrize("floor", FLOORS)
def test_no_file_is_longer_than_its_floor_allows(floor: str) -> None:
    files = {path: len(path.read_text().splitlines()) for path in sources() if path.relative_to(ROOT).parts[0] == floor}
    limit = LINES_OF_A_FILE[floor]
    assert {str(path.relative_to(ROOT)): lines for path, lines in files.items() if lines > limit} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": lines_of(function)
        for path in sources()
        for function in functions(path)
        if lines_of(function) > LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_function_takes_more_than_six_arguments_by_position() -> None:
    wide = {
        f"{path.relative_to(ROOT)}:{function.name}": positional_arguments(function)
        for path in sources()
        if path.relative_to(ROOT).parts[0] != "tests"
        for function in functions(path)
        if positional_arguments(function) > ARGUMENTS
    }
    assert wide == {}


def test_no_file_or_folder_has_a_name_that_hides_its_concept() -> None:
    named = {str(path.relative_to(ROOT)) for path in sources() if FORBIDDEN_NAMES & {*path.parts, path.stem}}
    assert named == set()


def test_every_module_says_why_it_exists() -> None:
    silent = [str(path.relative_to(ROOT)) for path in sources() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []
