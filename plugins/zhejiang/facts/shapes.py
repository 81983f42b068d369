"""Short words for declaring facts: a yes-or-no, a choice, a day, a text, a figure."""

from typing import Any

from core.policy.rules.citations import Citation
from core.policy.rules.values import Fact, FactType


def flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that means no until somebody says yes."""
    values: dict[str, Any] = {"default": False, "has_default": True}
    return Fact(key=key, title=title, type=FactType.BOOL, citation=on, **(values | more))


def asked_flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that must be answered."""
    return Fact(key=key, title=title, type=FactType.BOOL, citation=on, **({"required": True} | more))


def choice(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """One of a closed list of (value, label)."""
    choices, labels = tuple(value for value, _ in pairs), tuple(label for _, label in pairs)
    return Fact(key=key, title=title, type=FactType.CHOICE, citation=on, choices=choices, labels=labels, **more)


def several(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """Some of a closed list of (value, label); none until somebody says which."""
    choices, labels = tuple(value for value, _ in pairs), tuple(label for _, label in pairs)
    given: dict[str, Any] = {"default": (), "has_default": True, "choices": choices, "labels": labels}
    return Fact(key=key, title=title, type=FactType.TEXTS, citation=on, **(given | more))


def day(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A date."""
    return Fact(key=key, title=title, type=FactType.DATE, citation=on, **more)


def text(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A text, empty until written."""
    values: dict[str, Any] = {"default": "", "has_default": True}
    return Fact(key=key, title=title, type=FactType.TEXT, citation=on, **(values | more))


def money(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A figure in fen beside the ladder, nought until said."""
    values: dict[str, Any] = {"default": 0, "has_default": True}
    return Fact(key=key, title=title, type=FactType.MONEY, citation=on, **(values | more))
