"""A place in several editions: the overlay speaks first, the older stays what it was, the day decides between them."""

from collections.abc import Generator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.policy.cases.case import Case
from core.policy.conformance import JurisdictionConformance
from core.policy.coverage import cover
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.archive import archived
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.editions import files_of
from core.policy.rulebooks.registry import Jurisdiction, Registry, RulesMissing, UnknownEditionError, installed
from core.policy.rules.openings import Openings
from core.policy.scenarios import Report, Scenario, run
from plugins.baiyun import policy as baiyun
from tests.core.policy import second_baiyun
from tests.core.policy.playing import REGISTRY as TOWN
from tests.core.policy.playing import Played

TWO = Registry({"baiyun": baiyun}, {"baiyun@2026": second_baiyun})
PLACE = TWO.place("baiyun")


def overlay(**hooks: Any) -> SimpleNamespace:
    """An overlay made of these hookimpls."""
    return SimpleNamespace(**{name: hookimpl(wrapper=True)(change) for name, change in hooks.items()})


def told(label: str, on: date) -> Any:
    """Another edition of the principal text."""

    def regulations() -> Generator[None, Any, Any]:
        first, *others = yield
        return (replace(first, edition=label, effective_on=on), *others)

    return regulations


def answers_nothing() -> Generator[None, Any, None]:
    """A hook that forgets to answer."""
    yield


def test_the_later_edition_answers_first_and_leaves_the_older_one_as_it_was() -> None:
    old, new = PLACE.edition("2024").rulebook(), PLACE.edition("baiyun@2026").rulebook()
    day = date(2026, 3, 2)
    assert (old.threshold("micro_max", day), new.threshold("micro_max", day)) == (500_000_00, 800_000_00)
    assert (old.edition, new.edition) == ("baiyun@2024", "baiyun@2026")
    assert next(iter(new.regulations.values())).number == "云府办〔2025〕99号"
    assert new.thresholds.keys() == old.thresholds.keys()
    assert old.digest != new.digest


def test_adding_an_edition_changes_no_digest_of_the_one_before() -> None:
    assert PLACE.edition("2024").rulebook().digest == installed().place("baiyun").edition("2024").rulebook().digest


def test_a_package_counts_with_all_its_files_and_a_module_with_its_own() -> None:
    assert files_of(second_baiyun) == (Path(second_baiyun.__file__),)
    package = files_of(__import__("plugins.baiyun.stages", fromlist=["stages"]))
    assert {"__init__.py", "scheme.py"} <= {path.name for path in package}
    assert files_of(overlay()) == ()


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 1, 1), "2024"),
        (date(2025, 12, 31), "2024"),
        (date(2026, 1, 1), "2026"),
        (date(2026, 1, 2), "2026"),
    ],
)
def test_what_begins_on_a_day_begins_under_the_edition_in_force_then(day: date, edition: str) -> None:
    assert PLACE.on(day).label == edition
    assert TWO.current("baiyun", day, {}).edition == f"baiyun@{edition}"


def test_a_tenant_may_hold_on_to_an_edition() -> None:
    assert TWO.current("baiyun", date(2026, 6, 1), {}, held="2024").edition == "baiyun@2024"
    with pytest.raises(RulesMissing, match="没有这一版本"):
        TWO.current("baiyun", date(2026, 6, 1), {}, held="2019")


def test_a_choice_that_the_new_text_settles_is_left_out_and_the_others_stay() -> None:
    def openings() -> Generator[None, Openings, Openings]:
        found = yield
        return replace(found, options=tuple(o for o in found.options if o.key != "severity_overrides"))

    settled = overlay(regulations=told("later", date(2030, 1, 1)), openings=openings)
    town = Jurisdiction("toytown", TOWN.place("toytown").plugin, {"later": settled})
    chosen = {"severity_overrides": {"late": "block"}, "nothing": 1}
    assert town.editions["later"].offered(chosen) == {}
    oldest = next(iter(town.editions.values()))
    assert oldest.offered(chosen) == {"severity_overrides": {"late": "block"}}
    assert oldest.rulebook(oldest.offered(chosen)).chosen == {"severity_overrides": {"late": "block"}}


