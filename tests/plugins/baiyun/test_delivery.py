"""From the filed contract to the completed project: building, operation, several contracts and lots, evaluation."""

from datetime import date
from typing import Any

import pytest

from core.kernel.money import parse_yuan
from core.policy.cases.state import Contract
from core.policy.rules.papers import Severity
from tests.plugins.baiyun.delivering import EXPERTS, INTERNAL, Delivered

BUREAU = "data_bureau"


def at_work(amount: str = "750000", **more: Any) -> Delivered:
    return Delivered(**more).file_need().sign(amount)


def evaluated(**facts: object) -> Delivered:
    """A project the bureau has had evaluated while it was being built."""
    case = at_work("1500000")
    case.opens("evaluation_by_choice", on=date(2025, 12, 1), role=BUREAU)
    case.evaluate("evaluation_by_choice", on=date(2025, 12, 10), **facts)
    return case


def test_a_building_project_goes_from_its_contract_to_its_end() -> None:
    case = at_work()
    assert case.open_stages() == {"implementation"}
    case.build()
    assert case.open_stages() == {"initial_acceptance"}
    case.accept_first()
    assert case.open_stages() == {"initial_acceptance_filing", "trial_run"}
    case.act("lodge", "initial_acceptance_filing", on=date(2026, 1, 12), papers=("initial_acceptance_materials",))
    assert "late_filing" not in case.gates()
    case.act("complete", "trial_run", on=date(2026, 3, 20))
    assert case.open_stages() == {"pre_final_request"}
    case.ask()
    case.decide("pre_final_review", "agree", on=date(2026, 3, 30), papers=("pre_final_opinion",))
    case.accept()
    assert case.open_stages() == {"self_evaluation", "acceptance_filing"}
    case.file()
    case.decide("acceptance_filing_review", on=date(2026, 4, 20))
    assert case.ended() is None
    case.self_evaluate()
    assert case.ended() == ("completed", date(2026, 5, 8))


def test_an_operation_project_evaluates_itself_first_and_needs_no_initial_acceptance() -> None:
    case = at_work(kind="om")
    case.build()
    assert case.open_stages() == {"self_evaluation", "pre_final_request"}
    case.self_evaluate(on=date(2025, 12, 20))
    case.ask(on=date(2025, 12, 22))
    case.decide("pre_final_review", "agree", on=date(2025, 12, 24), papers=("pre_final_opinion",))
    case.accept(on=date(2025, 12, 26))
    case.file(on=date(2025, 12, 29))
    case.decide("acceptance_filing_review", on=date(2025, 12, 30))
    assert case.ended() == ("completed", date(2025, 12, 30))


@pytest.mark.parametrize(
    ("choice", "follows"), [("if_initial_acceptance", "trial_run"), ("never", "pre_final_request")]
)
def test_an_initial_acceptance_the_unit_chose_is_filed_and_tried_as_the_tenant_reads_it(
    choice: str, follows: str
) -> None:
    case = Delivered(kind="service", trial_run_for_other=choice).file_need().sign("750000")
    case.build(holds_initial_acceptance=True)
    case.accept_first()
    assert case.open_stages() == {"self_evaluation", "initial_acceptance_filing", follows}


@pytest.mark.parametrize(("works", "warned"), [("499999.99", False), ("500000", True), ("500000.01", True)])
def test_large_works_without_a_supervisor_are_warned_about(works: str, warned: bool) -> None:
    case = at_work()
    case.act("record", "", on=date(2025, 11, 1), facts={"main_works": parse_yuan(works)})
    case.build()
    assert case.last.accepted
    assert ("supervision_missing" in case.gates()) is warned


# Passing on 2025-12-19, fifteen workdays end on 2026-01-12: New Year is off, Sunday 4 January is worked.
@pytest.mark.parametrize(("day", "late"), [(9, False), (12, False), (13, True)])
def test_the_initial_acceptance_is_filed_in_fifteen_workdays(day: int, late: bool) -> None:
    case = at_work()
    case.build()
    case.accept_first()
    assert case.due_on("initial_acceptance_filing") == date(2026, 1, 12)
    papers = ("initial_acceptance_materials",)
    assert case.act("lodge", "initial_acceptance_filing", on=date(2026, 1, day), papers=papers).accepted
    assert ("late_filing" in case.gates()) is late


def test_an_initial_acceptance_is_repeated_until_it_passes() -> None:
    case = at_work()
    case.build()
    for _ in range(5):
        case.accept_first("not_pass")
        assert case.open_stages() == {"initial_acceptance"}
    assert case.accept_first().accepted


@pytest.mark.parametrize(
    ("amounts", "accepted"),
    [
        (("400000", "450000"), True),
        (("400000", "499999.99"), True),
        (("400000", "500000"), False),
        (("600000", "400000"), False),
    ],
)
def test_contracts_are_never_added_up_and_the_largest_decides_wherever_it_stands(
    amounts: tuple[str, ...], accepted: bool
) -> None:
    case = Delivered().file_need().sign(*amounts)
    case.build()
    assert case.accept_first(panel=INTERNAL).accepted is accepted


