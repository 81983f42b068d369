"""Clocks whose start the case itself tells, and what the end of a limit changes by itself (到期自动).

A right that is lost by a date is lost on that day, whether or not a job has run: every act first lets lapse what
is due, and a job does no more than write it down and tell the people concerned.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from core.policy.cases.state import Due, End
from core.policy.judging import clocks
from core.policy.judging.ending import abandon, finish, set_aside
from core.policy.judging.moving import go_on_without
from core.policy.judging.opening import open_stage
from core.policy.judging.work import Work
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.gating import Hit
from core.policy.rules.limits import Lapse, TimeLimit
from core.policy.rules.papers import Severity

_DAY = timedelta(days=1)


def retell(work: Work) -> None:
    """Start, or start again, the limits whose first day the case tells: once for each entry, or for the case."""
    for limit in work.rules.told_limits:
        refs = tuple(e.id for e in work.entries if e.end is None) or ("",)
        for ref in refs:
            _retell(work, limit, ref)


def _retell(work: Work, limit: TimeLimit, ref: str) -> None:
    day = limit.start.day
    start = day(work.case.at(ref)) if day is not None else None
    known = next((d for d in reversed(work.dues) if d.limit == limit.key and d.ref == ref and not d.dropped), None)
    if start is None or (known is not None and (known.start_on == start or known.met_on is not None)):
        return
    if known is not None:
        work.dues[work.dues.index(known)] = msgspec.structs.replace(known, dropped=True)
    clocks.start_limit(work, limit, start, ref=ref)


def let_lapse(work: Work) -> None:
    """End the parts whose limit has run out before the day of the act, each on the day after its last."""
    for limit, lapse, due in tuple(_run_out(work)):
        _lapse(work, limit, lapse, due)


def _run_out(work: Work) -> Iterator[tuple[TimeLimit, Lapse, Due]]:
    for due in tuple(work.dues):
        limit = work.rules.limits[due.limit]
        entry = work.entry(due.ref)
        running = work.end is None if entry is None else entry.end is None
        lapse = limit.lapse
        if lapse is None or not running or not due.is_running or due.due_on is None:
            continue
        if due.due_on < work.act.on and (lapse.when is None or lapse.when(work.case.at(due.ref))):
            yield limit, lapse, due


def _lapse(work: Work, limit: TimeLimit, lapse: Lapse, due: Due) -> None:
    gate = work.rules.gates[lapse.gate]
    since = (due.due_on or work.act.on) + _DAY
    message = f"“{limit.title}”已于 {due.due_on} 届满，自 {since} 起{gate.title}。"
    work.gate_finding(gate, Hit(message=message, item=due.ref), Severity.NOTE, lapse.citation)
    rows = tuple(dict.fromkeys((*lapse.citation.rows, *gate.citation.rows)))
    ended = End(kind=lapse.ends.value, on=since, seq=work.seq, reason=message, gate=gate.key, rows=rows)
    abandon(work, due.ref)
    _close_own(work, limit, due)
    if work.entry(due.ref) is None:
        work.end = ended
    else:
        work.end_entry(due.ref, ended)
        _go_on(work, limit, lapse)
    work.changed_state()


def _close_own(work: Work, limit: TimeLimit, due: Due) -> None:
    """What the limit was for is over with it, even where it holds up nothing and outlives the end of the case."""
    for run in tuple(work.runs):
        if run.stage == limit.stage and run.ref == due.ref and run.is_open:
            set_aside(work, run)


def _go_on(work: Work, limit: TimeLimit, lapse: Lapse) -> None:
    """Where others for whom the same limit runs still stand they go on; where none does, what `nobody` says opens."""
    refs = {due.ref for due in work.dues if due.limit == limit.key}
    if any(entry.id in refs and entry.end is None for entry in work.entries):
        go_on_without(work)
        finish(work)
        return
    for key in lapse.nobody:
        open_stage(work, key)


def elapse(work: Work) -> None:
    """Write down what the dates have changed; `let_lapse` has done it already before any act."""
    if work.end == work.before.end and work.entries == work.before.entries:
        work.core_finding("nothing_lapsed", "没有到期需要记录的事项。", citation=CORE_DEFAULT)
