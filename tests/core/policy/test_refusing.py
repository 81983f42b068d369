"""Bad plugins: each kind of mistake is refused at load with the place, the object and what to do; the others go on."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from core.policy.hookspecs import hookimpl
from core.policy.proving.remedies import remedy
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Registry
from core.policy.rules.citations import Citation, Provenance, cite
from core.policy.rules.flow import to
from core.policy.rules.gating import Hit, at
from core.policy.rules.values import Dated
from tests.core.policy.playing import REGISTRY
from tests.core.policy.toytown import policy, stages

ANSWERS = REGISTRY.place("toytown").answers
HOOKS = {name: getattr(policy, name) for name in vars(policy) if hasattr(getattr(policy, name), "lixiang_impl")}


def _answering(**answers: Any) -> Any:
    """Toytown answering some hooks otherwise: a function is the hook itself, anything else its answer."""
    given = {name: value if callable(value) else (lambda value=value: value) for name, value in answers.items()}
    hooks = HOOKS | {name: hookimpl(hook) for name, hook in given.items()}
    return SimpleNamespace(**hooks)


def _refused(plugin: Any) -> tuple[str, ...]:
    registry = Registry({"badtown": plugin, "toytown": policy})
    assert registry.places() == ("toytown",)
    with pytest.raises(PluginRefusedError, match="badtown") as refused:
        registry.place("badtown")
    for problem in refused.value.problems:
        assert f"- {problem} → {remedy(problem)}" in str(refused.value)
    return refused.value.problems


def _stage(**changes: Any) -> Any:
    plan = ANSWERS.segments[0]
    changed = tuple(replace(s, **changes) if s is stages.REVIEW else s for s in plan.stages)
    segments = (replace(plan, stages=changed), *ANSWERS.segments[1:])
    return _answering(tracks=(ANSWERS.tracks, segments, ANSWERS.selection_points))


def _gate(check: Callable[[Any], Any], **changes: Any) -> Any:
    new = replace(ANSWERS.gates[0], key="new", code="TY-G99", points=at("apply", "submit"), check=check, **changes)
    return _answering(gates=((*ANSWERS.gates, new), ANSWERS.effects))


def _thresholds(*cuts: tuple[str, int]) -> Any:
    plain = replace(ANSWERS.thresholds[0], partition="split", decides="", basis="share")
    new = tuple(
        replace(plain, key=f"cut{n}", code=f"TY-T9{n}", comparator=sign, values=(Dated(date(2024, 1, 1), value),))
        for n, (sign, value) in enumerate(cuts)
    )
    return _answering(thresholds=(*ANSWERS.thresholds, *new))


def _fact_nobody_declared(case: Any) -> Iterator[Hit]:
    if case.fact("undeclared"):
        yield Hit(message="不应到达。")


def _undeclared_need(case: Any) -> list[Hit]:
    return list(case.unit.findings)


def _always_fails(case: Any) -> list[Hit]:
    return [Hit(message=case.state.title / 2)]


def _misspelt_name(_: Any) -> list[Hit]:
    return [Hitt(message="未定义的名称。")]  # type: ignore[name-defined]  # noqa: F821 - the mistake that is shown


def _says_a_word(_: Any) -> list[str]:
    return ["缺材料"]


def _boom() -> Any:
    message = "the table is missing"
    raise RuntimeError(message)


@pytest.mark.parametrize(
    ("plugin", "problem", "what_to_do"),
    [
        (
            _stage(outcomes=(replace(stages.REVIEW.outcomes[0], next=to("moon")), *stages.REVIEW.outcomes[1:])),
            "stage review: outcome pass leads to unknown stage 'moon'",
            "declare it in its hook",
        ),
        (_stage(actors=("nobody",)), "stage review: unknown role 'nobody'", "declare it in its hook"),
        (_stage(asks=("nothing",)), "stage review: unknown fact 'nothing'", "declare it in its hook"),
        (
            _stage(papers=(replace(stages.REVIEW.papers[0], paper="poem"),)),
            "stage review: unknown paper 'poem'",
            "declare it in its hook",
        ),
        (_stage(title=" "), "stage review: its title is missing", "an officer can read"),
        (
            _answering(roles=(*ANSWERS.roles, ANSWERS.roles[0])),
            "role project_unit: declared 2 times",
            "give each its own key",
        ),
        (
            _answering(thresholds=(replace(ANSWERS.thresholds[0], citation=cite("TY-99")), *ANSWERS.thresholds[1:])),
            "threshold small_max: cites unknown row 'TY-99'",
            "list the row in rule_index",
        ),
        (_thresholds(("<", 100), (">", 100)), "partition split: gap at 100", "on one side"),
        (_thresholds(("<=", 100), (">=", 100)), "partition split: overlap at 100", "on one side"),
        (
            _thresholds(("<", 100), ("<=", 100)),
            "partition split: cut0 and cut1 cut at the same value, one of them never decides",
            "on one side",
        ),
        (
            _gate(_fact_nobody_declared),
            "gate new: its check raises KeyError: \"no fact or amount 'undeclared' in this rulebook\"",
            "mend the function",
        ),
        (
            _gate(_undeclared_need),
            "gate new: its check raises UndeclaredNeedError: a rule reads 'unit' without declaring needs=('unit',)",
            "name what the gate reads",
        ),
        (
            _gate(_always_fails),
            "gate new: its check raises TypeError: unsupported operand type(s) for /: 'str' and 'int'",
            "mend the function",
        ),
        (
            _gate(_misspelt_name),
            "gate new: its check raises NameError: name 'Hitt' is not defined",
            "mend the function",
        ),
        (_gate(_says_a_word), "gate new: its check answers with str, not with Hit", "correct the object"),
        (_answering(papers=_boom), "hook papers raised RuntimeError: the table is missing", "mend the hook"),
        (_answering(papers=list(ANSWERS.papers)), "hook papers: the answer is [", "answer with the type"),
        (_answering(gates=ANSWERS.gates), "hook gates: the answer has", "answer with the type"),
        (
            _stage(actors="data_bureau"),
            "hook tracks: Stage review.actors is 'data_bureau', not a tuple",
            "answer with the type",
        ),
        (
            _answering(thresholds=(replace(ANSWERS.thresholds[0], values=(Dated(date(2024, 1, 1), "1"),)),)),  # type: ignore[arg-type]
            "hook thresholds: Threshold small_max.values 1.value is '1', not int | None",
            "answer with the type",
        ),
        (
            _answering(thresholds=(replace(ANSWERS.thresholds[0], citation="第五条"),)),  # type: ignore[arg-type]
            "hook thresholds: Threshold small_max.citation is '第五条', not a Citation",
            "answer with the type",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_place_its_object_and_what_to_do(
    plugin: Any, problem: str, what_to_do: str
) -> None:
    found = _refused(plugin)
    assert len(found) == 1
    assert found[0].startswith(problem)
    assert what_to_do in remedy(found[0])


def test_a_figure_cannot_even_be_written_without_its_basis() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        replace(ANSWERS.thresholds[0], citation=Citation(rows=(), provenance=Provenance.TEXT))


def test_every_mistake_of_a_plugin_is_named_at_once() -> None:
    plan = ANSWERS.segments[0]
    bad = replace(stages.REVIEW, title="", actors=("nobody",))
    segments = (replace(plan, stages=tuple(bad if s is stages.REVIEW else s for s in plan.stages)), ANSWERS.segments[1])
    new = replace(ANSWERS.gates[0], key="new", code="TY-G99", points=at("apply", "submit"), check=_always_fails)
    plugin = _answering(
        tracks=(ANSWERS.tracks, segments, ANSWERS.selection_points),
        roles=(*ANSWERS.roles, ANSWERS.roles[0]),
        gates=((*ANSWERS.gates, new), ANSWERS.effects),
    )
    assert [problem.partition(":")[0] for problem in _refused(plugin)] == [
        "role project_unit",
        "stage review",
        "stage review",
        "gate new",
    ]
    assert len(_refused(_answering(papers=_boom, limits=_boom, roles=_boom))) == 3


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Callable[[str], ModuleType]]:
    """A place on disk whose policy is Toytown's, beside a module with the given source."""
    folder = tmp_path / "badtown"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    imports = "".join(f"from tests.core.policy.toytown.policy import {name}\n" for name in sorted(HOOKS))

    def made(text: str) -> ModuleType:
        (folder / "rules.py").write_text(text, encoding="utf-8")
        (folder / "policy.py").write_text("", encoding="utf-8")
        spec = importlib.util.spec_from_file_location("badtown.policy", folder / "policy.py")
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        exec(imports, vars(module))  # the hooks themselves; the source read at load is what stands beside them
        return module

    yield made
    sys.modules.pop("badtown.policy", None)


