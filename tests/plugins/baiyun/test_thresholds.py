"""Every figure of the establishment half just under, exactly on and just over its boundary (第五节)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.kernel.money import parse_yuan
from core.policy.cases.state import Contract
from core.policy.rulebooks.registry import installed

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("confirmed", "track"), [("499999.99", "micro"), ("500000", "ordinary"), ("500000.01", "ordinary")]
)
def test_below_half_a_million_a_project_is_micro(project: Make, confirmed: str, track: str) -> None:
    case = project()
    case.pass_plan(confirmed)
    assert case.state.track == track
    assert case.state.track_locked


@pytest.mark.parametrize(
    ("amount", "previous", "track"),
    [
        ("499999.99", "499999.99", "micro"),
        ("500000", "500000", "simplified_om"),
        ("1999999.99", "1999999.99", "simplified_om"),
        ("2000000", "2000000", "simplified_om"),
        ("2000000.01", "2000000.01", "ordinary"),
        ("1000000", "999999.99", "ordinary"),
        ("1000000", "1000000", "simplified_om"),
        ("1000000", "1000000.01", "ordinary"),
    ],
)
def test_only_an_identical_operation_project_up_to_two_million_is_simplified(
    project: Make, amount: str, previous: str, track: str
) -> None:
    case = project()
    case.pass_plan(amount, kind="om", content_identical_to_previous=True, previous_period_amount=parse_yuan(previous))
    assert case.state.track == track


@pytest.mark.parametrize("kind", ["build", "service"])
def test_an_identical_project_of_another_kind_is_ordinary(project: Make, kind: str) -> None:
    case = project()
    case.pass_plan(
        "1000000", kind=kind, content_identical_to_previous=True, previous_period_amount=parse_yuan("1000000")
    )
    assert case.state.track == "ordinary"


@pytest.mark.parametrize(("declared", "asked"), [("29999999.99", False), ("30000000", True), ("30000000.01", True)])
def test_from_thirty_million_declared_a_feasibility_report_is_asked(project: Make, declared: str, asked: bool) -> None:
    case = project()
    case.submit(declared=declared)
    assert ("feasibility_missing" in case.blocked_by()) is asked


@pytest.mark.parametrize(("content", "over"), [("299999.99", False), ("300000", False), ("300000.01", True)])
def test_operation_content_may_reach_three_tenths(project: Make, content: str, over: bool) -> None:
    case = project()
    case.pass_plan("1000000")
    case.hand_in_scheme("1000000", operation_content=parse_yuan(content))
    assert ("ops_share_exceeded" in case.blocked_by()) is over


def test_a_service_project_may_consist_of_operation_alone(project: Make) -> None:
    case = project()
    case.pass_plan("1000000", kind="service")
    assert case.hand_in_scheme("1000000", operation_content=parse_yuan("1000000")).accepted


@pytest.mark.parametrize(("estimate", "over"), [("799999.99", False), ("800000", False), ("800000.01", True)])
def test_a_scheme_may_reach_what_the_plan_review_fixed(project: Make, estimate: str, over: bool) -> None:
    case = project()
    case.pass_plan("800000")
    case.hand_in_scheme(estimate)
    assert ("scheme_over_plan" in case.blocked_by()) is over


@pytest.mark.parametrize(("amount", "over"), [("799999.99", False), ("800000", False), ("800000.01", True)])
def test_the_cost_review_may_not_exceed_it_either(project: Make, amount: str, over: bool) -> None:
    case = project()
    case.pass_plan("800000")
    case.hand_in_scheme("800000")
    case.cost(amount)
    assert ("scheme_over_plan" in case.blocked_by()) is over


@pytest.mark.parametrize(
    ("software", "hardware", "short"), [(11, 36, True), (12, 35, True), (12, 36, False), (13, 37, False)]
)
def test_free_service_lasts_a_year_for_software_and_three_for_hardware(
    project: Make, software: int, hardware: int, short: bool
) -> None:
    case = project()
    case.pass_plan("400000")
    signed = date(2025, 10, 15)
    terms = {"warranty_software_months": software, "warranty_hardware_months": hardware}
    contract = Contract(id="main", supplier="甲公司", amount_fen=parse_yuan("390000"), signed_on=signed, terms=terms)
    case.act("submit", "procurement", on=signed, contracts=(contract,))
    case.act("lodge", "contract_filing", on=signed)
    assert ("warranty_too_short" in case.blocked_by()) is short


def test_every_figure_is_in_force_from_the_day_of_issue_and_not_before() -> None:
    for threshold in installed().place("baiyun").rulebook().thresholds.values():
        assert threshold.value_on(date(2024, 10, 29)) == threshold.value_on(date(2024, 10, 30))
        with pytest.raises(LookupError):
            threshold.value_on(date(2024, 10, 28))
