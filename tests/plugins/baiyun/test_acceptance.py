"""Final acceptance twice at most, its filing, what follows from a filing that fails, and what cures it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.policy.cases.standing import DueMark, StageMark
from core.policy.cases.state import Defect
from tests.plugins.baiyun.delivering import EXPERTS, INTERNAL, Delivered

Make = Callable[..., Any]
BUREAU = "data_bureau"
DEFECT = (Defect(id="a1", item="form", text="缺页"),)
HELD = {"hold_reviews", "hold_final_money", "bar_acceptance_filing"}


def at_final(**more: Any) -> Delivered:
    return Delivered(**more).file_need().sign("750000").to_final()


def deficient(case: Delivered, on: date) -> None:
    case.decide("acceptance_filing_review", "deficient", on=on, reason="缺页", defects=DEFECT)


def rectifying() -> Delivered:
    """A project whose filing the bureau has found deficient on 20 April 2026."""
    case = at_final()
    case.accept()
    case.file()
    deficient(case, date(2026, 4, 20))
    return case


def put_right(case: Delivered, on: date, stage: str = "acceptance_filing_rectification") -> bool:
    papers = ("rectification_statement",)
    return case.act("submit", stage, on=on, answers={"a1": "已补"}, papers=papers).accepted


def failed() -> Delivered:
    """A project whose filing was still deficient after it had been put right."""
    case = rectifying()
    put_right(case, date(2026, 5, 6))
    deficient(case, date(2026, 5, 8))
    return case


def test_a_second_failing_conclusion_ends_the_project_on_its_day_however_late_it_is_filed() -> None:
    case = at_final()
    case.accept("not_pass")
    assert case.open_stages() >= {"final_rectification"}
    case.act("submit", "final_rectification", on=date(2026, 4, 20))
    case.accept("not_pass", on=date(2026, 4, 25))
    assert case.ended() == ("terminated", date(2026, 4, 25))
    assert "termination_filing" in case.open_stages()
    case.act(
        "lodge", "termination_filing", on=date(2026, 6, 1), facts={"assets_formed": "设备"},
        papers=("termination_statement",),
    )  # fmt: skip
    assert case.last.accepted
    assert case.ended() == ("terminated", date(2026, 4, 25))
    assert case.state.end is not None
    assert "BY-47-3-b" in case.state.end.rows
    assert "recover_money" in case.effects(date(2026, 6, 1))


def test_a_new_acceptance_needs_a_new_conclusion() -> None:
    case = at_final()
    case.accept("not_pass")
    case.act("submit", "final_rectification", on=date(2026, 4, 20))
    case.accept(on=date(2026, 4, 25), papers=())
    assert case.last.missing == ("final_acceptance_conclusion",)
    assert case.accept(on=date(2026, 4, 25)).accepted


# Failing on 2026-04-10 the thirty days end on Sunday 10 May, hence on Monday: for the new acceptance as well.
@pytest.mark.parametrize(("day", "late"), [(10, False), (11, False), (12, True)])
def test_a_new_acceptance_after_thirty_days_is_late_and_still_counts(day: int, late: bool) -> None:
    case = at_final()
    case.accept("not_pass")
    assert case.due_on("final_rectification") == case.due_on("final_acceptance_again") == date(2026, 5, 11)
    case.act("submit", "final_rectification", on=date(2026, 4, 20))
    assert case.accept(on=date(2026, 5, day)).accepted
    assert ("late_filing" in case.gates()) is late


def test_the_bureau_never_holds_the_acceptance_and_the_unit_never_agrees_to_it() -> None:
    case = at_final()
    assert not case.accept(role=BUREAU).accepted
    assert "not_your_act" in case.blocked_by()
    assert case.desk("project_unit") == {"final_acceptance", "initial_acceptance_filing"}


def test_a_statement_made_for_the_first_rectification_does_not_serve_for_the_next() -> None:
    case = failed()
    assert not case.act("submit", "filing_failed", on=date(2026, 5, 9), answers={"a1": "已补"}).accepted
    assert case.last.missing == ("rectification_statement",)


def test_reviews_stay_held_until_the_filing_is_accepted_not_only_handed_in_again() -> None:
    case = failed()
    assert case.effects(date(2026, 5, 9)) >= HELD
    assert put_right(case, date(2026, 5, 12), "filing_failed")
    assert case.effects(date(2026, 5, 12)) >= HELD
    case.decide("acceptance_filing_review", on=date(2026, 5, 13))
    assert not case.effects(date(2026, 5, 13)) & HELD


def test_a_filing_that_fails_again_after_its_cure_is_failed_again() -> None:
    case = failed()
    put_right(case, date(2026, 5, 12), "filing_failed")
    deficient(case, date(2026, 5, 14))
    assert "filing_failed" in case.open_stages()
    assert case.ended() is None
    assert case.effects(date(2026, 5, 14)) >= HELD


def test_a_first_deficiency_put_right_and_under_review_holds_nothing() -> None:
    case = rectifying()
    put_right(case, date(2026, 5, 6))
    assert not case.effects(date(2026, 5, 7)) & HELD


def test_a_unit_that_does_nothing_in_its_ten_days_may_be_found_to_refuse() -> None:
    case = rectifying()
    assert not case.opens("filing_refusal", on=date(2026, 5, 8)).accepted
    assert case.opens("filing_refusal", on=date(2026, 5, 8), role=BUREAU).accepted
    assert not case.act("complete", "filing_refusal", on=date(2026, 5, 8), role=BUREAU).accepted
    assert case.act("complete", "filing_refusal", on=date(2026, 5, 9), role=BUREAU, reason="拒不整改").accepted
    assert "acceptance_filing_rectification" not in case.open_stages()
    assert case.effects(date(2026, 5, 9)) >= HELD
    assert put_right(case, date(2026, 5, 12), "filing_failed")
    case.decide("acceptance_filing_review", on=date(2026, 5, 13))
    assert not case.effects(date(2026, 5, 13)) & HELD


def test_a_refusal_is_found_only_while_something_is_to_be_put_right() -> None:
    case = at_final()
    case.accept()
    assert not case.opens("filing_refusal", on=date(2026, 4, 12), role=BUREAU).accepted
    assert "side_not_available" in case.blocked_by()


def test_a_filing_in_time_for_one_lot_does_not_hide_that_another_is_overdue(project: Make, standing: Make) -> None:
    dues = (
        DueMark(limit="acceptance_filing", due_on=date(2025, 8, 1)),
        DueMark(limit="acceptance_filing", due_on=date(2025, 8, 20), met_on=date(2025, 8, 19)),
    )
    other = standing(dues=dues, open=("acceptance_filing",), facts={"data_aggregated": True})
    case = project(others=(other,))
    assert not case.submit().accepted
    assert case.blocked_by() == {"unit_acceptance_filing_default"}


def test_one_lot_accepted_does_not_release_what_another_has_failed(standing: Make) -> None:
    last = {"acceptance_filing_review": StageMark(outcome="pass", on=date(2025, 8, 20))}
    other = standing(last=last, open=("filing_failed",), facts={"data_aggregated": True})
    case = Delivered(until="application", others=(other,)).case(date(2025, 9, 2))
    assert case.effects("hold_reviews")
    assert case.effects("bar_acceptance_filing")


@pytest.mark.parametrize(("outcome", "barred"), [("pass", False), ("not_pass", True)])
def test_a_system_is_upgraded_once_its_building_has_passed_final_acceptance(
    standing: Make, outcome: str, barred: bool
) -> None:
    last = {"final_acceptance": StageMark(outcome=outcome, on=date(2025, 8, 20))}
    other = standing(last=last, facts={"data_aggregated": True})
    case = Delivered(until="application", others=(other,))
    case.act("record", "", on=date(2025, 9, 2), facts={"upgrade_of": "BY-1"})
    assert bool(case.case(date(2025, 9, 3)).effects("bar_upgrade")) is barred


@pytest.mark.parametrize(
    ("reason", "allowed", "accepted"), [("", True, False), ("无系统", True, True), ("无系统", False, False)]
)
def test_a_missing_security_test_may_be_explained_where_the_tenant_allows_it(
    reason: str, allowed: bool, accepted: bool
) -> None:
    case = at_final(mlps_na_allowed=allowed)
    papers = ("final_acceptance_materials", "final_acceptance_conclusion")
    case.accept(papers=papers, facts={"mlps_not_applicable_reason": reason})
    assert case.last.accepted is accepted
    assert "mlps_missing" in case.gates()


@pytest.mark.parametrize(("panel", "accepted"), [(EXPERTS, True), (INTERNAL, False), (None, False)])
def test_a_large_contract_is_accepted_by_experts_in_a_meeting(panel: Any, accepted: bool) -> None:
    assert at_final().accept(panel=panel).accepted is accepted