def test_editions_stand_on_one_another() -> None:
    def limits() -> Generator[None, Any, Any]:
        return tuple(replace(limit, amount=limit.amount + 1) for limit in (yield))

    third = overlay(regulations=told("2027", date(2027, 1, 1)), limits=limits)
    place = Jurisdiction("baiyun", baiyun, {"2026": second_baiyun, "2027": third})
    newest = place.newest.rulebook()
    assert newest.threshold("micro_max", date(2027, 2, 1)) == 800_000_00
    assert newest.limits["plan_review"].amount == 6
    assert place.edition("2026").rulebook().limits["plan_review"].amount == 5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (overlay(regulations=told("2026", date(2024, 1, 1))), "not after baiyun@2024"),
        (overlay(regulations=told("2031", date(2031, 1, 1))), "says edition '2031'"),
        (overlay(regulashuns=told("2026", date(2026, 1, 1))), "regulashuns"),
        (
            overlay(regulations=told("2026", date(2026, 1, 1)), gates=answers_nothing),
            "the answer is None",
        ),
    ],
)
def test_an_edition_that_is_wrong_is_refused_by_name_and_the_older_goes_on(wrong: Any, said: str) -> None:
    registry = Registry({"baiyun": baiyun}, {"baiyun@2026": wrong, "baiyun@2027": second_baiyun})
    assert set(registry.refused) == {"baiyun@2026", "baiyun@2027"}
    assert said in str(registry.refused["baiyun@2026"])
    assert registry.place("baiyun").on(date(2026, 6, 1)).name == "baiyun@2024"
    with pytest.raises(PluginRefusedError):
        registry.place("baiyun").edition("2026")
    with pytest.raises(RulesMissing, match="未能载入"):
        registry.pinned("baiyun", "baiyun@2026", {})


def test_an_edition_of_a_place_that_is_not_installed_is_named() -> None:
    assert "not installed" in str(Registry({}, {"baiyun@2026": second_baiyun}).refused["baiyun@2026"])


@pytest.mark.parametrize(
    ("place", "edition", "options", "said"),
    [
        ("nowhere", "nowhere@1", {}, "办法未安装"),
        ("baiyun", "baiyun@2019", {}, "没有这一版本"),
        ("baiyun", "baiyun@2024", {"nothing": 1}, "已不提供项目登记时的选项"),
    ],
)
def test_what_is_pinned_to_something_gone_is_told_what_is_gone(
    place: str, edition: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(RulesMissing, match=said):
        TWO.pinned(place, edition, options)


def test_an_unknown_edition_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownEditionError, match="baiyun@2024, baiyun@2026"):
        PLACE.edition("2019")


def test_a_stored_case_is_read_by_what_its_record_names() -> None:
    played = Played().to_works(secret=False)
    rules = archived("toytown", "toytown@1", played.state)
    case = Case(played.state, played.case.context, rules)
    assert set(rules.facts) == set(played.state.facts)
    assert set(rules.papers) == {paper.type for paper in played.state.papers}
    assert [stage.key for _, stage in rules.line(case.track)] == list(dict.fromkeys(r.stage for r in case.state.runs))
    assert rules.title_of("works") == "works"
    assert rules.digest == played.state.rulebook


def test_a_scenario_is_played_under_the_edition_in_force_when_its_project_is_registered() -> None:
    def played(on: str) -> Report:
        steps = [{"on": on, "do": "withdraw", "expect": {"accepted": True}}]
        facts = {"project_kind": "build", "declared": "600000"}
        given = {"project": {"facts": facts, "expect": {"track": "micro" if on > "2026" else "ordinary"}}}
        raw = {"title": "小微限额", "place": "baiyun", "given": given, "steps": steps}
        return run(Scenario.model_validate(raw), TWO)

    for on, edition in (("2025-12-31", "baiyun@2024"), ("2026-01-05", "baiyun@2026")):
        report = played(on)
        assert (report.edition, report.passed) == (edition, True)


def test_a_row_that_an_edition_changed_needs_a_scenario_of_its_own_and_the_others_do_not() -> None:
    rows = TOWN.place("toytown").answers.rows
    known = {row.id: row.missing for row in cover("toytown", TOWN).rows}
    changed = next(row for row in rows if row.kind == "rule" and not known[row.id])

    def rule_index() -> Generator[None, Any, Any]:
        return tuple(replace(r, text="另一规定") if r.id == changed.id else r for r in (yield))

    amended = overlay(regulations=told("later", date(2030, 1, 1)), rule_index=rule_index)
    registry = Registry({"toytown": TOWN.place("toytown").plugin}, {"toytown@later": amended})
    oldest = next(iter(registry.place("toytown").editions))
    assert {row.id: row.missing for row in cover("toytown", registry, edition=oldest).rows} == known
    amiss = {row.id: row.missing for row in cover("toytown", registry).rows}
    assert amiss == known | {changed.id: "no scenario exercises it"}


class TestSecondBaiyun(JurisdictionConformance):
    """The amended edition is as sound as the one it amends."""

    place = "baiyun"
    edition = "2026"
    registry = TWO
    root = Path(__file__).parents[3]
