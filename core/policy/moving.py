"""Moving a case: closing a run with its outcome, counting attempts, finding and opening what comes next."""

import msgspec

from core.policy import clocks
from core.policy.acts import StageRef
from core.policy.case import UnknownFactError
from core.policy.flow import By, Ends, Holds, Line, Next, Outcome, OutcomeKind, Stage
from core.policy.gating import Hit
from core.policy.papers import Severity
from core.policy.state import End, Run
from core.policy.tracks import Counter
from core.policy.work import Work


def open_stage(work: Work, key: str, *, ref: str = "", came_from: str = "") -> None:
    """Open a run of a stage and start its clocks; one that is open stays alone unless it repeats or stands per lot."""
    found = work.rules.stage(key, work.track)
    if found is None:
        message = f"stage {key!r} is not on track {work.track!r}"
        raise LookupError(message)
    segment, stage = _segment_of(work, key) or found[0], found[1]
    ref = "" if stage.scope == "project" else ref
    alone = not stage.repeats and stage.scope != "lot"
    if any(r.stage == key and r.is_open and (alone or r.ref == ref) for r in work.runs):
        return
    n = 1 + sum(1 for r in work.runs if r.stage == key and r.ref == ref and not r.skipped)
    run = Run(stage=key, segment=segment, n=n, ref=ref, opened_on=work.act.on, opened_seq=work.seq, came_from=came_from)
    work.runs.append(run)
    work.opened.append(StageRef(stage=key, n=n, ref=ref))
    work.touch(stage.citation)
    work.changed_state()
    clocks.start_for_run(work, run)


def _segment_of(work: Work, key: str) -> str:
    """The segment a main-line stage stands in for this case, where variants of a segment share their stages."""
    for segment, stage in work.rules.line(work.track):
        if stage.key == key and (segment.when is None or segment.when(work.case)):
            return segment.key
    return ""


def close_run(work: Work, stage: Stage, run: Run, outcome: Outcome, closed: Run) -> None:
    """Close a run with an outcome and move on: count, end, open obligations, open what comes next."""
    work.replace_run(run, closed)
    work.closed.append(StageRef(stage=run.stage, n=run.n, ref=run.ref, outcome=outcome.key))
    work.touch(stage.citation, outcome.citation)
    clocks.meet_for_run(work, closed)
    clocks.start_on_close(work, closed)
    reselect(work, stage.key, outcome.key)
    for key in outcome.reopens:
        _overtake(work, key, run.ref)
    counter = work.rules.counter(stage.key)
    if counter is not None and outcome.counts and outcome.kind is OutcomeKind.NEGATIVE:
        work.touch(counter.citation)
        if _count(work, counter, run.ref) >= counter.limit:
            _exhaust(work, counter, stage, closed)
            return
    if outcome.ends is not None:
        end(work, outcome.ends, ref=run.ref, reason=work.act.reason or outcome.title, rows=outcome.citation.rows)
    for key in outcome.opens:
        _oblige(work, key, run, stage)
    if outcome.ends is None:
        _follow(work, outcome.next, stage, closed)
    finish(work)


def _oblige(work: Work, key: str, run: Run, stage: Stage) -> None:
    """Open an obligation beside the line, where the track has it and its condition holds."""
    found = work.rules.stage(key, work.track)
    if found is None:
        return
    wanted = found[1]
    if wanted.when is not None and not wanted.when(work.case):
        work.touch(wanted.when_citation)
        return
    open_stage(work, key, ref=run.ref, came_from=stage.key)


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
        _oblige(work, key, run, stage)
    if after.next is not None:
        _follow(work, after.next, stage, run)
    finish(work)


def _follow(work: Work, nxt: Next, stage: Stage, run: Run) -> None:
    if nxt.by is By.CHOICE:
        for key in work.act.to or nxt.targets[:1]:
            open_stage(work, key, ref=run.ref, came_from=stage.key)
    elif nxt.by is By.COMPUTED and nxt.pick is not None:
        for key in nxt.pick(work.case):
            _go(work, key, stage, run)
    elif nxt.by is By.BACK:
        open_stage(work, run.came_from, ref=run.ref, came_from=stage.key)
    elif nxt.targets:
        for key in nxt.targets:
            _go(work, key, stage, run)
    else:
        _go(work, "onward", stage, run)


def _go(work: Work, key: str, stage: Stage, run: Run) -> None:
    if key == "onward":
        _onward(work, stage, run)
    elif key:
        open_stage(work, key, ref=run.ref, came_from=stage.key)


def _onward(work: Work, stage: Stage, run: Run) -> None:
    """Open the next stage of the line whose conditions hold; note what was skipped on the way."""
    if stage.line is not Line.MAIN:
        if stage.line is Line.SIDE:
            _next_in_side(work, stage, run)
        return
    line = work.rules.line(work.track)
    index = next(
        i for i, (part, s) in enumerate(line) if s.key == stage.key and (part.when is None or part.when(work.case))
    )
    for segment, candidate in line[index + 1 :]:
        if segment.when is not None and not segment.when(work.case):
            work.touch(segment.citation)
            continue
        if candidate.when is not None and not candidate.when(work.case):
            _skip(work, segment.key, candidate, run)
            continue
        _enter(work, candidate, stage, run)
        return
    work.line_done = True
    work.changed_state()


