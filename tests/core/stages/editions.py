"""The village's second edition: reviews take eight working days instead of five, and the mayor signs at the end."""

from collections.abc import Generator
from dataclasses import replace
from datetime import date
from typing import Any

from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from tests.core.stages.village import REGISTRY

SECOND_ON = date(2026, 1, 1)


class _Second:
    """An overlay, as a plugin's author writes it."""

    @hookimpl(wrapper=True)
    def regulations(self) -> Generator[None, Any, Any]:
        first, *others = yield
        return (replace(first, edition="2", number="2", effective_on=SECOND_ON), *others)

    @hookimpl(wrapper=True)
    def limits(self) -> Generator[None, Any, Any]:
        return tuple(replace(limit, amount=8) for limit in (yield))


TWO = Registry({"village": REGISTRY.place("village").plugin}, {"village@2": _Second()})
NONE = Registry({})
