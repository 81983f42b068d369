"""Short words for declaring facts: a yes-or-no with its default, a choice, a figure, a date, a text."""

from typing import Any

from core.policy.rules.citations import Citation
from core.policy.rules.values import Fact, FactType


def flag(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A yes-or-no that means no until somebody says yes."""
    return Fact(
        key=key, title=title, type=FactType.BOOL, citation=on, **({"default": False, "has_default": True} | more)
    )


def choice(key: str, title: str, on: Citation, *pairs: tuple[str, str], **more: Any) -> Fact:
    """One of a closed list of (value, label)."""
    return Fact(
        key=key,
        title=title,
        type=FactType.CHOICE,
        citation=on,
        choices=tuple(value for value, _ in pairs),
        labels=tuple(label for _, label in pairs),
        **more,
    )


def money(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A figure in fen beside the ladder."""
    return Fact(key=key, title=title, type=FactType.MONEY, citation=on, **more)


def day(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A date."""
    return Fact(key=key, title=title, type=FactType.DATE, citation=on, **more)


def text(key: str, title: str, on: Citation, **more: Any) -> Fact:
    """A text, empty until written."""
    values: dict[str, Any] = {"default": "", "has_default": True}
    return Fact(key=key, title=title, type=FactType.TEXT, citation=on, **(values | more))
