"""What may stop an act and what follows from history: gates, waivers, effects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.policy.rules.citations import Citation
from core.policy.rules.papers import Severity

if TYPE_CHECKING:
    from core.policy.cases.case import Case
    from core.policy.cases.standing import Standing


@dataclass(frozen=True, slots=True)
class Point:
    """Where a gate is evaluated (检查点): a stage and an act, with the highest severity it may show there.

    Acts are written `submit`, `lodge`, `record`, `open`, or `decide:pass` for one outcome. Only forward acts
    are ever guarded: no gate stops a return or a withdrawal, whatever its points say.
    """

    stage: str
    act: str
    highest: Severity = Severity.BLOCK


def at(stage: str, *acts: str, highest: Severity = Severity.BLOCK) -> tuple[Point, ...]:
    """Points for several acts of one stage."""
    return tuple(Point(stage, act, highest) for act in acts)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a gate found: the sentence, the item it is about, and the evidence.

    `severity` is set where one gate may both warn and block; `rows` where only some of the gate's rows apply.
    """

    message: str
    item: str = ""
    severity: Severity | None = None
    rows: tuple[str, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Who may lift a rule worded "in principle" for one case (原则上的例外), and on what paper."""

    roles: tuple[str, ...]
    paper: str = ""
    option: str = ""
    citation: Citation


class WhenUnset(StrEnum):
    """What a rule does while the value it needs has not been set by anybody."""

    BLOCK = "block"
    WARN = "warn"
    HUMAN = "human"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One condition on forward acts (检查), run with all others of its point, so that every defect shows at once.

    `needs` names what core must load first: `unit`, `registers`, `round`, `systems`, `shared`. `check` is pure; an
    unknown fact inside it blocks and is named. A paper demand or a counter may speak through a gate that has
    no check of its own. `reach` is own or descendants: a gate that reaches its descendants enters the rulebook of
    every tenant below, whatever it lives by, and is asked there when a case is created and first handed in; `reads`
    names the facts it needs there.
    """

    key: str
    code: str
    title: str
    severity: Severity
    citation: Citation
    points: tuple[Point, ...] = ()
    check: Callable[["Case"], Iterable[Hit]] | None = None
    needs: tuple[str, ...] = ()
    waiver: Waiver | None = None
    reach: str = "own"
    reads: tuple[str, ...] = ()
    regulation: str = ""
    aliases: tuple[str, ...] = ()


class Target(StrEnum):
    """What an effect falls upon (后果对象)."""

    PROJECT = "project"
    UNIT = "unit"
    UNIT_KIND = "unit_kind"
    SYSTEM = "system"
    MONEY = "money"
    TREE = "tree"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class EffectHit:
    """One running effect: since when, until when (None: until cured), why, and which project caused it.

    `ref` is the entry it falls upon, `party` whoever stands behind it.
    """

    since: date
    reason: str
    until: date | None = None
    project_kind: str = ""
    ref: str = ""
    party: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A consequence that follows from history (联动后果): derived from dates each time, never switched by hand.

    `from_project` reads the standing of the project that causes it; `from_unit` reads the unit's own record;
    `from_entry` reads the case as each of its entries sees it, for what falls upon one party alone.
    `cure` says in words what ends it.
    """

    key: str
    code: str
    title: str
    target: Target
    act: str
    cure: str
    citation: Citation
    from_project: Callable[["Standing", "Case"], EffectHit | None] | None = None
    from_unit: Callable[["Case"], EffectHit | None] | None = None
    from_entry: Callable[["Case"], EffectHit | None] | None = None
    aliases: tuple[str, ...] = ()
