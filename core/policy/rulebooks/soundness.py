"""What is looked at before a plugin is let in: its answers, how they hold together, its checks and its source.

All problems are named at once. What would need every case of a regulation to be seen (dead ends, rows that no scenario
exercises) is proved by the conformance kit; what can be seen from one place's answers is refused here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.policy.proving import answering, boundaries, probing, purity, wording
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.composing import inconsistencies
from core.policy.rulebooks.rulebook import Rulebook

HOOKS = {
    "regulations": ("regulations",),
    "rule_index": ("rows",),
    "roles": ("roles",),
    "facts": ("facts", "amounts"),
    "thresholds": ("thresholds",),
    "limits": ("limits",),
    "papers": ("papers",),
    "tracks": ("tracks", "segments", "selection_points"),
    "sides": ("sides", "counters"),
    "gates": ("gates", "effects"),
    "registers": ("registers", "listing_rules"),
    "openings": ("openings",),
}
"""Each hook and the parts of the answers it gives."""


def unsound(answers: Answers) -> Iterator[str]:
    """Everything wrong with a plugin's answers, once they have the declared types."""
    yield from inconsistencies(answers)
    rules = _indexed(answers)
    if rules is not None:
        yield from _of_rulebook(rules)


def mistyped(given: dict[str, Any]) -> Iterator[str]:
    """Everything in the answers of the hooks that is not of the declared type."""
    for hook, answer in given.items():
        yield from answering.mistyped(hook, answer)


def source_problems(plugin: Any) -> Iterator[str]:
    """What in a plugin's source could make two identical cases be judged differently, and figures out of place."""
    file = getattr(plugin, "__file__", None)
    if file is not None:
        package = str(plugin.__name__).rpartition(".")[0]
        yield from purity.source_problems(Path(file).parent, package)


def overlay_problems(plugin: Any, overlay: Any, files: tuple[Path, ...]) -> Iterator[str]:
    """The same of the files of an edition that is kept apart from its plugin, on which it may build."""
    home = getattr(plugin, "__file__", None)
    apart = tuple(path for path in files if home is None or Path(home).parent not in path.parents)
    if apart:
        names = (str(getattr(one, "__name__", "")) for one in (plugin, overlay))
        packages = tuple(name.rpartition(".")[0] or name for name in names if name)
        yield from purity.impurities_of(apart, packages)


def _of_rulebook(rules: Rulebook) -> Iterator[str]:
    yield from (f"{name}: its title is missing" for name in wording.untitled(rules))
    yield from (f"threshold {problem}" for problem in boundaries.ill_formed(rules))
    try:
        yield from boundaries.split_problems(rules)
    except Exception as error:  # noqa: BLE001 - a condition of a track may fail in any way
        yield f"the conditions of its tracks raise {type(error).__name__}: {error}"
    yield from probing.raising(rules, boundaries.day_of(rules))


def _indexed(answers: Answers) -> Rulebook | None:
    """The rulebook as far as it can be put together at all; what is missing is named already."""
    options = {option.key: option.default for option in answers.openings.options}
    try:
        return Rulebook(answers, options, "")
    except Exception:  # noqa: BLE001 - an inconsistent plugin fails in any way, and its problems are named
        return None
