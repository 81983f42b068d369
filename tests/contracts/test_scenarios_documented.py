"""The page about scenarios names every word of the format, and its examples run."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from core.policy.rulebooks.registry import installed
from core.policy.scenarios import format as words
from core.policy.scenarios import load, run
from core.policy.scenarios.running import Player

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)\n```", PAGE, re.DOTALL)
PARTS = [part for part in vars(words).values() if isinstance(part, type) and issubclass(part, BaseModel)]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_word_of_a_part_is_explained(part: type[BaseModel]) -> None:
    assert [word for word in part.model_fields if not re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", PAGE)] == []


def test_every_step_beside_the_acts_is_explained() -> None:
    special = [name.removeprefix("_do_") for name in vars(Player) if name.startswith("_do_")]
    assert [word for word in special if f"`{word}`" not in PAGE] == []


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_page_runs(number: int, tmp_path: Path) -> None:
    folder = ROOT / "plugins" / "baiyun" / "scenarios"
    (tmp_path / "shared").symlink_to(folder / "shared")
    (tmp_path / "standard.yaml").symlink_to(folder / "standard.yaml")
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLES[number], encoding="utf-8")
    for scenario in load(path):
        report = run(scenario, installed())
        assert report.passed, [problem for step in report.steps for problem in step.problems] + list(report.untouched)
