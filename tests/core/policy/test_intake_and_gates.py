"""What an act brings, what gates say, and what follows from lateness: all findings at once, each with its rows."""

from datetime import date
from typing import Any

import pytest

from core.kernel.codec import decode, encode
from core.policy.cases.standing import DueMark, Standing
from core.policy.cases.state import CaseState, Defect, Paper, WaiverUse
from core.policy.judging.tasks import tasks_of
from core.policy.rules.gating import Hit
from core.policy.rules.papers import Severity
from tests.core.policy.playing import ITEMS, MONDAY, SMALL, Played


@pytest.mark.parametrize(
    ("facts", "gate"),
    [
        ({"nothing": 1}, "unknown_fact_key"),
        ({"declared": "500"}, "fact_invalid"),
        ({"declared": -1}, "fact_invalid"),
        ({"declared": True}, "fact_invalid"),
        ({"project_kind": "dance"}, "fact_invalid"),
        ({"project_kind": 1}, "fact_invalid"),
        ({"risky": "yes"}, "fact_invalid"),
        ({"signed_off_on": "tomorrow"}, "fact_invalid"),
        ({"complaint": "噪声"}, "fact_not_yours"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_by_name(facts: dict[str, Any], gate: str) -> None:
    case = Played().create()
    decision = case.apply(facts=facts)
    assert not decision.accepted
    assert (gate, next(iter(facts))) in {(f.gate, f.item) for f in decision.findings}


def test_everything_wrong_with_an_act_is_said_at_once() -> None:
    case = Played().create()
    decision = case.act("submit", "apply", "finance", facts={"nothing": 1}, papers=(Paper(type="poem", on=MONDAY),))
    assert [f.gate for f in decision.findings if f.gate != "fact_missing"] == [
        "not_your_act",
        "unknown_fact_key",
        "unknown_paper",
        "incomplete",
    ]
    assert {f.item for f in decision.findings if f.gate == "fact_missing"} == {"project_kind", "declared"}


def test_a_paper_comes_from_whoever_it_is_for_to_hand_in() -> None:
    case = Played().create()
    case.act("hand_in", papers=(Paper(type="minutes", on=MONDAY),))
    assert case.gates() == {"paper_not_yours"}


def test_a_paper_handed_in_once_serves_and_a_newer_version_counts() -> None:
    case = Played().create()
    case.act("hand_in", papers=(Paper(type="form", on=MONDAY),))
    case.act("hand_in", papers=case.papers("form"))
    assert [p.version for p in case.case.papers("form")] == [1, 2]
    assert case.apply(papers=()).accepted


def test_a_locked_fact_cannot_be_changed_after_its_stage_has_passed() -> None:
    case = Played().to_works()
    case.act("record", facts={"project_kind": "om"})
    assert case.gates() == {"fact_locked"}
    assert case.act("record", facts={"project_kind": "build"}).accepted


def test_a_fact_is_recorded_where_the_stage_has_a_place_for_it() -> None:
    case = Played().to_works()
    case.act("record", "report", facts={"started_on": "2025-09-08"})
    assert case.gates() == {"fact_out_of_place"}
    assert case.act("record", "works", facts={"started_on": date(2025, 9, 8)}).accepted
    assert case.state.facts["started_on"] == "2025-09-08"


def test_an_unknown_fact_blocks_and_is_named() -> None:
    case = Played().to_works()
    case.act("submit", "works")
    case.act("decide", "inspection", "data_bureau", outcome="pass")
    decision = case.act("lodge", "closing")
    assert [(f.gate, f.item) for f in decision.blocked_by] == [("open_secret", "secret")]
    assert "涉密" in decision.findings[0].message


def test_a_default_is_no_unknown_fact() -> None:
    assert Played().create().case.fact("risky") is False
    with pytest.raises(KeyError):
        Played().create().case.fact("nothing")


def _running(*ids: str) -> tuple[Standing, ...]:
    return tuple(Standing(id=key, title=key, created_on=MONDAY) for key in ids)


@pytest.mark.parametrize(("others", "accepted"), [(("a",), True), (("a", "b"), False), (("a", "b", "c"), False)])
def test_a_gate_reads_the_units_other_projects(others: tuple[str, ...], accepted: bool) -> None:
    assert Played(others=_running(*others)).create().apply().accepted is accepted


def test_a_rule_in_principle_is_lifted_by_whom_the_text_names_and_only_with_a_reason() -> None:
    case = Played(others=_running("a", "b")).create()
    waiver = WaiverUse(gate="running", role="", reason="")
    assert not case.apply(waivers=(waiver,)).accepted
    decision = case.apply(waivers=(WaiverUse(gate="running", role="", reason="防汛急需"),))
    assert decision.accepted
    assert [(f.gate, f.waived) for f in decision.findings] == [("running", True)]
    assert [(w.gate, w.role, w.on) for w in case.state.waivers] == [("running", "project_unit", MONDAY)]


def test_a_rule_without_a_waiver_cannot_be_lifted() -> None:
    case = Played().create()
    use = WaiverUse(gate="incomplete", role="", reason="来不及")
    assert not case.apply(papers=(), waivers=(use,)).accepted


def test_a_tenant_may_raise_a_severity_and_never_lower_it() -> None:
    raised = Played(options={"severity_overrides": {"running": "note"}}, others=_running("a", "b")).create()
    assert [f.severity for f in raised.apply().findings if f.gate == "running"] == [Severity.BLOCK]


def test_a_gate_that_reads_what_it_has_not_declared_is_a_mistake_of_the_plugin() -> None:
    case = Played().create().case
    case.allowed = frozenset()
    with pytest.raises(LookupError, match="unit"):
        _ = case.unit


def _revised(on: date) -> Played:
    case = Played().to_review()
    defect = Defect(id="d1", item="cost", text="造价偏高")
    case.act("decide", "review", "data_bureau", outcome="not_pass", items=ITEMS, defects=(defect,), reason="偏高")
    case.act("submit", "revise", on=on, answers={"d1": "已核减"}, papers=case.papers("form"))
    return case


@pytest.mark.parametrize(
    ("on", "accepted"), [(date(2025, 9, 5), True), (date(2025, 9, 8), True), (date(2025, 9, 9), False)]
)
def test_where_the_text_refuses_what_is_late_the_day_after_is_refused(on: date, accepted: bool) -> None:
    assert _revised(on).last.accepted is accepted


@pytest.mark.parametrize(
    ("on", "found"), [(date(2025, 9, 30), set()), (date(2025, 10, 9), set()), (date(2025, 10, 10), {"late"})]
)
def test_a_late_report_is_taken_and_recorded(on: date, found: set[str]) -> None:
    case = Played().to_works()
    assert case.due("report_days") == date(2025, 10, 9)
    assert case.act("lodge", "report", on=on).accepted
    assert case.gates() == found


@pytest.mark.parametrize(
    ("today", "barred"), [(date(2025, 10, 8), False), (date(2025, 10, 9), False), (date(2025, 10, 10), True)]
)
def test_an_overdue_report_bars_the_units_next_project_until_it_is_lodged(today: date, barred: bool) -> None:
    mark = DueMark(limit="report_days", due_on=date(2025, 10, 9))
    other = Standing(id="o", title="旧项目", created_on=MONDAY, dues=(mark,))
    case = Played(others=(other,)).create()
    assert case.apply(on=today).accepted is not barred
    assert ("barred" in case.gates()) is barred


def test_the_project_that_causes_an_effect_says_so_when_it_ends() -> None:
    case = Played().to_works()
    case.act("record", on=date(2025, 10, 10), facts={"wet": True})
    assert case.act("lodge", "report").effects_ended == ("bar_new",)


@pytest.mark.parametrize(
    ("on", "accepted"), [(date(2026, 9, 1), True), (date(2026, 9, 2), True), (date(2026, 9, 3), False)]
)
def test_an_approval_runs_out_a_year_after_it_was_signed(on: date, accepted: bool) -> None:
    case = Played().to_works()
    case.act("record", "signing", role="mayor", facts={"signed_off_on": "2025-09-02"})
    case.act("record", role="mayor", facts={"signed_off_on": "2025-09-02"})
    assert case.due("validity") == date(2026, 9, 2)
    assert case.act("submit", "works", on=on).accepted is accepted


def test_a_validity_is_met_by_the_fact_that_uses_it_and_moves_with_its_start() -> None:
    case = Played().to_works()
    case.act("record", role="mayor", facts={"signed_off_on": "2025-09-02"})
    case.act("record", role="mayor", facts={"signed_off_on": "2025-09-03"})
    assert case.due("validity") == date(2026, 9, 3)
    case.act("record", "works", on=date(2026, 1, 5), facts={"started_on": "2026-01-05"})
    assert case.act("submit", "works", on=date(2027, 1, 5)).accepted


def test_tasks_name_the_deciders_and_the_reviewers_not_yet_heard() -> None:
    case = Played().to_review(risky=True)
    found = {(t.role, t.act, t.due_on) for t in tasks_of(case.case)}
    assert found == {("data_bureau", "decide", date(2025, 9, 8)), ("fire", "opine", date(2025, 9, 8))}
    case.act("opine", "review", "fire")
    assert {t.role for t in tasks_of(case.case)} == {"data_bureau"}


def test_a_stored_case_reads_back_equal() -> None:
    case = Played().to_works("a", "b", risky=False)
    assert decode(encode(case.state), CaseState) == case.state


def test_a_refused_act_leaves_the_case_as_it_was() -> None:
    case = Played().create()
    before = case.state
    case.apply(SMALL, papers=())
    assert case.state is before


def test_a_hit_may_cite_only_some_rows_of_its_gate() -> None:
    mark = DueMark(limit="report_days", due_on=MONDAY)
    other = Standing(id="o", title="旧项目", created_on=MONDAY, dues=(mark,))
    case = Played(others=(other,)).create()
    finding = next(f for f in case.apply(on=date(2025, 9, 2)).findings if f.gate == "barred")
    assert (finding.rows, finding.article) == (("TY-11",), "第十一条")
    assert Hit(message="x").rows == ()
