"""Every construct a plugin may answer with is said in docs/hooks.md, and printed with its fields by command."""

import dataclasses
import enum
import re
from pathlib import Path

import pytest

from core.policy.hookspecs import PROJECT
from core.policy.printing.reference import as_reference, constructs
from core.policy.rules.flow import Stage

PAGE = (Path(__file__).parents[3] / "docs" / "hooks.md").read_text(encoding="utf-8")
WORDS = PAGE.partition("## Words of the answers")[2]
ALL = {name: kind for kinds in constructs().values() for name, kind in kinds.items()}


def test_the_constructs_are_those_of_the_twelve_questions() -> None:
    assert PROJECT == "lixiang"
    assert len(constructs()) == 12
    assert {"Regulation", "Row", "Role", "Threshold", "TimeLimit", "Stage", "Outcome", "Gate", "Openings"} <= set(ALL)
    assert "Case" not in ALL


@pytest.mark.parametrize("name", ALL)
def test_a_construct_is_said_on_the_page_of_hooks_in_a_sentence(name: str) -> None:
    found = re.search(rf"^- `{name}`: (.+)$", WORDS, re.MULTILINE)
    assert found, f"docs/hooks.md, “Words of the answers”: add a line for {name}"
    assert len(found[1]) > 15


def test_the_page_says_nothing_of_a_construct_that_is_gone() -> None:
    assert set(re.findall(r"^- `(\w+)`:", WORDS, re.MULTILINE)) - set(ALL) == set()


@pytest.mark.parametrize("name", ALL)
def test_the_reference_prints_a_construct_with_every_field_or_word(name: str) -> None:
    section = as_reference().partition(f"### {name}\n")[2].partition("\n### ")[0]
    kind = ALL[name]
    assert section.strip()
    if issubclass(kind, enum.Enum):
        assert all(f"- `{member.value}`" in section for member in kind)
    elif dataclasses.is_dataclass(kind):
        assert all(f"- `{field.name}`: " in section for field in dataclasses.fields(kind))


def test_a_field_is_printed_with_its_type_and_default() -> None:
    section = as_reference().partition("### Stage\n")[2].partition("\n### ")[0]
    assert "- `key`: str, required" in section
    assert "- `outcomes`: tuple[Outcome, ...], required" in section
    assert "- `line`: Line, `'main'`" in section
    assert "core.policy" not in section
    assert Stage.__doc__
