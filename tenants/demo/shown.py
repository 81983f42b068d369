"""What a place shows (演示内容): the journeys in its `demo` folder, and so whether it shows anything."""

from collections.abc import Iterator

from core.policy.rulebooks.registry import installed
from core.policy.scenarios import Scenario
from core.policy.scenarios.loading import load_folder


def journeys_of(place: str) -> Iterator[Scenario]:
    """The journeys a place ships, in their order."""
    for found in load_folder(installed().place(place).folder / "demo").values():
        yield from found


def places_shown() -> tuple[str, ...]:
    """Every installed place that ships journeys."""
    return tuple(place for place in installed().places() if any(True for _ in journeys_of(place)))
