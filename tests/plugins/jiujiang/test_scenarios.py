"""Every scenario of Jiujiang yields what it must, and every row of its index lives."""

from pathlib import Path

import pytest

from core.policy.coverage import cover
from core.policy.rulebooks.registry import installed
from core.policy.scenarios import Scenario, run
from core.policy.scenarios.loading import load_folder

FOLDER = Path(__file__).parents[3] / "plugins" / "jiujiang" / "scenarios"
SCENARIOS = [(path.stem, s) for path, found in load_folder(FOLDER).items() for s in found]


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS, ids=[f"{name}:{s.title}" for name, s in SCENARIOS])
def test_the_scenario_yields_what_it_must(name: str, scenario: Scenario) -> None:
    report = run(scenario, installed())
    problems = [f"{step.on} {step.title}: {problem}" for step in report.steps for problem in step.problems]
    assert not problems, f"{name}: {problems}"
    assert not report.untouched, f"{name} declares rows no decision touched: {report.untouched}"


def test_no_row_of_the_index_is_missing() -> None:
    coverage = cover("jiujiang", installed(), Path(__file__).parents[3])
    assert [(row.id, row.missing) for row in coverage.missing] == []
    assert len(coverage.rows) == 163
