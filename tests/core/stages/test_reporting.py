"""A rule that fails while somebody works: a refusal with a reference, a line in the log, a figure; others go on."""

from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from core.entrance import Figures
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.gating import Effect, Gate, Hit
from core.stages import ActRefused, Venues
from tests.core.stages.conftest import FORM, Village
from tests.core.stages.village import _Village

UNLUCKY = 13


def _divides(case: Any) -> list[Hit]:
    """Judges every amount but one."""
    return [] if 100 // (case.amount("declared") - UNLUCKY) is not None else [Hit(message="未到达。")]


class _Fragile(_Village):
    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        found, effects = super().gates()
        return tuple(replace(g, check=_divides, needs=()) if g.key == "too_many" else g for g in found), effects


async def _submit(village: Village, declared: int) -> str:
    begun = await village.begin()
    facts = {"project_kind": "build", "declared": declared}
    school = village.officer("school", "project_unit")
    await village.act(school, begun.code, act="submit", stage="apply", facts=facts, papers=(FORM,))
    return begun.code


async def test_the_act_is_refused_with_a_reference_and_the_keeper_of_the_service_is_told(village: Village) -> None:
    village.venues = Venues(Registry({"village": _Fragile()}))
    with capture_logs() as logged, pytest.raises(ActRefused) as refused:
        await _submit(village, UNLUCKY)
    (problem,) = refused.value.details
    (line,) = [entry for entry in logged if entry["event"] == "rule_failed"]
    assert problem.rule == "too_many"
    assert problem.article == "第一条"
    assert line["reference"] in problem.message
    assert (line["log_level"], line["gate"], line["error"]) == ("error", "too_many", "ZeroDivisionError")
    assert line["project"] == "V-2026-0001"
    assert line["at"].startswith("tests.core.stages.test_reporting:")
    figures = Figures().as_text().decode()
    assert 'lixiang_rule_failures_total{gate="too_many",place="village"}' in figures


async def test_every_other_case_goes_on(village: Village) -> None:
    village.venues = Venues(Registry({"village": _Fragile()}))
    with capture_logs() as logged:
        assert await _submit(village, UNLUCKY - 1) == "V-2026-0001"
        assert await _submit(village, UNLUCKY + 1) == "V-2026-0002"
    assert [entry for entry in logged if entry["event"] == "rule_failed"] == []
