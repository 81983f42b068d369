"""Opening stages: one run for the case, or one for each lot or entry; obligations beside the line; what is skipped."""

from core.policy.cases.acts import StageRef
from core.policy.cases.state import Run
from core.policy.judging import clocks, pausing
from core.policy.judging.work import Work
from core.policy.rules.flow import Stage

PART_SCOPES = frozenset({"lot", "entry"})
"""Scopes of stages that parts of a case go through, each for itself."""


def open_stage(work: Work, key: str, *, ref: str = "", came_from: str = "") -> None:
    """Open a run of a stage and start its clocks; a stage of entries opens for each of them, or for the one named."""
    found = work.rules.stage(key, work.track)
    if found is None:
        message = f"stage {key!r} is not on track {work.track!r}"
        raise LookupError(message)
    segment, stage = _segment_of(work, key) or found[0], found[1]
    if stage.scope == "entry" and not work.entry(ref):
        for entry in standing_entries(work, stage):
            _open_run(work, segment, stage, entry, came_from)
    else:
        _open_run(work, segment, stage, "" if stage.scope == "project" else ref, came_from)


def _open_run(work: Work, segment: str, stage: Stage, ref: str, came_from: str) -> None:
    """One run; one that is open stays alone unless it repeats or stands per lot or entry."""
    key = stage.key
    alone = not stage.repeats and stage.scope not in PART_SCOPES
    if any(r.stage == key and r.is_open and (alone or r.ref == ref) for r in work.runs):
        return
    n = 1 + sum(1 for r in work.runs if r.stage == key and r.ref == ref and not r.skipped)
    run = Run(stage=key, segment=segment, n=n, ref=ref, opened_on=work.act.on, opened_seq=work.seq, came_from=came_from)
    work.runs.append(run)
    work.opened.append(StageRef(stage=key, n=n, ref=ref))
    work.touch(stage.citation)
    work.changed_state()
    clocks.start_for_run(work, run)
    pausing.stand(work, run)


def first_of(work: Work) -> str:
    """The first stage of the track whose conditions hold."""
    line = work.rules.line(work.track)
    case = work.case
    meant = (
        stage.key
        for part, stage in line
        if (part.when is None or part.when(case)) and (stage.when is None or stage.when(case))
    )
    return next(meant, line[0][1].key)


def standing_entries(work: Work, stage: Stage) -> tuple[str, ...]:
    """The entries still running for which a stage is meant."""
    running = tuple(entry.id for entry in work.entries if entry.end is None)
    return tuple(ref for ref in running if stage.when is None or stage.when(work.case.at(ref)))


def _segment_of(work: Work, key: str) -> str:
    """The segment a main-line stage stands in for this case, where variants of a segment share their stages."""
    for segment, stage in work.rules.line(work.track):
        if stage.key == key and (segment.when is None or segment.when(work.case)):
            return segment.key
    return ""


def oblige(work: Work, key: str, run: Run, stage: Stage) -> None:
    """Open an obligation beside the line, where the track has it and its condition holds."""
    found = work.rules.stage(key, work.track)
    if found is None:
        return
    wanted = found[1]
    if wanted.scope != "entry" and wanted.when is not None and not wanted.when(work.case):
        work.touch(wanted.when_citation)
        return
    open_stage(work, key, ref=run.ref, came_from=stage.key)


def skip(work: Work, segment: str, stage: Stage, run: Run) -> None:
    """Note a stage that does not apply, with the reason the text gives."""
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
