"""How a review comes to its conclusion: one of several, votes, signatures, opinions, items, defects, attempts."""

from datetime import date

import pytest

from core.policy.cases.state import Defect, Panel
from core.policy.rules.papers import Severity
from tests.core.policy.playing import ITEMS, LARGE, Played

DRAWN = Panel(library="experts", random=True, size=3)


def test_where_any_of_two_offices_may_conclude_the_first_in_favour_does() -> None:
    case = Played().create()
    case.apply()
    decision = case.act("opine", "screening", "finance")
    assert [ref.stage for ref in decision.closed] == ["screening"]
    assert case.open() == {"review"}


def test_where_any_of_two_may_conclude_one_against_decides_nothing_until_both_are_heard() -> None:
    case = Played().create()
    case.apply()
    case.act("opine", "screening", "finance", outcome="not_pass", reason="不必")
    assert case.open() == {"screening"}
    case.act("opine", "screening", "data_bureau", outcome="not_pass", reason="不必")
    assert case.ended() == "rejected"


def _voted(*results: str) -> Played:
    case = Played().create()
    case.apply(LARGE)
    case.act("opine", "screening", "data_bureau")
    for role, result in zip(("north", "south", "east"), results, strict=False):
        case.act("opine", "voting", role, outcome=result, reason="见会议记录")
    return case


@pytest.mark.parametrize(
    ("results", "opened"),
    [
        (("pass", "pass"), {"voting"}),
        (("pass", "pass", "not_pass"), {"review"}),
        (("pass", "pass", "pass"), {"review"}),
        (("pass", "not_pass", "not_pass"), set()),
        (("abstain", "abstain", "abstain"), {"voting"}),
    ],
)
def test_a_vote_needs_everybody_and_sixty_percent_of_those_cast(results: tuple[str, ...], opened: set[str]) -> None:
    assert _voted(*results).open() == opened


def test_a_vote_in_which_all_abstain_is_held_again() -> None:
    case = _voted("abstain", "abstain", "abstain")
    run = case.case.run("voting")
    assert run is not None
    assert run.n == 2
    assert run.opinions == ()


def test_a_small_project_is_not_put_to_the_vote_and_the_record_says_so() -> None:
    case = Played().to_review()
    assert [ref.stage for ref in case.last.skipped] == ["voting"]
    assert "TY-6" in case.last.touched


def test_a_countersignature_needs_every_signature() -> None:
    case = Played().to_review()
    case.pass_review()
    case.act("opine", "signing", "mayor")
    assert case.open() == {"signing"}
    case.act("opine", "signing", "finance")
    assert case.open() == {"report", "works"}


def test_one_refused_signature_concludes_at_once() -> None:
    case = Played().to_review()
    case.pass_review()
    case.act("opine", "signing", "mayor", outcome="not_pass", reason="缓办")
    assert case.open() == set()
    assert case.ended() != ""


def test_nobody_else_may_give_an_opinion() -> None:
    case = Played().to_review(risky=True)
    assert not case.act("opine", "review", "water").accepted
    assert case.gates() == {"not_your_act"}


def test_a_joint_reviewer_who_has_not_spoken_holds_the_conclusion_up() -> None:
    case = Played().to_review(wet=True)
    assert not case.pass_review().accepted
    assert case.gates() == {"opinion_outstanding"}
    case.act("opine", "review", "water")
    assert case.pass_review().accepted


def test_a_binding_opinion_against_cannot_be_overruled() -> None:
    case = Played().to_review(risky=True)
    case.act("opine", "review", "fire", outcome="not_pass", reason="通道不足")
    assert not case.pass_review(reason="仍可通过").accepted
    assert case.gates() == {"binding_opinion"}


def test_a_weighed_opinion_against_can_be_overruled_with_a_reason_which_stays_on_record() -> None:
    case = Played().to_review(wet=True)
    case.act("opine", "review", "water", outcome="not_pass", reason="排水不足")
    assert not case.pass_review().accepted
    assert case.gates() == {"reason_against_opinion"}
    decision = case.pass_review(reason="已另行安排排水")
    assert decision.accepted
    assert [(f.gate, f.severity) for f in decision.findings] == [("against_opinion", Severity.WARN)]


def test_an_opinion_given_again_replaces_the_first() -> None:
    case = Played().to_review(risky=True)
    case.act("opine", "review", "fire", outcome="not_pass", reason="通道不足")
    case.act("opine", "review", "fire")
    assert case.pass_review().accepted


