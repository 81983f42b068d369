"""A parallel approval in which nobody decides over the others: all are heard at once, the worst opinion concludes."""

from datetime import date
from itertools import permutations

import pytest

from core.policy.cases.state import Paper, WaiverUse
from core.policy.judging.tasks import tasks_of
from tests.core.policy.playing import MONDAY, Played

MINUTES = (Paper(type="minutes", on=MONDAY, sealed=False),)


def _opened(**facts: bool) -> Played:
    case = Played().to_review(**({"secret": False} | facts))
    case.act("decide", "review", "data_bureau", outcome="return", to=("clearance",))
    return case


def _says(case: Played, role: str, result: str = "pass", **more: object) -> bool:
    reason = "" if result == "pass" else "见意见"
    return case.act("opine", "clearance", role, outcome=result, reason=reason, **more).accepted


def _waits_for(case: Played) -> set[tuple[str, str]]:
    return {(task.role, task.act) for task in tasks_of(case.case) if task.stage == "clearance"}


def test_every_department_has_its_task_at_the_same_moment_and_nobody_has_the_task_to_decide() -> None:
    case = _opened(wet=True)
    asked = {("data_bureau", "opine"), ("finance", "opine"), ("water", "opine"), ("school", "opine")}
    assert _waits_for(case) == asked
    _says(case, "finance")
    assert _waits_for(case) == asked - {("finance", "opine")}


@pytest.mark.parametrize("order", list(permutations(("data_bureau", "finance", "water"))))
def test_the_order_of_opinions_does_not_matter_and_the_last_one_concludes(order: tuple[str, ...]) -> None:
    case = _opened(wet=True)
    for role in order[:-1]:
        _says(case, role, papers=MINUTES if role == "data_bureau" else ())
        assert "clearance" in case.open()
    _says(case, order[-1], papers=MINUTES if order[-1] == "data_bureau" else ())
    assert case.case.result("clearance") == "pass"


def test_a_department_named_by_a_flag_is_not_waited_for_without_it() -> None:
    case = _opened(wet=False)
    _says(case, "data_bureau", papers=MINUTES)
    _says(case, "finance")
    assert case.case.result("clearance") == "pass"


def test_a_department_added_during_the_review_is_waited_for_like_the_others() -> None:
    case = _opened()
    _says(case, "finance")
    assert case.act("invite", "clearance", "data_bureau", invites=("fire",)).accepted
    _says(case, "data_bureau", papers=MINUTES)
    assert "clearance" in case.open()
    _says(case, "fire")
    assert case.case.result("clearance") == "pass"


def test_an_adviser_may_stay_silent_and_what_he_says_decides_nothing() -> None:
    case = _opened()
    assert _says(case, "school", "reject")
    _says(case, "data_bureau", papers=MINUTES)
    _says(case, "finance")
    assert case.case.result("clearance") == "pass"


@pytest.mark.parametrize(
    ("first", "second", "worst"),
    [("pass", "return", "return"), ("return", "reject", "reject"), ("reject", "pass", "reject")],
)
def test_the_worst_opinion_is_the_conclusion_once_all_are_heard(first: str, second: str, worst: str) -> None:
    case = _opened()
    _says(case, "data_bureau", first, papers=MINUTES)
    assert "clearance" in case.open()
    _says(case, "finance", second)
    assert case.case.result("clearance") == worst


def test_an_opinion_may_be_changed_until_the_last_one_has_spoken() -> None:
    case = _opened()
    _says(case, "data_bureau", "return")
    _says(case, "data_bureau", "pass", papers=MINUTES)
    _says(case, "finance")
    assert case.case.result("clearance") == "pass"


def test_an_opinion_against_says_why_and_an_unknown_one_is_refused() -> None:
    case = _opened()
    assert not case.act("opine", "clearance", "finance", outcome="return").accepted
    assert case.gates() == {"reason_missing"}
    assert not case.act("opine", "clearance", "finance", outcome="perhaps", reason="再议").accepted
    assert case.gates() == {"unknown_outcome"}


@pytest.mark.parametrize("outcome", ["pass", "return", "reject"])
def test_nobody_concludes_by_a_decision_of_his_own(outcome: str) -> None:
    case = _opened()
    decision = case.act("decide", "clearance", "data_bureau", outcome=outcome, reason="已协商", papers=MINUTES)
    assert not decision.accepted
    assert "opinions_conclude" in case.gates()


def test_what_guards_the_conclusion_is_asked_of_the_last_opinion_and_only_of_a_pass() -> None:
    case = _opened(secret=True)
    assert _says(case, "data_bureau")
    assert not _says(case, "finance")
    assert case.gates() == {"incomplete", "too_secret"}
    assert _says(case, "finance", "return")
    assert case.case.result("clearance") == "return"


def test_an_exception_recorded_with_an_earlier_opinion_lifts_the_gate_for_the_last_one() -> None:
    case = _opened(secret=True)
    waiver = WaiverUse(gate="too_secret", role="data_bureau", reason="已脱密", on=date(2025, 9, 1))
    _says(case, "data_bureau", papers=MINUTES, waivers=(waiver,))
    assert _says(case, "finance")
    assert [f.gate for f in case.last.findings if f.waived] == ["too_secret"]
