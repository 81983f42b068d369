"""Scenario files: what is wrong is named with its place, what differs is said in a sentence, and all of it is shown."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from core.kernel.codec import decode, encode
from core.policy.coverage import cover
from core.policy.rules.citations import Row
from core.policy.scenarios import Report, ScenarioInvalidError, load, run
from core.policy.scenarios.loading import load_folder, merge, put_in
from core.policy.scenarios.reporting import plain, show
from tests.core.policy.playing import REGISTRY

FOLDER = Path(__file__).parent / "toytown" / "scenarios"
APPLY = '{on: 2025-09-01, do: submit apply, facts: {project_kind: build, declared: "1"}, papers: ["form*"]'


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _played(tmp_path: Path, expect: str, *, rules: str = "") -> Report:
    text = f"title: 一例\nplace: toytown\nrules: [{rules}]\nsteps:\n  - {APPLY}, expect: {{{expect}}}}}\n"
    return run(load(_file(tmp_path, text))[0], REGISTRY)


def _problems(report: Report) -> list[str]:
    return [problem for step in report.steps for problem in step.problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: [", "while parsing"),
        ("- a list", "is not a mapping"),
        ("title: x\nplace: y\nstepz: []", "stepz"),
        ("title: x", "place"),
        ("title: x\nplace: y\nsteps:\n  - {on: 2025-09-01, do: x, expect: {acepted: true}}", "steps.0.expect.acepted"),
        ("title: x\nplace: y\nsteps:\n  - {use: nothing}", "nothing.yaml"),
    ],
)
def test_what_is_no_scenario_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioInvalidError, match=said):
        load(_file(tmp_path, text))


def test_everything_wrong_in_a_file_is_named_at_once(tmp_path: Path) -> None:
    text = "title: x\nplace: y\nwrong: 1\n---\ntitle: x\nplace: y\nsteps: [{do: x}]\n"
    with pytest.raises(ScenarioInvalidError) as refused:
        load(_file(tmp_path, text))
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("accepted: false", "accepted is True"),
        ("track: large", "track is small"),
        ("opens: [review]", "expected review among them"),
        ("closes: [review]", "closes"),
        ("skips: [voting]", "skips"),
        ("missing: [form]", "missing"),
        ("open: [review]", "open are"),
        ("due: {review_days: 2025-09-09}", "not running"),
        ("finds: [late]", "finds"),
        ("tasks: {mayor: [signing]}", "tasks of mayor"),
        ("end: rejected", "end is None"),
        ("effects: {starts: [bar_new]}", "starts effects"),
        ("effects: {active: [bar_new]}", "not active"),
        ("must_not: {opens: [screening]}", "must not open"),
        ("must_not: {tasks: {finance: [screening]}}", "must not give finance"),
    ],
)
def test_each_expectation_that_does_not_hold_is_said(tmp_path: Path, expect: str, said: str) -> None:
    report = _played(tmp_path, expect)
    assert not report.passed
    assert any(said in problem for problem in _problems(report))


def test_what_holds_passes_in_silence(tmp_path: Path) -> None:
    report = _played(tmp_path, "finds: none, opens: [screening], must_not: {finds: [late], due: [review_days]}")
    assert report.passed
    assert _problems(report) == []


def test_a_declared_row_that_took_no_part_fails_the_scenario(tmp_path: Path) -> None:
    report = _played(tmp_path, "", rules="TY-3, TY-9")
    assert report.untouched == ("TY-9",)
    assert not report.passed


def test_every_row_of_a_table_is_a_scenario_of_its_own() -> None:
    titles = [s.title for s in load(FOLDER / "tracks.yaml")]
    assert titles[:3] == [f"小项目上限的三个边界：{name}" for name in ("差一分", "正好", "多一分")]


def test_values_are_put_in_whole_or_inside_a_text() -> None:
    assert put_in({"a": "{x}", "b": ["{x}元"]}, {"x": 3}) == {"a": 3, "b": ["3元"]}
    assert merge({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}) == {"a": {"b": 3, "c": 2}}


def _shown(reports: list[tuple[str, Report]], *, verbose: bool = False) -> str:
    console = Console(file=StringIO(), width=200, color_system=None)
    show(reports, console, verbose=verbose)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_failed_scenario_is_shown_step_by_step_with_what_differs(tmp_path: Path) -> None:
    text = _shown([("one.yaml", _played(tmp_path, "track: large", rules="TY-9"))])
    assert "✗ one.yaml: 一例" in text
    assert "track is small, expected large" in text
    assert "+screening" in text
    assert "没有参与任何判定：TY-9" in text
    assert text.endswith("共 1 个情景，通过 0 个，未通过 1 个。\n")


def test_a_passed_scenario_takes_one_line_unless_more_is_asked_for() -> None:
    reports = [(p.name, run(s, REGISTRY)) for p, found in load_folder(FOLDER).items() for s in found]
    assert len(_shown(reports).splitlines()) == len(reports) + 1
    verbose = _shown(reports, verbose=True)
    assert "阻断 open_secret：" in verbose
    assert "提示 late：" in verbose
    assert "review_days 2025-09-10" in verbose


def test_a_report_is_plain_values_for_programs(tmp_path: Path) -> None:
    back = decode(encode(plain([("one.yaml", _played(tmp_path, "track: large"))])), list)
    assert back[0]["passed"] is False
    assert back[0]["steps"][1]["decision"]["accepted"] is True
    assert "TY-3" in back[0]["touched"]


def test_coverage_says_what_encodes_a_row_and_which_scenarios_exercise_it() -> None:
    rows = {row.id: row for row in cover("toytown", REGISTRY).rows}
    assert "limit report_days" in rows["TY-11"].encoded_by
    assert rows["TY-11"].exercised_by == ("life.yaml",)
    assert rows["TY-A"].missing == ""
    assert rows["TY-A"].exercised_by == rows["TY-4"].exercised_by


@pytest.mark.parametrize("kind", ["market", "inexpressible"])
def test_a_row_without_behaviour_here_says_why_or_is_missing(kind: str) -> None:
    place = REGISTRY.place("toytown")
    kept = place.answers
    try:
        said, unsaid = Row("TY-98", "附一", kind, "空。", note="由应用超市承载"), Row("TY-99", "附二", kind, "空。")
        place.answers = replace(kept, rows=(*kept.rows, said, unsaid))
        rows = {row.id: row.missing for row in cover("toytown", REGISTRY).rows}
    finally:
        place.answers = kept
    assert (rows["TY-98"], rows["TY-99"]) == ("", "does not say why")
