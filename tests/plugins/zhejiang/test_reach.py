"""The ban on building again binds a district that lives by a regulation of its own (ZJ-4-1-b)."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Act, Finding
from core.policy.cases.context import Context, RegisterEntry, Round, SharedEntry, UnitRecord
from core.policy.cases.state import CaseState, Paper
from core.policy.judging.deciding import decide
from core.policy.rulebooks.inheriting import inherit
from core.policy.rulebooks.registry import installed
from core.policy.rules.papers import Severity

PUBLISHED = date(2025, 9, 2)
CATALOGUES = ("asset_catalogue", "unit_data_catalogue", "development_plans")
ROADS = SharedEntry(
    register="project_library", key="ZJ-2025-0007", title="农村公路", on=PUBLISHED, place="zhejiang",
    content={"app_kind": "rural_road", "holders": {"project_subject": ["roads"]}},
)  # fmt: skip


def found(
    on: date = PUBLISHED, *, unit: str = "culture", kind: str = "first_level_unit", **facts: Any
) -> list[Finding]:
    """What the province has to say of a building project handed in by a unit of the district."""
    upper = installed().place("zhejiang").rulebook()
    rules = inherit(installed().place("baiyun").rulebook(), (upper,))
    registers = {key: RegisterEntry(register=key, on=date(2025, 1, 6)) for key in CATALOGUES}
    seen = Context(
        today=on, calendar=OFFICIAL, shared=(ROADS,), unit=UnitRecord(key=unit, kind=kind, registers=registers),
        round=Round(plan_year=2026, issued_on=date(2025, 8, 5), closes_on=date(2025, 10, 9)),
    )  # fmt: skip
    blank = CaseState(id="own", title="道路", unit=unit, created_on=on, plan_year=2026)
    state = decide(rules, blank, seen, Act(name="create", role="project_unit", on=on)).after
    given = {"project_kind": "build", "funding_source": "district_general_budget", "declared": 800_000_00} | facts
    paper = Paper(type="application_form", on=on)
    act = Act(name="submit", stage="plan_application", role="project_unit", on=on, facts=given, papers=(paper,))
    return [f for f in decide(rules, state, seen, act).decision.findings if f.gate == "zhejiang.rebuild_ban"]


@pytest.mark.parametrize(
    ("on", "barred"),
    [(PUBLISHED - timedelta(days=1), False), (PUBLISHED, True), (PUBLISHED + timedelta(days=1), True)],
)
def test_it_holds_from_the_day_of_publication(on: date, *, barred: bool) -> None:
    assert bool(found(on, app_kind="rural_road")) is barred


def test_the_finding_names_the_entry_and_the_article_of_the_province() -> None:
    (finding,) = found(app_kind="rural_road")
    assert (finding.severity, finding.item, finding.code) == (Severity.BLOCK, "ZJ-2025-0007", "ZJ-G01")
    assert "ZJ-4-1-b" in finding.rows
    assert "第四部分第一款" in finding.article
    assert "ZJ-2025-0007" in finding.message


def test_another_kind_and_what_is_no_building_project_are_free() -> None:
    assert found(app_kind="ferry") == []
    assert found(app_kind="rural_road", project_kind="om") == []


def test_whoever_builds_must_say_of_which_kind_it_is() -> None:
    (finding,) = found()
    assert (finding.item, finding.severity) == ("app_kind", Severity.BLOCK)


def test_the_subject_of_the_project_and_firms_are_not_barred_and_an_earlier_build_is_only_told() -> None:
    assert found(unit="roads", app_kind="rural_road") == []
    assert found(kind="market_entity", app_kind="rural_road") == []
    (finding,) = found(app_kind="rural_road", build_started_on="2025-09-01")
    assert finding.severity is Severity.WARN


def test_the_own_rulebook_keeps_its_digest_and_asks_three_things_more() -> None:
    upper = installed().place("zhejiang").rulebook()
    rules = inherit(installed().place("baiyun").rulebook(), (upper,))
    assert rules.digest == installed().place("baiyun").rulebook().digest
    assert {"app_kind", "build_started_on", "increment_of"} <= rules.facts.keys()
