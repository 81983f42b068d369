"""A rule that fails while a case is judged blocks that act with a reference; nothing is hidden, nothing else stops."""

from dataclasses import replace
from typing import Any

import pytest

from core.policy.cases.acts import Decision
from core.policy.judging.faults import Fault, faults_of
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.gating import Hit, Waiver, at
from core.policy.rules.papers import Severity
from tests.core.policy.playing import REGISTRY, SMALL, Played

ANSWERS = REGISTRY.place("toytown").answers


def _raises(case: Any) -> list[Hit]:
    """Judges well until somebody declares exactly this amount."""
    return [Hit(message="未到达。")] if SMALL / (case.amount("declared") - SMALL) < 0 else []


def _rules(*, in_track: bool = False) -> Rulebook:
    gate = replace(
        ANSWERS.gates[0],
        key="fragile",
        code="TY-G99",
        title="易错检查",
        severity=Severity.WARN,
        points=at("apply", "submit"),
        check=None if in_track else _raises,
        waiver=Waiver(roles=("data_bureau",), citation=ANSWERS.gates[0].citation),
    )
    tracks = ANSWERS.tracks
    if in_track:
        tracks = (replace(tracks[0], applies=lambda case: SMALL / (case.find("declared", 0) - SMALL) < 0), *tracks[1:])
    return compose(replace(ANSWERS, gates=(*ANSWERS.gates, gate), tracks=tracks))


def _applied(rules: Rulebook, declared: int) -> tuple[Played, Decision]:
    played = Played()
    played.rules = rules
    return played, played.create().apply(declared)


def test_a_gate_that_raises_blocks_with_an_explanation_and_a_reference_and_the_case_stays_as_it_was() -> None:
    played, decision = _applied(_rules(), SMALL)
    assert not decision.accepted
    (finding,) = [f for f in decision.findings if f.fault]
    assert finding.severity is Severity.BLOCK
    assert finding.article == "第十三条"
    assert finding.message == f"“易错检查”执行出错，无法判断，本次不能办理。请将编号 {finding.fault} 告知系统管理员。"
    assert finding.waivable_by == ()
    assert played.open() == {"apply"}


def test_what_it_raised_and_where_is_for_the_log_and_not_for_the_person() -> None:
    _, decision = _applied(_rules(), SMALL)
    (fault,) = faults_of(decision)
    assert fault == Fault(reference=fault.reference, gate="fragile", error="ZeroDivisionError", at=fault.at)
    assert fault.at.startswith("tests.core.policy.test_faults:")
    assert "ZeroDivisionError" not in "".join(f.message for f in decision.findings)


def test_the_same_failure_has_the_same_reference_wherever_it_is_judged_again() -> None:
    first, second = (faults_of(_applied(_rules(), SMALL)[1])[0].reference for _ in range(2))
    assert first == second
    assert first.startswith("E-")


def test_the_other_findings_of_the_act_are_still_named() -> None:
    played = Played()
    played.rules = _rules()
    played.create().apply(SMALL, papers=())
    assert played.gates() == {"fragile", "incomplete"}


@pytest.mark.parametrize("declared", [SMALL - 1, SMALL + 1])
def test_a_case_on_which_the_gate_judges_goes_on(declared: int) -> None:
    _, decision = _applied(_rules(), declared)
    assert faults_of(decision) == ()


def test_a_condition_of_a_track_that_raises_refuses_the_act_in_the_same_way() -> None:
    played, decision = _applied(_rules(in_track=True), SMALL)
    (finding,) = decision.findings
    assert (finding.gate, decision.accepted) == ("rule_failed", False)
    assert finding.message.startswith("本事项的规则执行出错")
    assert played.open() == {"apply"}


def test_a_mistake_of_core_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = _rules()
    monkeypatch.setattr(rules, "papers", None)
    with pytest.raises((AttributeError, TypeError)):
        _applied(rules, SMALL + 1)