def test_each_lot_is_accepted_by_its_own_contract() -> None:
    case = Delivered(lots=("A", "B")).file_need()
    case.sign("600000", ref="A").sign("400000", ref="B")
    for lot in ("A", "B"):
        case.build(lot)
    assert not case.accept_first(panel=INTERNAL, ref="A").accepted
    assert case.accept_first(panel=INTERNAL, ref="B").accepted
    assert case.open_at() == {"initial_acceptance@A", "initial_acceptance_filing@B", "trial_run@B"}


def test_the_papers_of_one_lot_do_not_answer_for_another() -> None:
    case = Delivered(lots=("A", "B")).file_need()
    case.sign("600000", ref="A").sign("400000", ref="B")
    case.to_final("A").build("B")
    case.accept_first(ref="B")
    case.act("complete", "trial_run", on=date(2026, 3, 20), ref="B")
    assert not case.act("submit", "pre_final_request", on=date(2026, 3, 23), ref="B").accepted
    assert {"pre_final_request", "security_evidence", "system_logs"} <= set(case.last.missing)
    case.ask("B")
    assert not case.decide("pre_final_review", "agree", on=date(2026, 3, 30), ref="B").accepted
    assert case.last.missing == ("pre_final_opinion",)


def two_lots(large: str = "600000") -> Delivered:
    """Lot A is accepted and filed; lot B has failed its first acceptance."""
    case = Delivered(lots=("A", "B")).file_need()
    case.sign(large, ref="A").sign("400000", ref="B")
    case.to_final("A").to_final("B")
    case.accept(ref="A")
    case.file("A")
    case.decide("acceptance_filing_review", on=date(2026, 4, 20), ref="A")
    case.accept("not_pass", ref="B")
    case.act("submit", "final_rectification", on=date(2026, 4, 21), ref="B")
    return case


def test_a_lot_that_fails_twice_ends_alone_and_the_other_completes_the_project() -> None:
    case = two_lots()
    case.accept("not_pass", on=date(2026, 4, 25), ref="B")
    assert case.ended() is None
    assert "termination_filing@B" in case.open_at()
    facts = {"assets_formed": "无"}
    case.act(
        "lodge", "termination_filing", on=date(2026, 5, 6), ref="B", facts=facts, papers=("termination_statement",)
    )
    assert case.last.accepted
    assert case.ended() is None
    assert case.state.lot_ends["B"].on == date(2026, 4, 25)
    assert not {stage for stage in case.open_at() if stage.endswith("@B")} - {"initial_acceptance_filing@B"}
    case.self_evaluate()
    assert case.ended() == ("completed", date(2026, 5, 8))


def test_the_lots_that_go_on_are_evaluated_though_the_last_one_failed() -> None:
    case = two_lots("3500000")
    case.accept("not_pass", on=date(2026, 4, 25), ref="B")
    assert "third_party_evaluation" in case.open_stages()


def test_a_lot_that_passes_the_second_time_is_filed_like_any_other() -> None:
    case = two_lots()
    case.accept(on=date(2026, 4, 25), ref="B")
    case.file("B", on=date(2026, 4, 27))
    case.decide("acceptance_filing_review", on=date(2026, 4, 28), ref="B")
    case.self_evaluate()
    assert case.ended() == ("completed", date(2026, 5, 8))


def test_the_terms_of_a_supplementary_agreement_are_checked_at_acceptance() -> None:
    case = at_work()
    extra = Contract(
        id="s1", kind="supplementary", amount_fen=1, signed_on=date(2025, 11, 3), terms={"has_ip_terms": True}
    )
    case.act("record", "implementation", on=date(2025, 11, 4), contracts=(extra,))
    assert case.due_on("supplement_filing", "s1") == date(2025, 11, 10)
    case.to_final()
    items = dict.fromkeys(("xinchuang", "crypto", "network_security", "data_security"), "pass")
    assert not case.accept(items=items).accepted
    assert case.blocked_by() == {"ip_unchecked"}
    assert case.accept().accepted


def test_a_compulsory_evaluation_is_held_once() -> None:
    case = at_work("3000000")
    case.opens("evaluation_by_choice", on=date(2025, 12, 1), role=BUREAU)
    case.evaluate("evaluation_by_choice", on=date(2025, 12, 10))
    case.to_final().accept()
    case.file()
    case.decide("acceptance_filing_review", on=date(2026, 4, 20))
    assert case.open_stages() == {"initial_acceptance_filing", "self_evaluation"}


@pytest.mark.parametrize("flag", ["is_key_project", "is_delayed"])
def test_a_project_whose_acceptance_is_delayed_may_be_evaluated_until_it_has_passed(flag: str) -> None:
    case = at_work(kind="om").to_final()
    assert not case.opens("evaluation_by_choice", on=date(2026, 4, 1), role=BUREAU).accepted
    case.act("record", "", on=date(2026, 4, 1), role=BUREAU, facts={flag: True})
    assert not case.opens("evaluation_by_choice", on=date(2026, 4, 2)).accepted
    case.accept()
    assert not case.opens("evaluation_by_choice", on=date(2026, 4, 11), role=BUREAU).accepted
    case = at_work(kind="om").to_final()
    case.act("record", "", on=date(2026, 4, 1), role=BUREAU, facts={flag: True})
    assert case.opens("evaluation_by_choice", on=date(2026, 4, 2), role=BUREAU).accepted


