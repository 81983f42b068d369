"""Every construct a plugin may answer with, read from the code itself, so that the reference is never out of date."""

import dataclasses
import enum
import inspect
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

from core.policy import hookspecs
from core.policy.proving.answering import hints_of

_OURS = ("core.policy", "core.kernel")
_READ_ONLY = frozenset({"Case", "Standing"})
"""What a plugin is given and never answers with."""


def constructs() -> dict[str, dict[str, type]]:
    """By hook, every type its answer can hold that no hook before it has brought in."""
    seen: dict[str, type] = {}
    found: dict[str, dict[str, type]] = {}
    for name, hook in vars(hookspecs).items():
        if inspect.isfunction(hook) and hasattr(hook, "lixiang_spec"):
            before = set(seen)
            _walk(get_type_hints(hook)["return"], seen)
            found[name] = {key: kind for key, kind in seen.items() if key not in before}
    return found


def _walk(hint: Any, seen: dict[str, type]) -> None:
    if get_origin(hint) is not None:
        for inner in get_args(hint):
            _walk(inner, seen)
        return
    ours = inspect.isclass(hint) and hint.__module__.startswith(_OURS)
    if not ours or hint.__name__ in _READ_ONLY or hint.__name__ in seen:
        return
    seen[hint.__name__] = hint
    kind: Any = hint
    if dataclasses.is_dataclass(hint):
        for inner in hints_of(kind).values():
            _walk(inner, seen)


def as_reference() -> str:
    """The whole reference in Markdown: what each construct is, its fields with types and defaults, its words."""
    lines = [
        "# Constructs 规则构件",
        "",
        "What a plugin answers with, hook by hook; docs/hooks.md says when each is asked.",
    ]
    for hook, kinds in constructs().items():
        lines += ["", f"## {hook}"]
        for name, kind in kinds.items():
            lines += ["", f"### {name}", "", inspect.getdoc(kind) or "", "", *_parts(kind)]
    return "\n".join(lines) + "\n"


def _parts(kind: type) -> Iterator[str]:
    if issubclass(kind, enum.Enum):
        yield from (f"- `{member.value}`" for member in kind)
    elif dataclasses.is_dataclass(kind):
        hints = hints_of(kind)
        for field in dataclasses.fields(kind):
            default = _default(field)
            yield f"- `{field.name}`: {_type(hints[field.name])}{f', {default}' if default else ', required'}"


def _default(field: "dataclasses.Field[Any]") -> str:
    if field.default_factory is not dataclasses.MISSING:
        return "empty"
    if field.default is dataclasses.MISSING:
        return ""
    value = field.default.value if isinstance(field.default, enum.Enum) else field.default
    return f"`{value!r}`" if len(repr(value)) < 40 else "a default of core"


def _type(hint: Any) -> str:
    if inspect.isclass(hint) and get_origin(hint) is None:
        return hint.__name__
    words = str(hint).replace("typing.", "").replace("collections.abc.", "").replace("datetime.", "")
    for prefix in ("core.policy.", "core.kernel."):
        while prefix in words:
            head, _, tail = words.partition(prefix)
            words = head + tail.lstrip("abcdefghijklmnopqrstuvwxyz_.")
    return words
