"""The shape of what a plugin answers: every object and every field of it has the type the hook declares.

A string where a tuple is expected would be read letter by letter, and a figure written as text would be compared as
one; both would be found only when somebody's project is judged. Here they are found at load, by name.
"""

import inspect
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.policy import hookspecs
from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.cases.state import Entry
from core.policy.rules.flow import Ends, Next

_LATER = {"Case": Case, "Standing": Standing, "Ends": Ends, "Next": Next, "Entry": Entry}
"""Names that rule objects use only in annotations."""


def mistyped(hook: str, answer: Any) -> Iterator[str]:
    """Everything in the answer to one hook that is not of the declared type."""
    declared = get_type_hints(getattr(hookspecs, hook))["return"]
    yield from (f"hook {hook}: {problem}" for problem in _against(answer, declared, ""))


def _against(value: Any, declared: Any, where: str) -> Iterator[str]:
    origin = get_origin(declared)
    if origin is tuple:
        yield from _of_tuple(value, get_args(declared), where)
    elif is_dataclass(declared):
        yield from _of_object(value, declared, where)
    elif not _fits(value, declared):
        yield f"{where or 'the answer'} is {_shown(value)}, not {_name(declared)}"


def _of_tuple(value: Any, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield f"{where or 'the answer'} is {_shown(value)}, not a tuple"
    elif len(kinds) == 2 and kinds[1] is Ellipsis:
        for number, item in enumerate(value, start=1):
            yield from _against(item, kinds[0], _called(item) or f"{where or 'item'} {number}")
    elif len(value) != len(kinds):
        yield f"{where or 'the answer'} has {len(value)} parts, not {len(kinds)}"
    else:
        for item, kind in zip(value, kinds, strict=True):
            yield from _against(item, kind, where)


def _of_object(value: Any, declared: Any, where: str) -> Iterator[str]:
    """What of an object's fields is wrong; a field left at core's own default is not looked at."""
    if not isinstance(value, declared):
        yield f"{where or 'the answer'} is {_shown(value)}, not a {declared.__name__}"
        return
    kind: Any = type(value)
    hints = hints_of(kind)
    for field in fields(value):
        given = getattr(value, field.name)
        if given is not field.default:
            at = f"{where}.{field.name}" if where else field.name
            yield from _against(given, hints[field.name], at)


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The types of an object's fields, with the names it uses only in annotations."""
    return get_type_hints(kind, vars(sys.modules[kind.__module__]), _LATER)


def _fits(value: Any, declared: Any) -> bool:
    if declared is Any:
        return True
    origin = get_origin(declared)
    if origin in (Union, types.UnionType):
        return any(not list(_against(value, kind, "")) for kind in get_args(declared))
    if origin is Callable or declared is Callable:
        return callable(value)
    if origin is not None:
        return isinstance(value, origin) and _inner_fits(value, get_args(declared))
    if declared is None or declared is types.NoneType:
        return value is None
    if declared is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, declared) if inspect.isclass(declared) else True


def _inner_fits(value: Any, kinds: tuple[Any, ...]) -> bool:
    if isinstance(value, Mapping):
        return all(_fits(k, kinds[0]) and _fits(v, kinds[1]) for k, v in value.items())
    if isinstance(value, AbstractSet):
        return all(_fits(item, kinds[0]) for item in value)
    return True


def _called(item: Any) -> str:
    """How an object of an answer is spoken of: by its kind and key, if it has one."""
    name = getattr(item, "key", None) or getattr(item, "id", None)
    return f"{type(item).__name__} {name}" if isinstance(name, str) else ""


def _shown(value: Any) -> str:
    """A value in a problem, cut short."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _name(declared: Any) -> str:
    return declared.__name__ if inspect.isclass(declared) else str(declared).replace("typing.", "")
