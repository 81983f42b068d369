"""Figures that decide: what holds at a limit, just under and just over it, and whether a split leaves no gap."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from operator import eq, ge, gt, le, lt
from typing import Any

from core.kernel.workdays import OFFICIAL
from core.policy.cases.case import Case, UnknownFactError
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.proving.probing import value_of
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.values import Threshold

HOLDS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}
UNITS = frozenset({"fen", "percent", "count", "months", "days", "workdays", "years"})
_SOME_DAY = date(2025, 1, 2)
"""For a place that names no day at all: the calendar of that year is known."""
_UPPER = frozenset({"<", "<="})
_LOWER = frozenset({">", ">="})


@dataclass(frozen=True, slots=True)
class Boundary:
    """One case generated at a limit: the threshold, a value near it in its unit, and whether the rule holds there."""

    threshold: Threshold
    value: int
    holds: bool


def boundaries(threshold: Threshold, day: date) -> tuple[Boundary, ...]:
    """The cases at limit − 1, limit and limit + 1."""
    limit = threshold.value_on(day)
    values = (limit - 1, limit, limit + 1)
    return tuple(Boundary(threshold, value, HOLDS[threshold.comparator](value, limit)) for value in values)


def ill_formed(rules: Rulebook) -> Iterator[str]:
    """Thresholds with an unknown comparator or unit, or whose dated values are out of order."""
    for threshold in rules.thresholds.values():
        if threshold.comparator not in HOLDS:
            yield f"{threshold.key}: unknown comparator {threshold.comparator!r}"
        if threshold.unit not in UNITS:
            yield f"{threshold.key}: unknown unit {threshold.unit!r}"
        days = [dated.since for dated in threshold.values]
        if not days or days != sorted(set(days)):
            yield f"{threshold.key}: its dated values are not in order"


def split_problems(rules: Rulebook) -> Iterator[str]:
    """Gaps and overlaps of every set of thresholds that share a partition, at every limit of the set."""
    sets: dict[str, list[Threshold]] = {}
    for threshold in rules.thresholds.values():
        if threshold.partition:
            sets.setdefault(threshold.partition, []).append(threshold)
    day = day_of(rules)
    for name, members in sets.items():
        if len({(t.unit, t.basis) for t in members}) > 1:
            yield f"partition {name}: its thresholds have different bases or units"
            continue
        yield from _same_cut(name, members, day)
        yield from _gaps(name, members, day)
        if all(t.decides in rules.tracks and t.basis in rules.amounts for t in members):
            yield from _track_problems(rules, name, members, day)


def _same_cut(name: str, members: list[Threshold], day: date) -> Iterator[str]:
    for one, other in combinations(members, 2):
        alike = {one.comparator, other.comparator} <= _UPPER or {one.comparator, other.comparator} <= _LOWER
        if alike and one.value_on(day) == other.value_on(day):
            yield f"partition {name}: {one.key} and {other.key} cut at the same value, one of them never decides"


def _gaps(name: str, members: list[Threshold], day: date) -> Iterator[str]:
    """Where both sides are cut, every value belongs to exactly one side."""
    upper = [t for t in members if t.comparator in _UPPER]
    lower = [t for t in members if t.comparator in _LOWER]
    if not upper or not lower:
        return
    for value in sorted({b.value for t in members for b in boundaries(t, day)}):
        below = any(HOLDS[t.comparator](value, t.value_on(day)) for t in upper)
        above = any(HOLDS[t.comparator](value, t.value_on(day)) for t in lower)
        if below is above:
            yield f"partition {name}: {'overlap' if below else 'gap'} at {value}"


def _track_problems(rules: Rulebook, name: str, members: list[Threshold], day: date) -> Iterator[str]:
    """At each generated case exactly one track is chosen, and none whose own limit fails there."""
    limits = {t.decides: t for t in members}
    for threshold in members:
        for case in boundaries(threshold, day):
            if case.value < 0:
                continue
            chosen = choose(rules, {threshold.basis: case.value}, day)
            own = limits.get(chosen)
            if not chosen:
                yield f"partition {name}: no track at {case.value}"
            elif own is not None and not HOLDS[own.comparator](case.value, own.value_on(day)):
                yield f"partition {name}: track {chosen} at {case.value}, against {own.key}"


def choose(rules: Rulebook, facts: dict[str, Any], day: date) -> str:
    """The track chosen on these facts; whatever else it asks for is filled with the plainest value."""
    known = dict(facts)
    for _ in range(len(rules.facts) + len(rules.amounts) + 1):
        state = CaseState(created_on=day, facts=known)
        try:
            tried = rules.select(Case(state, Context(today=day, calendar=OFFICIAL), rules))
        except UnknownFactError as unknown:
            fact = rules.facts.get(unknown.key)
            known[unknown.key] = value_of(fact, day, full=False) if fact is not None else 0
            continue
        return tried[-1].key if tried else ""
    return ""


def day_of(rules: Rulebook) -> date:
    """A day on which every regulation of the rulebook is in force and every threshold has a value."""
    begun = [regulation.effective_on for regulation in rules.regulations.values()]
    begun += [threshold.values[0].since for threshold in rules.thresholds.values() if threshold.values]
    return max((day for day in begun if day is not None), default=_SOME_DAY)
