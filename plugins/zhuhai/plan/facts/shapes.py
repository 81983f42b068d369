"""Short words for the one form of the plan's track: everything is asked in the declaration and nowhere else."""

from typing import Any

from core.policy.rules.citations import Citation
from core.policy.rules.values import Fact, FactType

_ASKED: dict[str, Any] = {"asked_at": "declaration"}


def flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that means no until somebody says yes."""
    values = _ASKED | {"default": False, "has_default": True} | more
    return Fact(key=key, title=title, type=FactType.BOOL, citation=on, **values)


def asked_flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that must be answered."""
    return Fact(key=key, title=title, type=FactType.BOOL, citation=on, **(_ASKED | {"required": True} | more))


def choice(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """One of a closed list of (value, label)."""
    values = tuple(value for value, _ in pairs)
    labels = tuple(label for _, label in pairs)
    return Fact(
        key=key, title=title, type=FactType.CHOICE, citation=on, choices=values, labels=labels, **(_ASKED | more)
    )


def several(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """Some of a closed list, none until somebody says which."""
    values = tuple(value for value, _ in pairs)
    labels = tuple(label for _, label in pairs)
    given = _ASKED | {"default": (), "has_default": True, "choices": values, "labels": labels} | more
    return Fact(key=key, title=title, type=FactType.TEXTS, citation=on, **given)


def text(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A text, empty until written."""
    values = _ASKED | {"default": "", "has_default": True} | more
    return Fact(key=key, title=title, type=FactType.TEXT, citation=on, **values)