@pytest.mark.parametrize(
    ("text", "problem", "what_to_do"),
    [
        ("import random", "badtown/rules.py:1: imports random", "a rule is pure"),
        ("from datetime import date\nnow = date.today", "", ""),
        ("from datetime import date\nnow = date.today()", "badtown/rules.py:2: asks a clock: today()", "pure"),
        ("text = open('list.txt')", "badtown/rules.py:1: calls open()", "a rule is pure"),
        ("LIMIT = 500000", "badtown/rules.py:1: the number 500000 outside thresholds.py", "thresholds.py"),
    ],
)
def test_source_that_could_judge_two_equal_cases_differently_is_refused(
    source: Callable[[str], ModuleType], text: str, problem: str, what_to_do: str
) -> None:
    plugin = source(text)
    if not problem:
        assert Registry({"badtown": plugin}).places() == ("badtown",)
        return
    assert _refused(plugin) == (problem,)
    assert what_to_do in remedy(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("from random import choice", "later.py:1: imports random"), ("from badtown import rules", "")],
)
def test_the_source_of_an_edition_kept_apart_is_read_too(
    source: Callable[[str], ModuleType], tmp_path: Path, text: str, problem: str
) -> None:
    plugin = source("")
    plugin.__name__ = "badtown.policy"
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart" / "later.py").write_text(text, encoding="utf-8")

    def regulations() -> Any:
        return tuple(replace(r, edition="2026", effective_on=date(2026, 1, 1)) for r in ANSWERS.regulations)

    later = SimpleNamespace(
        regulations=hookimpl(regulations), __file__=str(tmp_path / "apart" / "later.py"), __name__="apart.later"
    )
    registry = Registry({"badtown": plugin}, {"badtown@2026": later})
    assert registry.places() == ("badtown",)
    found = registry.refused.get("badtown@2026")
    assert (found.problems if found is not None else ()) == ((f"apart/{problem}",) if problem else ())
