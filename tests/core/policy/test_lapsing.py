"""A right that ends with a date ends on that day: for one party, for all, and whether or not a job has run."""

from datetime import date

import msgspec
import pytest

from core.policy.cases.case import Case
from core.policy.cases.state import Due
from core.policy.rules.gating import EffectHit
from core.policy.rules.papers import Severity
from tests.core.policy.pier import BUILDER, HARBOUR, Pier, paper, seen

EARLY, LATE = date(2025, 3, 14), date(2025, 6, 13)
FIRST_END = date(2025, 6, 16)  # three months after EARLY is Saturday 14 June, so the Monday


def effects(pier: Pier, on: date) -> tuple[EffectHit, ...]:
    return Case(pier.state, seen(on), pier.rules).effects("lost")


def test_the_clock_starts_on_the_day_the_case_tells_for_each_party_its_own() -> None:
    pier = Pier(a=EARLY, b=LATE)
    assert {d.ref: d.due_on for d in pier.state.dues} == {"a": FIRST_END, "b": date(2025, 9, 15)}


def test_a_day_told_anew_moves_the_clock_until_it_is_met() -> None:
    pier = Pier(a=EARLY)
    pier.act("record", date(2025, 4, 1), ref="a", facts={"until": "2025-04-30"})
    assert [(d.due_on, d.dropped) for d in pier.state.dues] == [(FIRST_END, True), (date(2025, 7, 30), False)]


@pytest.mark.parametrize(("on", "accepted"), [(date(2025, 6, 15), True), (FIRST_END, True), (date(2025, 6, 17), False)])
def test_an_act_on_the_last_day_is_in_time_and_on_the_next_is_not(on: date, *, accepted: bool) -> None:
    pier = Pier(a=EARLY)
    assert pier.act("submit", on, "build", BUILDER, ref="a").accepted is accepted


def test_only_the_result_that_meets_the_limit_meets_it() -> None:
    pier = Pier(a=EARLY, b=LATE)
    for ref in ("a", "b"):
        pier.act("submit", date(2025, 5, 6), "build", BUILDER, ref=ref)
    pier.act("decide", date(2025, 5, 7), "inspection", ref="a", outcome="poor")
    pier.act("decide", date(2025, 5, 7), "inspection", ref="b", outcome="good")
    assert {d.ref: d.met_on for d in pier.state.dues} == {"a": None, "b": date(2025, 5, 7)}


def test_one_party_is_lost_from_the_day_after_and_the_other_goes_on() -> None:
    pier = Pier(a=EARLY, b=LATE)
    pier.act("submit", date(2025, 8, 1), "build", BUILDER, ref="b")
    assert pier.ends() == {"a": date(2025, 6, 17)}
    assert pier.open() == {"inspection@b"}
    assert [(f.gate, f.severity, f.item) for f in pier.last.findings] == [("lost", Severity.NOTE, "a")]


def test_when_the_last_party_is_lost_what_the_text_names_opens() -> None:
    pier = Pier(a=EARLY)
    assert pier.act("elapse", date(2025, 7, 1), role="").accepted
    assert pier.open() == {"again"}
    assert pier.ends() == {"a": date(2025, 6, 17)}
    assert pier.state.end is None


def test_a_job_that_comes_twice_or_too_early_changes_nothing() -> None:
    pier = Pier(a=EARLY)
    assert not pier.act("elapse", FIRST_END, role="").accepted
    pier.act("elapse", date(2025, 7, 1), role="")
    assert not pier.act("elapse", date(2025, 7, 2), role="").accepted


def test_a_case_that_lapses_with_nothing_open_in_it_is_written_down_too() -> None:
    pier = Pier(a=EARLY)
    due = Due(limit="grace", stage="", start_on=EARLY, due_on=FIRST_END)
    pier.state = msgspec.structs.replace(pier.state, entries=(), runs=(), dues=(due,))
    assert pier.act("elapse", date(2025, 7, 1), role="").accepted
    assert pier.state.end is not None
    assert pier.state.end.on == date(2025, 6, 17)


def test_without_any_job_the_next_act_finds_the_state_the_date_has_made() -> None:
    pier = Pier(a=EARLY)
    assert pier.act("submit", date(2025, 7, 1), "again", HARBOUR).accepted
    assert pier.open() == {"call"}


def test_an_effect_falls_on_the_one_entry_it_is_about() -> None:
    pier = Pier(a=EARLY, b=LATE)
    assert [(hit.ref, hit.party) for hit in effects(pier, date(2025, 6, 17))] == [("a", "pa")]
    assert effects(pier, FIRST_END) == ()


def test_a_result_counts_as_a_paper_and_a_paper_handed_in_still_counts() -> None:
    pier = Pier(a=EARLY)
    assert pier.act("submit", date(2025, 2, 3), "build", BUILDER, ref="a").missing == ()
    other = Pier(a=EARLY)
    given = (paper("sounding", date(2025, 2, 3)),)
    assert other.act("submit", date(2025, 2, 3), "build", BUILDER, ref="a", papers=given).accepted


def test_a_step_for_new_parties_opens_for_those_it_is_meant_for() -> None:
    pier = Pier(a=EARLY)
    assert not any(run.stage == "outing" for run in pier.state.runs)
