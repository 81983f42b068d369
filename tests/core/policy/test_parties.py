"""Several parties in one case: they enter, go their own ways, come together again, win, sign and are paid."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from core.policy.cases.state import Entry, Opinion
from core.policy.judging.reviewing import concluded
from core.policy.judging.tasks import tasks_of
from core.policy.proving.graphs import OVER, Edge, Graph
from core.policy.rulebooks.composing import PluginRefusedError, compose
from core.policy.rules.citations import cite
from core.policy.rules.competing import Entering, Join, JoinKind
from core.policy.rules.flow import Aggregate, Ends, Review, to
from tests.core.policy.fair import CONSORTIUM, DAY, NOTICE, SIGNERS, TRADER, WINNER, Fair


def test_a_party_enters_while_the_call_is_open_and_keeps_what_it_said_when_its_name_is_corrected() -> None:
    fair = Fair().enter("a")
    fair.act("record", "call", facts={"local": True}, ref="a")
    fair.act("record", "call", entries=(Entry(id="a", title="新名称"), CONSORTIUM))
    first, second = fair.state.entries
    assert (first.title, first.facts, first.on) == ("新名称", {"local": True}, DAY)
    assert [member.title for member in second.members] == ["甲", "乙"]


def test_nobody_enters_in_another_role_without_a_name_or_after_the_call() -> None:
    fair = Fair()
    fair.act("record", "call", "public", entries=(Entry(id="a", title="摊"),))
    assert fair.gates() == {"entries_not_yours"}
    fair.act("record", "call", entries=(Entry(id="a"),))
    assert fair.gates() == {"entry_invalid"}
    fair.enter("a").act("submit", "call")
    fair.act("record", "pitch", ref="a", entries=(Entry(id="b", title="摊"),))
    assert fair.gates() == {"entries_not_taken"}


def test_steps_for_each_entry_open_for_those_they_are_meant_for() -> None:
    fair = Fair().enter("a", "b")
    assert {r.ref for r in fair.state.runs if r.stage == "stall"} == {"a", "b"}
    fair.act("record", "call", ref="b", facts={"barred": True})
    fair.act("submit", "call")
    assert fair.open() == {"pitch@a"}


def test_an_entrys_facts_are_its_own_and_asked_of_each() -> None:
    fair = Fair().enter("a", "b")
    fair.act("submit", "call")
    fair.act("submit", "pitch", TRADER, ref="a", facts={"price": 5})
    assert (fair.case.at("a").amount("price"), fair.case.at("b").find("price")) == (5, None)
    fair.act("submit", "pitch", TRADER, ref="b")
    assert fair.gates() == {"fact_missing"}
    fair.act("record", facts={"local": True})
    assert fair.gates() == {"entry_not_named"}


def test_a_step_of_entries_asks_which_and_an_outside_party_acts_for_its_own() -> None:
    fair = Fair().enter("a", "b")
    fair.act("submit", "call")
    fair.act("submit", "pitch", TRADER, facts={"price": 5})
    assert fair.gates() == {"entry_not_named"}
    fair.act("submit", "pitch", TRADER, ref="a", unit="pb", facts={"price": 5})
    assert fair.gates() == {"not_your_entry"}
    assert fair.act("submit", "pitch", TRADER, ref="a", unit="pa", facts={"price": 5}).accepted


def test_each_waits_for_everybody_still_running_whatever_came_of_it() -> None:
    fair = Fair(JoinKind.EACH).pitched("a", "b", "c")
    fair.judge("a", "good")
    fair.judge("b", "poor")
    assert fair.open() == {"verdict@c"}
    fair.judge("c", "out")
    assert fair.open() == {"list"}


def test_each_does_not_wait_for_one_that_leaves() -> None:
    fair = Fair(JoinKind.EACH).enter("a", "b")
    fair.act("submit", "call")
    fair.act("submit", "pitch", TRADER, ref="a", facts={"price": 5})
    fair.judge("a", "good")
    assert fair.open() == {"pitch@b"}
    fair.act("submit", "pitch", TRADER, ref="b", outcome="leave")
    assert fair.open() == {"list"}


def test_all_waits_until_every_one_that_came_has_passed() -> None:
    fair = Fair(JoinKind.ALL).pitched("a", "b")
    fair.judge("a", "good")
    assert fair.open() == {"verdict@b"}
    fair.judge("b", "good")
    assert fair.open() == {"list"}
    failed = Fair(JoinKind.ALL).pitched("a", "b")
    failed.judge("a", "good")
    failed.judge("b", "poor")
    assert failed.open() == set()


def test_any_goes_on_with_the_first_that_passes_and_only_once() -> None:
    fair = Fair(JoinKind.ANY).pitched("a", "b", "c")
    fair.judge("a", "poor")
    assert fair.open() == {"verdict@b", "verdict@c"}
    fair.judge("b", "good")
    assert fair.open() == {"list", "verdict@c"}
    fair.act("submit", "list", outcome="submit")
    fair.judge("c", "good")
    assert fair.open() == {"notice"}


@pytest.mark.parametrize(("passed", "on"), [(1, False), (2, True), (3, True)])
def test_count_goes_on_with_so_many(passed: int, on: bool) -> None:
    refs = ("a", "b", "c")
    fair = Fair(JoinKind.COUNT, count=2).pitched(*refs)
    for ref in refs[:passed]:
        fair.judge(ref, "good")
    assert ("list" in fair.open()) is on


def test_outcomes_that_count_as_passing_may_be_named() -> None:
    fair = Fair(JoinKind.ANY, outcomes=("poor",)).pitched("a", "b")
    fair.judge("a", "good")
    assert fair.open() == {"verdict@b"}
    fair.judge("b", "poor")
    assert fair.open() == {"list"}


def test_nobody_came_is_an_outcome() -> None:
    fair = Fair()
    fair.act("submit", "call")
    assert fair.ended() == Ends.LAPSED.value
    again = Fair(nobody=to("call"))
    again.act("submit", "call")
    assert again.open() == {"call"}


@pytest.mark.parametrize(
    ("key", "changes", "problem"),
    [
        ("pitch", {"scope": "stall"}, "stage pitch: unknown scope 'stall'; it is one of project, lot, entry, contract"),
        ("list", {"scope": "entry"}, "stage list: a join stands on a common stage, and counts where it says how many"),
        (
            "list",
            {"join": Join(kind=JoinKind.COUNT, citation=cite("F-1"))},
            "stage list: a join stands on a common stage, and counts where it says how many",
        ),
        (
            "call",
            {"takes": Entering(roles=("nobody",), citation=cite("F-1"))},
            "stage call: unknown 'nobody' among its parties, notices or roles given",
        ),
        ("call", {"notice": NOTICE.notice}, "stage call: a notice stands on a stage of kind notice"),
    ],
)
def test_a_declaration_about_parties_that_cannot_hold_refuses_the_plugin(
    key: str, changes: dict[str, Any], problem: str
) -> None:
    answers = Fair().rules.answers
    (segment,) = answers.segments
    wrong = tuple(replace(stage, **changes) if stage.key == key else stage for stage in segment.stages)
    with pytest.raises(PluginRefusedError) as refused:
        compose(replace(answers, segments=(replace(segment, stages=wrong),)))
    assert problem in refused.value.problems


def test_where_nobody_leads_is_proved_like_any_other_way() -> None:
    back, over = Graph(Fair(nobody=to("pitch")).rules, "fair"), Graph(Fair().rules, "fair")
    assert Edge("list", "pitch", bounded=True) in back.edges
    assert Edge("list", OVER, bounded=True) in over.edges


def test_nobody_left_is_an_outcome_and_the_last_to_leave_brings_it() -> None:
    fair = Fair(nobody_ends=Ends.REJECTED).pitched("a", "b")
    fair.judge("a", "out")
    assert fair.open() == {"verdict@b"}
    fair.judge("b", "out")
    assert fair.ended() == Ends.REJECTED.value
    assert [entry.end.kind for entry in fair.state.entries if entry.end] == ["rejected", "rejected"]


def test_a_way_back_opens_for_every_entry_still_running() -> None:
    fair = Fair().pitched("a", "b", "c")
    fair.judge("a", "good")
    fair.judge("b", "out")
    fair.judge("c", "poor")
    fair.act("submit", "list", outcome="again")
    assert fair.open() == {"pitch@a", "pitch@c"}
    fair.act("submit", "pitch", TRADER, ref="a", facts={"price": 4})
    fair.judge("a", "good")
    assert fair.open() == {"pitch@c"}


@pytest.mark.parametrize(("winners", "refused"), [("a", False), ("ab", False), ("abc", True)])
def test_a_competition_has_at_most_so_many_winners(winners: str, refused: bool) -> None:
    fair = Fair().pitched(*winners)
    for ref in winners:
        fair.judge(ref, "good")
    fair.act("submit", "list", outcome="submit")
    assert ("crowded" in fair.gates()) is refused


def test_a_preference_sorts_equals_and_refuses_nobody() -> None:
    fair = Fair().enter("a", "b", "c")
    fair.act("record", "call", ref="a", facts={"score": 7})
    fair.act("record", "call", ref="b", facts={"score": 8})
    fair.act("record", "call", ref="c", facts={"score": 7, "local": True})
    stage = fair.rules.stage("list", "fair")
    assert stage is not None
    assert stage[1].competition is not None
    assert [entry.id for entry in stage[1].competition.order(fair.case)] == ["b", "c", "a"]


def test_a_role_is_given_by_an_outcome_and_by_nothing_else() -> None:
    early = Fair().pitched("a")
    early.act("submit", "stall", WINNER, ref="a")
    assert early.gates() == {"role_not_given"}
    fair = Fair().announced("a", "b")
    assert fair.case.holders(WINNER) == ("a", "b")
    assert fair.act("submit", "stall", WINNER, ref="a").accepted


def test_where_signatures_conclude_they_do_once_every_party_has_given_its_own() -> None:
    signed = Review(citation=cite("F-1"), reviewers=SIGNERS, aggregate=Aggregate.SIGNATURES)
    wanted = frozenset({f"{WINNER}@a", f"{WINNER}@b"})
    first, second = (Opinion(role=WINNER, entry=ref, result="pass", on=DAY) for ref in ("a", "b"))
    against = msgspec.structs.replace(first, result="not_pass")
    assert concluded(signed, (first,), wanted) == ""
    assert concluded(signed, (first, second), wanted) == "pass"
    assert concluded(signed, (against, second), wanted) == "not_pass"
    assert concluded(replace(signed, worst_first=("poor", "pass")), (first, second), wanted) == "pass"


def test_an_agreement_stays_open_until_every_party_named_has_signed() -> None:
    fair = Fair().announced("a", "b")
    day = date(2025, 9, 10)
    fair.act("opine", "sign", WINNER, ref="a", on=day)
    fair.act("submit", "sign", facts={"until": "2025-12-31"}, on=day)
    assert [(f.gate, f.item) for f in fair.last.findings] == [("unsigned", "winner@b")]
    assert ("sign", WINNER) in {(task.stage, task.role) for task in tasks_of(fair.case)}
    fair.act("opine", "sign", WINNER, ref="b", on=day)
    assert ("sign", WINNER) not in {(task.stage, task.role) for task in tasks_of(fair.case)}
    assert fair.act("submit", "sign", facts={"until": "2025-12-31"}, on=day).accepted
    assert fair.case.named("announce") == ("a", "b")


def test_the_old_date_rules_until_a_longer_one_is_granted() -> None:
    fair = Fair().announced("a")
    day = date(2025, 9, 10)
    fair.act("opine", "sign", WINNER, ref="a", on=day)
    fair.act("submit", "sign", facts={"until": "2025-12-31"}, on=day)
    fair.act("open", side="longer")
    fair.act("decide", "longer", outcome="granted", on=day)
    assert [(f.gate, f.item) for f in fair.last.findings] == [("fact_missing", "wanted")]
    fair.act("record", "longer", facts={"wanted": "2026-03-31"}, on=day)
    due = fair.case.due("until")
    assert due is not None
    assert due.due_on == date(2025, 12, 31)
    fair.act("decide", "longer", outcome="granted", on=day)
    moved = fair.case.due("until")
    assert moved is not None
    assert (moved.due_on, moved.extended_to) == (date(2026, 3, 31), date(2026, 3, 31))


def test_prizes_are_paid_to_each_winner_and_add_up_over_the_year() -> None:
    fair = Fair().announced("a", "b")
    day = date(2025, 9, 10)
    for ref in ("a", "b"):
        fair.act("opine", "sign", WINNER, ref=ref, on=day)
    fair.act("submit", "sign", facts={"until": "2025-12-31"}, on=day)
    fair.act("submit", "work", on=day)
    assert fair.open() == {"prize@a", "prize@b"}
    assert fair.act("pay", "prize", WINNER, ref="a", facts={"sum": 60}, on=day).counted[0].amount_fen == 60
    fair.act("pay", "prize", WINNER, ref="b", facts={"sum": 41}, on=day)
    assert fair.gates() == {"spent"}
    assert fair.act("pay", "prize", WINNER, ref="b", facts={"sum": 40}, on=day).accepted


def test_whoever_was_not_named_has_no_part_in_what_follows() -> None:
    fair = Fair().pitched("a", "b")
    fair.judge("a", "good")
    fair.judge("b", "poor")
    fair.act("submit", "list", outcome="submit")
    fair.act("publish", "notice")
    fair.act("complete", "notice", on=date(2025, 9, 9), outcome="done")
    fair.act("publish", "announce", on=date(2025, 9, 9))
    fair.act("opine", "sign", WINNER, ref="b", on=date(2025, 9, 9))
    assert fair.gates() == {"not_a_party"}
    loser = fair.case.at("b").entry
    assert loser is not None
    assert loser.end is not None
    assert (loser.end.kind, loser.end.on) == ("rejected", date(2025, 9, 9))
