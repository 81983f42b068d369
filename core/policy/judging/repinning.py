"""Moving a running case to another rulebook of its place (改按其他版本办理): the plan, and the state it leads to.

Nothing that happened is changed: closed runs, results, papers and met limits stay. What is open goes on under the new
rules: the path where it is not locked yet, running limits by their new length, limits of open stages that the old
rules did not know from the day of the move. What has no counterpart in the new rules is a problem, and then nothing
is moved. Pure, so that the move can be shown before it is made and replayed after it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from core.kernel.codec import encode
from core.policy.cases.acts import Act
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Due, Run
from core.policy.judging import clocks, opening
from core.policy.judging.ahead import ahead_of, papers_ahead, roles_ahead
from core.policy.judging.ending import set_aside
from core.policy.judging.pausing import reckoned
from core.policy.judging.selecting import chosen
from core.policy.judging.work import Work
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import Line
from core.policy.rules.tracks import Selected


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands under one rulebook: its path, what is ahead on it, papers and bodies there, running dates."""

    edition: str
    digest: str
    track: str
    track_title: str
    stages: tuple[str, ...]
    papers: tuple[str, ...]
    roles: tuple[str, ...]
    dues: dict[str, date | None]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What moving one case would change. With `problems` it cannot be moved; `notes` are told and hold nothing."""

    code: str
    title: str
    before: Side
    after: Side
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the case can be moved."""
        return not self.problems


