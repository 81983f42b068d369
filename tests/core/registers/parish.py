"""The village's regulation with registers, expert libraries and choices of its own."""

from typing import Any

from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.citations import cite
from core.policy.rules.openings import Openings
from core.policy.rules.regulation import ListingRule, Register
from core.policy.rules.values import Option, Parameter, SetBy
from tests.core.stages.village import _Village

C = cite("V-1")
BUREAU, PROJECT = "data_bureau", "project_unit"


def _register(key: str, title: str, *kept_by: str, per: str = "unit", **more: Any) -> Register:
    return Register(key=key, title=title, kept_by=kept_by, per=per, citation=C, aliases=(f"{key}_alias",), **more)


def _option(key: str, default: object, *others: object, set_by: SetBy = SetBy.TENANT, is_open: bool = False) -> Option:
    return Option(
        key=key, title=key, point="V-Q1", values=(default, *others), default=default, reason="文本未写", citation=C,
        set_by=set_by, open_values=is_open, aliases=(f"v_{key}",),
    )  # fmt: skip


class _Parish(_Village):
    @hookimpl
    def registers(self) -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
        return (
            _register("plans", "规划备案", PROJECT),
            _register("scope", "立项范畴", BUREAU, per="tenant"),
            _register("ledger", "台账", derived=True),
            _register("unit_findings", "单位记录", BUREAU),
            _register("experts", "本地专家库", BUREAU, per="tenant", library=True),
            _register("city_experts", "市专家库", BUREAU, per="tenant", library=True, external=True),
        ), ()

    @hookimpl
    def openings(self) -> Openings:
        return Openings(
            options=(
                _option("mode", "warn", "block"),
                _option("strict", True, False),
                _option("window_months", 2, set_by=SetBy.ROUND, is_open=True),
                _option("fixed", "yes", "no", set_by=SetBy.NOBODY),
            ),
            parameters=(
                Parameter(key="total", title="年度总额", default=None, set_by=SetBy.OFFICE, citation=C),
                Parameter(key="categories", title="类别", default=(), set_by=SetBy.OFFICE, citation=C),
            ),
        )


REGISTRY = Registry({"village": _Parish()})
RULEBOOK = REGISTRY.place("village").rulebook()