def _enter(work: Work, candidate: Stage, stage: Stage, run: Run) -> None:
    """Enter the next main-line stage: once per lot where the line splits, once for all where it joins."""
    lots = tuple(lot.id for lot in work.lots if lot.id not in work.lot_ends)
    if candidate.scope == "lot" and stage.scope == "project" and len(lots) > 1:
        for lot in lots:
            open_stage(work, candidate.key, ref=lot, came_from=stage.key)
    elif candidate.scope == "project" and stage.scope == "lot" and len(lots) > 1:
        arrived = {r.ref for r in work.runs if r.stage == stage.key and not r.is_open and not r.overtaken}
        if arrived >= set(lots):
            open_stage(work, candidate.key, came_from=stage.key)
    else:
        ref = run.ref if candidate.scope == "lot" else ""
        open_stage(work, candidate.key, ref=ref, came_from=stage.key)


def _skip(work: Work, segment: str, stage: Stage, run: Run) -> None:
    work.touch(stage.when_citation or stage.citation)
    work.runs.append(
        Run(
            stage=stage.key,
            segment=segment,
            ref=run.ref,
            opened_on=work.act.on,
            opened_seq=work.seq,
            closed_on=work.act.on,
            closed_seq=work.seq,
            outcome="skipped",
            skipped=True,
        )
    )
    work.skipped.append(StageRef(stage=stage.key, ref=run.ref))
    work.changed_state()


def _next_in_side(work: Work, stage: Stage, run: Run) -> None:
    side = next(s for s in work.rules.sides.values() if any(st.key == stage.key for st in s.stages))
    keys = [s.key for s in side.stages]
    index = keys.index(stage.key)
    for key in keys[index + 1 : index + 2]:
        open_stage(work, key, ref=run.ref, came_from=stage.key)


def _overtake(work: Work, key: str, ref: str) -> None:
    """A restart sets these earlier runs aside: they stay on record, but count and stand no longer."""
    for index, run in enumerate(work.runs):
        if run.stage == key and (run.ref == ref or not ref):
            if run.is_open:
                _drop_dues(work, run)
            closed_on = run.closed_on or work.act.on
            work.runs[index] = msgspec.structs.replace(
                run, overtaken=True, closed_on=closed_on, closed_seq=run.closed_seq or work.seq
            )
    work.changed_state()


def reselect(work: Work, stage: str = "", outcome: str = "") -> None:
    """Choose the track: provisionally while it is open, bindingly at the selection point."""
    point = work.rules.selection_point(stage, outcome)
    if work.track_locked and point is None:
        return
    try:
        tried = work.rules.select(work.case)
    except UnknownFactError:
        return
    if not tried:
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
    """End the lot the run is about, or the case when no other lot goes on."""
    ended = End(kind=kind.value, on=work.act.on, seq=work.seq, reason=reason, gate=gate, rows=rows)
    lots = tuple(lot.id for lot in work.lots)
    if ref in lots and len(lots) > 1:
        work.lot_ends.setdefault(ref, ended)
        _abandon(work, ref)
        if set(lots) - work.lot_ends.keys():
            _join_without(work)
            return
    # What is filed after an end reports it; the day and the reason stay those of the end itself.
    work.end = work.end or ended
    _abandon(work, "")
    work.changed_state()


def _join_without(work: Work) -> None:
    """Go on where the line joins, if the others had only been waiting there for the lot that has now ended."""
    travelled = []
    for run in work.runs:
        found = work.rules.stage(run.stage, work.track)
        if found is None or found[1].line not in (Line.MAIN, Line.DETOUR) or run.ref in work.lot_ends:
            continue
        if run.is_open:
            return
        if not run.skipped and not run.overtaken:
            travelled.append((run.closed_seq, found[1], run))
    if travelled and not work.line_done:
        _, stage, run = max(travelled, key=lambda item: item[0])
        _onward(work, stage, run)


def _abandon(work: Work, ref: str) -> None:
    """Close what an end leaves open; obligations that outlive the main line stay."""
    for index, run in enumerate(work.runs):
        found = work.rules.stage(run.stage, work.track)
        keeps = found is not None and found[1].holds is Holds.NOTHING
        if run.is_open and not keeps and (run.ref == ref or not ref):
            work.runs[index] = msgspec.structs.replace(
                run, closed_on=work.act.on, closed_seq=work.seq, outcome="abandoned", overtaken=True
            )
            _drop_dues(work, run)
    work.changed_state()


def _drop_dues(work: Work, run: Run) -> None:
    for index, due in enumerate(work.dues):
        if due.stage == run.stage and due.met_on is None and (due.ref == run.ref or not run.ref):
            work.dues[index] = msgspec.structs.replace(due, dropped=True)


def finish(work: Work) -> None:
    """Complete the case once the main line is done and nothing that holds its end is open."""
    if work.end is None and work.line_done and not work.holding((Holds.LINE, Holds.END)):
        work.end = End(kind=Ends.COMPLETED.value, on=work.act.on, seq=work.seq)
        work.changed_state()
