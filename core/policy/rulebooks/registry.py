"""Loading jurisdictions by entry point: which places are installed, in which editions, and which were refused.

A place that is wrong is refused by name and the others go on; so is an edition of a place. Two places never hear each
other's questions.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from core.kernel.errors import Conflict
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.editions import Edition, in_force
from core.policy.rulebooks.rulebook import Rulebook

GROUP = "lixiang.jurisdictions"
EDITIONS = "lixiang.editions"
"""The group of overlays; each is named `place@label`."""


class UnknownPlaceError(LookupError):
    """No jurisdiction of that code is installed."""


class UnknownEditionError(LookupError):
    """The place is installed, but not in that edition."""


class RulesMissing(Conflict):
    """What a project is pinned to is not installed any more: it can be read, and nobody can act on it."""

    def __init__(self, edition: str, why: str) -> None:
        super().__init__(
            f"所依据的办法（{edition}）不可用：{why}。已有项目仍可查阅，暂不能办理；"
            "请系统管理员安装该办法，或由主管部门将项目调整至现行版本。"
        )
        self.edition = edition


class Jurisdiction:
    """One place's plugin in all its editions, the oldest first."""

    def __init__(self, place: str, plugin: ModuleType | Any, overlays: Mapping[str, Any] | None = None) -> None:
        """Ask the plugin, then each overlay over those before it.

        Raises: PluginRefusedError if the plugin itself is wrong. An overlay that is wrong ends up in `refused`, and
        so does every later one, which would stand on it.
        """
        self.place = place
        self.plugin = plugin
        self.refused: dict[str, PluginRefusedError] = {}
        stack = list((overlays or {}).items())
        first = Edition(place, plugin, (), [overlay for _, overlay in stack])
        first.rulebook()
        self.editions: dict[str, Edition] = {first.label: first}
        for count, (label, _) in enumerate(stack, start=1):
            try:
                later = [overlay for _, overlay in stack[count:]]
                self._add(Edition(place, plugin, stack[:count], later, self.newest))
            except PluginRefusedError as error:
                self.refused |= {f"{place}@{label}": error for label, _ in stack[count - 1 :]}
                break
        self.answers = self.newest.answers

    def _add(self, edition: Edition) -> None:
        before = self.newest
        if edition.effective_on <= before.effective_on:
            problem = f"takes effect on {edition.effective_on}, not after {before.name} ({before.effective_on})"
            raise PluginRefusedError(edition.name, (problem,))
        edition.rulebook()
        self.editions[edition.label] = edition

    @property
    def newest(self) -> Edition:
        """The edition that came into force last, or will."""
        return next(reversed(self.editions.values()))

    def edition(self, label: str) -> Edition:
        """The edition of that label, or of that full name `place@label`.

        Raises: UnknownEditionError; PluginRefusedError if it was refused at load.
        """
        label = label.rpartition("@")[2]
        if f"{self.place}@{label}" in self.refused:
            raise self.refused[f"{self.place}@{label}"]
        if label not in self.editions:
            known = ", ".join(edition.name for edition in self.editions.values())
            message = f"no edition {label!r} of {self.place!r} is installed; known: {known}"
            raise UnknownEditionError(message)
        return self.editions[label]

    def on(self, day: date) -> Edition:
        """The edition in force on a day."""
        return in_force(self.editions.values(), day)

    def rulebook(self, options: dict[str, Any] | None = None) -> Rulebook:
        """The rulebook of the newest edition under a tenant's options."""
        return self.newest.rulebook(options)

    @property
    def folder(self) -> Path:
        """The plugin's own folder, where its scenarios live."""
        return Path(str(self.plugin.__file__)).parent

    @property
    def folders(self) -> tuple[Path, ...]:
        """The plugin's own folder, and that of each edition that is a package of its own."""
        files = [getattr(edition.plugin, "__file__", None) for edition in self.editions.values()]
        packages = [Path(file).parent for file in files if file and Path(file).name == "__init__.py"]
        return tuple(dict.fromkeys((self.folder, *packages)))


class Registry:
    """Every installed jurisdiction by code, and why those that are missing were refused."""

    def __init__(self, plugins: dict[str, Any], overlays: Mapping[str, Any] | None = None) -> None:
        """Load each plugin with its overlays, `place@label` in order; one that is refused does not stop the others."""
        self.refused: dict[str, PluginRefusedError] = {}
        self._places: dict[str, Jurisdiction] = {}
        for place, plugin in plugins.items():
            own = {
                name.partition("@")[2]: overlay
                for name, overlay in (overlays or {}).items()
                if name.partition("@")[0] == place
            }
            try:
                self._places[place] = Jurisdiction(place, plugin, own)
                self.refused |= self._places[place].refused
            except PluginRefusedError as error:
                self.refused[place] = error
        for name in overlays or {}:
            if name.partition("@")[0] not in plugins:
                self.refused[name] = PluginRefusedError(name, ("an edition of a place that is not installed",))

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

    def pinned(self, place: str, edition: str, options: dict[str, Any]) -> Rulebook:
        """The rulebook something is pinned to: a place, an edition (`place@label`), the options of its creation.

        Raises: RulesMissing, which says what is not there and what to do.
        """
        with _missing(edition):
            return self.place(place).edition(edition).rulebook(options)

    def edition_of(self, place: str, label: str, options: dict[str, Any]) -> Rulebook:
        """One edition under those of some choices that it still leaves open.

        Raises: RulesMissing.
        """
        with _missing(f"{place}@{label.rpartition('@')[2]}"):
            edition = self.place(place).edition(label)
            return edition.rulebook(edition.offered(options))

    def current(self, place: str, day: date, options: dict[str, Any], *, held: str = "") -> Rulebook:
        """The rulebook of what begins on a day: the edition in force, or the one a tenant holds on to.

        A choice that the edition no longer leaves open is left out. Raises: RulesMissing.
        """
        with _missing(held or place):
            here = self.place(place)
            edition = here.edition(held) if held else here.on(day)
            return edition.rulebook(edition.offered(options))


@contextmanager
def _missing(edition: str) -> Iterator[None]:
    """Answer for what is not installed in the words of an office, whatever the reason."""
    try:
        yield
    except UnknownPlaceError as error:
        raise RulesMissing(edition, "办法未安装") from error
    except UnknownEditionError as error:
        raise RulesMissing(edition, "已安装的办法中没有这一版本") from error
    except PluginRefusedError as error:
        raise RulesMissing(edition, "办法未能载入") from error
    except ValueError as error:
        raise RulesMissing(edition, "办法已不提供项目登记时的选项") from error


@cache
def installed() -> Registry:
    """The jurisdictions installed in this environment, loaded once per process."""
    plugins, broken = _found(GROUP)
    overlays, torn = _found(EDITIONS)
    registry = Registry(plugins, dict(sorted(overlays.items())))
    registry.refused |= broken | torn
    return registry


def _found(group: str) -> tuple[dict[str, Any], dict[str, PluginRefusedError]]:
    """What is installed in a group, and what could not even be imported."""
    found: dict[str, Any] = {}
    broken: dict[str, PluginRefusedError] = {}
    for point in entry_points(group=group):
        if point.name in found:
            message = f"two distributions claim {point.name!r} in {group}"
            raise LookupError(message)
        try:
            found[point.name] = point.load()
        except Exception as error:  # noqa: BLE001 - a plugin may fail in any way; the others go on
            broken[point.name] = PluginRefusedError(point.name, (f"cannot be imported from {point.value}: {error}",))
    return found, broken
