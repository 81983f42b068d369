"""Where a result leads: along the line, split for lots and entries and joined again, back, aside, or to nobody."""

from core.policy.cases.state import Run
from core.policy.judging.ending import end_case, end_of
from core.policy.judging.opening import PART_SCOPES, first_of, open_stage, skip, standing_entries
from core.policy.judging.work import Work
from core.policy.rules.competing import Join, JoinKind
from core.policy.rules.flow import By, Ends, Line, Next, OutcomeKind, Stage
from core.policy.rules.tracks import Segment


def follow(work: Work, nxt: Next, stage: Stage, run: Run) -> None:
    """Open what a result leads to."""
    if nxt.by is By.CHOICE:
        for key in work.act.to or nxt.targets[:1]:
            open_stage(work, key, ref=run.ref, came_from=stage.key)
    elif nxt.by is By.COMPUTED and nxt.pick is not None:
        for key in nxt.pick(work.case.at(run.ref)):
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
        onward(work, stage, run)
    elif key:
        open_stage(work, key, ref=run.ref, came_from=stage.key)


def onward(work: Work, stage: Stage, run: Run) -> None:
    """Open the next stage of the line whose conditions hold; note what was skipped on the way."""
    if stage.line is not Line.MAIN:
        if stage.line is Line.SIDE:
            _next_in_side(work, stage, run)
        return
    if not _is_on_line(work, stage):
        open_stage(work, first_of(work), came_from=stage.key)
        return
    for segment, candidate in _after(work, stage):
        view = work.case.at(run.ref)
        if segment.when is not None and not segment.when(view):
            work.touch(segment.citation)
        elif not _stands(work, candidate, stage, run):
            skip(work, segment.key, candidate, run)
        else:
            _enter(work, candidate, stage, run)
            return
    work.line_done = True
    work.changed_state()


def _is_on_line(work: Work, stage: Stage) -> bool:
    """Whether the track has the stage; not so once the path was chosen again, which then begins at its first."""
    return any(s.key == stage.key and (p.when is None or p.when(work.case)) for p, s in work.rules.line(work.track))


def _after(work: Work, stage: Stage) -> tuple[tuple[Segment, Stage], ...]:
    line = work.rules.line(work.track)
    index = next(
        i for i, (part, s) in enumerate(line) if s.key == stage.key and (part.when is None or part.when(work.case))
    )
    return line[index + 1 :]


def _stands(work: Work, candidate: Stage, stage: Stage, run: Run) -> bool:
    """Whether a stage is meant here; where the line splits into entries, each is asked when it opens."""
    splits = candidate.scope == "entry" and stage.scope != "entry"
    return splits or candidate.when is None or candidate.when(work.case.at(run.ref))


def _enter(work: Work, candidate: Stage, stage: Stage, run: Run) -> None:
    """Enter the next main-line stage: once per lot or entry where the line splits, once for all where it joins."""
    if candidate.scope == "entry" and stage.scope == "project":
        if standing_entries(work, candidate):
            open_stage(work, candidate.key, came_from=stage.key)
        else:
            nobody(work, candidate, run)
    elif candidate.scope == "project" and stage.scope == "entry":
        if _has_joined(work, candidate, stage):
            open_stage(work, candidate.key, came_from=stage.key)
    else:
        _enter_lots(work, candidate, stage, run)


def _enter_lots(work: Work, candidate: Stage, stage: Stage, run: Run) -> None:
    lots = tuple(lot.id for lot in work.lots if lot.id not in work.lot_ends)
    if candidate.scope == "lot" and stage.scope == "project" and len(lots) > 1:
        for lot in lots:
            open_stage(work, candidate.key, ref=lot, came_from=stage.key)
    elif candidate.scope == "project" and stage.scope == "lot" and len(lots) > 1:
        if _arrived(work, stage).keys() >= set(lots):
            open_stage(work, candidate.key, came_from=stage.key)
    else:
        ref = run.ref if candidate.scope in PART_SCOPES else ""
        open_stage(work, candidate.key, ref=ref, came_from=stage.key)


def _arrived(work: Work, stage: Stage) -> dict[str, Run]:
    """The last standing run of a stage for each lot or entry that is through with it."""
    closed = {r.ref: r for r in work.runs if r.stage == stage.key and not r.is_open and not r.overtaken}
    again = {r.ref for r in work.runs if r.is_open and _on_line(work, r)}
    return {ref: run for ref, run in closed.items() if ref not in again}


def _on_line(work: Work, run: Run) -> bool:
    found = work.rules.stage(run.stage, work.track)
    return found is not None and found[1].line in (Line.MAIN, Line.DETOUR)


def _has_joined(work: Work, candidate: Stage, stage: Stage) -> bool:
    """Whether the entries that have arrived are what the common line waits for, and it has not gone on already."""
    join = candidate.join
    arrived = _arrived(work, stage)
    running = {entry.id for entry in work.entries if entry.end is None}
    if join is None or join.kind is JoinKind.EACH:
        return bool(arrived) and arrived.keys() >= running & _travellers(work, stage)
    work.touch(join.citation)
    passing = sorted(run.closed_seq for run in arrived.values() if run.outcome in _passing(join, stage))
    if join.kind is JoinKind.ALL:
        return len(passing) == len(work.entries)
    wanted = max(join.count, 1)
    if len(passing) < wanted:
        return False
    done = (r for r in work.runs if r.stage == candidate.key and not r.overtaken and not r.skipped)
    return not any(r.opened_seq >= passing[wanted - 1] for r in done)


def _travellers(work: Work, stage: Stage) -> set[str]:
    """The entries for which the line has been opened at all: one that stayed outside holds up nobody."""
    return {r.ref for r in work.runs if work.entry(r.ref) and _on_line(work, r) and not r.overtaken} | {
        r.ref for r in work.runs if r.stage == stage.key
    }


def _passing(join: Join, stage: Stage) -> tuple[str, ...]:
    return join.outcomes or tuple(o.key for o in stage.outcomes if o.kind is OutcomeKind.FORWARD)


def nobody(work: Work, stage: Stage, run: Run) -> None:
    """No entry is left, or none ever came: what the next common stage says of that, or the end of the case."""
    for _, candidate in ((None, stage), *_after(work, stage)):
        join = candidate.join
        if candidate.scope != "project" or join is None:
            continue
        work.touch(join.citation)
        if join.nobody is not None:
            follow(work, join.nobody, candidate, run)
            return
        kind = join.nobody_ends or Ends.LAPSED
        end_case(work, end_of(work, kind, work.act.reason or "没有参加主体。", rows=join.citation.rows))
        return
    end_case(work, end_of(work, Ends.LAPSED, work.act.reason or "没有参加主体。"))


def _next_in_side(work: Work, stage: Stage, run: Run) -> None:
    side = next(s for s in work.rules.sides.values() if any(st.key == stage.key for st in s.stages))
    keys = [s.key for s in side.stages]
    index = keys.index(stage.key)
    for key in keys[index + 1 : index + 2]:
        open_stage(work, key, ref=run.ref, came_from=stage.key)
