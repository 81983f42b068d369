"""`lixiang policy` and `lixiang scenario`: what people read, what programs read, and the exit status."""

import json
from pathlib import Path

import pytest

from core.cli import build, run
from core.cli.boundary import EXIT_STATUS
from core.kernel.errors import Invalid, NotFound
from core.policy.rulebooks.registry import installed
from tests.core.cli.installing import nowhere

GOOD = """
title: 立项计划五个工作日内审核
place: baiyun
rules: [BY-16-b]
given:
  round: {plan_year: 2026, issued_on: 2025-08-05}
  unit:
    key: culture
    registers:
      asset_catalogue: {on: 2025-01-10}
      unit_data_catalogue: {on: 2025-01-10}
      development_plans: {on: 2025-01-10}
steps:
  - on: 2025-09-02
    do: submit plan_application
    facts: {project_kind: build, funding_source: district_general_budget, declared: "800000"}
    papers: [application_form]
    expect: {due: {plan_review: 2025-09-09}}
"""


def _run(*words: str) -> int:
    """Run one command; none of these may ask for a server."""
    return run(build(), nowhere(), list(words))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_scenario_that_holds_ends_with_zero(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("scenario", "run", str(good)) == 0
    assert "通过 1 个，未通过 0 个" in capsys.readouterr().out


def test_a_folder_is_run_as_a_whole(good: Path) -> None:
    assert _run("scenario", "run", str(good.parent)) == 0


def test_a_scenario_that_differs_ends_with_one_and_says_how(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good.write_text(GOOD.replace("2025-09-09", "2025-09-10"), encoding="utf-8")
    assert _run("scenario", "run", str(good)) == 1
    assert "2025-09-09" in capsys.readouterr().out


def test_a_program_reads_every_decision(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("scenario", "run", str(good), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report[0]["passed"] is True
    assert report[0]["steps"][1]["decision"]["opened"] == [{"stage": "plan_review"}]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("title: x\nplace: nowhere\nsteps: []", NotFound),
        ("title: x", Invalid),
        ("title: x\nplace: baiyun\ngiven: {options: {nothing: 1}}", Invalid),
    ],
)
def test_a_file_that_cannot_be_played_is_one_sentence(good: Path, text: str, status: type[Invalid]) -> None:
    good.write_text(text, encoding="utf-8")
    assert _run("scenario", "run", str(good)) == EXIT_STATUS[status]


def test_a_missing_file_is_not_found() -> None:
    assert _run("scenario", "run", "nowhere.yaml") == EXIT_STATUS[NotFound]


def test_installed_places_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("policy", "list") == 0
    assert "baiyun@2024" in capsys.readouterr().out
    assert _run("policy", "list", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {place["place"] for place in found["places"]} == set(installed().places())
    assert found["refused"] == {}


def test_a_place_is_checked_and_an_unknown_one_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("policy", "check", "baiyun") == 0
    assert installed().place("baiyun").rulebook().digest in capsys.readouterr().out
    assert _run("policy", "check", "nowhere") == EXIT_STATUS[NotFound]
    assert _run("policy", "coverage", "nowhere") == EXIT_STATUS[NotFound]


def test_coverage_lists_every_row_id_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("policy", "coverage", "baiyun", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["complete"] is True
    assert [row["id"] for row in found["rows"]] == [row.id for row in installed().place("baiyun").answers.rows]


def test_coverage_ends_with_one_while_something_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert _run("policy", "coverage", "baiyun", "--missing", "--root", str(tmp_path)) == 1
    assert "缺失" in capsys.readouterr().out
