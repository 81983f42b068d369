"""Each hook has its section, its signature, an example that runs, and a place that answers it."""

import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.policy import hookspecs
from core.policy.rulebooks.registry import installed

PAGE = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text(encoding="utf-8")
PARTS = ("**When**", "**Given**", "**Answer**", "**Then**", "Example:")
MODULES = ("actors", "citations", "flow", "gating", "limits", "openings", "papers", "regulation", "tracks", "values")
HOOKS = tuple(
    name for name, value in vars(hookspecs).items() if inspect.isfunction(value) and hasattr(value, "lixiang_spec")
)


def _section(name: str) -> str:
    found = re.search(rf"^## {name} .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/hooks.md has no section for {name}"
    return found[0]


def _example(name: str) -> str:
    return _section(name).partition("```python\n")[2].partition("\n```")[0]


def _answer(name: str) -> Any:
    """What the example answers, with every rule object at hand."""
    words: dict[str, Any] = {}
    for module in ("core.kernel.workdays", "datetime", "core.policy.hookspecs"):
        words |= vars(importlib.import_module(module))
    for module in MODULES:
        words |= vars(importlib.import_module(f"core.policy.rules.{module}"))
    exec(compile(_example(name), f"docs/hooks.md:{name}", "exec"), words)
    return words[name]()


def test_there_are_twelve_questions() -> None:
    assert len(HOOKS) == 12


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_its_section_with_every_part_in_order(name: str) -> None:
    section = _section(name)
    places = [section.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", HOOKS)
def test_the_section_asks_the_question_with_its_chinese_term_and_signature(name: str) -> None:
    spec = getattr(hookspecs, name)
    question = re.fullmatch(r"(.*\?) \((.*)\)\.", inspect.getdoc(spec) or "")
    assert question is not None
    signature = re.sub(r"core\.policy\.(?:\w+\.)+", "", str(inspect.signature(spec)))
    section = _section(name)
    assert question[1] in section
    assert section.startswith(f"## {name} {question[2]}\n")
    assert f"`{name}{signature}`" in section


@pytest.mark.parametrize("name", HOOKS)
def test_the_example_is_short_and_answers_in_the_declared_types(name: str) -> None:
    assert len(_example(name).splitlines()) <= 6
    answer = _answer(name)
    assert answer is not None
    declared = str(inspect.signature(getattr(hookspecs, name)).return_annotation)
    assert {type(item).__name__ for item in _leaves(answer)} <= set(re.findall(r"[A-Z]\w+", declared))


def _leaves(answer: Any) -> list[Any]:
    if isinstance(answer, tuple):
        return [leaf for item in answer for leaf in _leaves(item)]
    return [answer]


@pytest.mark.parametrize("name", HOOKS)
def test_some_installed_place_answers_it(name: str) -> None:
    plugins: list[ModuleType] = [installed().place(place).plugin for place in installed().places()]
    assert any(hasattr(getattr(plugin, name, None), "lixiang_impl") for plugin in plugins)
