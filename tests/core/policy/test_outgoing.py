"""A regulation that publishes what it does not declare, or lets somebody object who may not, is refused at load."""

import dataclasses
from typing import Any

import pytest

from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Jurisdiction
from core.policy.rules.flow import Stage
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from tests.core.calls.fair import CALL, MATCHING, NOTICE, Fair

Tracks = tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]


def _problems(stage: Stage, **public: Any) -> str:
    assert stage.public is not None
    wrong = dataclasses.replace(stage, public=dataclasses.replace(stage.public, **public))
    return _refusal(stage, wrong)


def _refusal(stage: Stage, wrong: Stage) -> str:
    class Changed(Fair):
        @hookimpl
        def tracks(self) -> Tracks:
            tracks, (segment,), points = super().tracks()
            stages = tuple(wrong if one.key == stage.key else one for one in segment.stages)
            return tracks, (dataclasses.replace(segment, stages=stages),), points

    with pytest.raises(PluginRefusedError) as refused:
        Jurisdiction("fair", Changed()).rulebook()
    return str(refused.value)


@pytest.mark.parametrize(
    ("public", "problem"),
    [
        ({"facts": ("nothing",)}, "stage call: publishes unknown fact 'nothing'"),
        ({"papers": ("letter",)}, "stage call: publishes unknown paper 'letter'"),
        ({"closes_by": "some_day"}, "stage call: publishes unknown fact 'some_day'"),
        ({"answers_at": "nowhere"}, "stage call: publishes unknown stage 'nowhere'"),
        ({"answered_as": "stranger"}, "stage call: publishes unknown role 'stranger'"),
        ({"answered_as": ""}, "names both answers_at and answered_as"),
        ({"objects_as": "public"}, "the public objects as 'public', who is none of the notice's objectors"),
    ],
)
def test_what_is_published_must_be_declared(public: dict[str, Any], problem: str) -> None:
    assert problem in _problems(CALL, **public)


def test_only_an_objector_of_the_notice_objects() -> None:
    assert "who is none of the notice's objectors" in _problems(NOTICE, objects_as="bidder")


def test_only_a_notice_or_a_publication_is_public() -> None:
    wrong = dataclasses.replace(MATCHING, public=CALL.public)
    assert "stage matching: only a notice or a publication may be public" in _refusal(MATCHING, wrong)
