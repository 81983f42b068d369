"""Trying every check of a plugin on plain cases, so that one that can only fail is found before a project meets it.

A check is asked about a case of which nothing is known, and about cases of which everything is, in the plainest and
in the fullest way, with its stage open. It may say that a fact is missing. What it must not do is ask for a fact the
place never declared, read what it has not declared to need, or fail on every one of these cases.
"""

import traceback
from collections.abc import Iterator
from datetime import date
from typing import Any

from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Act
from core.policy.cases.case import Case, UndeclaredNeedError, UnknownFactError
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Run
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.gating import Gate, Hit, Point
from core.policy.rules.values import Fact, FactType

_CERTAIN = (UndeclaredNeedError, NameError, NotImplementedError)
"""What is wrong whatever the case: undeclared needs, and names that do not exist."""

_MUCH = 10**12


def raising(rules: Rulebook, day: date) -> Iterator[str]:
    """Gates whose check raises, with what it raised, and gates whose check answers with something else than hits."""
    known = [{}, facts_of(rules, day, full=False), facts_of(rules, day, full=True)]
    for gate in rules.gates.values():
        if gate.check is not None and gate.points:
            yield from _tried(rules, gate, day, known)


def _tried(rules: Rulebook, gate: Gate, day: date, known: list[dict[str, Any]]) -> Iterator[str]:
    errors: list[Exception] = []
    tries = 0
    for point in gate.points:
        for facts in known:
            tries += 1
            try:
                hits = tuple(gate.check(_case(rules, gate, point, day, facts)))  # type: ignore[misc]
            except UnknownFactError:
                continue
            except Exception as error:  # noqa: BLE001 - a check may fail in any way; that is what is looked for
                errors.append(error)
                continue
            if strange := next((hit for hit in hits if not isinstance(hit, Hit)), None):
                yield f"gate {gate.key}: its check answers with {type(strange).__name__}, not with Hit"
                return
    certain = next((error for error in errors if _is_certain(error)), None)
    if certain is not None or (errors and len(errors) == tries):
        raised = certain or errors[0]
        yield f"gate {gate.key}: its check raises {type(raised).__name__}: {raised}"


def _is_certain(error: Exception) -> bool:
    """Whether no case could have avoided it: a key that core looked for in vain is one the place never declared."""
    if isinstance(error, _CERTAIN):
        return True
    *_, innermost = traceback.walk_tb(error.__traceback__)
    return isinstance(error, KeyError) and str(innermost[0].f_globals.get("__name__", "")).startswith("core.policy")


def _case(rules: Rulebook, gate: Gate, point: Point, day: date, facts: dict[str, Any]) -> Case:
    track = next(iter(rules.tracks), "")
    run = Run(stage=point.stage, segment="", opened_on=day)
    state = CaseState(
        id="probe", title="试", unit="probe", created_on=day, plan_year=day.year, track=track, facts=facts, runs=(run,)
    )
    name, _, outcome = point.act.partition(":")
    act = Act(name=name, stage=point.stage, outcome=outcome if name != "record" else "", on=day)
    case = Case(state, Context(today=day, calendar=OFFICIAL), rules, act)
    case.allowed = gate.needs
    return case


def facts_of(rules: Rulebook, day: date, *, full: bool) -> dict[str, Any]:
    """Every fact and amount with a value: the plainest of its type, or the fullest."""
    found = {fact.key: value_of(fact, day, full=full) for fact in rules.facts.values()}
    return found | dict.fromkeys(rules.amounts, _MUCH if full else 0)


def value_of(fact: Fact, day: date, *, full: bool) -> Any:
    """The plainest value a fact can have, or the fullest."""
    match fact.type:
        case FactType.BOOL:
            return full
        case FactType.DATE:
            return day.isoformat()
        case FactType.CHOICE:
            return (fact.choices or ("",))[-1 if full else 0]
        case FactType.TEXT:
            return "试" if full else ""
        case FactType.TEXTS:
            return ["试"] if full else []
        case FactType.RECORD:
            return {}
        case FactType.INTEGER | FactType.MONEY:
            return _MUCH if full else 0
