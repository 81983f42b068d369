"""Moving a case: closing a run with its outcome, counting attempts, choosing the track, ending a part or the whole."""

from core.policy.cases.acts import StageRef
from core.policy.cases.state import Run
from core.policy.judging import clocks, pausing
from core.policy.judging.ending import abandon, end_case, end_of, finish, overtake
from core.policy.judging.leading import follow, nobody, onward
from core.policy.judging.opening import oblige, open_stage
from core.policy.judging.selecting import chosen
from core.policy.judging.totalling import count_up
from core.policy.judging.work import Work
from core.policy.rules.competing import Binding
from core.policy.rules.flow import Ends, Line, Outcome, OutcomeKind, Stage
from core.policy.rules.gating import Hit
from core.policy.rules.papers import Severity
from core.policy.rules.tracks import Counter

__all__ = ["close_run", "end", "finish", "go_on_without", "open_stage", "reselect"]


def close_run(work: Work, stage: Stage, run: Run, outcome: Outcome, closed: Run) -> None:
    """Close a run with an outcome and move on: count, end, open obligations, open what comes next."""
    work.replace_run(run, closed)
    work.closed.append(StageRef(stage=run.stage, n=run.n, ref=run.ref, outcome=outcome.key))
    work.touch(stage.citation, outcome.citation)
    clocks.meet_for_run(work, closed)
    pausing.run_on(work, closed)
    clocks.meet_by_result(work, closed)
    clocks.start_on_close(work, closed)
    reselect(work, stage.key, outcome.key)
    _bind(work, outcome, closed)
    count_up(work, stage, outcome, closed)
    if outcome.extends is not None:
        clocks.extend(work, outcome.extends)
    for key in outcome.reopens:
        overtake(work, key, run.ref)
    counter = work.rules.counter(stage.key)
    if counter is not None and outcome.counts and outcome.kind is OutcomeKind.NEGATIVE:
        work.touch(counter.citation)
        if _count(work, counter, run.ref) >= counter.limit:
            _exhaust(work, counter, stage, closed)
            return
    if outcome.ends is not None:
        end(work, outcome.ends, ref=run.ref, reason=work.act.reason or outcome.title, rows=outcome.citation.rows)
    for key in outcome.opens:
        oblige(work, key, run, stage)
    if outcome.ends is None:
        follow(work, outcome.next, stage, closed)
    finish(work)


def _bind(work: Work, outcome: Outcome, run: Run) -> None:
    """Give the roles an outcome gives; a role once given is replaced, never emptied."""
    for binding in outcome.binds:
        holders = binding.to(work.case.at(run.ref))
        work.touch(binding.citation)
        if holders:
            work.bound = {**work.bound, binding.role: tuple(holders)}
            work.changed_state()
            _end_others(work, binding, frozenset(holders))


def _end_others(work: Work, binding: Binding, holders: frozenset[str]) -> None:
    """Where the text chooses among entries, the part of those not chosen is over."""
    if binding.others is None:
        return
    title = work.rules.roles[binding.role].title
    for entry in work.entries:
        if entry.end is None and entry.id not in holders:
            ended = end_of(work, binding.others, f"未被确定为{title}。", rows=binding.citation.rows)
            work.end_entry(entry.id, ended)
            abandon(work, entry.id)


def _count(work: Work, counter: Counter, ref: str) -> int:
    found = work.rules.stage(counter.stage, work.track)
    if found is None:
        return 0
    counted = {o.key for o in found[1].outcomes if o.counts and o.kind is OutcomeKind.NEGATIVE}
    return sum(
        1
        for r in work.runs
        if r.stage == counter.stage
        and not r.is_open
        and not r.overtaken
        and r.outcome in counted
        and (counter.scope == "project" or r.ref == ref)
    )


def _exhaust(work: Work, counter: Counter, stage: Stage, run: Run) -> None:
    """The last permitted attempt has failed: end, or go on with the consequence the text names."""
    gate = work.rules.gates[counter.gate]
    message = f"“{counter.title}”已用尽(最多 {counter.limit} 次)。"
    work.gate_finding(gate, Hit(message=message, item=stage.key), Severity.NOTE, counter.citation)
    after = counter.on_exhaust
    if after.ends is not None:
        end(
            work,
            after.ends,
            ref=run.ref,
            reason=message,
            gate=gate.key,
            rows=(*counter.citation.rows, *gate.citation.rows),
        )
    for key in after.opens:
        oblige(work, key, run, stage)
    if after.next is not None:
        follow(work, after.next, stage, run)
    finish(work)


def reselect(work: Work, stage: str = "", outcome: str = "") -> None:
    """Choose the track: provisionally while it is open, bindingly at the selection point."""
    point = work.rules.selection_point(stage, outcome)
    if work.track_locked and point is None:
        return
    tried = chosen(work.case)
    if not tried or not tried[-1].segments:
        return
    work.touch(*(track.citation for track in tried))
    track = tried[-1]
    if track.key != work.track:
        work.track = track.key
        work.changed_state()
    if point is not None and point.locks:
        work.touch(point.citation)
        work.track_locked = True
        work.changed_state()


def end(work: Work, kind: Ends, *, ref: str = "", reason: str = "", gate: str = "", rows: tuple[str, ...] = ()) -> None:
    """End the lot or entry the run is about, or the case when no other part goes on."""
    ended = end_of(work, kind, reason, gate, rows)
    lots = tuple(lot.id for lot in work.lots)
    if work.entry(ref) is not None:
        work.end_entry(ref, ended)
        abandon(work, ref)
        go_on_without(work)
        return
    if ref in lots and len(lots) > 1:
        work.lot_ends.setdefault(ref, ended)
        abandon(work, ref)
        if set(lots) - work.lot_ends.keys():
            go_on_without(work)
            return
    end_case(work, ended)


def go_on_without(work: Work) -> None:
    """Go on where the line joins, if the others had only been waiting there for the part that has now ended."""
    gone = work.lot_ends.keys() | {entry.id for entry in work.entries if entry.end is not None}
    closed = []
    for run in work.runs:
        found = work.rules.stage(run.stage, work.track)
        if found is None or found[1].line not in (Line.MAIN, Line.DETOUR):
            continue
        if run.is_open and run.ref not in gone:
            return
        if not run.skipped:
            closed.append((run.closed_seq, found[1], run))
    if work.line_done or not closed:
        return
    waiting = [item for item in closed if item[2].ref not in gone and not item[2].overtaken]
    if work.entries:
        _, stage, run = max(closed, key=lambda item: item[0])
        if stage.scope != "entry":
            return
        waiting = [item for item in waiting if item[1].scope == "entry"]
        if not waiting:
            nobody(work, stage, run)
    if waiting:
        _, stage, run = max(waiting, key=lambda item: item[0])
        onward(work, stage, run)
