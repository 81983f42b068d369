"""Values and headings as an office prints them."""

from datetime import date
from typing import Any

from core.kernel.money import format_yuan
from core.policy.rules.values import Fact, FactType

_DIGITS = "零一二三四五六七八九"


def day(on: date) -> str:
    """A day without its weekday, as on forms."""
    return f"{on.year}年{on.month}月{on.day}日"


def in_words(value: Any, fact: Fact | None = None, *, money: bool = False) -> str:
    """A value as it is printed; empty where there is none. `money` marks a figure of the ladder, in fen."""
    if value is None or value in ("", [], ()):
        return ""
    kind = fact.type if fact is not None else None
    if money or kind is FactType.MONEY:
        return f"{format_yuan(value)} 元"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(_labelled(one, fact) for one in value)
    if kind is FactType.DATE:
        return day(date.fromisoformat(str(value)))
    if isinstance(value, dict):
        return "；".join(f"{key}：{in_words(inner)}" for key, inner in value.items() if in_words(inner))
    return _labelled(value, fact)


def _labelled(value: Any, fact: Fact | None) -> str:
    if fact is not None and fact.labels and value in fact.choices:
        return fact.labels[fact.choices.index(value)]
    return str(value)


def printable(text: str) -> str:
    """XML has no place for control characters; what somebody pasted must not stop a document or a feed."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())


def heading_number(place: int, level: int) -> str:
    """The number of a heading: 一、 then （一） then 1. for everything deeper."""
    if level == 1:
        return f"{chinese_number(place)}、"
    return f"（{chinese_number(place)}）" if level == 2 else f"{place}."


def chinese_number(number: int) -> str:
    """A number below one hundred in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + ("" if ones == 0 and tens else _DIGITS[ones])
