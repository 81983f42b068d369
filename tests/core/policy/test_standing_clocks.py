"""Clocks that stand on a stated ground or while a stage is open, delay that adds up, paths that are none, renewals."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from core.kernel.workdays import OFFICIAL, LimitKind, Roll, Unit
from core.policy.cases.acts import Act, Decision
from core.policy.cases.context import Context, Renewal
from core.policy.judging.deciding import decide
from core.policy.rulebooks.composing import compose
from core.policy.rules.citations import cite
from core.policy.rules.limits import PauseRule, TimeLimit, Yearly, closed, fact_date, later_of
from core.policy.rules.papers import Severity
from core.policy.rules.regulation import OnExpiry
from core.policy.rules.tracks import ByReference, Selected
from tests.core.policy.playing import MONDAY, REGISTRY, Played

ANSWERS = REGISTRY.place("toytown").answers
C = cite("TY-11")
GROUND = PauseRule(key="questions", title="询问", citation=C)


def _played(**changes: Any) -> Played:
    played = Played()
    played.rules = compose(replace(ANSWERS, **changes))
    return played


def _with_review_limit(**changes: Any) -> Played:
    limits = tuple(replace(lim, **changes) if lim.key == "review_days" else lim for lim in ANSWERS.limits)
    return _played(limits=limits)


def test_a_clock_stands_on_the_ground_the_text_names_and_the_due_keeps_why() -> None:
    case = _with_review_limit(pauses=(GROUND,)).to_review()
    before = case.due("review_days")
    assert before is not None
    case.act("pause", "review", "data_bureau", on=MONDAY + timedelta(days=1), reason="补充说明")
    assert case.due("review_days") is None
    case.act("resume", "review", "data_bureau", on=MONDAY + timedelta(days=3))
    due = case.case.due("review_days")
    assert due is not None
    assert case.due("review_days") == OFFICIAL.after_workdays(before, 2)
    assert [(p.key, p.reason, p.article) for p in due.pauses] == [("questions", "询问：补充说明", "第十一条")]


@pytest.mark.parametrize(
    ("role", "ground", "gate"),
    [("data_bureau", "holiday", "no_pause"), ("project_unit", "questions", "not_your_act")],
)
def test_no_other_ground_and_nobody_else_stops_it(role: str, ground: str, gate: str) -> None:
    case = _with_review_limit(pauses=(GROUND,)).to_review()
    decision = case.act("pause", "review", role, pause=ground)
    assert (decision.accepted, case.gates()) == (False, {gate})


def test_delay_adds_up_over_the_limits_named_and_early_days_do_not_offset() -> None:
    summing = TimeLimit(
        key="delay", code="TY-L9", title="累计延误", kind=LimitKind.NONE, roll=Roll.NONE, citation=C,
        owner="project_unit", amount=3, sums=("review_days", "revise_days"),
    )  # fmt: skip
    case = _played(limits=(*ANSWERS.limits, summing)).to_review()
    due = case.due("review_days")
    assert due is not None
    for days in (0, 1, 3):
        case.today = OFFICIAL.after_workdays(due, days)
        assert case.case.delay("delay").total == days
    assert case.case.delay("delay").reaches(3)
    assert not case.case.delay("delay").reaches(4)


@pytest.mark.parametrize(
    ("start", "plan_year", "of_plan", "expected"),
    [
        (date(2025, 5, 31), 0, False, date(2025, 5, 31)),
        (date(2025, 6, 1), 0, False, date(2026, 5, 31)),
        (date(2025, 6, 1), 2026, True, date(2025, 5, 31)),
    ],
)
def test_a_yearly_date_is_the_next_one_or_that_of_the_plan(
    start: date, plan_year: int, *, of_plan: bool, expected: date
) -> None:
    assert Yearly(5, 31, of_plan=of_plan).on(start, plan_year) == expected


def test_a_clock_that_needs_two_events_waits_for_the_later() -> None:
    later = TimeLimit(
        key="later", code="TY-L8", title="后到者起算", kind=LimitKind.DEADLINE, roll=Roll.NONE, citation=C,
        owner="project_unit", amount=5, unit=Unit.WORKDAY,
        start=later_of(closed("review", "pass"), fact_date("signed_off_on")),
    )  # fmt: skip
    case = _played(limits=(*ANSWERS.limits, later)).to_review()
    case.pass_review()
    assert case.case.due("later") is None
    signed = MONDAY + timedelta(days=2)
    case.act("record", "signing", "mayor", on=signed, facts={"signed_off_on": signed.isoformat()})
    due = case.case.due("later")
    assert due is not None
    assert due.start_on == signed


def test_a_path_handled_elsewhere_refuses_the_case_with_its_article() -> None:
    away = replace(
        ANSWERS.tracks[0], key="away", title="另行办理", applies=lambda _: True, segments=(), result=Selected.ELSEWHERE
    )
    case = _played(tracks=(away, *ANSWERS.tracks))
    decision = case.act("create")
    assert not decision.accepted
    assert case.gates() == {"handled_elsewhere"}
    assert decision.findings[0].rows == away.citation.rows


def test_a_kind_of_case_no_path_is_for_is_refused() -> None:
    case = _played()
    case.state = msgspec.structs.replace(case.state, kind="wish")
    assert not case.act("create").accepted
    assert case.gates() == {"unknown_case_kind"}


@pytest.mark.parametrize(("silent", "expected"), [(False, {Severity.WARN}), (True, set())])
def test_a_path_by_reference_softens_or_silences_the_gates_it_names(*, silent: bool, expected: set[Severity]) -> None:
    gates = frozenset({"incomplete"})
    analogy = ByReference(citation=C, silent=gates) if silent else ByReference(citation=C, softened=gates)
    tracks = tuple(replace(track, by_reference=analogy) for track in ANSWERS.tracks)
    case = _played(tracks=tracks).create()
    decision = case.apply(papers=())
    assert decision.accepted
    assert {f.severity for f in decision.findings if f.gate == "incomplete"} == expected


def _created(day: date, on_expiry: OnExpiry, *renewals: Renewal) -> Decision:
    regulations = tuple(replace(r, expires_on=MONDAY, on_expiry=on_expiry) for r in ANSWERS.regulations)
    rules = compose(replace(ANSWERS, regulations=regulations))
    blank = msgspec.structs.replace(Played().blank, created_on=day)
    context = Context(today=day, calendar=OFFICIAL, renewals=renewals)
    return decide(rules, blank, context, Act(name="create", role="project_unit", on=day)).decision


@pytest.mark.parametrize(
    ("days", "on_expiry", "accepted", "shown"),
    [
        (0, OnExpiry.REFUSE_NEW, True, set()),
        (1, OnExpiry.REFUSE_NEW, False, {Severity.BLOCK}),
        (1, OnExpiry.ADVISORY, True, {Severity.WARN}),
        (1, OnExpiry.NONE, True, set()),
    ],
)
def test_what_the_end_of_a_text_does_is_said(
    days: int, on_expiry: OnExpiry, *, accepted: bool, shown: set[Severity]
) -> None:
    decision = _created(MONDAY + timedelta(days=days), on_expiry)
    assert decision.accepted is accepted
    assert {f.severity for f in decision.findings if f.gate == "rulebook_not_in_force"} == shown


@pytest.mark.parametrize(("days", "accepted"), [(9, True), (10, True), (11, False)])
def test_a_renewal_holds_for_the_days_it_covers(days: int, *, accepted: bool) -> None:
    renewal = Renewal(
        regulation=ANSWERS.regulations[0].key,
        number="8号",
        from_on=MONDAY + timedelta(days=1),
        until_on=MONDAY + timedelta(days=10),
    )
    assert _created(MONDAY + timedelta(days=days), OnExpiry.REFUSE_NEW, renewal).accepted is accepted
