"""Walking a project down its line on the pure engine: every stage passed at once, each limit used in full.

Nothing here knows a place. Where a stage cannot be closed the walk stops and says what stopped it.
"""

from datetime import timedelta
from typing import Any

import msgspec

from core.kernel.workdays import LimitKind
from core.policy.cases.acts import Act
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Entry, Member, Run
from core.policy.comparing.footing import items_of_findings, messages_of
from core.policy.comparing.repairing import REPAIRS, Repairing
from core.policy.comparing.supplying import PARTY, papers_for
from core.policy.judging.checking import spellings
from core.policy.judging.selecting import chosen
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Line, OutcomeKind, Stage

_ROUNDS = 3


class Walk(Repairing):
    """One project walked as far as the engine goes; `passed` are the runs it closed, in their order.

    `endless` says that it came to a stage that goes on without end, as operation does.
    """

    def __init__(self, rules: Rulebook, blank: CaseState, facts: dict[str, Any], context: Context) -> None:
        super().__init__(rules, blank, facts, context)
        self.passed: list[Run] = []
        self.stopped_at = ""
        self.stopped_by: tuple[str, ...] = ()
        self.endless = False
        self.first_track = self._chosen()
        self.created = self._create("project_unit")

    def _chosen(self) -> str:
        """The path the facts given choose by themselves; empty where they do not suffice."""
        tried = chosen(self.case)
        return tried[-1].key if tried else ""

    @property
    def complete(self) -> bool:
        """Whether the line was walked to its end."""
        return self.created and not self.stopped_at

    def _create(self, role: str) -> bool:
        for _ in range(REPAIRS):
            decision = self._decide(Act(name="create", role=role, on=self.today))
            if decision.accepted:
                return True
            if not any(self._assume(item, "") for item in items_of_findings(decision)):
                break
        self.stopped_at, self.stopped_by = "", messages_of(decision)
        return False

    def run(self) -> "Walk":
        """Go on until the line is done, or something stands in the way."""
        while self._goes_on():
            ahead = self._open()
            if not ahead:
                break
            if not self._pass(*ahead[0]):
                self._around(ahead[0][1])
        if self.complete:
            self._beside()
        return self

    def _goes_on(self) -> bool:
        halted = not self.created or bool(self.stopped_at) or self.endless
        return not halted and self.state.end is None and not self.state.line_done

    def _open(self) -> list[tuple[Stage, Run]]:
        """The open stages, those on the line first."""
        found = []
        for run in self.state.runs:
            located = self.rules.stage(run.stage, self.state.track) if run.is_open else None
            if located is not None:
                found.append((located[1], run))
        return sorted(found, key=lambda item: item[0].line not in (Line.MAIN, Line.DETOUR))

    def _around(self, held: Run) -> None:
        """Where a stage cannot be closed yet, do what else is open: it may be what the stage waits for."""
        why = self.stopped_at, self.stopped_by
        for stage, run in self._open():
            if run != held and not self.endless and self._pass(stage, run):
                self.stopped_at, self.stopped_by = "", ()
                return
        self.stopped_at, self.stopped_by = why

    def _beside(self) -> None:
        """Do what the line left open beside it; an obligation that cannot be met now keeps nobody from the end."""
        end, told = self.today, dict(self.findings)
        for stage, run in self._open():
            self.today = end
            self._pass(stage, run)
            self.stopped_at, self.stopped_by = "", ()
        self.today, self.findings = end, told

    def _pass(self, stage: Stage, run: Run) -> bool:
        """Close one run; whether it could be closed."""
        if sum(r.stage == stage.key and r.ref == run.ref for r in self.passed) >= _ROUNDS:
            self.endless = self._is_free(stage)
            if not self.endless:
                self._stop(stage, ("环节反复开启，须由经办人员判断",))
            return self.endless
        run = self._prepare(stage, run)
        self._wait_for_due(run)
        problems: tuple[str, ...] = ("没有可以向前的结论",)
        forward = [o for o in stage.outcomes if o.kind is OutcomeKind.FORWARD and o.ends is None]
        forward += [o for o in stage.outcomes if o.kind is OutcomeKind.FORWARD and o.ends is not None]
        for outcome in forward:
            before = self.state
            problems = self.close(stage, run, outcome)
            if not problems:
                self.passed.append(self.again(run))
                return True
            self.state = before
        self._stop(stage, problems)
        return False

    def _is_free(self, stage: Stage) -> bool:
        """Whether the loop a stage stands in is without a limit in the text."""
        first = next(place for place, run in enumerate(self.passed) if run.stage == stage.key)
        located = (self.rules.stage(run.stage, self.state.track) for run in self.passed[first:])
        return any(found is not None and found[1].unbounded for found in located)

    def _prepare(self, stage: Stage, run: Run) -> Run:
        """What must happen inside a stage before it can close: a notice is published, a party takes part."""
        if stage.takes is not None and not self.state.entries:
            member = Member(title="参加主体", party=PARTY, kind="market_entity")
            entry = Entry(id=PARTY, title=member.title, party=PARTY, members=(member,), on=self.today)
            act = Act(name="record", stage=stage.key, ref=run.ref, role=stage.takes.roles[0], on=self.today)
            self._decide(msgspec.structs.replace(act, entries=(entry,)))
        if stage.notice is not None and run.published_on is None:
            act = Act(name="publish", stage=stage.key, ref=run.ref, role=stage.actors[0], on=self.today)
            self._decide(msgspec.structs.replace(act, papers=papers_for(self.case, stage, spellings(act), self.today)))
        return self.again(run)

    def _stop(self, stage: Stage, problems: tuple[str, ...]) -> None:
        self.stopped_at, self.stopped_by = stage.key, problems

    def _wait_for_due(self, run: Run) -> None:
        """Use every period in full: a deadline up to its last day, a minimum to the day after it."""
        for due in self.state.dues:
            limit = self.rules.limits.get(due.limit)
            running = due.stage == run.stage and due.ref == run.ref and due.is_running
            if limit is None or due.due_on is None or not running:
                continue
            if limit.kind is LimitKind.DEADLINE:
                self.today = max(self.today, due.due_on)
            elif limit.kind is LimitKind.MINIMUM:
                self.today = max(self.today, due.due_on + timedelta(days=1))
