"""The conformance kit finds what is wrong: each proof is shown a plugin that lacks what it proves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.kernel.codec import decode, encode
from core.policy.conformance import JurisdictionConformance
from core.policy.proving import boundaries, purity, wording
from core.policy.proving.graphs import Graph
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.export import export
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.citations import Citation, Provenance, Row, cite
from core.policy.rules.flow import BACK, STAY, Ends, Line, OutcomeKind, Stage, to
from core.policy.rules.gating import Gate
from core.policy.rules.limits import Lapse, OnPause, closed, contract_date, fact_date
from core.policy.rules.papers import Severity
from core.policy.rules.values import Dated, Threshold
from tests.core.policy.playing import REGISTRY
from tests.core.policy.toytown import stages
from tests.core.policy.toytown.stages import REVIEW, REVISE, forward

ANSWERS = REGISTRY.place("toytown").answers
TOWN = REGISTRY.place("toytown").rulebook()
DAY = date(2025, 9, 1)


def _with_stage(old: Stage, **changes: Any) -> Rulebook:
    """Toytown with one stage changed."""
    new = replace(old, **changes)
    segments = tuple(
        replace(s, stages=tuple(new if stage is old else stage for stage in s.stages)) for s in ANSWERS.segments
    )
    return compose(replace(ANSWERS, segments=segments))


def _with(**changes: Any) -> Rulebook:
    return compose(replace(ANSWERS, **changes))


def test_toytown_has_no_dead_end_no_idle_stage_and_no_endless_loop() -> None:
    for track in TOWN.tracks:
        graph = Graph(TOWN, track)
        assert graph.dead_ends() == ()
        assert graph.unbounded_loops() == ()
        assert graph.stages.keys() <= graph.reachable()


def test_a_stage_that_opens_nothing_more_is_a_dead_end() -> None:
    rules = _with_stage(stages.WORKS, outcomes=(forward("done", "完成", nxt=STAY),))
    assert "works" in Graph(rules, "small").dead_ends()


def test_a_detour_nobody_leads_to_is_out_of_reach() -> None:
    outcomes = tuple(replace(o, next=to("apply")) if o.key == "not_pass" else o for o in REVIEW.outcomes)
    assert "revise" not in Graph(_with_stage(REVIEW, outcomes=outcomes), "small").reachable()


def test_a_loop_without_a_counter_is_found_and_one_marked_free_is_not() -> None:
    uncounted = replace(ANSWERS, counters=tuple(c for c in ANSWERS.counters if c.stage != "review"))
    assert Graph(compose(uncounted), "small").unbounded_loops() == ("review", "revise")
    free = replace(REVISE, unbounded=True)
    segments = tuple(
        replace(s, stages=tuple(free if stage is REVISE else stage for stage in s.stages)) for s in uncounted.segments
    )
    assert Graph(compose(replace(uncounted, segments=segments)), "small").unbounded_loops() == ()


def test_a_loop_through_the_exhaustion_of_a_counter_is_not_bounded_by_it() -> None:
    counters = tuple(
        replace(c, on_exhaust=replace(c.on_exhaust, ends=None, next=to("revise"))) if c.stage == "review" else c
        for c in ANSWERS.counters
    )
    assert Graph(_with(counters=counters), "small").unbounded_loops() == ("review", "revise")


def test_a_way_back_leads_to_wherever_the_case_came_from() -> None:
    outcomes = (forward("submit", "提交", nxt=BACK),)
    graph = Graph(_with_stage(REVISE, outcomes=outcomes), "small")
    assert {e.target for e in graph.edges if e.source == "revise"} == {"review"}


def _split(*cuts: tuple[str, int]) -> list[str]:
    thresholds = tuple(
        Threshold(
            key=f"t{n}",
            code=f"T{n}",
            title="限额",
            values=(Dated(date(2024, 1, 1), value),),
            comparator=comparator,
            unit="fen",
            basis="declared",
            decides="x",
            citation=cite("TY-2"),
            partition="p",
        )
        for n, (comparator, value) in enumerate(cuts)
    )
    rules = compose(ANSWERS)
    rules.thresholds = {t.key: t for t in thresholds}
    return list(boundaries.split_problems(rules))


@pytest.mark.parametrize(
    ("cuts", "found"),
    [
        ((("<", 100), (">=", 100)), []),
        ((("<=", 100), (">", 100)), []),
        ((("<", 100), (">", 100)), ["partition p: gap at 100"]),
        ((("<=", 100), (">=", 100)), ["partition p: overlap at 100"]),
        ((("<", 100), ("<=", 200)), []),
        ((("<", 100), ("<=", 100)), ["partition p: t0 and t1 cut at the same value, one of them never decides"]),
    ],
)
def test_a_partition_leaves_no_gap_and_no_overlap(cuts: tuple[tuple[str, int], ...], found: list[str]) -> None:
    assert _split(*cuts) == found


def test_cases_are_generated_just_under_at_and_just_over_a_limit() -> None:
    found = boundaries.boundaries(TOWN.thresholds["small_max"], DAY)
    assert [(b.value, b.holds) for b in found] == [(99_999_99, True), (100_000_00, False), (100_000_01, False)]


def test_a_track_chosen_against_its_own_limit_is_found() -> None:
    tracks = tuple(replace(t, applies=lambda _: True) for t in ANSWERS.tracks)
    assert list(boundaries.split_problems(_with(tracks=tracks))) != []
    assert boundaries.choose(_with(tracks=tracks), {"declared": 0}, DAY) == "small"
    none = tuple(replace(t, applies=lambda _: False) for t in ANSWERS.tracks)
    assert any("no track" in p for p in boundaries.split_problems(_with(tracks=none)))


def test_whatever_a_track_asks_for_is_filled_with_the_plainest_value() -> None:
    def needs_much(case: Any) -> bool:
        return bool([case.fact(key) for key in ("secret", "project_kind", "started_on", "complaint")])

    tracks = tuple(replace(t, applies=needs_much) for t in ANSWERS.tracks)
    assert boundaries.choose(_with(tracks=tracks), {"declared": 1}, DAY) == "small"


def test_figures_a_machine_cannot_read_are_found() -> None:
    bad = replace(ANSWERS.thresholds[0], comparator="about", unit="bushel", values=(), partition="")
    assert len(list(boundaries.ill_formed(_with(thresholds=(bad,))))) == 3


def _limit(**changes: Any) -> list[str]:
    limits = (replace(ANSWERS.limits[0], **changes), *ANSWERS.limits[1:])
    return list(wording.clock_problems(_with(limits=limits)))


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"owner": "nobody"},
        {"option": "nothing"},
        {"met_by_fact": "nothing"},
        {"stage": ""},
        {"start": closed("review", "perhaps")},
        {"start": closed("nowhere", "pass")},
        {"start": fact_date("nothing")},
        {"start": contract_date("nothing")},
        {"kind": "order", "pause": OnPause.BY_EVENT},
    ],
)
def test_a_clock_nobody_can_start_or_count_is_found(changes: dict[str, Any]) -> None:
    assert len(_limit(**changes)) == 1


@pytest.mark.parametrize(
    "citation",
    [
        Citation(rows=("TY-1",), provenance=Provenance.INTERPRETATION),
        Citation(rows=("TY-1",), provenance=Provenance.EXTERNAL),
    ],
)
def test_a_basis_that_does_not_say_on_what_it_rests_is_found(citation: Citation) -> None:
    papers = (replace(ANSWERS.papers[0], citation=citation), *ANSWERS.papers[1:])
    assert len(list(wording.baseless(_with(papers=papers)))) == 1


def test_a_rule_nobody_encodes_and_a_repetition_of_nothing_are_found() -> None:
    rows = (*ANSWERS.rows, Row("TY-99", "第九十九条", "rule", "空。", same_as=("TY-100",)))
    assert list(wording.baseless(_with(rows=rows))) == [
        "row TY-99: no object cites it",
        "row TY-99: same as unknown TY-100",
    ]


def _gate(**changes: Any) -> list[str]:
    values: dict[str, Any] = {"severity": Severity.BLOCK, "citation": cite("TY-13"), "title": "检查", "code": "TY-G99"}
    return list(wording.idle_gates(_with(gates=(*ANSWERS.gates, Gate(key="new", **(values | changes))))))


def test_an_idle_gate_is_found() -> None:
    check: Callable[[Any], list[Any]] = lambda _: []  # noqa: E731 - a check as plugins write them
    assert _gate() == ["new: has no point, and no demand, counter, limit or panel speaks through it"]
    assert "new: has a check that is never asked" in _gate(check=check)
    point = next(g.points for g in ANSWERS.gates if g.points)
    assert _gate(points=point) == ["new: has points and no check"]
    assert _gate(points=point, check=check) == []


def test_a_gate_through_which_a_right_lapses_is_not_idle() -> None:
    first, *others = ANSWERS.limits
    lapsing = replace(first, lapse=Lapse(ends=Ends.LAPSED, gate="new", citation=cite("TY-13")))
    gate = Gate(key="new", code="TY-G99", title="检查", severity=Severity.NOTE, citation=cite("TY-13"))
    rules = _with(gates=(*ANSWERS.gates, gate), limits=(lapsing, *others))
    assert list(wording.idle_gates(rules)) == []


def test_a_title_no_officer_can_read_is_found() -> None:
    rules = _with_stage(stages.CLOSING, title="closing", outcomes=(forward("lodged", "done"),))
    assert list(wording.nameless(rules)) == ["stage closing", "closing:lodged"]


def test_a_name_given_twice_is_found() -> None:
    segment = replace(ANSWERS.segments[1], stages=(*ANSWERS.segments[1].stages, replace(REVISE, title="另一个")))
    rules = _with(segments=(ANSWERS.segments[0], segment))
    rules.answers = replace(rules.answers, gates=(*ANSWERS.gates, replace(ANSWERS.gates[0], key="other")))
    assert list(wording.named_twice(rules)) == ["gate code TY-G1", "stage revise"]


def test_answers_export_with_the_names_of_what_is_computed() -> None:
    exported = export(ANSWERS)
    assert decode(encode(exported), dict) == exported
    assert exported["regulations"][0]["effective_on"] == "2024-01-01"
    assert "tracks" in exported["tracks"][0]["applies"]["computed"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os", "imports os"),
        ("from random import choice", "imports random"),
        ("from core.projects import begin", "imports core.projects"),
        ("from plugins.elsewhere import rules", "imports plugins.elsewhere"),
        ("from datetime import date\nd = date.today()", "asks a clock: today()"),
        ("x = open('f')", "calls open()"),
        ("from yaml import load", "imports yaml"),
    ],
)
def test_what_could_make_two_identical_cases_differ_is_found(tmp_path: Path, source: str, found: str) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "gates.py").write_text(source, encoding="utf-8")
    problems = list(purity.impurities(folder, "plugins.place"))
    assert [p.partition(": ")[2] for p in problems] == [found]


def test_what_a_plugin_may_use_is_not_called_impure(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    (folder / "rules").mkdir(parents=True)
    lines = (
        "from datetime import date",
        "from core.policy.cases.case import Case",
        "from plugins.place.roles import R",
    )
    (folder / "gates.py").write_text("\n".join((*lines, "x = case.today")), encoding="utf-8")
    (folder / "rules" / "__init__.py").write_text("from pathlib import Path\nimport yaml\n", encoding="utf-8")
    assert list(purity.impurities(folder, "plugins.place")) == []


def test_a_number_outside_thresholds_is_found_and_a_date_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "thresholds.py").write_text("LIMIT = 500\n", encoding="utf-8")
    (folder / "gates.py").write_text("a = 0\nb = 1\nc = 3\nd = date(2024, 10, 29)\ne = True\n", encoding="utf-8")
    assert list(purity.bare_numbers(folder)) == ["place/gates.py:3: the number 3 outside thresholds.py"]


def test_the_kit_fails_with_everything_at_once() -> None:
    class Broken(JurisdictionConformance):
        place = "toytown"
        registry = REGISTRY

        def _rules(self) -> Rulebook:
            return _with_stage(stages.CLOSING, title="closing", outcomes=(forward("lodged", "done"),))

    with pytest.raises(AssertionError, match="stage closing\nclosing:lodged"):
        Broken().test_every_title_can_be_read_by_an_officer()


def test_the_kinds_of_line_and_result_the_graphs_know_are_all_there_are() -> None:
    assert set(Line) == {Line.MAIN, Line.DETOUR, Line.OBLIGATION, Line.SIDE}
    assert set(OutcomeKind) == {OutcomeKind.FORWARD, OutcomeKind.NEGATIVE, OutcomeKind.NEUTRAL}
