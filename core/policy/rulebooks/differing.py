"""What differs between two rulebooks (规则差异): every object added, removed or changed, with old and new values."""

from collections.abc import Iterator
from typing import Any

import msgspec

from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.export import export
from core.policy.rulebooks.rulebook import Rulebook

_KINDS = (
    "regulations",
    "roles",
    "facts",
    "amounts",
    "thresholds",
    "limits",
    "papers",
    "tracks",
    "segments",
    "sides",
    "counters",
    "gates",
    "effects",
    "registers",
    "listing_rules",
)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One object that differs: `change` is added, removed or changed; `before` and `after` hold what differs of it."""

    kind: str
    key: str
    title: str
    change: str
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}


def differences(old: Rulebook, new: Rulebook) -> tuple[Difference, ...]:
    """Everything that differs between two rulebooks, options included, in the order of the rulebook."""
    before, after = _objects(old.answers), _objects(new.answers)
    found = [
        one
        for kind in before
        for key in dict.fromkeys((*before[kind], *after[kind]))
        if (one := _difference(kind, key, before[kind].get(key), after[kind].get(key))) is not None
    ]
    return (*found, *_options(old, new))


def _objects(answers: Answers) -> dict[str, dict[str, dict[str, Any]]]:
    """Objects by kind and key; stages stand by themselves, so that a change of one is not a change of its segment."""
    written = export(answers)
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {o["key"]: o for o in written[kind]} for kind in _KINDS}
    stages: dict[str, dict[str, Any]] = {}
    for part in (*written["segments"], *written["sides"]):
        for stage in part["stages"]:
            stages[f"{part['key']}.{stage['key']}"] = stage
        part["stages"] = [stage["key"] for stage in part["stages"]]
    return found | {"stages": stages}


def _difference(kind: str, key: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Difference | None:
    if old == new:
        return None
    title = (new or old or {}).get("title", key)
    if old is None or new is None:
        return Difference(kind=kind, key=key, title=title, change="removed" if new is None else "added")
    names = [name for name in new if old.get(name) != new[name]]
    return Difference(
        kind=kind,
        key=key,
        title=title,
        change="changed",
        before={name: old.get(name) for name in names},
        after={name: new[name] for name in names},
    )


def _options(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    titles = {o.key: o.title for o in (*old.answers.openings.options, *new.answers.openings.options)}
    for key in dict.fromkeys((*old.options, *new.options)):
        before, after = old.options.get(key), new.options.get(key)
        if before != after:
            change = "changed" if key in old.options and key in new.options else "added"
            yield Difference(
                kind="options",
                key=key,
                title=titles.get(key, key),
                change=change if key in new.options else "removed",
                before={"value": before} if key in old.options else {},
                after={"value": after} if key in new.options else {},
            )
