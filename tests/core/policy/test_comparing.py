"""The same facts through several regulations: each place's own path, and what each would still have to be told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.kernel.workdays import OFFICIAL
from core.policy.comparing import Column, compare
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.registry import Registry, installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.gating import Gate, Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun import policy as baiyun
from tests.core.policy import second_baiyun
from tests.core.policy.playing import REGISTRY as TOWN

TWO = Registry({"baiyun": baiyun}, {"baiyun@2026": second_baiyun}).place("baiyun")
DAY = date(2026, 3, 2)
FACTS: dict[str, Any] = {"project_kind": "build", "funding_source": "district_general_budget"}


def columns(facts: dict[str, Any], on: date = DAY) -> tuple[Column, ...]:
    books = [edition.rulebook() for edition in TWO.editions.values()]
    return compare([*books, TOWN.place("toytown").rulebook()], facts, on=on, calendar=OFFICIAL).columns


@pytest.mark.parametrize(
    ("declared", "tracks"),
    [
        (499_999_00, ["micro", "micro"]),
        (500_000_00, ["ordinary", "micro"]),
        (799_999_99, ["ordinary", "micro"]),
        (800_000_00, ["ordinary", "ordinary"]),
    ],
)
def test_a_figure_between_two_limits_takes_another_path_in_each_place(declared: int, tracks: list[str]) -> None:
    old, new, _ = columns(FACTS | {"declared": declared})
    assert [old.track, new.track] == tracks


def test_each_place_is_walked_to_the_end_of_its_line_with_papers_approvers_and_periods() -> None:
    old, new, town = columns(FACTS | {"declared": 600_000_00})
    assert all(column.complete and column.result == "path" for column in (old, new, town))
    assert [s.stage for s in old.stages][:4] == ["plan_application", "plan_review", "scheme_preparation",
                                                 "scheme_initial_review"]  # fmt: skip
    assert "scheme_preparation" not in {s.stage for s in new.stages}
    assert {"立项方案", "专家评审意见"} <= set(old.papers) - set(new.papers)
    assert "区政府" in old.approvers
    assert "区政府" not in new.approvers
    assert old.workdays > new.workdays
    assert old.workdays == sum(old.workdays_by.values())
    assert ("试运行最短期限", 3, "month") in {(limit.title, limit.amount, limit.unit) for limit in old.others}
    assert {"第十九条", "第十六条"} <= set(old.articles)
    assert old.ends_on is not None
    assert new.ends_on is not None
    assert old.ends_on > new.ends_on


def test_a_fact_nobody_gave_is_named_per_place_with_what_was_assumed() -> None:
    old, _, town = columns({"declared": 600_000_00, "nowhere_known": 1})
    asked = {fact.fact: fact for fact in old.unknown}
    assert asked["funding_source"].stage == "立项计划申报"
    assert (asked["confirmed"].assumed, asked["confirmed"].money) == (600_000_00, True)
    assert "declared" not in asked
    assert old.unused == town.unused == ("nowhere_known",)


def test_an_alias_is_read_as_the_key_it_stands_for() -> None:
    old, *_ = columns({"declared": 600_000_00, "fund_source": "district_general_budget"})
    assert "funding_source" not in {fact.fact for fact in old.unknown}
    assert old.unused == ()


@pytest.mark.parametrize(
    ("on", "results"),
    [
        (date(2024, 10, 28), ["refused", "refused"]),
        (date(2024, 10, 29), ["path", "refused"]),
        (date(2025, 12, 31), ["path", "refused"]),
        (date(2026, 1, 1), ["path", "path"]),
    ],
)
def test_a_project_that_a_place_does_not_take_in_yet_is_told_why(on: date, results: list[str]) -> None:
    old, new, _ = columns(FACTS | {"declared": 600_000_00}, on=on)
    assert [old.result, new.result] == results
    if old.result == "refused":
        assert "2024-10-29" in old.stopped_by[0]
    if new.result == "refused":
        assert "2026-01-01" in new.stopped_by[0]
        assert not new.complete
        assert not any(stage.walked for stage in new.stages)


def test_what_stops_the_walk_is_said_and_the_rest_of_the_line_follows_unwalked() -> None:
    old, *_ = columns(FACTS | {"declared": 600_000_00, "vision_mismatch_found": True})
    assert not old.complete
    assert old.stopped_at == "立项计划申报"
    assert old.stopped_by
    unwalked = [stage.stage for stage in old.stages if not stage.walked]
    assert unwalked[:2] == ["plan_application", "plan_review"]


def test_comparing_twice_gives_the_same_answer() -> None:
    facts = FACTS | {"declared": 600_000_00}
    assert columns(facts) == columns(facts)


@pytest.mark.parametrize("place", installed().places())
@pytest.mark.parametrize("declared", [300_000_00, 3_000_000_00, 40_000_000_00])
def test_every_installed_place_answers_and_says_where_it_could_not_go_on(place: str, declared: int) -> None:
    rules = installed().place(place).rulebook()
    facts = {"project_kind": "build", "declared": declared, "funding_source": "district_general_budget"}
    (found,) = compare([rules], facts, on=date(2025, 10, 9), calendar=OFFICIAL).columns
    assert found.result == "path"
    assert found.stages
    assert found.articles
    assert found.approvers
    assert found.complete or (found.stopped_at and found.stopped_by)
    assert all(fact.title for fact in found.unknown)
    assert found.workdays == sum(found.workdays_by.values())


def test_what_only_a_record_could_show_is_taken_for_met_by_name() -> None:
    facts = FACTS | {"declared": 600_000_00}
    (found,) = compare([town_with_record()], facts, on=DAY, calendar=OFFICIAL).columns
    assert [told.message for told in found.presumed] == ["登记簿中没有记录。"]
    assert found.complete


def town_with_record() -> Rulebook:
    """Toytown with a gate that asks for an entry nobody can have."""
    answers = TOWN.place("toytown").answers
    check = [Hit(message="登记簿中没有记录。", item="nowhere")]
    gate = Gate(
        key="never_on_record",
        code="TT-G99",
        title="无记录",
        severity=Severity.BLOCK,
        citation=answers.gates[0].citation,
        points=at("apply", "submit"),
        check=lambda _: check,
        needs=("unit",),
    )
    return compose(replace(answers, gates=(*answers.gates, gate)))