class Repinned(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with the state it leads to, which is the state given where the plan is not possible."""

    plan: Plan
    after: CaseState


def repin(old: Rulebook, new: Rulebook, state: CaseState, context: Context) -> Repinned:
    """Plan the move of a case from one rulebook to another on the day of the context."""
    move = _Move(old, new, state, context)
    after = move.made()
    problems = tuple(dict.fromkeys(move.problems))
    plan = Plan(
        code=state.code,
        title=state.title,
        before=_side(old, state, context),
        after=_side(new, after, context),
        problems=problems,
        notes=tuple(dict.fromkeys(move.notes)),
    )
    return Repinned(plan=plan, after=state if problems else after)


def changed_fields(before: CaseState, after: CaseState) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of two states that differ, each as it was and as it is: what undoing a move puts back."""
    names = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    return {name: getattr(before, name) for name in names}, {name: getattr(after, name) for name in names}


def put_back(after: CaseState, before: dict[str, Any]) -> CaseState:
    """The state a move began with, from the state it led to and the fields it changed, as stored."""
    whole = msgspec.to_builtins(after) | before
    return msgspec.json.decode(encode(whole), type=CaseState)


class _Move:
    """One move being worked out; problems gather, so that all are told at once."""

    def __init__(self, old: Rulebook, new: Rulebook, state: CaseState, context: Context) -> None:
        self.old, self.new, self.state, self.context = old, new, state, context
        self.problems: list[str] = []
        self.notes: list[str] = []

    def made(self) -> CaseState:
        if self.state.end is not None:
            self.problems.append("项目已办结或终止，不再调整")
            return self.state
        if self.old.digest == self.new.digest:
            self.problems.append("项目已按该版本办理")
            return self.state
        renamed = self._renamed()
        work = Work(self.new, renamed, self.context, Act(name="record", on=self.context.today))
        self._choose(work)
        if work.track not in self.new.tracks:
            self.problems.append(f"新版没有“{self._track_title()}”这一路径")
            return self.state
        for run in [run for run in work.runs if run.is_open]:
            self._carry(work, run)
        self._reckon(work)
        self._start(work)
        return work.freeze()

    def _track_title(self) -> str:
        track = self.old.tracks.get(self.state.track)
        return track.title if track is not None else self.state.track

    def _renamed(self) -> CaseState:
        """Facts and papers under the keys of the new rules, where an alias says that they mean the old ones."""
        state = self.state
        keys = _aliases((*self.new.facts.values(), *self.new.amounts.values()))
        kinds = _aliases(self.new.papers.values())

        def known(values: dict[str, Any]) -> dict[str, Any]:
            return {keys.get(key, key): value for key, value in values.items()}

        return msgspec.structs.replace(
            state,
            rulebook=self.new.digest,
            facts=known(state.facts),
            changed=known(state.changed),
            entries=tuple(msgspec.structs.replace(e, facts=known(e.facts)) for e in state.entries),
            papers=tuple(msgspec.structs.replace(p, type=kinds.get(p.type, p.type)) for p in state.papers),
            track=_aliases(self.new.tracks.values()).get(state.track, state.track),
        )

    def _choose(self, work: Work) -> None:
        """Choose the path again while it is not locked; once it is, only say what would be chosen today."""
        tried = chosen(work.case)
        selected = tried[-1] if tried else None
        if selected is None:
            return
        if work.track_locked:
            if selected.key != work.track and work.track in self.new.tracks:
                self.notes.append(f"路径已经选定；按新版重新选定将为“{selected.title}”")
        elif selected.result in (Selected.REFUSED, Selected.ELSEWHERE):
            self.problems.append(f"按新版不属于受理范围：{selected.title}")
        else:
            work.track = selected.key
            work.changed_state()

    def _carry(self, work: Work, run: Run) -> None:
        """Let an open run go on in the stage of the same key, or begin anew in the one that took its place."""
        located = self.new.stage(run.stage, work.track)
        if located is not None:
            segment = next((s.key for s, stage in self.new.line(work.track) if stage.key == run.stage), located[0])
            work.replace_run(run, msgspec.structs.replace(run, segment=segment))
            return
        title = self.old.title_of(run.stage)
        successor = next((s.key for _, s in self.new.all_stages() if run.stage in s.aliases), "")
        if successor and self.new.stage(successor, work.track) is not None:
            set_aside(work, run, "moved")
            opening.open_stage(work, successor, ref=run.ref, came_from=run.came_from)
            self.notes.append(f"“{title}”在新版中为“{self.new.title_of(successor)}”，自调整之日重新开启")
            return
        was = self.old.stage(run.stage, self.state.track)
        if was is not None and was[1].line is Line.OBLIGATION:
            set_aside(work, run, "moved")
            self.notes.append(f"新版没有“{title}”这一附随义务，不再要求")
        else:
            self.problems.append(f"正在办理的“{title}”在新版的路径中没有对应环节")

    def _reckon(self, work: Work) -> None:
        """Reckon running limits by the new rules; one that is gone, or whose stage has moved, no longer runs."""
        open_stages = {(run.stage, run.ref) for run in work.runs if run.is_open}
        for index, due in enumerate(work.dues):
            if not due.is_running:
                continue
            limit = self.new.limits.get(due.limit)
            if limit is None or (due.stage and limit.stage == due.stage and (due.stage, due.ref) not in open_stages):
                work.dues[index] = msgspec.structs.replace(due, dropped=True)
            elif due.extended_to is None and due.due_on is not None:
                work.dues[index] = reckoned(due, self.new.ledger(due, self.context.calendar))
        work.changed_state()

    def _start(self, work: Work) -> None:
        """Start limits of open stages that the old rules did not know, from the day of the move."""
        for run in [run for run in work.runs if run.is_open and run.opened_seq != work.seq]:
            for limit in self.new.limits_at(run.stage):
                if limit.key not in self.old.limits:
                    clocks.start_limit(work, limit, self.context.today, n=run.n, ref=run.ref)


def _side(rules: Rulebook, state: CaseState, context: Context) -> Side:
    case = Case(state, context, rules)
    track = rules.tracks.get(state.track)
    return Side(
        edition=rules.edition,
        digest=rules.digest,
        track=state.track,
        track_title=track.title if track is not None else state.track,
        stages=tuple(stage.title for stage in ahead_of(case)),
        papers=tuple(rules.papers[key].title for key in papers_ahead(case)),
        roles=tuple(rules.roles[key].title if key in rules.roles else key for key in roles_ahead(case)),
        dues={_due_title(rules, due): due.due_on for due in state.dues if due.is_running},
    )


def _due_title(rules: Rulebook, due: Due) -> str:
    limit = rules.limits.get(due.limit)
    return (limit.title if limit is not None else due.limit) + (f"（{due.ref}）" if due.ref else "")


def _aliases(objects: Iterable[Any]) -> dict[str, str]:
    """What each alias stands for; a key of its own is never read as another's alias."""
    listed = tuple(objects)
    keys = {item.key for item in listed}
    return {alias: item.key for item in listed for alias in item.aliases if alias not in keys}
