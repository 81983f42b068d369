"""The course of a case: creation, track, sides, lots, restarts, clocks, ends."""

from datetime import date

import pytest

from core.policy.cases.state import Contract
from tests.core.policy.playing import ITEMS, LARGE, SMALL, Played


@pytest.mark.parametrize(
    ("on", "accepted"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 1, 2), True),
        (date(2026, 12, 30), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_case_begins_only_while_the_regulation_is_valid(on: date, accepted: bool) -> None:
    case = Played()
    assert case.act("create", on=on).accepted is accepted
    assert case.gates() == (set() if accepted else {"rulebook_not_in_force"})


def test_what_already_runs_goes_on_after_the_regulation_has_expired() -> None:
    case = Played().create()
    assert case.apply(on=date(2027, 3, 1)).accepted


def test_a_gate_of_creation_refuses_and_nothing_begins() -> None:
    case = Played().create(outside=True)
    assert case.gates() == {"scope"}
    assert case.state == case.blank


def test_an_amended_figure_holds_for_cases_created_from_its_first_day() -> None:
    for created, track in ((date(2025, 12, 31), "large"), (date(2026, 1, 1), "small"), (date(2026, 1, 2), "small")):
        case = Played()
        case.blank = case.state = case.state.__class__(id="own", unit="school", created_on=created)
        case.act("create", on=created)
        assert case.apply(150_000_00).track == track


def test_the_track_is_provisional_until_the_review_and_bound_after_it() -> None:
    case = Played().to_review(SMALL)
    assert case.state.track == "small"
    assert not case.state.track_locked
    case.pass_review()
    assert case.state.track_locked


def test_a_stage_not_yet_open_says_what_is_being_done_instead() -> None:
    case = Played().create()
    case.act("lodge", "closing", facts={"secret": True})
    assert case.gates() == {"stage_not_open", "open_secret"}
    assert "申报" in case.last.findings[0].message


def test_a_stage_done_says_when_it_was_done() -> None:
    case = Played().to_review()
    case.apply()
    assert "2025-09-01" in case.last.findings[0].message


def test_a_change_is_open_to_the_unit_only_once_signed_and_only_one_at_a_time() -> None:
    case = Played().create()
    case.act("open", side="change")
    assert case.gates() == {"side_not_available"}
    case = Played().to_works()
    case.act("open", role="finance", side="change")
    assert case.gates() == {"not_your_act"}
    assert case.act("open", side="change").accepted
    case.act("open", side="change")
    assert case.gates() == {"side_already_open"}
    case.act("open", side="nothing")
    assert case.gates() == {"unknown_side"}


def test_a_side_process_leaves_the_main_line_where_it_is() -> None:
    case = Played().to_works()
    case.act("open", side="change")
    assert case.open() == {"report", "works", "change_review"}
    case.act("decide", "change_review", "data_bureau", outcome="consent")
    assert case.open() == {"report", "works"}


def test_a_restart_sets_earlier_results_aside_and_keeps_them_on_record() -> None:
    case = Played().to_works()
    case.act("open", side="change")
    case.act("decide", "change_review", "data_bureau", outcome="restart")
    assert case.open() == {"report", "review"}
    assert case.case.result("review") == ""
    assert [run.overtaken for run in case.state.runs if run.stage == "review"] == [True, False]
    assert case.pass_review().accepted
    assert case.open() == {"report", "signing"}


def test_a_restart_gives_the_attempts_before_it_back() -> None:
    case = Played().to_works()
    case.act("open", side="change")
    case.act("decide", "change_review", "data_bureau", outcome="restart")
    run = case.case.run("review")
    assert run is not None
    assert run.n == 2
    assert case.ended() == ""


def test_each_supplementary_contract_opens_a_filing_of_its_own() -> None:
    case = Played().to_works()
    for number in ("s1", "s2"):
        contract = Contract(id=number, kind="supplementary", amount_fen=1)
        assert case.act("record", "works", contracts=(contract,)).accepted
    assert {"supplement_filing@s1", "supplement_filing@s2"} <= case.open()
    case.act("lodge", "supplement_filing", ref="s1")
    assert "supplement_filing@s1" not in case.open()


def test_a_contract_recorded_again_replaces_itself() -> None:
    case = Played().to_works()
    for amount in (1, 2):
        case.act("record", "works", contracts=(Contract(id="main", amount_fen=amount),))
    assert [c.amount_fen for c in case.state.contracts] == [2]


def test_lots_are_built_and_inspected_apart_and_closed_together() -> None:
    case = Played().to_works("a", "b")
    assert case.open() == {"report", "works@a", "works@b"}
    case.act("submit", "works", ref="a")
    case.act("decide", "inspection", "data_bureau", ref="a", outcome="pass")
    assert case.open() == {"report", "works@b"}
    case.act("submit", "works", ref="b")
    case.act("decide", "inspection", "data_bureau", ref="b", outcome="pass")
    assert case.open() == {"report", "closing"}


def test_a_lot_that_fails_for_good_ends_alone() -> None:
    case = Played().to_works("a", "b")
    for _ in range(2):
        case.act("submit", "works", ref="a")
        case.act("decide", "inspection", "data_bureau", ref="a", outcome="not_pass", reason="不合格")
    assert case.state.lot_ends["a"].kind == "terminated"
    assert case.ended() == ""
    assert case.open() == {"report", "works@b"}


def test_lots_that_waited_for_one_that_ended_go_on_without_it() -> None:
    case = Played().to_works("a", "b")
    case.act("submit", "works", ref="a")
    case.act("decide", "inspection", "data_bureau", ref="a", outcome="pass")
    for _ in range(2):
        case.act("submit", "works", ref="b")
        case.act("decide", "inspection", "data_bureau", ref="b", outcome="not_pass", reason="不合格")
    assert set(case.state.lot_ends) == {"b"}
    assert case.open() == {"report", "closing"}


def test_the_last_lot_to_fail_ends_the_case() -> None:
    case = Played().to_works("a", "b")
    for lot in ("a", "a", "b", "b"):
        case.act("submit", "works", ref=lot)
        case.act("decide", "inspection", "data_bureau", ref=lot, outcome="not_pass", reason="不合格")
    assert case.ended() == "terminated"


def test_a_clock_stops_from_the_pause_to_the_resumption() -> None:
    case = Played().to_review()
    assert case.due("review_days") == date(2025, 9, 8)
    case.act("pause", "review", "data_bureau", on=date(2025, 9, 2), reason="补充检测")
    case.act("resume", "review", "data_bureau", on=date(2025, 9, 9))
    due = case.case.due("review_days")
    assert due is not None
    assert due.due_on is not None
    assert due.due_on > date(2025, 9, 8)
    assert [(p.opened_on, p.closed_on) for p in due.pauses] == [(date(2025, 9, 2), date(2025, 9, 9))]


def test_a_clock_the_text_does_not_stop_cannot_be_stopped() -> None:
    case = Played().to_works()
    assert not case.act("pause", "report", reason="等待").accepted
    assert case.gates() == {"no_pause"}


def test_an_obligation_holds_the_end_but_not_the_line() -> None:
    case = Played().to_works(secret=False)
    case.act("submit", "works")
    case.act("decide", "inspection", "data_bureau", outcome="pass")
    assert case.act("lodge", "closing").accepted
    assert case.state.line_done
    assert case.ended() == ""
    case.act("lodge", "report")
    assert case.ended() == "completed"


def test_an_ended_case_answers_with_its_end_and_still_takes_a_complaint() -> None:
    case = Played().to_works()
    case.act("open", side="termination")
    case.act("lodge", "termination_filing")
    assert case.ended() == "terminated"
    assert case.open() == set()
    case.act("submit", "works")
    assert case.gates() == {"case_ended"}
    assert case.act("open", role="data_bureau", side="complaint").accepted
    assert case.act("decide", "complaint_answer", "data_bureau", outcome="answered").accepted


def test_a_recorded_fact_may_open_a_side_process_by_itself() -> None:
    case = Played().to_works()
    case.act("record", role="data_bureau", facts={"complaint": "噪声"})
    assert "complaint_answer" in case.open()


def test_withdrawing_is_free_before_the_review_and_refused_after_it() -> None:
    case = Played().to_review(LARGE)
    assert case.act("withdraw", reason="不再需要").accepted
    assert case.ended() == "withdrawn"
    later = Played().to_works()
    later.act("withdraw")
    assert later.gates() == {"not_withdrawable"}
    other = Played().to_review()
    other.act("withdraw", role="finance")
    assert other.gates() == {"not_your_act"}


def test_an_act_that_does_not_fit_the_stage_is_refused() -> None:
    case = Played().to_review()
    case.act("submit", "review", "data_bureau")
    assert case.gates() == {"wrong_act"}
    case.act("decide", "nowhere", "data_bureau", outcome="pass", items=ITEMS)
    assert case.gates() == {"stage_not_on_track"}


def test_an_act_the_engine_does_not_know_is_a_mistake_of_the_program() -> None:
    with pytest.raises(LookupError, match="dance"):
        Played().act("dance")
