"""The case as a rule sees it: stored state, surroundings, rulebook and the act, behind one reading surface.

Plugins read cases only through this class. It never writes, and an unknown fact raises instead of guessing.
"""

from typing import TYPE_CHECKING, Any

from core.kernel.workdays import Ledger, Tally
from core.policy.cases.acts import Act
from core.policy.cases.context import Admission, Context
from core.policy.cases.seeing import Surroundings, UndeclaredNeedError
from core.policy.cases.standing import Standing, standing_of
from core.policy.cases.state import CaseState, Contract, Due, End, Entry, Paper, Run
from core.policy.rules.gating import EffectHit

if TYPE_CHECKING:
    from core.policy.rulebooks.rulebook import Rulebook


__all__ = ["Case", "UndeclaredNeedError", "UnknownFactError"]


class UnknownFactError(Exception):
    """A rule needs a fact nobody has entered. The engine turns it into a blocking finding that names the fact."""

    def __init__(self, key: str) -> None:
        """Keep the key of the missing fact."""
        super().__init__(key)
        self.key = key


class Case(Surroundings):
    """One case at one moment, read only.

    `act` is what is being asked; its facts and papers count already. `allowed` limits the surroundings to what a
    gate has declared that it needs.
    """

    __slots__ = ("_ref", "_standing", "act", "state")

    def __init__(self, state: CaseState, context: Context, rules: "Rulebook", act: Act | None = None) -> None:
        """Bind state, surroundings and rulebook together."""
        super().__init__(context, rules)
        self.state = state
        self.act = act
        self._standing: Standing | None = None
        self._ref = ""

    def at(self, ref: str) -> "Case":
        """The case as one of its lots or entries sees it: what an entry was asked is read for that one; else itself."""
        if ref == self._ref:
            return self
        seen = Case(self.state, self.context, self.rules, self.act)
        seen.allowed, seen._standing, seen._ref = self.allowed, self._standing, ref
        return seen

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
        values = self._values(key)
        if key in values:
            return values[key]
        fact = self.rules.facts.get(key)
        if fact is not None and fact.has_default:
            return fact.default
        if fact is None and key not in self.rules.amounts:
            message = f"no fact or amount {key!r} in this rulebook"
            raise KeyError(message)
        raise UnknownFactError(key)

    def find(self, key: str, default: Any = None) -> Any:
        """The value of a fact if it is known or has a default, else `default`."""
        values = self._values(key)
        if key in values:
            return values[key]
        fact = self.rules.facts.get(key)
        return fact.default if fact is not None and fact.has_default else default

    def knows(self, key: str) -> bool:
        """Whether somebody has entered the fact."""
        return key in self._values(key)

    def _values(self, key: str) -> dict[str, Any]:
        if key not in self.rules.of_entries:
            return self.state.facts
        entry = self.entry
        return entry.facts if entry is not None else {}

    def amount(self, key: str) -> int:
        """A step of the money ladder, in fen.

        Raises: UnknownFactError while it is not fixed.
        """
        value: int = self.fact(key)
        return value

    def threshold(self, key: str) -> int:
        """The value of a threshold on the day the case was created, or on the first day of rules it was moved to."""
        return self.rules.threshold(key, max(self.state.created_on, self.rules.effective_on))

    def option(self, key: str) -> Any:
        """What the tenant chose for an open reading."""
        return self.rules.options[key]

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
        """The lot, entry or contract the act, or this view of the case, is about."""
        return self._ref or (self.act.ref if self.act is not None else "")

    @property
    def entry(self) -> Entry | None:
        """The entry the act is about, ended or not."""
        return next((entry for entry in self.state.entries if entry.id == self.ref), None)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries still running, in the order they came."""
        return tuple(entry for entry in self.state.entries if entry.end is None)

    def holders(self, role: str) -> tuple[str, ...]:
        """The entries or organisations to which an outcome has given a role."""
        return self.state.bound.get(role, ())

    def named(self, stage: str) -> tuple[str, ...]:
        """What the last standing publication of a stage has fixed; later acts must match it."""
        run = self.result_run(stage)
        return run.named if run is not None else ()

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

    def delay(self, key: str) -> Tally:
        """The overdue days of one party over the limits that a summing limit names; open ones count until today."""
        wanted = self.rules.limits[key].sums
        dues = (due for due in self.state.dues if due.limit in wanted and not due.dropped)
        return Tally.of(self.calendar, ((self.ledger(due), due.met_on or self.today) for due in dues))

    def admission(self, register: str) -> Admission | None:
        """The case's own entry in a register that an outcome admits to, with its validity; None while it has none."""
        declared = self.rules.registers[register]
        if declared.admits is None:
            return None
        stage, outcome = declared.admits
        run = self.result_run(stage)
        if run is None or run.outcome != outcome or run.closed_on is None:
            return None
        due = self.due(declared.validity) if declared.validity else None
        return Admission(register=register, on=run.closed_on, until=due.due_on if due is not None else None)

    def effects(self, key: str) -> tuple[EffectHit, ...]:
        """The running effects of that key that fall on this case or its unit today."""
        return self.rules.effects_on(self, key)
