"""A rule that names a result, stage, gate, fact or paper nobody declares is refused, and all of them at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.composing import PluginRefusedError, compose
from tests.core.policy.pier import UPPER

GOOD = UPPER.place("pier").answers


def _limit(**more: Any) -> Answers:
    return replace(GOOD, limits=tuple(replace(limit, **more) for limit in GOOD.limits))


def _lapse(**more: Any) -> Answers:
    (limit,) = GOOD.limits
    assert limit.lapse is not None
    return _limit(lapse=replace(limit.lapse, **more))


def _register(**more: Any) -> Answers:
    return replace(GOOD, registers=tuple(replace(register, **more) for register in GOOD.registers))


def _deeming(paper: str) -> Answers:
    (segment,) = GOOD.segments
    first, *rest = segment.stages
    outcomes = tuple(replace(outcome, deems=(paper,)) for outcome in first.outcomes)
    return replace(GOOD, segments=(replace(segment, stages=(replace(first, outcomes=outcomes), *rest)),))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: _limit(met_by=("inspection", "grand")), "limit grace: is met by unknown result 'inspection:grand'"),
        (lambda: _lapse(gate="gone"), "limit grace: lapses through unknown gate 'gone'"),
        (lambda: _lapse(nobody=("nowhere",)), "limit grace: its lapse opens unknown stage 'nowhere'"),
        (lambda: _register(admits=("build", "burnt")), "register piers: admits by unknown result 'build:burnt'"),
        (lambda: _register(renews=(("call", "off"),)), "register piers: admits by unknown result 'call:off'"),
        (lambda: _register(carries=("bay", "tide")), "register piers: carries unknown fact 'tide'"),
        (lambda: _register(matched_on="until_when"), "register piers: is matched on 'until_when'"),
        (lambda: _deeming("oath"), "stage call: outcome chosen counts as unknown paper 'oath'"),
        (
            lambda: replace(GOOD, gates=tuple(replace(gate, reads=("moon",)) for gate in GOOD.gates)),
            "reads unknown fact 'moon'",
        ),
    ],
)
def test_what_leads_nowhere_is_refused_by_name(wrong: Callable[[], Answers], said: str) -> None:
    with pytest.raises(PluginRefusedError) as refused:
        compose(wrong())
    assert any(said in problem for problem in refused.value.problems), refused.value.problems


def test_what_is_linked_composes() -> None:
    assert compose(GOOD).edition == "pier@1"