def test_an_invited_office_must_be_heard_too() -> None:
    case = Played().to_review()
    assert case.act("invite", "review", "data_bureau", invites=("mayor",)).accepted
    assert not case.pass_review().accepted
    assert case.gates() == {"opinion_outstanding"}
    case.act("opine", "review", "mayor")
    assert case.pass_review().accepted


def test_inviting_an_unknown_office_or_into_a_review_without_invitations_is_refused() -> None:
    case = Played().to_review()
    case.act("invite", "review", "data_bureau", invites=("nobody",))
    assert case.gates() == {"unknown_role"}
    case.pass_review()
    case.act("invite", "signing", "mayor", invites=("fire",))
    assert case.gates() == {"no_invites"}


def test_every_missing_item_result_is_named_at_once() -> None:
    case = Played().to_review()
    case.pass_review(items={})
    assert {f.item for f in case.last.findings if f.gate == "item_result_missing"} == {"need", "cost"}


@pytest.mark.parametrize(
    ("panel", "gates"),
    [
        (DRAWN, set()),
        (Panel(library="friends", random=True), {"wrong_library"}),
        (Panel(library="experts", random=False), {"wrong_library"}),
        (Panel(form="internal"), set()),
    ],
)
def test_a_panel_comes_from_the_library_and_by_chance(panel: Panel, gates: set[str]) -> None:
    case = Played().to_review()
    case.pass_review(panel=panel)
    assert case.gates() == gates


def _refused(case: Played, *defects: Defect) -> None:
    case.act("decide", "review", "data_bureau", outcome="not_pass", items=ITEMS, defects=defects, reason="见缺陷清单")


def test_a_negative_conclusion_lists_its_defects() -> None:
    case = Played().to_review()
    _refused(case)
    assert case.gates() == {"defects_missing"}
    case.act("decide", "review", "data_bureau", outcome="not_pass", items=ITEMS)
    assert case.gates() == {"reason_missing", "defects_missing"}


def test_each_defect_is_answered_and_a_new_paper_handed_in_before_the_review_goes_on() -> None:
    case = Played().to_review()
    _refused(case, Defect(id="d1", item="cost", text="造价偏高"), Defect(id="d2", item="need", text="依据不足"))
    assert case.open() == {"revise"}
    case.act("submit", "revise", answers={"d1": "已核减"})
    assert case.gates() == {"defect_unanswered", "incomplete"}
    assert case.act("submit", "revise", answers={"d1": "已核减", "d2": "已补充"}, papers=case.papers("form")).accepted
    run = case.case.runs("review")[0]
    assert [(d.state, d.answer) for d in run.defects] == [("answered", "已核减"), ("answered", "已补充")]


def test_the_last_permitted_attempt_ends_the_case_and_names_the_gate() -> None:
    case = Played().to_review()
    _refused(case, Defect(id="d1", item="cost", text="造价偏高"))
    case.act("submit", "revise", answers={"d1": "已核减"}, papers=case.papers("form"))
    _refused(case, Defect(id="d1", item="cost", text="仍偏高"))
    assert case.state.end is not None
    assert (case.state.end.kind, case.state.end.gate) == ("rejected", "exhausted")
    assert case.gates() == {"exhausted"}
    assert case.open() == set()


def test_a_neutral_return_uses_up_no_attempt_and_leads_where_the_decider_says() -> None:
    case = Played().to_review()
    for _ in range(3):
        case.act("decide", "review", "data_bureau", outcome="return", to=("screening",))
        assert case.open() == {"screening"}
        case.act("opine", "screening", "data_bureau")
    assert case.ended() == ""
    case.act("decide", "review", "data_bureau", outcome="return", to=("closing",))
    assert case.gates() == {"wrong_target"}


def test_a_conclusion_of_no_known_name_is_refused_with_those_that_are() -> None:
    case = Played().to_review()
    case.act("decide", "review", "data_bureau", outcome="perhaps", items=ITEMS)
    assert case.gates() == {"unknown_outcome"}
    assert "通过、不通过、退回" in case.last.findings[0].message


def test_the_opinions_heard_stay_in_the_run_with_their_day() -> None:
    case = Played().to_review(risky=True)
    case.act("opine", "review", "fire", on=date(2025, 9, 3), reason="可行")
    run = case.case.run("review")
    assert run is not None
    assert [(o.role, o.result, o.text, o.on) for o in run.opinions] == [("fire", "pass", "可行", date(2025, 9, 3))]
