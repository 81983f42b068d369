"""What an ancestor shares is judged in every rulebook below it, beside the own rules and with its own articles."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.policy.cases.acts import Act, Ruling
from core.policy.cases.context import SharedEntry
from core.policy.cases.state import CaseState
from core.policy.judging.deciding import decide
from core.policy.rulebooks.composing import compose
from core.policy.rulebooks.inheriting import inherit
from core.policy.rulebooks.sharing import published
from core.policy.rules.papers import Severity
from tests.core.policy.pier import BUILDER, UPPER, Pier, paper, seen
from tests.core.policy.playing import MONDAY, REGISTRY, SMALL

TWIN = SharedEntry(register="piers", key="P-1", title="东港", on=MONDAY, place="pier", content={"bay": "东港"})


def below(**options: Any) -> Any:
    upper = UPPER.place("pier").rulebook(options)
    return inherit(REGISTRY.place("toytown").rulebook(), (upper,))


def asked(rules: Any, *shared: SharedEntry, on: date = MONDAY, **facts: Any) -> Ruling:
    """A project of the town created and handed in on one day."""
    blank = CaseState(id="own", title="小码头", unit="school", created_on=on, plan_year=2026)
    created = decide(rules, blank, seen(on, *shared), Act(name="create", role="project_unit", on=on))
    act = Act(
        name="submit", stage="apply", role="project_unit", on=on,
        facts={"project_kind": "build", "declared": SMALL, **facts}, papers=(paper("form", on),),
    )  # fmt: skip
    return decide(rules, created.after, seen(on, *shared), act)


def test_a_town_below_meets_the_ban_with_the_article_of_the_text_it_comes_from() -> None:
    found = [f for f in asked(below(), TWIN, bay="东港").decision.findings if f.gate == "pier.twin"]
    assert [(f.severity, f.rows, f.article, f.item) for f in found] == [(Severity.BLOCK, ("P-2",), "第二条", "P-1")]


def test_another_bay_or_a_library_without_entries_stops_nothing() -> None:
    gates = [f.gate for f in (*asked(below(), TWIN, bay="西港").decision.findings, *asked(below()).decision.findings)]
    assert "pier.twin" not in gates


def test_while_there_are_entries_the_town_must_say_what_it_builds() -> None:
    found = [f for f in asked(below(), TWIN).decision.findings if f.gate == "pier.twin"]
    assert [(f.item, f.severity) for f in found] == [("bay", Severity.BLOCK)]


@pytest.mark.parametrize(("on", "stopped"), [(date(2025, 8, 31), False), (MONDAY, True), (date(2025, 9, 2), True)])
def test_it_holds_from_the_day_of_publication(on: date, *, stopped: bool) -> None:
    gates = {f.gate for f in asked(below(), TWIN, on=on, bay="东港").decision.findings}
    assert ("pier.twin" in gates) is stopped


def test_a_closed_entry_and_one_of_another_place_stop_nothing() -> None:
    closed = SharedEntry(register="piers", key="P-2", title="旧", on=date(2025, 1, 1), place="pier", closed_on=MONDAY)
    foreign = SharedEntry(register="piers", key="P-3", title="外", on=MONDAY, place="x", content={"bay": "东港"})
    gates = {f.gate for f in asked(below(), closed, foreign, bay="东港").decision.findings}
    assert "pier.twin" not in gates


def test_the_reading_of_the_text_it_comes_from_decides_how_grave_it_is() -> None:
    found = [f for f in asked(below(twin="warn"), TWIN, bay="东港").decision.findings if f.gate == "pier.twin"]
    assert [f.severity for f in found] == [Severity.WARN]


def test_the_own_rules_and_their_digest_stay_what_they_were() -> None:
    own, merged = REGISTRY.place("toytown").rulebook(), below()
    assert merged.digest == own.digest
    assert merged.gates.keys() - own.gates.keys() == {"pier.twin"}
    assert merged.registers.keys() - own.registers.keys() == {"pier.piers"}
    assert merged.facts.keys() - own.facts.keys() == {"bay"}
    assert merged.registers["pier.piers"].kept_by == ()
    assert "bay" in next(stage.asks for _, stage in merged.all_stages() if stage.key == "apply")


def test_a_place_inherits_nothing_from_itself_nor_from_a_text_that_shares_nothing() -> None:
    upper, town = UPPER.place("pier").rulebook(), REGISTRY.place("toytown").rulebook()
    assert inherit(upper, (upper, town)) is upper


def test_the_result_that_admits_publishes_an_entry_with_what_the_register_carries() -> None:
    pier = Pier(a=date(2025, 3, 14))
    pier.act("submit", date(2025, 2, 3), "build", BUILDER, ref="a")
    assert list(published(pier.rules, pier.last, pier.state)) == []
    pier.act("decide", date(2025, 2, 4), "inspection", ref="a", outcome="good")
    (entry,) = published(pier.rules, pier.last, pier.state)
    assert (entry.register, entry.key, entry.on, entry.place) == ("piers", "own/a", date(2025, 2, 4), "pier")
    assert entry.content["bay"] == "东港"
    assert entry.content["until"] == "2025-03-14"
    assert entry.content["holders"] == {"builder": ["pa"]}


def test_a_result_that_renews_what_was_never_admitted_publishes_nothing() -> None:
    pier = Pier(a=date(2025, 3, 14))
    (register,) = pier.rules.answers.registers
    renewing = replace(register, renews=(("inspection", "poor"),))
    rules = compose(replace(pier.rules.answers, registers=(renewing,)))
    pier.act("submit", date(2025, 2, 3), "build", BUILDER, ref="a")
    pier.act("decide", date(2025, 2, 4), "inspection", ref="a", outcome="poor")
    assert list(published(rules, pier.last, pier.state)) == []
