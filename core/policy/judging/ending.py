"""Ending a case or a part of it, closing what an end or a restart sets aside, completing what is done."""

import msgspec

from core.policy.cases.state import End, Run
from core.policy.judging.pausing import run_on
from core.policy.judging.work import Work
from core.policy.rules.flow import Ends, Holds


def end_of(work: Work, kind: Ends, reason: str, gate: str = "", rows: tuple[str, ...] = ()) -> End:
    """An end by this act."""
    return End(kind=kind.value, on=work.act.on, seq=work.seq, reason=reason, gate=gate, rows=rows)


def end_case(work: Work, ended: End) -> None:
    """End the case. What is filed after an end reports it; the day and the reason stay those of the end itself."""
    work.end = work.end or ended
    abandon(work, "")
    work.changed_state()


def abandon(work: Work, ref: str) -> None:
    """Close what an end leaves open; obligations that outlive the main line stay."""
    for run in tuple(work.runs):
        found = work.rules.stage(run.stage, work.track)
        keeps = found is not None and found[1].holds is Holds.NOTHING
        if run.is_open and not keeps and (run.ref == ref or not ref):
            set_aside(work, run)
            run_on(work, run)
            drop_dues(work, run)
    work.changed_state()


def set_aside(work: Work, run: Run, outcome: str = "abandoned") -> None:
    """Close a run without a result of its own: it stays on record, but counts and stands no longer."""
    over = {"closed_on": work.act.on, "closed_seq": work.seq, "outcome": outcome, "overtaken": True}
    work.replace_run(run, msgspec.structs.replace(run, **over))


def overtake(work: Work, key: str, ref: str) -> None:
    """A restart sets these earlier runs aside: they stay on record, but count and stand no longer."""
    for index, run in enumerate(work.runs):
        if run.stage == key and (run.ref == ref or not ref):
            if run.is_open:
                drop_dues(work, run)
            closed_on = run.closed_on or work.act.on
            work.runs[index] = msgspec.structs.replace(
                run, overtaken=True, closed_on=closed_on, closed_seq=run.closed_seq or work.seq
            )
    work.changed_state()


def drop_dues(work: Work, run: Run) -> None:
    """Stop the clocks of a run that is set aside."""
    for index, due in enumerate(work.dues):
        if due.stage == run.stage and due.met_on is None and (due.ref == run.ref or not run.ref):
            work.dues[index] = msgspec.structs.replace(due, dropped=True)


def finish(work: Work) -> None:
    """Complete the case once the main line is done and nothing that holds its end is open."""
    if work.end is None and work.line_done and not work.holding((Holds.LINE, Holds.END)):
        work.end = End(kind=Ends.COMPLETED.value, on=work.act.on, seq=work.seq)
        work.changed_state()
