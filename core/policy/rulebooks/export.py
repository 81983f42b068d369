"""A place's answers as plain values (导出): what an officer prints, another program reads, and a reviewer compares.

What is computed from a case cannot be written down; it appears by the name of its function, so that a reader sees
where the text leaves off and code begins.
"""

import dataclasses
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from core.policy.rulebooks.answers import Answers


def export(answers: Answers) -> dict[str, Any]:
    """Everything a place declares, as values that JSON can carry there and back unchanged."""
    found: dict[str, Any] = _plain(answers)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(inner) for inner in value)
    return {"computed": _name(value)} if callable(value) else value


def _name(function: Callable[..., Any]) -> str:
    inner = getattr(function, "func", function)
    return f"{inner.__module__}.{inner.__qualname__}"
