"""Changes in establishment, before procurement and during building, and the four grounds of termination."""

from datetime import date
from typing import Any

import pytest

from core.kernel.money import parse_yuan
from core.policy.cases.acts import Decision
from core.policy.rules.papers import Severity
from tests.plugins.baiyun.delivering import Delivered

BUREAU = "data_bureau"
ASKED = ("amended_scheme", "procurement_change_materials", "change_statement", "change_cost_report")


def costed() -> Delivered:
    """A project whose scheme has passed its expert and cost reviews and waits for the approval."""
    return Delivered(declared="2000000", until="cost")


def approved(**options: Any) -> Delivered:
    return Delivered(declared="2000000", **options)


def ask(case: Delivered, cancelled: str, added: str, *, on: date = date(2025, 9, 29), **facts: Any) -> Decision:
    given = {"cancelled": parse_yuan(cancelled), "added": parse_yuan(added)} | facts
    case.opens("procurement_change", on=on, **given)
    return case.act("submit", "procurement_change", on=on, papers=ASKED)


def answer(case: Delivered, outcome: str, *, on: date = date(2025, 9, 30), **facts: Any) -> Decision:
    reason = "不符合规定" if outcome == "refused" else ""
    papers = ("change_opinion",)
    return case.decide("procurement_change_review", outcome, on=on, reason=reason, papers=papers, facts=facts)


def terminate(case: Delivered, ground: str, *, on: date, **facts: Any) -> Decision:
    return case.opens("termination", on=on, termination_ground=ground, **facts)


def test_nothing_is_approved_while_a_change_of_the_scheme_is_open() -> None:
    case = costed()
    case.opens("establishment_change", on=date(2025, 9, 19))
    assert not case.approve("2000000").accepted
    assert case.blocked_by() == {"change_unfinished"}
    case.decide("establishment_change", "consent", on=date(2025, 9, 20), papers=("change_consent",))
    assert not case.approve("2000000").accepted
    case.act("submit", "change_papers", on=date(2025, 9, 21), papers=("post_cost_adjustment_note",))
    assert case.approve("2000000").accepted


def test_consent_to_one_change_is_no_consent_to_the_next() -> None:
    case = costed()
    case.opens("establishment_change", on=date(2025, 9, 19))
    case.decide("establishment_change", "consent", on=date(2025, 9, 20), papers=("change_consent",))
    case.act("submit", "change_papers", on=date(2025, 9, 21), papers=("post_cost_adjustment_note",))
    case.act("hand_in", "scheme_approval", on=date(2025, 9, 22), papers=("post_cost_adjustment_note",))
    assert case.blocked_by() == {"change_paper_missing"}
    case.opens("establishment_change", on=date(2025, 9, 22))
    assert not case.decide("establishment_change", "consent", on=date(2025, 9, 23)).accepted


def test_what_the_reviewers_asked_for_needs_neither_consent_nor_papers() -> None:
    case = costed()
    case.opens("establishment_change", on=date(2025, 9, 19), change_asked_by_reviewers=True, change_substantive=True)
    assert case.decide("establishment_change", "consent", on=date(2025, 9, 20)).accepted
    assert case.act("submit", "change_papers", on=date(2025, 9, 20)).accepted


@pytest.mark.parametrize(
    ("cancelled", "added", "outcome", "accepted"),
    [
        ("150000", "149999.99", "consent", True),
        ("150000", "150000", "consent", True),
        ("150000.01", "150000", "consent", False),
        ("150000.01", "150000", "reestablish", True),
        ("150000", "150000", "reestablish", False),
    ],
)
def test_fifteen_percent_of_the_approval_divides_the_two_ways(
    cancelled: str, added: str, outcome: str, accepted: bool
) -> None:
    case = approved()
    ask(case, cancelled, added)
    assert answer(case, outcome).accepted is accepted


def test_a_change_is_measured_by_its_own_amounts() -> None:
    case = approved()
    ask(case, "100000", "50000")
    answer(case, "consent")
    case.act("lodge", "change_filing", on=date(2025, 10, 9), papers=("implementation_change_materials",))
    case.opens("procurement_change", on=date(2025, 10, 10), added=parse_yuan("10000"))
    case.act("submit", "procurement_change", on=date(2025, 10, 10), papers=ASKED)
    assert "change_amounts_missing" in case.blocked_by()
    facts = {"cancelled": parse_yuan("10000")}
    assert case.act("submit", "procurement_change", on=date(2025, 10, 10), facts=facts, papers=ASKED).accepted


