"""Getting a stage closed: the act, and what its findings ask for, supplied as far as a walk can supply it.

First what the findings name: papers, a panel, facts; reviewers speak before. Then a contract, kept only if it helps.
Then whatever the stages so far could have been told. Last, gates that look beyond the project's own facts are taken for
met, by name.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from core.policy.cases.acts import Act, Decision, Finding
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Contract, Panel, Paper, Run
from core.policy.comparing.footing import Footing, messages_of
from core.policy.comparing.supplying import items_of, papers_for, whole_paper
from core.policy.judging.checking import spellings
from core.policy.judging.reviewing import reviewers_of
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import CLOSING_ACT, Outcome, Stage, StageKind

REPAIRS = 24
REVIEWS = (StageKind.REVIEW, StageKind.PARALLEL_REVIEW)


@dataclass
class Supplied:
    """What an act has been given so far because its findings asked for it.

    `contracts` is None until one was tried, and `without` the gates that spoke before: one that adds to them is taken
    away again.
    """

    panel: Panel | None = None
    items: dict[str, str] = field(default_factory=dict)
    contracts: tuple[Contract, ...] | None = None
    without: frozenset[str] | None = None


class Repairing(Footing):
    """A footing that can close a stage."""

    def __init__(self, rules: Rulebook, blank: CaseState, facts: dict[str, Any], context: Context) -> None:
        super().__init__(rules, blank, facts, context)
        self.asked: dict[str, list[str]] = {}
        self._elsewhere: set[str] = set()
        self._filled: set[str] = set()

    def close(self, stage: Stage, run: Run, outcome: Outcome) -> tuple[str, ...]:
        """Close a run with an outcome, supplying what is asked; the answer is what could not be supplied."""
        extra = Supplied()
        decision: Decision | None = None
        for role in self._silent(stage, run):
            self._opine(stage, self.again(run), role)
        for _ in range(REPAIRS):
            run = self.again(run)
            if not run.is_open:
                return ()
            decision = self._decide(self._act(stage, run, outcome, extra))
            if decision.accepted:
                self._note(decision)
                return ()
            if not self._repair(stage, run, decision, extra):
                break
        return messages_of(decision) if decision is not None else ()

    def _act(self, stage: Stage, run: Run, outcome: Outcome, extra: Supplied) -> Act:
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
            items=items_of(stage.review) | extra.items,
            reason="对比推演",
            panel=extra.panel,
            contracts=extra.contracts or (),
        )

    def _papers(self, stage: Stage, names: tuple[str, ...]) -> tuple[Paper, ...]:
        """The papers of an act: those demanded, those a gate asked for, without those another body hands in."""
        more = [self._paper(kind) for kind in self.asked.get(stage.key, ())]
        papers = (*papers_for(self.case, stage, names, self.today), *more)
        return tuple(paper for paper in papers if paper.type not in self._elsewhere)

    def _paper(self, kind: str) -> Paper:
        return whole_paper(self.rules.papers[kind], self.today)

    def _repair(self, stage: Stage, run: Run, decision: Decision, extra: Supplied) -> bool:
        """Supply what the findings name; whether anything new was supplied."""
        supplied = [self._supply(stage, run, finding, extra) for finding in decision.blocked_by]
        return any(supplied) or self._contract(decision, extra) or self._fill(stage) or self._presume(decision)

    def _supply(self, stage: Stage, run: Run, finding: Finding, extra: Supplied) -> bool:
        review, item = stage.review, finding.item
        if item in self._silent(stage, self.again(run)):
            return self._opine(stage, run, item)
        if item == "panel" and review is not None and review.panel is not None and extra.panel is None:
            extra.panel = Panel(library=next(iter(review.panel.libraries), ""), random=True, size=5)
            return True
        if finding.gate == "paper_not_yours":
            return self._hand_in(stage, run, item)
        if item in self.rules.papers and item not in self.asked.get(stage.key, ()):
            self.asked.setdefault(stage.key, []).append(item)
            return True
        if item and self._assume(item, stage.key, run.ref):
            return True
        return self._conclude(stage, item, extra)

    def _conclude(self, stage: Stage, item: str, extra: Supplied) -> bool:
        """A passing result for something a gate wants concluded beside the items the review lists."""
        if not item or item in self.rules.papers or stage.kind not in REVIEWS or item in extra.items:
            return False
        extra.items[item] = "pass"
        return True

    def _hand_in(self, stage: Stage, run: Run, kind: str) -> bool:
        """Let the body a paper comes from hand it in."""
        if kind in self._elsewhere:
            return False
        self._elsewhere.add(kind)
        roles = self.rules.papers[kind].from_roles
        act = Act(name="hand_in", stage=stage.key, ref=run.ref, role=roles[0], on=self.today)
        return self._decide(msgspec.structs.replace(act, papers=(self._paper(kind),))).accepted

    def _contract(self, decision: Decision, extra: Supplied) -> bool:
        """A contract at the figure the ladder has reached, with the terms gates ask of it, as long as it helps."""
        gates = frozenset(finding.gate for finding in decision.blocked_by)
        if extra.without is None:
            extra.without = gates
            if self.state.contracts:
                return self._terms(decision, extra)
            known = [self.state.facts[key] for key in self.rules.amounts if key in self.state.facts]
            price = known[-1] if known else 0
            extra.contracts = (Contract(id="main", supplier="供应商", amount_fen=price, signed_on=self.today),)
            return True
        if extra.contracts is not None and not gates <= extra.without:
            extra.contracts = ()
            return True
        return bool(extra.contracts or self.state.contracts) and self._terms(decision, extra)

    def _terms(self, decision: Decision, extra: Supplied) -> bool:
        """The terms that the findings name, in the contract at hand."""
        held = (extra.contracts or self.state.contracts)[0]
        known = {*self.rules.facts, *self.rules.amounts, *self.rules.papers, *held.terms}
        fresh = {f.item: True for f in decision.blocked_by if f.item and f.item not in known}
        if fresh:
            extra.contracts = (msgspec.structs.replace(held, terms=held.terms | fresh),)
        return bool(fresh)

    def _silent(self, stage: Stage, run: Run) -> tuple[str, ...]:
        heard = {opinion.role for opinion in run.opinions}
        wanted = [reviewer.role for reviewer in reviewers_of(self.case, stage, run)]
        return tuple(role for role in dict.fromkeys(wanted) if role not in heard)

    def _opine(self, stage: Stage, run: Run, role: str) -> bool:
        act = Act(name="opine", stage=stage.key, ref=run.ref, role=role, on=self.today, outcome="pass", reason="同意")
        papers = papers_for(self.case, stage, spellings(act), self.today)
        return self._decide(msgspec.structs.replace(act, papers=papers, items=items_of(stage.review))).accepted

    def _fill(self, stage: Stage) -> bool:
        """Assume, once per stage, whatever it and the stages before it could have been told and were not."""
        if stage.key in self._filled:
            return False
        self._filled.add(stage.key)
        reached = {run.stage for run in self.state.runs} | {""}
        may = {*stage.asks, *stage.records, *(f.key for f in self.rules.facts.values() if f.asked_at in reached)}
        case = self.case
        missing = [f.key for f in self.rules.facts.values() if f.key in may and case.find(f.key) in (None, "")]
        assumed = [self._assume(key, stage.key) for key in missing]
        return any(assumed)

    def _presume(self, decision: Decision) -> bool:
        """Take for met, and say so, what only a record beyond the project's own facts could show."""
        for finding in decision.blocked_by:
            gate = self.rules.gates.get(finding.gate)
            if gate is None or not gate.needs or finding.item in self.given or gate.key in self.rules.presumed:
                return False
        for finding in decision.blocked_by:
            self.rules.presumed.add(finding.gate)
            self.presumed.setdefault((finding.gate, finding.item), finding)
        return True

    def _note(self, decision: Decision) -> None:
        for finding in decision.findings:
            self.findings.setdefault((finding.gate, finding.item), finding)
