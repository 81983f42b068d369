"""The case as a rule sees it: stored state, surroundings, rulebook and the act, behind one reading surface.

Plugins read cases only through this class. It never writes, and an unknown fact raises instead of guessing.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from core.kernel.workdays import Calendar, Ledger
from core.policy.acts import Act
from core.policy.context import Candidate, Context, RegisterEntry, Round, SharedEntry, UnitRecord
from core.policy.gating import EffectHit
from core.policy.standing import Standing, standing_of
from core.policy.state import CaseState, Contract, Due, End, Paper, Run

if TYPE_CHECKING:
    from core.policy.rulebook import Rulebook


class UnknownFactError(Exception):
    """A rule needs a fact nobody has entered. The engine turns it into a blocking finding that names the fact."""

    def __init__(self, key: str) -> None:
        """Keep the key of the missing fact."""
        super().__init__(key)
        self.key = key


class UndeclaredNeedError(LookupError):
    """A rule reads surroundings its gate has not declared in `needs`; core would not have loaded them."""

    def __init__(self, need: str) -> None:
        """Say which need is missing."""
        super().__init__(f"a rule reads {need!r} without declaring needs=({need!r},)")


class Case:
    """One case at one moment, read only.

    `act` is what is being asked; its facts and papers count already. `allowed` limits the surroundings to what a
    gate has declared that it needs.
    """

    __slots__ = ("_standing", "act", "allowed", "context", "rules", "state")

    def __init__(self, state: CaseState, context: Context, rules: "Rulebook", act: Act | None = None) -> None:
        """Bind state, surroundings and rulebook together."""
        self.state = state
        self.context = context
        self.rules = rules
        self.act = act
        self.allowed: frozenset[str] | None = None
        self._standing: Standing | None = None

    def _need(self, name: str) -> None:
        if self.allowed is not None and name not in self.allowed:
            raise UndeclaredNeedError(name)

    @property
    def today(self) -> date:
        """The day of the decision."""
        return self.context.today

    @property
    def calendar(self) -> Calendar:
        """The calendar of today; calendars are never pinned."""
        return self.context.calendar

    @property
    def unit(self) -> UnitRecord:
        """The unit's record across its projects; a gate that reads it declares the need `unit`."""
        self._need("unit")
        return self.context.unit

    @property
    def round(self) -> Round | None:
        """The application round the case falls in; needs `round`."""
        self._need("round")
        return self.context.round

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Existing systems that resemble this one; needs `candidates`."""
        self._need("candidates")
        return self.context.candidates

    @property
    def track(self) -> str:
        """Key of the chosen track."""
        return self.state.track

    @property
    def end(self) -> End | None:
        """How the case ended, if it did."""
        return self.state.end

    @property
    def standing(self) -> Standing:
        """The case as its unit's other projects see it."""
        if self._standing is None:
            self._standing = standing_of(self.state, self.rules.standing_facts)
        return self._standing

    def fact(self, key: str) -> Any:
        """The value of a fact, or its declared default.

        Raises: UnknownFactError when nobody has entered it; KeyError when the rulebook declares no such fact.
        """
        if key in self.state.facts:
            return self.state.facts[key]
        fact = self.rules.facts.get(key)
        if fact is not None and fact.has_default:
            return fact.default
        if fact is None and key not in self.rules.amounts:
            message = f"no fact or amount {key!r} in this rulebook"
            raise KeyError(message)
        raise UnknownFactError(key)

    def find(self, key: str, default: Any = None) -> Any:
        """The value of a fact if it is known or has a default, else `default`."""
        if key in self.state.facts:
            return self.state.facts[key]
        fact = self.rules.facts.get(key)
        return fact.default if fact is not None and fact.has_default else default

    def knows(self, key: str) -> bool:
        """Whether somebody has entered the fact."""
        return key in self.state.facts

    def amount(self, key: str) -> int:
        """A step of the money ladder, in fen.

        Raises: UnknownFactError while it is not fixed.
        """
        value: int = self.fact(key)
        return value

    def threshold(self, key: str) -> int:
        """The value of a threshold on the day the case was created."""
        return self.rules.threshold(key, self.state.created_on)

    def option(self, key: str) -> Any:
        """What the tenant chose for an open reading."""
        return self.rules.options[key]

    def parameter(self, key: str) -> Any:
        """Today's value of a parameter, or its declared default."""
        if key in self.context.parameters:
            return self.context.parameters[key]
        return self.rules.parameters[key].default

    def register(self, key: str) -> RegisterEntry | None:
        """The unit's current entry in a register, or the tenant's where the register is kept per tenant."""
        self._need("unit")
        return self.context.unit.registers.get(key) or self.context.registers.get(key)

    def shared(self, key: str) -> tuple[SharedEntry, ...]:
        """The published entries in force of a register that an ancestor shares; needs `shared`."""
        self._need("shared")
        return tuple(e for e in self.context.shared if e.register == key and e.stands_on(self.today))

    def papers(self, kind: str, ref: str | None = None) -> tuple[Paper, ...]:
        """All versions of a paper handed in through the system, oldest first."""
        return tuple(
            p for p in self.state.papers if p.type == kind and not p.outside and (ref is None or p.ref in ("", ref))
        )

    def paper(self, kind: str, ref: str | None = None) -> Paper | None:
        """The latest version of a paper."""
        for paper in reversed(self.state.papers):
            if paper.type == kind and not paper.outside and (ref is None or paper.ref in ("", ref)):
                return paper
        return None

    def has_sealed(self, kind: str, ref: str | None = None) -> bool:
        """Whether the latest version of a paper is sealed."""
        paper = self.paper(kind, ref)
        return paper is not None and paper.sealed

    def runs(self, stage: str, ref: str | None = None) -> tuple[Run, ...]:
        """Every run of a stage that was not skipped, oldest first."""
        return tuple(r for r in self.state.runs if r.stage == stage and not r.skipped and (ref is None or r.ref == ref))

    def run(self, stage: str, ref: str | None = None) -> Run | None:
        """The latest run of a stage, unless it was skipped."""
        for run in reversed(self.state.runs):
            if run.stage == stage and not run.skipped and (ref is None or run.ref == ref):
                return run
        return None

    def is_open(self, stage: str, ref: str | None = None) -> bool:
        """Whether a run of the stage is open."""
        return any(r.stage == stage and r.is_open and (ref is None or r.ref == ref) for r in self.state.runs)

    def result(self, stage: str, ref: str | None = None) -> str:
        """The outcome of the last closed run of a stage that still stands, or an empty string."""
        run = self.result_run(stage, ref)
        return run.outcome if run is not None else ""

    def result_run(self, stage: str, ref: str | None = None) -> Run | None:
        """The last closed run of a stage that still stands (one overtaken by a restart does not)."""
        for run in reversed(self.state.runs):
            stands = not run.is_open and not run.skipped and not run.overtaken
            if stands and run.stage == stage and (ref is None or run.ref == ref):
                return run
        return None

    def due(self, limit: str, ref: str | None = None) -> Due | None:
        """The latest due of a limit."""
        for due in reversed(self.state.dues):
            if due.limit == limit and not due.dropped and (ref is None or due.ref == ref):
                return due
        return None

    def ledger(self, due: Due) -> Ledger:
        """The full reckoning behind a due date, under today's calendar."""
        return self.rules.ledger(due, self.context.calendar)

    @property
    def ref(self) -> str:
        """The lot or contract the act is about."""
        return self.act.ref if self.act is not None else ""

    @property
    def contract(self) -> Contract | None:
        """The contract the act is about: the one it brings, the one its ref names, or the main contract."""
        if self.act is not None and self.act.contracts:
            return self.act.contracts[0]
        ref = self.ref
        named = next((c for c in self.state.contracts if c.id == ref), None)
        return named or self.main_contract(ref)

    def main_contract(self, lot: str = "") -> Contract | None:
        """The main contract of a lot, or of the project."""
        mains = [c for c in self.state.contracts if c.kind == "main" and (not lot or c.lot in ("", lot))]
        return mains[-1] if mains else None

    def contracts(self, *kinds: str) -> tuple[Contract, ...]:
        """All contracts of these kinds, or all of them."""
        return tuple(c for c in self.state.contracts if not kinds or c.kind in kinds)

    def effects(self, key: str) -> tuple[EffectHit, ...]:
        """The running effects of that key that fall on this case or its unit today."""
        return self.rules.effects_on(self, key)
