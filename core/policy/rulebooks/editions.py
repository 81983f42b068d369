"""Editions of one place (版本): each asked once per hook, through pluggy, and composed once per option set.

The plugin itself is the oldest edition. A later one is an overlay: a module whose hookimpls are registered after it
and therefore answer first; with `hookimpl(wrapper=True)` an overlay receives the older answer and changes what the new
text changes. Overlays stack, oldest first. An overlay is found by its own entry point, so that adding one alters no
file, and hence no digest, of the editions before it: what is pinned to them stays what it was.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pluggy

from core.policy import defaults, hookspecs
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.composing import PluginRefusedError, compose
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.soundness import HOOKS, mistyped, overlay_problems, source_problems, unsound


class Edition:
    """One edition: its label, the day it came into force, its answers, and a rulebook per option set."""

    def __init__(
        self,
        place: str,
        plugin: Any,
        overlays: Sequence[tuple[str, Any]],
        later: Sequence[Any] = (),
        before: "Edition | None" = None,
    ) -> None:
        """Ask the plugin with these overlays; `later` are overlays of editions to come, which are no part of this one.

        What it answers as the edition `before` did is not looked at again.

        Raises: PluginRefusedError for a misspelt hook, a hook that fails, or an answer that does not compose.
        """
        label = overlays[-1][0] if overlays else ""
        self.plugin = overlays[-1][1] if overlays else plugin
        self.given = _asked(place, plugin, overlays, before)
        self.answers = _gathered(place, self.given, _sources(plugin, [overlay for _, overlay in overlays], later))
        if wrong := tuple(unsound(self.answers)):
            raise PluginRefusedError(f"{place}@{label}" if label else place, wrong)
        self.label = self.answers.edition.partition("@")[2]
        self.effective_on: date = self.answers.regulations[0].effective_on or date.min
        if label and label != self.label:
            problem = f"the overlay is installed as {label!r}, but its regulation says edition {self.label!r}"
            raise PluginRefusedError(f"{place}@{label}", (problem,))
        self._books: dict[str, Rulebook] = {}

    @property
    def name(self) -> str:
        """The name projects are pinned by, such as `place@label`."""
        return self.answers.edition

    def rulebook(self, options: dict[str, Any] | None = None) -> Rulebook:
        """The rulebook under a tenant's options, composed once per option set.

        Raises: ValueError for an option or a value this edition does not offer.
        """
        key = repr(sorted((options or {}).items(), key=lambda item: item[0]))
        if key not in self._books:
            self._books[key] = compose(self.answers, options)
        return self._books[key]

    def offered(self, options: dict[str, Any]) -> dict[str, Any]:
        """Those of a tenant's choices this edition still leaves open; what a text has settled needs no choice."""
        found = {}
        for key, value in options.items():
            option = self.answers.option(key)
            if option is not None and (option.open_values or value in option.values):
                found[key] = value
        return found


def in_force(editions: Iterable[Edition], day: date) -> Edition:
    """The newest edition in force on a day; before all of them the oldest, whose own dates then refuse."""
    ordered = sorted(editions, key=lambda edition: edition.effective_on)
    begun = [edition for edition in ordered if edition.effective_on <= day]
    return begun[-1] if begun else ordered[0]


def _asked(place: str, plugin: Any, overlays: Sequence[tuple[str, Any]], before: Edition | None) -> dict[str, Any]:
    name = f"{place}@{overlays[-1][0]}" if overlays else place
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(defaults, "core.defaults")
    manager.register(plugin, place)
    try:
        for label, overlay in overlays:
            manager.register(overlay, f"{place}@{label}")
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginRefusedError(name, (str(error),)) from error
    given = _ask(name, manager)
    fresh = {hook: answer for hook, answer in given.items() if before is None or answer != before.given[hook]}
    if wrong := (*mistyped(fresh), *_source_problems(plugin, overlays)):
        raise PluginRefusedError(name, wrong)
    return given


def _source_problems(plugin: Any, overlays: Sequence[tuple[str, Any]]) -> Iterator[str]:
    """What is wrong with the source of the plugin, or of the newest overlay; each is read once."""
    if not overlays:
        yield from source_problems(plugin)
    else:
        yield from overlay_problems(plugin, overlays[-1][1], files_of(overlays[-1][1]))


def _ask(name: str, manager: pluggy.PluginManager) -> dict[str, Any]:
    """The answer to every hook.

    Raises: PluginRefusedError naming every hook that raised, whatever it was.
    """
    given: dict[str, Any] = {}
    failed: list[str] = []
    for hook in HOOKS:
        try:
            given[hook] = getattr(manager.hook, hook)()
        except Exception as error:  # noqa: BLE001 - whatever a plugin raises is told in its name, and the others go on
            failed.append(f"hook {hook} raised {type(error).__name__}: {error}")
    if failed:
        raise PluginRefusedError(name, tuple(failed))
    return given


def _gathered(place: str, given: dict[str, Any], sources: str) -> Answers:
    parts: dict[str, Any] = {}
    for hook, names in HOOKS.items():
        parts |= dict(zip(names, given[hook], strict=True)) if len(names) > 1 else {names[0]: given[hook]}
    principal = next(iter(given["regulations"]), None)
    edition = principal.edition if principal is not None else ""
    return Answers(place=place, edition=f"{place}@{edition}", sources=sources, **parts)


def _sources(plugin: Any, overlays: Sequence[Any], later: Sequence[Any]) -> str:
    """The hash over the files an edition consists of: code that changes makes another rulebook."""
    file = getattr(plugin, "__file__", None)
    if file is None:
        return "in-memory"
    elsewhere = {path for overlay in (*overlays, *later) for path in files_of(overlay)}
    found = hashlib.sha256()
    for path in sorted(Path(file).parent.rglob("*")):
        if path not in elsewhere and _counts(path):
            found.update(path.read_bytes())
    for overlay in overlays:
        for path in files_of(overlay):
            found.update(path.read_bytes())
    return found.hexdigest()


def files_of(overlay: Any) -> tuple[Path, ...]:
    """The files of an overlay: its module, or the whole package where it is one."""
    file = getattr(overlay, "__file__", None)
    if file is None:
        return ()
    if Path(file).name != "__init__.py":
        return (Path(file),)
    return tuple(path for path in sorted(Path(file).parent.rglob("*")) if _counts(path))


def _counts(path: Path) -> bool:
    return path.suffix in {".py", ".yaml"} and "scenarios" not in path.parts