def test_a_finished_project_may_still_be_evaluated() -> None:
    case = at_work("1500000").to_final()
    case.accept()
    case.file()
    case.decide("acceptance_filing_review", on=date(2026, 4, 20))
    case.self_evaluate()
    assert case.ended() is not None
    assert case.opens("evaluation_by_choice", on=date(2026, 7, 1), role=BUREAU).accepted
    assert case.evaluate("evaluation_by_choice", on=date(2026, 8, 3)).accepted


def test_a_result_without_its_day_of_publication_is_no_result() -> None:
    case = at_work("1500000")
    case.opens("evaluation_by_choice", on=date(2025, 12, 1), role=BUREAU)
    papers = ("third_party_evaluation_report",)
    facts = {"grade": "unqualified"}
    case.decide("evaluation_by_choice", "published", on=date(2025, 12, 10), facts=facts, papers=papers)
    assert [f.item for f in case.last.blocked_by] == ["result_published_on"]


def test_a_later_evaluation_says_everything_anew() -> None:
    case = evaluated(evaluation_problems=True, evaluation_problems_due_on="2026-01-20")
    case.opens("evaluation_by_choice", on=date(2025, 12, 15), role=BUREAU)
    papers = ("third_party_evaluation_report",)
    case.decide("evaluation_by_choice", "published", on=date(2025, 12, 20), papers=papers)
    assert case.blocked_by() == {"chosen_result_outdated"}
    assert {f.item for f in case.last.blocked_by} >= {"grade", "evaluation_problems", "evaluation_problems_due_on"}
    assert case.evaluate("evaluation_by_choice", on=date(2025, 12, 20), evaluation_problems=False).accepted


def test_problems_are_put_right_by_their_day_and_the_day_of_it_is_said() -> None:
    case = evaluated(evaluation_problems=True, evaluation_problems_due_on="2026-01-20")
    assert case.due_on("evaluation_rectification") == date(2026, 1, 20)
    assert "bar_same_kind_rectification" not in case.effects(date(2026, 1, 20))
    assert "bar_same_kind_rectification" in case.effects(date(2026, 1, 21))
    papers = ("evaluation_rectification_record",)
    assert not case.act("submit", "evaluation_rectification", on=date(2026, 1, 22), papers=papers).accepted
    facts = {"evaluation_rectified_on": "2026-01-22"}
    assert case.act("submit", "evaluation_rectification", on=date(2026, 1, 22), facts=facts, papers=papers).accepted
    assert "bar_same_kind_rectification" not in case.effects(date(2026, 1, 22))


def test_problems_put_right_once_do_not_excuse_those_found_later() -> None:
    case = evaluated(evaluation_problems=True, evaluation_problems_due_on="2026-01-20")
    papers = ("evaluation_rectification_record",)
    facts = {"evaluation_rectified_on": "2026-01-05"}
    case.act("submit", "evaluation_rectification", on=date(2026, 1, 5), facts=facts, papers=papers)
    case.opens("evaluation_by_choice", on=date(2026, 1, 6), role=BUREAU)
    again = {"evaluation_problems": True, "evaluation_problems_due_on": "2026-02-27"}
    assert case.evaluate("evaluation_by_choice", on=date(2026, 1, 15), **again).accepted
    assert "bar_same_kind_rectification" in case.effects(date(2026, 2, 28))
    case.act("submit", "evaluation_rectification", on=date(2026, 3, 2), papers=papers)
    assert "rectified_date_outdated" in case.blocked_by()


def test_problems_hold_the_end_of_the_project_and_not_its_acceptance() -> None:
    case = evaluated(evaluation_problems=True)
    case.to_final().accept()
    case.file()
    case.decide("acceptance_filing_review", on=date(2026, 4, 20))
    case.self_evaluate()
    assert case.ended() is None
    facts = {"evaluation_rectified_on": "2026-05-09"}
    papers = ("evaluation_rectification_record",)
    case.act("submit", "evaluation_rectification", on=date(2026, 5, 9), facts=facts, papers=papers)
    assert case.ended() == ("completed", date(2026, 5, 9))


@pytest.mark.parametrize(("on", "accepted"), [(19, False), (20, True), (21, True)])
def test_the_trial_run_ends_after_three_full_months(on: int, accepted: bool) -> None:
    case = at_work()
    case.build()
    case.accept_first(panel=EXPERTS)
    case.act("complete", "trial_run", on=date(2026, 3, on))
    assert case.last.accepted is accepted
    assert [f.severity for f in case.last.findings if f.gate == "trial_run_too_short"] == [Severity.BLOCK] * (
        not accepted
    )
