"""Public notices: their last day counts whole, objections in time hold them, every round is its own."""

from datetime import date

import pytest

from core.policy.cases.acts import Decision
from core.policy.cases.state import Objection
from tests.core.policy.fair import STEWARD, Fair

LAST = date(2025, 9, 8)
AFTER = date(2025, 9, 9)


def listed() -> Fair:
    """A list that may be put to the public."""
    fair = Fair().pitched("a")
    fair.judge("a", "good")
    fair.act("submit", "list", outcome="submit")
    return fair


def complete(fair: Fair, on: date = AFTER) -> Decision:
    return fair.act("complete", "notice", on=on, outcome="done")


def settle(fair: Fair, ref: str, state: str, reason: str = "经核查") -> Decision:
    return fair.act("settle", "notice", on=LAST, objections=(Objection(id=ref, state=state, reason=reason),))


@pytest.mark.parametrize(("on", "over"), [(date(2025, 9, 5), False), (LAST, False), (AFTER, True)])
def test_the_last_day_belongs_to_the_notice(on: date, over: bool) -> None:
    fair = listed()
    fair.act("publish", "notice")
    due = fair.case.due("notice")
    assert due is not None
    assert due.due_on == LAST
    assert complete(fair, on).accepted is over
    assert fair.gates() == (set() if over else {"early"})


def test_a_notice_not_published_is_not_over_and_cannot_be_objected_to() -> None:
    fair = listed()
    complete(fair)
    assert fair.gates() == {"early"}
    fair.object_to("o", AFTER)
    assert fair.gates() == {"notice_not_published"}


def test_a_notice_is_published_once_by_who_answers_for_it() -> None:
    fair = listed()
    fair.act("publish", "notice", "public")
    assert fair.gates() == {"not_your_act"}
    fair.act("publish", "notice")
    fair.act("publish", "notice")
    assert fair.gates() == {"notice_published"}


@pytest.mark.parametrize(("state", "held"), [("upheld", True), ("dismissed", False)])
def test_an_objection_in_time_holds_the_notice_unless_it_is_dismissed(state: str, held: bool) -> None:
    fair = listed()
    fair.act("publish", "notice")
    fair.object_to("o", LAST)
    complete(fair)
    assert fair.gates() == {"objected"}
    settle(fair, "o", state)
    complete(fair)
    assert fair.gates() == ({"objected"} if held else set())


def test_an_objection_is_settled_with_a_reason_by_who_answers_for_the_notice() -> None:
    fair = listed()
    fair.act("publish", "notice")
    fair.object_to("o", LAST)
    settle(fair, "o", "dismissed", reason="")
    assert fair.gates() == {"objection_unsettled"}
    settle(fair, "p", "dismissed")
    assert fair.gates() == {"objection_unknown"}
    fair.act("settle", "notice", "public", on=LAST, objections=(Objection(id="o", state="dismissed", reason="无"),))
    assert fair.gates() == {"not_your_act"}
    fair.object_to("o", LAST)
    assert fair.gates() == {"objection_known"}


def test_a_late_objection_is_kept_and_holds_nothing_even_after_completion() -> None:
    fair = listed()
    fair.act("publish", "notice")
    fair.object_to("o", AFTER)
    assert (fair.last.accepted, fair.gates()) == (True, {"late"})
    complete(fair)
    assert fair.last.accepted
    fair.object_to("p", AFTER)
    run = fair.case.run("notice")
    assert run is not None
    assert [(o.id, o.late) for o in run.objections] == [("o", True), ("p", True)]


def test_a_new_round_has_its_own_full_period_and_drops_old_objections() -> None:
    fair = listed()
    fair.act("publish", "notice")
    fair.object_to("o", LAST)
    settle(fair, "o", "upheld")
    fair.act("complete", "notice", on=AFTER, outcome="upheld")
    fair.act("submit", "list", outcome="submit", on=AFTER)
    fair.act("publish", "notice", STEWARD, on=AFTER)
    due = fair.case.due("notice")
    assert due is not None
    assert due.due_on == date(2025, 9, 16)
    assert complete(fair, date(2025, 9, 17)).accepted
