"""Moving a running case to another edition: what is open goes on under the new rules, what happened stays."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from core.kernel.codec import decode, digest, encode
from core.kernel.workdays import OFFICIAL
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Entry
from core.policy.hookspecs import hookimpl
from core.policy.judging.repinning import Repinned, changed_fields, put_back, repin
from core.policy.rulebooks.differing import differences
from core.policy.rulebooks.registry import Jurisdiction, Registry
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Outcome, Stage
from plugins.baiyun import policy as baiyun
from tests.core.policy import second_baiyun
from tests.core.policy.playing import REGISTRY as TOWN
from tests.core.policy.playing import Played
from tests.plugins.baiyun.conftest import Project

TWO = Registry({"baiyun": baiyun}, {"baiyun@2026": second_baiyun}).place("baiyun")
OLD, NEW = TWO.edition("2024").rulebook(), TWO.edition("2026").rulebook()
MARCH = date(2026, 3, 2)


def moved(project: Project, new: Rulebook = NEW, on: date = MARCH) -> Repinned:
    return repin(OLD, new, project.state, Context(today=on, calendar=OFFICIAL))


def town(**hooks: Callable[..., Any]) -> Rulebook:
    """Toytown's next edition, with these answers changed."""

    def regulations() -> Generator[None, Any, Any]:
        first, *others = yield
        return (replace(first, edition="next", effective_on=date(2030, 1, 1)), *others)

    overlay = SimpleNamespace(
        **{name: hookimpl(wrapper=True)(change) for name, change in ({"regulations": regulations} | hooks).items()}
    )
    return Jurisdiction("toytown", TOWN.place("toytown").plugin, {"next": overlay}).edition("next").rulebook()