def test_a_change_without_amounts_cannot_be_measured() -> None:
    case = approved()
    case.opens("procurement_change", on=date(2025, 9, 29))
    case.act("submit", "procurement_change", on=date(2025, 9, 29), papers=ASKED)
    assert "change_amounts_missing" in case.blocked_by()


@pytest.mark.parametrize(
    ("mode", "found"), [("warn", [Severity.WARN]), ("enforce", [Severity.BLOCK]), ("off", [])]
)  # fmt: skip
def test_changes_one_after_the_other_are_added_up_as_the_tenant_reads_it(mode: str, found: list[Severity]) -> None:
    case = approved(cumulate_changes=mode)
    ask(case, "100000", "100000")
    answer(case, "consent")
    ask(case, "60000", "60000", on=date(2025, 10, 10))
    assert [f.severity for f in case.last.findings if f.gate == "changes_cumulated"] == found


@pytest.mark.parametrize(("second", "warned"), [("50000", False), ("50000.01", True)])
def test_changes_may_add_up_to_fifteen_percent(second: str, warned: bool) -> None:
    case = approved()
    ask(case, "100000", "100000")
    answer(case, "consent")
    ask(case, second, "50000", on=date(2025, 10, 10))
    assert ("changes_cumulated" in case.gates()) is warned


def test_a_refused_change_does_not_count_towards_the_next() -> None:
    case = approved()
    ask(case, "100000", "100000")
    answer(case, "refused")
    ask(case, "100000", "100000", on=date(2025, 10, 10))
    assert "changes_cumulated" not in case.gates()
    answer(case, "consent", on=date(2025, 10, 11))
    ask(case, "60000", "60000", on=date(2025, 10, 13))
    assert "changes_cumulated" in case.gates()


def reestablished(*reviews: str) -> Delivered:
    """A change above the limit: a new scheme has been handed in, and the bureau arranges these reviews."""
    case = approved()
    ask(case, "200000", "200000")
    answer(case, "reestablish", reviews_arranged=reviews)
    case.hand_in_scheme("2000000", on=date(2025, 10, 10))
    return case


@pytest.mark.parametrize(
    ("reviews", "first"),
    [
        (("scheme_initial_review", "scheme_expert_review", "scheme_cost_review"), "scheme_initial_review"),
        (("scheme_expert_review",), "scheme_expert_review"),
        (("scheme_cost_review",), "scheme_cost_review"),
        ((), "scheme_approval"),
    ],
)
def test_the_bureau_arranges_the_reviews_of_a_new_scheme(reviews: tuple[str, ...], first: str) -> None:
    assert reestablished(*reviews).open_stages() == {first}


def test_only_the_three_reviews_of_a_scheme_can_be_arranged() -> None:
    case = approved()
    ask(case, "200000", "200000")
    assert not answer(case, "reestablish", reviews_arranged=("final_acceptance",)).accepted


def test_the_old_approval_and_its_year_stand_until_the_new_one() -> None:
    case = reestablished()
    assert case.due_on("approval_validity") == date(2026, 9, 28)
    assert not case.opens("procurement_change", on=date(2025, 10, 11), cancelled=1).accepted
    assert case.approve("2000000", on=date(2025, 10, 15)).accepted
    assert case.due_on("approval_validity") == date(2026, 10, 15)


def test_a_new_scheme_may_change_like_the_first_one() -> None:
    case = reestablished("scheme_cost_review")
    facts = {"cost_reviewed": parse_yuan("2000000")}
    case.decide("scheme_cost_review", "done", on=date(2025, 10, 13), facts=facts, papers=("cost_review_report",))
    assert case.opens("establishment_change", on=date(2025, 10, 14)).accepted


def test_earlier_changes_are_forgotten_with_the_new_approval() -> None:
    case = reestablished()
    case.approve("2000000", on=date(2025, 10, 15))
    ask(case, "60000", "60000", on=date(2025, 10, 16))
    assert case.last.accepted
    assert "changes_cumulated" not in case.gates()


def test_each_change_is_filed_with_its_own_materials() -> None:
    case = approved().file_need().sign("1500000")
    papers = ("implementation_change_materials",)
    case.act("record", "", on=date(2025, 11, 3), facts={"change_completed_on": "2025-11-03"})
    case.act("lodge", "change_filing", on=date(2025, 11, 10), papers=papers)
    assert case.last.accepted
    assert "late_filing" not in case.gates()
    case.act("record", "", on=date(2025, 11, 12), facts={"change_completed_on": "2025-11-11"})
    assert case.due_on("change_filing") == date(2025, 11, 18)
    assert not case.act("lodge", "change_filing", on=date(2025, 11, 17)).accepted
    assert case.act("lodge", "change_filing", on=date(2025, 11, 17), papers=papers).accepted


