"""What a text forbids its own rules to do (编制校验): asking twice for one thing, leaving a list of deciders empty.

These are errors of a rulebook as it is composed, never findings on a project.
"""

from collections.abc import Iterator
from typing import Any

from core.policy.rulebooks.answers import Answers
from core.policy.rules.flow import Line, Stage
from core.policy.rules.papers import Freshness
from core.policy.rules.tracks import Track
from core.policy.rules.values import Option


def asked_twice(answers: Answers) -> Iterator[str]:
    """Facts and papers that a track asks for again though its text says once (不重复填报); corrections are not that."""
    segments = {segment.key: segment for segment in answers.segments}
    for track in answers.tracks:
        if track.asked_once is not None:
            parts = (segments[key] for key in track.segments if key in segments)
            stages = [stage for part in parts for stage in part.stages if stage.line is not Line.DETOUR]
            yield from _twice_on(track, stages)


def _twice_on(track: Track, stages: list[Stage]) -> Iterator[str]:
    asked: dict[str, str] = {}
    for stage in stages:
        fresh = [d.paper for d in stage.papers if d.freshness is Freshness.SINCE_OPENED]
        first = [d.paper for d in stage.papers if d.freshness is Freshness.ANY]
        for key in (*stage.asks, *fresh):
            if asked.get(key, stage.key) != stage.key:
                yield f"track {track.key}: stage {stage.key} asks again for {key!r}, which {asked[key]} has asked for"
        asked = {**dict.fromkeys((*stage.asks, *fresh, *first), stage.key), **asked}


def list_problem(option: Option, value: Any) -> str:
    """What is wrong with the value of an option that is a list, or an empty string."""
    if not option.lists:
        return ""
    if not isinstance(value, list | tuple) or not value:
        return "must name at least one"
    unknown = [str(item) for item in value if item not in option.lists]
    return f"does not know {', '.join(unknown)}" if unknown else ""
