"""A text that forbids asking twice, or leaving a list of deciders empty, is held against the rulebook itself."""

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from core.policy import hookspecs
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Jurisdiction
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Review, Stage
from core.policy.rules.openings import Openings
from core.policy.rules.papers import Freshness, PaperDemand
from core.policy.rules.values import Option
from tests.core.policy.toytown import policy


def _town(*, asking_again: dict[str, Any] | None = None, **hooks: Any) -> Jurisdiction:
    """Toytown under a text that asks once, with its closing stage changed."""
    found = {name: getattr(policy, name) for name in _hooks()}
    tracks, segments, points = policy.tracks()

    def changed(stages: Iterable[Stage]) -> tuple[Stage, ...]:
        return tuple(replace(s, **(asking_again or {})) if s.key == "closing" else s for s in stages)

    told = tuple(replace(track, asked_once=cite("TY-4")) for track in tracks)
    parts = tuple(replace(segment, stages=changed(segment.stages)) for segment in segments)
    found["tracks"] = _hook("tracks", lambda: (told, parts, points))
    found |= {name: _hook(name, answer) for name, answer in hooks.items()}
    return Jurisdiction("asking", SimpleNamespace(**found))


def _hooks() -> tuple[str, ...]:
    return tuple(name for name in vars(hookspecs) if name in vars(policy) and callable(getattr(policy, name)))


def _hook(name: str, answer: Any) -> Any:
    answer.__name__ = name
    return hookimpl(answer)


def test_a_track_that_asks_each_thing_once_composes() -> None:
    assert _town().rulebook().tracks["small"].asked_once is not None


def test_a_fact_asked_by_two_stages_is_an_error_of_the_rulebook_that_names_both() -> None:
    with pytest.raises(PluginRefusedError, match="closing asks again for 'declared', which apply has asked for"):
        _town(asking_again={"asks": ("declared",)})


def test_a_paper_asked_anew_by_a_later_stage_is_an_error_and_one_that_counts_as_present_is_none() -> None:
    demand = PaperDemand(paper="minutes", citation=cite("TY-4"), gate="incomplete")
    assert _town(asking_again={"papers": (demand,)}).rulebook().place == "asking"
    again = replace(demand, freshness=Freshness.SINCE_OPENED)
    with pytest.raises(PluginRefusedError, match="closing asks again for 'minutes', which review has asked for"):
        _town(asking_again={"papers": (again,)})


def _approvers(default: tuple[str, ...]) -> Openings:
    option = Option(
        key="approvers",
        title="审批部门",
        point="TY-Q2",
        values=("water", "fire"),
        default=default,
        reason="由镇里设定",
        citation=reading("TY-Q2", "TY-5"),
        open_values=True,
        lists=("water", "fire"),
    )
    return Openings(options=(option,))


def test_an_empty_list_of_approvers_is_refused_as_default_and_as_choice() -> None:
    with pytest.raises(PluginRefusedError, match="option approvers: must name at least one"):
        _town(openings=lambda: _approvers(()))
    town = _town(openings=lambda: _approvers(("water",)))
    with pytest.raises(ValueError, match="must name at least one"):
        town.rulebook({"approvers": []})
    assert town.rulebook({"approvers": ["water", "fire"]}).options["approvers"] == ["water", "fire"]


def test_a_department_nobody_knows_cannot_stand_on_the_list() -> None:
    town = _town(openings=lambda: _approvers(("water",)))
    with pytest.raises(ValueError, match="does not know opera"):
        town.rulebook({"approvers": ["opera"]})


def test_opinions_are_ranked_by_outcomes_of_their_stage_and_nothing_else() -> None:
    ranked = Review(citation=cite("TY-5"), worst_first=("perhaps", "lodged"))
    with pytest.raises(PluginRefusedError, match="closing: ranks opinions by the unknown outcome 'perhaps'"):
        _town(asking_again={"review": ranked})
