"""Each open reading of the establishment half acts as chosen, and as the default while nobody chose."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.kernel.money import parse_yuan
from core.policy.cases.state import Defect, End, Panel

Make = Callable[..., Any]
DEFECT = (Defect(id="e1", item="scope", text="范畴不清"),)


@pytest.mark.parametrize(("choice", "accepted"), [("warn", True), ("reject", False)])
def test_a_late_resubmission_is_recorded_or_refused(project: Make, choice: str, accepted: bool) -> None:
    case = project(late_resubmission=choice)
    case.submit()
    case.decide("plan_review", "not_pass", reason="范畴不清", defects=DEFECT)
    late = date(2025, 9, 15)
    case.act("submit", "plan_revision", on=late, papers=("application_form",), answers={"e1": "已补"})
    assert case.last.accepted is accepted
    assert "late_filing" in case.gates()


def test_a_resubmission_on_its_last_day_is_not_late(project: Make) -> None:
    case = project(late_resubmission="reject")
    case.submit()
    case.decide("plan_review", "not_pass", reason="范畴不清", defects=DEFECT)
    case.act("submit", "plan_revision", on=date(2025, 9, 12), papers=("application_form",), answers={"e1": "已补"})
    assert case.last.accepted
    assert "late_filing" not in case.gates()


@pytest.mark.parametrize(("choice", "opens"), [("stay", "scheme_approval"), ("end_at_cost_review", "scheme_filing")])
def test_a_project_that_falls_below_half_a_million_keeps_its_way_or_skips_the_government(
    project: Make, choice: str, opens: str
) -> None:
    case = project(below_500k_in_scheme=choice)
    case.pass_plan("800000")
    case.hand_in_scheme("800000")
    case.cost("499999.99")
    assert case.open_stages() == {opens}
    assert "below_government_amount" in case.gates()


def test_at_half_a_million_the_government_decides_whatever_the_option(project: Make) -> None:
    case = project(below_500k_in_scheme="end_at_cost_review")
    case.pass_plan("800000")
    case.hand_in_scheme("800000")
    case.cost("500000")
    assert case.open_stages() == {"scheme_approval"}


@pytest.mark.parametrize(("choice", "at_plan"), [("initial_review", False), ("plan_review", True)])
def test_joint_reviewers_sit_where_the_tenant_says(project: Make, choice: str, at_plan: bool) -> None:
    case = project(joint_review_stage=choice)
    case.pass_plan(involves_geospatial=True)
    assert ("opinion_outstanding" in case.blocked_by()) is at_plan


def test_a_micro_project_has_its_joint_reviewers_in_the_plan_review(project: Make) -> None:
    case = project()
    case.pass_plan("400000", involves_public_video=True)
    assert "opinion_outstanding" in case.blocked_by()


@pytest.mark.parametrize(("choice", "accepted"), [(False, True), (True, False)])
def test_the_application_form_is_sealed_only_where_the_tenant_asks(project: Make, choice: bool, accepted: bool) -> None:
    case = project(seal_application_form=choice)
    assert case.submit().accepted is accepted


@pytest.mark.parametrize(
    ("choice", "opens"), [("expert_review", "scheme_expert_review"), ("initial_review", "scheme_initial_review")]
)
def test_after_a_failed_expert_review_the_scheme_returns_where_the_tenant_says(
    project: Make, choice: str, opens: str
) -> None:
    case = project(after_expert_fail=choice)
    case.pass_plan()
    case.hand_in_scheme()
    case.decide("scheme_initial_review", on=date(2025, 9, 10))
    panel = Panel(library="expert_library", random=True, size=5)
    case.decide(
        "scheme_expert_review", "not_pass", on=date(2025, 9, 12), papers=("expert_review_opinion",), panel=panel,
        reason="概算偏高", defects=DEFECT,
    )  # fmt: skip
    case.act("submit", "scheme_revision_expert", on=date(2025, 9, 15), papers=("scheme",), answers={"e1": "已改"})
    assert case.open_stages() == {opens}


@pytest.mark.parametrize(
    ("choice", "year", "accepted"), [("next_round", 2026, False), ("next_round", 2025, True), ("any_time", 2026, True)]
)
def test_a_refused_need_comes_again_in_a_later_round(
    project: Make, standing: Make, choice: str, year: int, accepted: bool
) -> None:
    refused = standing(
        plan_year=year, facts={"system_name": "文旅", "declared": 1}, end=End(kind="rejected", on=date(2025, 8, 20))
    )
    case = project(others=(refused,), rejected_reapply=choice)
    case.submit(system_name="文旅")
    assert case.last.accepted is accepted
    assert "rejected_reapplied" in case.gates()


@pytest.mark.parametrize(("basis", "differs"), [("approved", False), ("confirmed", True), ("contract", True)])
def test_the_amount_of_the_last_period_is_held_against_the_record(
    project: Make, standing: Make, basis: str, differs: bool
) -> None:
    amounts = {"approved": parse_yuan("1000000"), "confirmed": parse_yuan("1100000"), "contract": parse_yuan("900000")}
    earlier = standing(track="simplified_om", facts=amounts)
    case = project(others=(earlier,), previous_amount_basis=basis)
    case.submit(
        kind="om", declared="1000000", claims_simplified=True, content_identical_to_previous=True,
        previous_period_project="P1", previous_period_amount=parse_yuan("1000000"),
    )  # fmt: skip
    assert ("not_simplified" in case.gates()) is differs
    assert case.last.accepted
