"""A plugin that is wrong is refused by name with all its problems, and the other places go on."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.composing import PluginRefusedError, compose
from core.policy.rulebooks.registry import Registry, UnknownPlaceError
from core.policy.rules.citations import Citation, Row, cite
from core.policy.rules.gating import at
from tests.core.policy.playing import REGISTRY
from tests.core.policy.toytown import policy, stages

ANSWERS = REGISTRY.place("toytown").answers
STAGE = stages.REVIEW
assert STAGE.review is not None
assert STAGE.review.panel is not None
PANEL = STAGE.review.panel


def _problems(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(PluginRefusedError) as refused:
        compose(replace(ANSWERS, **changes))
    return refused.value.problems


def _stage(**changes: Any) -> dict[str, Any]:
    plan = ANSWERS.segments[0]
    new = replace(STAGE, **changes)
    changed = replace(plan, stages=tuple(new if stage is STAGE else stage for stage in plan.stages))
    return {"segments": (changed, *ANSWERS.segments[1:])}


def _review(**changes: Any) -> dict[str, Any]:
    assert STAGE.review is not None
    return _stage(review=replace(STAGE.review, **changes))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rows": (*ANSWERS.rows, ANSWERS.rows[0])}, "row TY-1: listed 2 times"),
        ({"rows": (*ANSWERS.rows, Row("TY-99", "第九十九条", "wish", "空。"))}, "row TY-99: unknown kind 'wish'"),
        ({"gates": (*ANSWERS.gates, ANSWERS.gates[0])}, "gate incomplete: declared 2 times"),
        (
            {"papers": (replace(ANSWERS.papers[0], citation=cite("TY-99")), ANSWERS.papers[1])},
            "paper form: cites unknown row 'TY-99'",
        ),
        (
            {"gates": (*ANSWERS.gates[:-1], replace(ANSWERS.gates[-1], points=at("nowhere", "submit")))},
            "gate expired: unknown stage 'nowhere' in its points",
        ),
        (
            {"tracks": (ANSWERS.tracks[0], replace(ANSWERS.tracks[1], segments=("plan", "delivery", "moon")))},
            "track large: unknown segment 'moon'",
        ),
        (
            {"counters": (replace(ANSWERS.counters[0], stage="nowhere"),)},
            "counter reviews: unknown stage 'nowhere'",
        ),
        ({"counters": (replace(ANSWERS.counters[0], gate="none"),)}, "counter reviews: unknown gate 'none'"),
        (
            {"limits": (replace(ANSWERS.limits[0], stage="nowhere"),)},
            "limit review_days: unknown stage 'nowhere'",
        ),
        (
            {"limits": (replace(ANSWERS.limits[0], late_gate="none"),)},
            "limit review_days: unknown gate 'none'",
        ),
        (_stage(actors=("nobody",)), "stage review: unknown role 'nobody'"),
        (_stage(asks=("nothing",)), "stage review: unknown fact 'nothing'"),
        (_stage(papers=(replace(STAGE.papers[0], paper="poem"),)), "stage review: unknown paper 'poem'"),
        (
            _stage(papers=(replace(STAGE.papers[0], gate="none"),)),
            "stage review: paper minutes speaks through unknown gate 'none'",
        ),
        (
            _stage(outcomes=(replace(STAGE.outcomes[0], opens=("moon",)), *STAGE.outcomes[1:])),
            "stage review: outcome pass leads to unknown stage 'moon'",
        ),
        (
            _review(reviewers=(replace(stages.REVIEW.review.reviewers[0], role="nobody"),)),  # type: ignore[union-attr]
            "stage review: unknown reviewer 'nobody'",
        ),
        (_review(panel=replace(PANEL, libraries=("friends",))), "stage review: unknown library 'friends'"),
        (
            _review(panel=replace(PANEL, library_gate="none")),
            "stage review: panel speaks through unknown gate 'none'",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused_by_name(changes: dict[str, Any], problem: str) -> None:
    assert _problems(**changes) == (problem,)


def test_every_problem_is_named_at_once() -> None:
    broken = _stage(actors=("nobody",), asks=("nothing",))
    assert len(_problems(**broken, counters=(replace(ANSWERS.counters[0], gate="none"),))) == 3


def test_nothing_can_be_cited_without_a_row() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        Citation(rows=())


def test_an_option_not_offered_is_refused_and_one_that_is_makes_another_rulebook() -> None:
    with pytest.raises(ValueError, match="does not offer"):
        compose(ANSWERS, {"nothing": 1})
    plain, raised = compose(ANSWERS), compose(ANSWERS, {"severity_overrides": {"late": "block"}})
    assert plain.digest != raised.digest
    assert compose(ANSWERS).digest == plain.digest


def test_a_place_is_asked_once_per_option_set() -> None:
    place = REGISTRY.place("toytown")
    assert place.rulebook() is place.rulebook({})
    assert place.folder == Path(str(policy.__file__)).parent


class _Misspelt:
    @hookimpl
    def regulashuns(self) -> tuple[()]:
        return ()


class _Wrong:
    @hookimpl
    def facts(self) -> tuple[()]:
        return ()


@pytest.mark.parametrize(
    ("plugin", "said"), [(_Misspelt(), "regulashuns"), (_Wrong(), "hook facts: the answer has 0 parts, not 2")]
)
def test_a_plugin_that_cannot_be_asked_is_refused_and_the_others_go_on(plugin: Any, said: str) -> None:
    registry = Registry({"broken": plugin, "toytown": policy})
    assert registry.places() == ("toytown",)
    assert said in str(registry.refused["broken"])
    with pytest.raises(PluginRefusedError, match="broken"):
        registry.place("broken")


def test_a_hook_left_out_is_answered_by_core() -> None:
    kept = ("regulations", "roles", "facts", "tracks", "rule_index", "registers", "gates", "papers", "thresholds")
    bare = SimpleNamespace(**{name: getattr(policy, name) for name in kept})
    answers = Registry({"bare": bare}).place("bare").answers
    assert (answers.limits, answers.sides, answers.counters) == ((), (), ())
    assert answers.openings.options == ()
    assert answers.sources == "in-memory"


def test_a_place_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownPlaceError, match="toytown"):
        REGISTRY.place("nowhere")
