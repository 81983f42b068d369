"""docs/editions.md is true: its example is an edition that loads, and its commands and addresses exist."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

from core.cli import build
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.values import Dated
from plugins.baiyun import policy as baiyun
from tests.core.api.walking import described

DOCUMENT = (Path(__file__).parents[2] / "docs" / "editions.md").read_text(encoding="utf-8")


def test_the_example_is_an_edition_that_loads() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    overlay = ModuleType("of_2026")
    vars(overlay).update(hookimpl=hookimpl, replace=replace, date=date, Dated=Dated)
    exec(example, vars(overlay))
    registry = Registry({"baiyun": baiyun}, {"baiyun@2026": overlay})
    assert registry.refused == {}
    newest = registry.place("baiyun").newest.rulebook()
    assert newest.threshold("micro_max", date(2026, 1, 1)) == 80_000_000


def test_every_command_of_the_page_exists_with_its_options() -> None:
    groups = {group.name: group.typer_instance for group in build().registered_groups}
    policy = groups["policy"]
    assert policy is not None
    commands = {command.name: command.callback for command in policy.registered_commands if command.callback}
    lines = re.findall(r"^lixiang policy (\S+)([^\n]*)", DOCUMENT, flags=re.MULTILINE)
    assert {name for name, _ in lines} == {"move", "compare", "what-if"}
    for name, rest in lines:
        taken = commands[name].__annotations__
        known = {f"--{key.replace('_', '-')}" for key in taken} | set(re.findall(r"--[a-z-]+", str(taken)))
        assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--all", "--undo", "--json"}, name


def test_every_address_of_the_page_exists() -> None:
    named = set(re.findall(r"(?:GET|POST) (/api/v1/[a-z-]+(?:/[a-z]+)?)", DOCUMENT))
    assert len(named) == 4
    assert named <= set(described()["paths"])
