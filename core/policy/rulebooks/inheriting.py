"""Rules that reach down the tree (上级规则并入): an ancestor's shared gates and registers in a rulebook below it.

They come beside a tenant's own rules, whatever it lives by, with the ancestor's citations and rows, and are judged by
the ancestor's readings. They are never pinned: a ban that reaches everybody holds from the day of its source, so the
digest of the own rulebook stays what it was, and a receipt keeps the names of those that stood above it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from core.policy.cases.case import Case
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT
from core.policy.rules.citations import Row
from core.policy.rules.flow import CLOSING_ACT, Stage
from core.policy.rules.gating import Gate, Hit, Point, at
from core.policy.rules.regulation import Register
from core.policy.rules.values import Fact

DESCENDANTS = "descendants"


@lru_cache(maxsize=256)
def inherit(own: Rulebook, above: tuple[Rulebook, ...]) -> Rulebook:
    """The rulebook of a tenant together with what the rulebooks above it share; its own where they share nothing."""
    merged = own
    for upper in above:
        if upper.place != own.place and shares(upper):
            merged = _merged(merged, upper)
    return merged


def shares(upper: Rulebook) -> bool:
    """Whether anything of a rulebook reaches the tenants below."""
    reaches = [gate.reach for gate in upper.answers.gates] + [kept.reach for kept in upper.answers.registers]
    return DESCENDANTS in reaches


def _merged(own: Rulebook, upper: Rulebook) -> Rulebook:
    gates = tuple(gate for gate in upper.answers.gates if gate.reach == DESCENDANTS)
    registers = tuple(register for register in upper.answers.registers if register.reach == DESCENDANTS)
    entrances = _entrances(own)
    facts = tuple(_fact(upper, key, entrances) for gate in gates for key in gate.reads if key not in own.facts)
    asked = tuple(dict.fromkeys(fact.key for fact in facts))
    answers = replace(
        own.answers,
        rows=(*own.answers.rows, *_rows(own, upper, gates, registers)),
        facts=(*own.answers.facts, *{fact.key: fact for fact in facts}.values()),
        gates=(*own.answers.gates, *(_gate(gate, upper, entrances) for gate in gates)),
        registers=(*own.answers.registers, *(_register(register, upper) for register in registers)),
        segments=tuple(
            replace(part, stages=tuple(_asking(stage, entrances, asked) for stage in part.stages))
            for part in own.answers.segments
        ),
    )
    return Rulebook(answers, own.options, own.digest)


def _entrances(own: Rulebook) -> dict[str, Stage]:
    """The stages at which a project is first handed in, on each of its paths."""
    found: dict[str, Stage] = {}
    for track in own.tracks.values():
        line = own.line(track.key) if track.segments and track.case_kind == "project" else ()
        if line:
            found[line[0][1].key] = line[0][1]
    return found


def _gate(gate: Gate, upper: Rulebook, entrances: dict[str, Stage]) -> Gate:
    points = (*at("", "create"), *(Point(key, CLOSING_ACT[stage.kind]) for key, stage in entrances.items()))
    check = _from_above(gate.check, upper) if gate.check is not None else None
    return replace(gate, key=f"{upper.place}.{gate.key}", points=points, check=check, waiver=None)


def _from_above(check: Callable[[Case], Iterable[Hit]], upper: Rulebook) -> Callable[[Case], Iterable[Hit]]:
    """The check as the rulebook it comes from reads the case: with that one's options, facts and parameters."""

    def seen(case: Case) -> Iterable[Hit]:
        above = Case(case.state, case.context, upper, case.act)
        above.allowed = case.allowed
        return tuple(check(above))

    return seen


def _fact(upper: Rulebook, key: str, entrances: dict[str, Stage]) -> Fact:
    asked_at = next(iter(entrances), "")
    more = {"entered_by": (PROJECT_UNIT,), "asked_at": asked_at, "required": False, "locked_by": "", "scope": "project"}
    return replace(upper.facts[key], **more)  # type: ignore[arg-type]


def _register(register: Register, upper: Rulebook) -> Register:
    """The register as it is seen from below: read there, and kept by nobody there."""
    return replace(register, key=f"{upper.place}.{register.key}", kept_by=(), external=True, admits=None)


def _asking(stage: Stage, entrances: dict[str, Stage], asked: tuple[str, ...]) -> Stage:
    return replace(stage, asks=(*stage.asks, *asked)) if stage.key in entrances and asked else stage


def _rows(own: Rulebook, upper: Rulebook, gates: Iterable[Gate], registers: Iterable[Register]) -> Iterable[Row]:
    keys = [key for gate in gates for key in gate.citation.rows]
    keys += [key for register in registers for key in register.citation.rows]
    keys += [key for gate in gates for fact in gate.reads for key in upper.facts[fact].citation.rows]
    return tuple(upper.rows[key] for key in dict.fromkeys(keys) if key not in own.rows)
