"""What a walk supplies so that a project goes forward: the papers asked, the facts nobody gave, a sound record.

Values nobody gave are assumptions and are told as such. The first value for a fact is the one that asks least; where
a gate names the fact as what stands in the way, the next one is tried.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from core.policy.cases.case import Case
from core.policy.cases.context import Context, RegisterEntry, Round, UnitRecord
from core.policy.cases.state import Paper
from core.policy.judging.ahead import holds
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Review, Stage
from core.policy.rules.papers import DocumentType
from core.policy.rules.values import Amount, Fact, FactType

PARTY = "party"
"""Whoever takes part, where a place has parties compete."""
_MANY = 999
_WINDOW = timedelta(days=60)


def context_on(rules: Rulebook, context: Context, day: date) -> Context:
    """The surroundings of a unit in order: everything it keeps is on file, and the round is open."""
    since = day - _WINDOW
    kept = {
        register.key: RegisterEntry(register=register.key, on=since)
        for register in rules.registers.values()
        if not (register.derived or register.library or register.external)
    }
    unit = context.unit if context.unit.key else UnitRecord(key="unit", registers=kept)
    opened = context.round or Round(plan_year=day.year + 1, issued_on=since, closes_on=day + _WINDOW)
    return Context(
        today=day, calendar=context.calendar, unit=unit, round=opened, parameters=context.parameters, registers=kept
    )


def candidates(rules: Rulebook, owner: Fact | Amount, facts: dict[str, Any], on: date) -> Iterator[Any]:
    """Values to try for a fact nobody gave, the one that asks least first."""
    if isinstance(owner, Amount):
        yield from _figures(rules, owner, facts)
        return
    if owner.has_default and owner.default not in (None, ""):
        yield owner.default
    match owner.type:
        case FactType.BOOL:
            yield from (False, True)
        case FactType.CHOICE:
            yield from owner.choices
        case FactType.MONEY:
            yield 0
        case FactType.INTEGER:
            yield from (0, 1, _MANY)
        case FactType.DATE:
            yield on.isoformat()
        case FactType.TEXTS:
            yield list(owner.choices) or [PARTY]
        case FactType.RECORD:
            yield {}
        case FactType.TEXT:
            yield "—"


def _figures(rules: Rulebook, owner: Amount, facts: dict[str, Any]) -> Iterator[int]:
    """A step of the ladder takes the figure of the step before it, or of any step known; nothing where none is."""
    ladder = list(rules.amounts)
    before = [facts[key] for key in ladder[: ladder.index(owner.key)] if key in facts]
    known = [facts[key] for key in ladder if key in facts]
    yield from dict.fromkeys([*reversed(before), *known, 0])


def papers_for(case: Case, stage: Stage, names: tuple[str, ...], on: date) -> tuple[Paper, ...]:
    """Every paper this act of the stage asks for, sealed and complete."""
    found: list[Paper] = []
    for demand in stage.papers:
        kind = case.rules.papers[demand.paper]
        if (demand.act == "*" or demand.act in names) and holds(demand.when, case) is not False:
            found += [whole_paper(kind, on)] * demand.minimum
    return tuple(found)


def whole_paper(kind: DocumentType, on: date) -> Paper:
    """A paper with everything a regulation can ask of it."""
    return Paper(type=kind.key, on=on, sealed=True, dated_on=on, recipients=kind.recipients, parts=kind.parts)


def items_of(review: Review | None) -> dict[str, str]:
    """A passing result for everything a conclusion needs."""
    return {key: "pass" for key, _, _ in review.items} if review is not None else {}
