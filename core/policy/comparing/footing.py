"""Where a walk stands: the case it has in hand, what it assumed, and how it asks the engine."""

from typing import Any

import msgspec

from core.policy.cases.acts import Act, Decision, Finding
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Change, Run
from core.policy.comparing.supplying import candidates, context_on
from core.policy.judging.deciding import decide
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.gating import Gate, Point
from core.policy.rules.values import Amount, Fact


class Presuming(Rulebook):
    """A rulebook in which some gates are taken for met; all else is the other's own."""

    def __init__(self, rules: Rulebook) -> None:
        self.__dict__.update(rules.__dict__)
        self.presumed: set[str] = set()

    def gates_at(self, stage: str, *acts: str) -> tuple[tuple[Gate, Point], ...]:
        """The gates of a point that are not taken for met."""
        found = super().gates_at(stage, *acts)
        return tuple(one for one in found if one[0].key not in self.presumed) if self.presumed else found


class Footing:
    """One project in hand: its state, the facts given, those assumed, and what was found on the way."""

    def __init__(self, rules: Rulebook, blank: CaseState, facts: dict[str, Any], context: Context) -> None:
        self.rules = Presuming(rules)
        self.today = context.today
        self.base = context
        self.given = facts
        self.assumed: dict[str, tuple[str, Any]] = {}
        self.presumed: dict[tuple[str, str], Finding] = {}
        self.findings: dict[tuple[str, str], Finding] = {}
        self._tried: dict[tuple[str, str], list[Any]] = {}
        changed = {key: Change(on=self.today, seq=0, role="project_unit") for key in facts}
        self.state = msgspec.structs.replace(blank, facts=dict(facts), changed=changed)

    @property
    def case(self) -> Case:
        """The case as far as it came."""
        return Case(self.state, context_on(self.rules, self.base, self.today), self.rules)

    def again(self, run: Run) -> Run:
        """A run as it stands now."""
        return next((one for one in self.state.runs if _key(one) == _key(run)), run)

    def _assume(self, key: str, stage: str, ref: str = "") -> bool:
        """Take the next value for a fact nobody gave; whether there was one."""
        owner = self.rules.facts.get(key) or self.rules.amounts.get(key)
        if owner is None or key in self.given:
            return False
        tried = self._tried.setdefault((key, ref), [])
        held = self.case.find(key)
        for value in candidates(self.rules, owner, self.state.facts, self.today):
            if value not in tried and (value != held or not tried):
                tried.append(value)
                self.assumed[key] = (self.assumed.get(key, (stage, None))[0], value)
                self._know(owner, value, ref)
                return True
        return False

    def _know(self, owner: Fact | Amount, value: Any, ref: str) -> None:
        """Put a value where the case, or the party it is asked of, keeps it."""
        state = self.state
        if owner.scope == "entry":
            entries = tuple(
                msgspec.structs.replace(e, facts={**e.facts, owner.key: value}) if e.id == ref or not ref else e
                for e in state.entries
            )
            self.state = msgspec.structs.replace(state, entries=entries)
            return
        change = Change(on=self.today, seq=state.seq, role=next(iter(owner.entered_by), ""))
        facts, changed = {**state.facts, owner.key: value}, {**state.changed, owner.key: change}
        self.state = msgspec.structs.replace(state, facts=facts, changed=changed)

    def _decide(self, act: Act) -> Decision:
        ruling = decide(self.rules, self.state, context_on(self.rules, self.base, self.today), act)
        if ruling.decision.accepted:
            self.state = ruling.after
        return ruling.decision


def _key(run: Run) -> tuple[str, str, int, int]:
    return run.stage, run.ref, run.opened_seq, run.n


def items_of_findings(decision: Decision) -> tuple[str, ...]:
    """What the blocking findings are about."""
    return tuple(dict.fromkeys(finding.item for finding in decision.blocked_by if finding.item))


def messages_of(decision: Decision) -> tuple[str, ...]:
    """What stands in the way, in the words of the findings."""
    return tuple(dict.fromkeys(finding.message for finding in decision.blocked_by))