def test_a_change_after_procurement_has_begun_is_pointed_to_the_other_way() -> None:
    case = approved().file_need()
    case.act("record", "procurement", on=date(2025, 10, 9), facts={"procurement_started_on": "2025-10-09"})
    case.opens("procurement_change", on=date(2025, 10, 10), cancelled=parse_yuan("1000"))
    assert case.blocked_by() == {"procurement_begun"}
    assert "实施阶段变更" in case.last.findings[0].message


def test_an_unapproved_change_is_not_paid() -> None:
    case = approved().file_need().sign("1500000")
    facts = {"unapproved_change": parse_yuan("50000")}
    assert not case.act("record", "", on=date(2025, 11, 3), facts=facts).accepted
    assert case.act("record", "", on=date(2025, 11, 3), role="finance", facts=facts).accepted
    assert "refuse_changed_part" in case.effects(date(2025, 11, 3))


def test_a_micro_project_is_withdrawn_before_its_plan_has_passed_and_terminated_after() -> None:
    early = Delivered(declared="400000", until="application")
    assert not terminate(early, "policy_change", on=date(2025, 9, 3)).accepted
    late = Delivered(declared="400000")
    assert terminate(late, "policy_change", on=date(2025, 9, 8)).accepted


@pytest.mark.parametrize(
    ("kind", "ground", "accepted"),
    [
        ("build", "policy_change", True),
        ("om", "policy_change", True),
        ("build", "maintained_object_upgrade", False),
        ("service", "maintained_object_upgrade", False),
        ("om", "maintained_object_upgrade", True),
        ("om", "acceptance_failed", False),
        ("om", "approval_lapsed", False),
        ("build", "other", False),
    ],
)
def test_a_ground_is_offered_only_where_it_can_exist(kind: str, ground: str, accepted: bool) -> None:
    case = Delivered(kind=kind).file_need().sign("1500000")
    case.act("record", "implementation", on=date(2025, 11, 3), facts={"maintained_object_upgrading": True})
    terminate(case, ground, on=date(2025, 11, 4))
    assert case.last.accepted is accepted
    assert ("termination_ground" in case.blocked_by()) is not accepted


# The approval of 2025-09-25 runs out on the first workday after the holiday of Mid-Autumn 2026.
@pytest.mark.parametrize(("days", "accepted"), [(0, False), (1, True)])
def test_an_approval_that_ran_out_is_a_ground_from_the_day_after(days: int, accepted: bool) -> None:
    case = approved()
    due = case.due_on("approval_validity")
    assert due is not None
    on = date.fromordinal(due.toordinal() + days)
    assert terminate(case, "approval_lapsed", on=on).accepted is accepted


def test_a_termination_asked_for_takes_effect_when_it_is_filed() -> None:
    case = approved().file_need().sign("1500000")
    terminate(case, "policy_change", on=date(2025, 11, 4))
    assert case.ended() is None
    facts = {"remaining_money": parse_yuan("500000"), "assets_formed": "服务器"}
    papers = ("termination_statement",)
    case.act("lodge", "termination_filing", on=date(2025, 11, 20), facts=facts, papers=papers)
    assert case.ended() == ("terminated", date(2025, 11, 20))
    assert "recover_money" in case.effects(date(2025, 11, 20))
    assert case.open_stages() == set()


def test_two_lots_may_be_terminated_at_the_same_time() -> None:
    case = Delivered(lots=("A", "B")).file_need()
    case.sign("600000", ref="A").sign("400000", ref="B")
    for lot in ("A", "B"):
        assert case.opens("termination", on=date(2025, 11, 4), ref=lot, termination_ground="policy_change").accepted
    assert not case.opens("termination", on=date(2025, 11, 5), ref="A", termination_ground="policy_change").accepted
    for day, lot in ((10, "A"), (11, "B")):
        assert case.ended() is None
        papers = ("termination_statement",)
        assert case.act("lodge", "termination_filing", on=date(2025, 11, day), ref=lot, papers=papers).accepted
    assert case.ended() == ("terminated", date(2025, 11, 11))
