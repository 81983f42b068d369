"""Walking a project down its line on the pure engine: every stage passed at once, each limit used in full.

Nothing here knows a place. What a stage asks is supplied; what stands in the way is read from the findings by the
item they name, and supplied in turn; where that does not help, the walk stops and says what stopped it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from core.kernel.workdays import LimitKind
from core.policy.acts import Act, Decision, Finding
from core.policy.case import Case
from core.policy.checking import spellings
from core.policy.comparing.supplying import candidates, context_on, items_of, papers_for, whole_paper
from core.policy.context import Context
from core.policy.deciding import decide
from core.policy.flow import CLOSING_ACT, Line, Outcome, OutcomeKind, Stage
from core.policy.reviewing import reviewers_of
from core.policy.rulebook import Rulebook
from core.policy.state import CaseState, Change, Contract, Entry, Panel, Paper, Run
from core.policy.values import Amount, Fact

_REPAIRS = 24
_ROUNDS = 3
_PARTY = "party"


class Walk:
    """One project walked as far as the engine goes; `passed` are the runs it closed, in their order."""

    def __init__(self, rules: Rulebook, blank: CaseState, facts: dict[str, Any], context: Context) -> None:
        self.rules = rules
        self.today = context.today
        self.base = context
        self.given = facts
        self.assumed: dict[str, tuple[str, Any]] = {}
        self.tried: dict[tuple[str, str], list[Any]] = {}
        self.asked: dict[str, list[str]] = {}
        self.elsewhere: set[str] = set()
        role = "project_unit"
        changed = {key: Change(on=self.today, seq=0, role=role) for key in facts}
        self.state = msgspec.structs.replace(blank, facts=dict(facts), changed=changed)
        self.passed: list[Run] = []
        self.findings: dict[tuple[str, str], Finding] = {}
        self.stopped_at = ""
        self.stopped_by: tuple[str, ...] = ()
        self.created = self._create(role)

    @property
    def case(self) -> Case:
        """The case as far as it came."""
        return Case(self.state, context_on(self.rules, self.base, self.today), self.rules)

    @property
    def complete(self) -> bool:
        """Whether the line was walked to its end."""
        return self.created and not self.stopped_at

    def _create(self, role: str) -> bool:
        for _ in range(_REPAIRS):
            decision = self._decide(Act(name="create", role=role, on=self.today))
            if decision.accepted:
                return True
            if not any(self._assume(item, "") for item in _items(decision)):
                break
        self.stopped_at, self.stopped_by = "", _messages(decision)
        return False

    def run(self) -> "Walk":
        """Go on until the line is done, or something stands in the way."""
        while self.created and not self.stopped_at and self.state.end is None and not self.state.line_done:
            ahead = self._open()
            if not ahead:
                break
            self._pass(*ahead[0])
        if self.complete:
            self._beside()
        return self

    def _open(self) -> list[tuple[Stage, Run]]:
        """The open stages, those on the line first."""
        found = []
        for run in self.state.runs:
            located = self.rules.stage(run.stage, self.state.track) if run.is_open else None
            if located is not None:
                found.append((located[1], run))
        return sorted(found, key=lambda item: item[0].line not in (Line.MAIN, Line.DETOUR))

    def _beside(self) -> None:
        """Do what the line left open beside it; an obligation that cannot be met now keeps nobody from the end."""
        end, told = self.today, dict(self.findings)
        for stage, run in self._open():
            self.today = end
            self._pass(stage, run)
            self.stopped_at, self.stopped_by = "", ()
        self.today, self.findings = end, told

    def _pass(self, stage: Stage, run: Run) -> None:
        if sum(r.stage == stage.key and r.ref == run.ref for r in self.passed) >= _ROUNDS:
            self._stop(stage, ("环节反复开启，须由经办人员判断",))
            return
        run = self._prepare(stage, run)
        self._wait_for_due(run)
        problems: tuple[str, ...] = ("没有可以向前的结论",)
        forward = [o for o in stage.outcomes if o.kind is OutcomeKind.FORWARD and o.ends is None]
        forward += [o for o in stage.outcomes if o.kind is OutcomeKind.FORWARD and o.ends is not None]
        for outcome in forward:
            before = self.state
            problems = tuple(self._try(stage, run, outcome))
            if not problems:
                closed = next(r for r in self.state.runs if _same(r, run))
                self.passed.append(closed)
                return
            self.state = before
        self._stop(stage, problems)

    def _prepare(self, stage: Stage, run: Run) -> Run:
        """What must happen inside a stage before it can close: a notice is published, a party takes part."""
        if stage.takes is not None and not self.state.entries:
            entry = Entry(id=_PARTY, title="参加主体", party=_PARTY, on=self.today)
            act = Act(name="record", stage=stage.key, ref=run.ref, role=stage.takes.roles[0], on=self.today)
            self._decide(msgspec.structs.replace(act, entries=(entry,)))
        if stage.notice is not None and run.published_on is None:
            act = Act(name="publish", stage=stage.key, ref=run.ref, role=stage.actors[0], on=self.today)
            self._decide(msgspec.structs.replace(act, papers=papers_for(self.case, stage, spellings(act), self.today)))
        return next((r for r in self.state.runs if _same(r, run)), run)

    def _stop(self, stage: Stage, problems: tuple[str, ...]) -> None:
        self.stopped_at, self.stopped_by = stage.key, problems

    def _wait_for_due(self, run: Run) -> None:
        """Use every period in full: a deadline up to its last day, a minimum to the day after it."""
        for due in self.state.dues:
            limit = self.rules.limits.get(due.limit)
            running = due.stage == run.stage and due.ref == run.ref and due.met_on is None and not due.dropped
            if limit is None or due.due_on is None or not running:
                continue
            if limit.kind is LimitKind.DEADLINE:
                self.today = max(self.today, due.due_on)
            elif limit.kind is LimitKind.MINIMUM:
                self.today = max(self.today, due.due_on + timedelta(days=1))

    def _try(self, stage: Stage, run: Run, outcome: Outcome) -> Iterator[str]:
        """Close a run with an outcome, supplying what is asked; what cannot be supplied is answered."""
        extra: dict[str, Any] = {}
        for _ in range(_REPAIRS):
            run = next(r for r in self.state.runs if _same(r, run))
            if not run.is_open:
                return
            decision = self._decide(self._act(stage, run, outcome, extra))
            if decision.accepted:
                self._note(decision)
                return
            if not self._repair(stage, run, decision, extra):
                yield from _messages(decision)
                return
        yield from _messages(decision)

    def _act(self, stage: Stage, run: Run, outcome: Outcome, extra: dict[str, Any]) -> Act:
        name = CLOSING_ACT[stage.kind]
        plain = Act(name=name, stage=stage.key, ref=run.ref, on=self.today, outcome=outcome.key)
        for key in stage.asks:
            fact = self.rules.facts.get(key)
            if not self.case.at(run.ref).knows(key) and (fact is None or not fact.has_default):
                self._assume(key, stage.key, run.ref)
        return msgspec.structs.replace(
            plain,
            role=stage.actors[0] if stage.actors else "project_unit",
            by="对比推演",
            papers=self._papers(stage, spellings(plain)),
            items=items_of(stage.review),
            reason="对比推演",
            panel=extra.get("panel"),
            contracts=extra.get("contracts", ()),
        )

    def _papers(self, stage: Stage, names: tuple[str, ...]) -> tuple[Paper, ...]:
        """The papers of an act: those demanded, those a gate asked for, without those another body hands in."""
        more = [self._paper(kind) for kind in self.asked.get(stage.key, ())]
        papers = (*papers_for(self.case, stage, names, self.today), *more)
        return tuple(paper for paper in papers if paper.type not in self.elsewhere)

    def _paper(self, kind: str) -> Paper:
        return whole_paper(self.rules.papers[kind], self.today)

    def _repair(self, stage: Stage, run: Run, decision: Decision, extra: dict[str, Any]) -> bool:
        """Supply what the findings name; whether anything new was supplied."""
        helped = False
        for finding in decision.blocked_by:
            helped |= self._supply(stage, run, finding, extra)
        return helped

    def _supply(self, stage: Stage, run: Run, finding: Finding, extra: dict[str, Any]) -> bool:
        review = stage.review
        if finding.gate == "opinion_outstanding":
            spoken = [self._opine(stage, run, role) for role in self._silent(stage, run)]
            return any(spoken)
        if finding.item == "panel" and review is not None and review.panel is not None and "panel" not in extra:
            extra["panel"] = Panel(library=next(iter(review.panel.libraries), ""), random=True, size=5)
            return True
        if finding.gate == "paper_not_yours":
            return self._hand_in(stage, run, finding.item)
        if finding.item in self.rules.papers and finding.item not in self.asked.get(stage.key, ()):
            self.asked.setdefault(stage.key, []).append(finding.item)
            return True
        if finding.item and self._assume(finding.item, stage.key, run.ref):
            return True
        if finding.item in self.rules.facts or finding.item in self.rules.amounts:
            return False
        return self._contract(finding, extra)

    def _hand_in(self, stage: Stage, run: Run, kind: str) -> bool:
        """Let the body a paper comes from hand it in."""
        if kind in self.elsewhere:
            return False
        self.elsewhere.add(kind)
        roles = self.rules.papers[kind].from_roles
        act = Act(name="hand_in", stage=stage.key, ref=run.ref, role=roles[0], on=self.today)
        return self._decide(msgspec.structs.replace(act, papers=(self._paper(kind),))).accepted

    def _contract(self, finding: Finding, extra: dict[str, Any]) -> bool:
        """A contract at the figure the ladder has reached, with the term a gate asks of it."""
        if not extra.get("contracts") and not self.state.contracts:
            known = [self.state.facts[key] for key in self.rules.amounts if key in self.state.facts]
            price = known[-1] if known else 0
            extra["contracts"] = (Contract(id="main", supplier="供应商", amount_fen=price, signed_on=self.today),)
            return True
        held = (extra.get("contracts") or self.state.contracts)[0]
        if not finding.item or finding.item in held.terms or finding.item in self.rules.papers:
            return False
        extra["contracts"] = (msgspec.structs.replace(held, terms={**held.terms, finding.item: True}),)
        return True

    def _silent(self, stage: Stage, run: Run) -> tuple[str, ...]:
        heard = {opinion.role for opinion in run.opinions}
        wanted = [r.role for r in reviewers_of(self.case, stage, run)] or list(stage.actors)
        return tuple(role for role in dict.fromkeys(wanted) if role not in heard)

    def _opine(self, stage: Stage, run: Run, role: str) -> bool:
        act = Act(name="opine", stage=stage.key, ref=run.ref, role=role, on=self.today, outcome="pass", reason="同意")
        papers = papers_for(self.case, stage, spellings(act), self.today)
        return self._decide(msgspec.structs.replace(act, papers=papers, items=items_of(stage.review))).accepted

    def _assume(self, key: str, stage: str, ref: str = "") -> bool:
        """Take the next value for a fact nobody gave; whether there was one."""
        owner = self.rules.facts.get(key) or self.rules.amounts.get(key)
        if owner is None or key in self.given:
            return False
        tried = self.tried.setdefault((key, ref), [])
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

    def _note(self, decision: Decision) -> None:
        for finding in decision.findings:
            self.findings.setdefault((finding.gate, finding.item), finding)


def _same(one: Run, other: Run) -> bool:
    return (one.stage, one.ref, one.opened_seq, one.n) == (other.stage, other.ref, other.opened_seq, other.n)


def _items(decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.item for finding in decision.blocked_by if finding.item))


def _messages(decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.message for finding in decision.blocked_by))
