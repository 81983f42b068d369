"""Loading jurisdictions: one plugin manager per place, found by entry point, asked through one typed façade.

A place that is wrong is refused by name and the others go on. Two places never hear each other's questions.
"""

import hashlib
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from core.policy import defaults, hookspecs
from core.policy.answers import Answers
from core.policy.composing import PluginRefusedError, compose
from core.policy.rulebook import Rulebook

GROUP = "lixiang.jurisdictions"


class UnknownPlaceError(LookupError):
    """No jurisdiction of that code is installed."""


class Jurisdiction:
    """One place's plugin, asked once per hook; the only code that touches pluggy."""

    def __init__(self, place: str, plugin: ModuleType | Any) -> None:
        """Register the plugin beside core's defaults and gather its answers.

        Raises: PluginRefusedError for a misspelt hook, a hook that fails, or an answer that does not compose.
        """
        self.place = place
        self.plugin = plugin
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        manager.register(defaults, "core.defaults")
        manager.register(plugin, place)
        try:
            manager.check_pending()
            self.answers = _ask(place, manager, _sources(plugin))
        except pluggy.PluginValidationError as error:
            raise PluginRefusedError(place, (str(error),)) from error
        self._books: dict[str, Rulebook] = {}

    def rulebook(self, options: dict[str, Any] | None = None) -> Rulebook:
        """The rulebook of this place under a tenant's options, composed once per option set."""
        key = repr(sorted((options or {}).items(), key=lambda item: item[0]))
        if key not in self._books:
            self._books[key] = compose(self.answers, options)
        return self._books[key]

    @property
    def folder(self) -> Path:
        """The plugin's own folder, where its scenarios live."""
        return Path(str(self.plugin.__file__)).parent


def _ask(place: str, manager: pluggy.PluginManager, sources: str) -> Answers:
    hook = manager.hook
    try:
        facts, amounts = hook.facts()
        tracks, segments, points = hook.tracks()
        sides, counters = hook.sides()
        gates, effects = hook.gates()
        registers, listing = hook.registers()
        regulations = hook.regulations()
        return Answers(
            place=place,
            edition=f"{place}@{regulations[0].edition}",
            sources=sources,
            regulations=regulations,
            rows=hook.rule_index(),
            roles=hook.roles(),
            facts=facts,
            amounts=amounts,
            thresholds=hook.thresholds(),
            limits=hook.limits(),
            papers=hook.papers(),
            tracks=tracks,
            segments=segments,
            selection_points=points,
            sides=sides,
            counters=counters,
            gates=gates,
            effects=effects,
            registers=registers,
            listing_rules=listing,
            openings=hook.openings(),
        )
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise PluginRefusedError(place, (f"a hook answered wrongly: {error}",)) from error


def _sources(plugin: ModuleType | Any) -> str:
    """The hash over the plugin's own files: code that changes makes another rulebook."""
    file = getattr(plugin, "__file__", None)
    if file is None:
        return "in-memory"
    found = hashlib.sha256()
    for path in sorted(Path(file).parent.rglob("*")):
        if path.suffix in {".py", ".yaml"} and "scenarios" not in path.parts:
            found.update(path.read_bytes())
    return found.hexdigest()


class Registry:
    """Every installed jurisdiction by code, and why those that are missing were refused."""

    def __init__(self, plugins: dict[str, Any]) -> None:
        """Load each plugin; one that is refused does not stop the others."""
        self.refused: dict[str, PluginRefusedError] = {}
        self._places: dict[str, Jurisdiction] = {}
        for place, plugin in plugins.items():
            try:
                jurisdiction = Jurisdiction(place, plugin)
                jurisdiction.rulebook()
                self._places[place] = jurisdiction
            except PluginRefusedError as error:
                self.refused[place] = error

    def places(self) -> tuple[str, ...]:
        """The codes of all loaded places."""
        return tuple(sorted(self._places))

    def place(self, code: str) -> Jurisdiction:
        """The jurisdiction of that code.

        Raises: PluginRefusedError if it was refused at load; UnknownPlaceError if it is not installed.
        """
        if code in self.refused:
            raise self.refused[code]
        if code not in self._places:
            message = f"no jurisdiction {code!r} is installed; known: {', '.join(self.places())}"
            raise UnknownPlaceError(message)
        return self._places[code]


@cache
def installed() -> Registry:
    """The jurisdictions installed in this environment, loaded once per process."""
    plugins: dict[str, Any] = {}
    for point in entry_points(group=GROUP):
        if point.name in plugins:
            message = f"two distributions claim the jurisdiction {point.name!r}"
            raise LookupError(message)
        plugins[point.name] = point.load()
    return Registry(plugins)