def renamed(old: str, new: str, *, aliases: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """A stage under another key, with all that speaks of it."""

    def key(one: str) -> str:
        return new if one == old else one

    def outcome(one: Outcome) -> Outcome:
        return replace(one, next=replace(one.next, targets=tuple(map(key, one.next.targets))))

    def stage(one: Stage) -> Stage:
        named = replace(one, key=new, aliases=aliases) if one.key == old else one
        return replace(named, outcomes=tuple(map(outcome, one.outcomes)))

    def tracks() -> Generator[None, Any, Any]:
        found, segments, points = yield
        return found, tuple(replace(s, stages=tuple(map(stage, s.stages))) for s in segments), points

    def gates() -> Generator[None, Any, Any]:
        found, effects = yield
        at = [replace(g, points=tuple(replace(p, stage=key(p.stage)) for p in g.points)) for g in found]
        return tuple(at), effects

    return {"tracks": tracks, "gates": gates}


def test_the_difference_of_two_editions_is_what_the_amendment_changed() -> None:
    found = {(one.kind, one.key): one for one in differences(OLD, NEW)}
    assert set(found) == {("regulations", "measures"), ("thresholds", "micro_max")}
    limit = found["thresholds", "micro_max"]
    assert (limit.change, limit.title) == ("changed", "小微项目金额上限")
    assert limit.before["values"][0]["value"] == 500_000_00
    assert limit.after["values"][0]["value"] == 800_000_00
    assert differences(OLD, OLD) == ()


def test_another_choice_is_a_difference_too() -> None:
    plain, chosen = (TOWN.place("toytown").rulebook(o) for o in ({}, {"severity_overrides": {"late": "block"}}))
    (one,) = differences(plain, chosen)
    assert (one.kind, one.key, one.after) == ("options", "severity_overrides", {"value": {"late": "block"}})


def test_a_project_between_the_two_limits_takes_the_short_path_when_it_is_moved_before_the_choice_is_binding() -> None:
    project = Project()
    project.submit(declared="600000")
    plan = moved(project).plan
    assert plan.possible
    assert (plan.before.track, plan.after.track) == ("ordinary", "micro")
    assert "立项方案编制" in plan.before.stages
    assert "立项方案编制" not in plan.after.stages
    assert "立项方案" in set(plan.before.papers) - set(plan.after.papers)
    assert "区政府" in set(plan.before.roles) - set(plan.after.roles)
    assert plan.before.dues == plan.after.dues == {"立项计划审核": date(2025, 9, 9)}
    assert (plan.before.edition, plan.after.edition) == ("baiyun@2024", "baiyun@2026")


def test_a_binding_choice_stands_and_the_plan_says_what_it_would_be_today() -> None:
    project = Project()
    project.pass_plan("600000")
    plan = moved(project).plan
    assert (plan.before.track, plan.after.track) == ("ordinary", "ordinary")
    assert plan.notes == ("路径已经选定；按新版重新选定将为“小微项目（简易立项）”",)


def test_what_happened_is_not_changed_and_undoing_restores_the_case_to_the_letter() -> None:
    project = Project()
    project.submit(declared="600000")
    after = moved(project).after
    before = project.state
    assert (after.facts, after.papers) == (before.facts, before.papers)
    assert [r for r in after.runs if not r.is_open] == [r for r in before.runs if not r.is_open]
    was, became = changed_fields(before, after)
    assert "track" in was
    assert became["rulebook"] == NEW.digest
    assert digest(put_back(after, decode(encode(was), dict))) == digest(before)


def test_the_same_move_worked_out_again_is_the_same() -> None:
    project = Project()
    project.submit(declared="600000")
    assert moved(project) == moved(project)


@pytest.mark.parametrize("new", [OLD, NEW])
def test_an_ended_project_and_one_that_is_there_already_are_not_moved(new: Rulebook) -> None:
    project = Project()
    if new is NEW:
        project.act("withdraw", "")
    found = moved(project, new)
    assert len(found.plan.problems) == 1
    assert found.after is project.state


def test_a_longer_limit_is_reckoned_from_its_own_start_and_a_new_one_from_the_day_of_the_move() -> None:
    case = Played().to_review()
    old = case.rules
    running = [due for due in case.state.dues if due.met_on is None]
    (first,) = [due for due in running if due.stage == "review"][:1]

    def limits() -> Generator[None, Any, Any]:
        found = yield
        longer = tuple(replace(limit, amount=limit.amount + 1) for limit in found)
        known = next(limit for limit in found if limit.key == first.limit)
        return (*longer, replace(known, key="further", code="TT-L99", title="另一期限"))

    on = date(2025, 9, 10)
    found = repin(old, town(limits=limits), case.state, Context(today=on, calendar=OFFICIAL))
    now = {due.limit: due for due in found.after.dues if due.met_on is None}
    assert found.plan.possible
    assert now[first.limit].start_on == first.start_on
    assert first.due_on is not None
    later = now[first.limit].due_on
    assert later is not None
    assert later > first.due_on
    assert now["further"].start_on == on


def test_a_limit_that_is_gone_no_longer_runs() -> None:
    case = Played().to_review()

    def limits() -> Generator[None, Any, Any]:
        yield
        return ()

    found = repin(case.rules, town(limits=limits), case.state, Context(today=MARCH, calendar=OFFICIAL))
    assert all(due.dropped or due.met_on for due in found.after.dues)
    assert found.plan.after.dues == {}


def test_an_open_stage_without_a_counterpart_is_a_problem_and_nothing_is_moved() -> None:
    case = Played().create()
    rules = town(**renamed("apply", "begin", aliases=()))
    found = repin(case.rules, rules, case.state, Context(today=MARCH, calendar=OFFICIAL))
    assert found.plan.problems == ("正在办理的“申报”在新版的路径中没有对应环节",)
    assert found.after == case.state


def test_an_open_stage_that_was_renamed_begins_anew_under_its_new_key() -> None:
    case = Played().create()
    rules = town(**renamed("apply", "begin", aliases=("apply",)))
    found = repin(case.rules, rules, case.state, Context(today=MARCH, calendar=OFFICIAL))
    assert found.plan.possible
    assert found.plan.notes[0].startswith("“申报”在新版中为")
    runs: list[tuple[str, bool]] = [(run.stage, run.is_open) for run in found.after.runs]
    assert runs == [("apply", False), ("begin", True)]
    was, _ = changed_fields(case.state, found.after)
    assert put_back(found.after, decode(encode(was), dict)) == case.state


def test_a_renamed_fact_is_known_under_its_new_key() -> None:
    case = Played().to_review()

    def facts() -> Generator[None, Any, Any]:
        found, amounts = yield
        kind = next(fact for fact in found if fact.key == "project_kind")
        return (*found, replace(kind, key="sort", aliases=("ancient",))), amounts

    party = Entry(id="a", title="甲", facts={"ancient": "build"})
    told = {**case.state.facts, "ancient": "build"}
    state: CaseState = msgspec.structs.replace(case.state, facts=told, entries=(party,))
    found = repin(case.rules, town(facts=facts), state, Context(today=MARCH, calendar=OFFICIAL))
    assert found.after.facts["sort"] == "build"
    assert "ancient" not in found.after.facts
    assert found.after.entries[0].facts == {"sort": "build"}
