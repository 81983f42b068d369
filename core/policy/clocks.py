"""Starting and meeting time limits as stages open and close and dates become known."""

from datetime import date

import msgspec

from core.kernel.workdays import LimitKind, Pause
from core.policy.acts import Act
from core.policy.gating import Hit
from core.policy.limits import OnLate, StartKind, TimeLimit
from core.policy.papers import Severity
from core.policy.state import Due, Run
from core.policy.work import Work

_UNRECKONED = frozenset({LimitKind.ORDER, LimitKind.NONE})
_LATE_KINDS = frozenset({LimitKind.DEADLINE, LimitKind.FIXED_YEARLY})


def start_for_run(work: Work, run: Run) -> None:
    """Start the limits that belong to a stage as it opens."""
    for limit in work.rules.limits_at(run.stage):
        if limit.start.kind is StartKind.CLOSED and _known_start(work, limit, run) is None:
            continue
        if any(d.limit == limit.key and d.ref == run.ref and d.met_on is None and not d.dropped for d in work.dues):
            continue
        start = _known_start(work, limit, run) or run.opened_on
        start_limit(work, limit, start, n=run.n, ref=run.ref)


def _known_start(work: Work, limit: TimeLimit, run: Run) -> date | None:
    match limit.start.kind:
        case StartKind.OPENED:
            return run.opened_on
        case StartKind.FACT:
            value = work.facts.get(limit.start.key)
            return date.fromisoformat(value) if isinstance(value, str) else value
        case StartKind.CONTRACT:
            contract = next((c for c in work.contracts if c.id == run.ref), None) or work.case.main_contract(run.ref)
            value = getattr(contract, limit.start.key, None) if contract is not None else None
            return value if isinstance(value, date) else None
        case StartKind.CLOSED:
            done = work.case.result_run(limit.start.key)
            return done.closed_on if done is not None and done.outcome == limit.start.outcome else None


def start_limit(work: Work, limit: TimeLimit, start: date, *, n: int = 1, ref: str = "") -> None:
    """Reckon a limit from a day and add its due, unless the kind has no arithmetic or its condition fails."""
    if limit.kind in _UNRECKONED or (limit.when is not None and not limit.when(work.case)):
        return
    work.touch(limit.citation)
    ledger = work.rules.reckon(limit, start, work.context.calendar)
    if ledger.due_on is None and limit.kind is LimitKind.AGREED:
        return
    due = Due(
        limit=limit.key,
        stage=limit.stage,
        n=n,
        ref=ref,
        start_on=start,
        due_on=ledger.due_on,
        calendar_due_on=ledger.calendar_due_on,
        provisional=ledger.provisional,
    )
    work.dues.append(due)
    work.new_dues.append(due)
    work.changed_state()


def start_on_close(work: Work, run: Run) -> None:
    """Start limits whose clock begins with this closing and whose own stage is not opening now."""
    for limit in work.rules.limits.values():
        start = limit.start
        begins = start.kind is StartKind.CLOSED and start.key == run.stage and start.outcome == run.outcome
        running = any(d.limit == limit.key and d.start_on == run.closed_on and d.ref == run.ref for d in work.dues)
        if begins and not running:
            start_limit(work, limit, run.closed_on or work.act.on, ref=run.ref)


def restart_on_facts(work: Work, act: Act) -> None:
    """Start limits again whose starting date has just become known or been corrected."""
    for limit in work.rules.limits.values():
        if limit.met_by_fact and limit.met_by_fact in act.facts:
            _meet(work, limit.key, "", act.on)
        if limit.start.kind is StartKind.FACT and limit.start.key in act.facts:
            old = next((d for d in reversed(work.dues) if d.limit == limit.key and d.met_on is None), None)
            start = date.fromisoformat(work.facts[limit.start.key])
            if old is not None and old.start_on != start:
                work.dues[work.dues.index(old)] = msgspec.structs.replace(old, dropped=True)
                start_limit(work, limit, start, n=old.n, ref=old.ref)
            elif old is None and not limit.stage:
                start_limit(work, limit, start)


def meet_for_run(work: Work, run: Run) -> None:
    """Meet the dues of a stage as it closes, and say which were late."""
    for limit in work.rules.limits_at(run.stage):
        if limit.kind in _LATE_KINDS:
            _meet(work, limit.key, run.ref, run.closed_on or work.act.on)


def _meet(work: Work, key: str, ref: str, on: date) -> None:
    limit = work.rules.limits[key]
    for index, due in enumerate(work.dues):
        if due.limit == key and due.met_on is None and not due.dropped and (due.ref == ref or not ref):
            met = msgspec.structs.replace(due, met_on=on)
            work.dues[index] = met
            work.touch(limit.citation)
            if met.is_late(on):
                late(work, limit, met)
    work.changed_state()


def late(work: Work, limit: TimeLimit, due: Due) -> None:
    """Say that an act came after its due date; it is recorded, and refused only where the text refuses."""
    if limit.on_late is OnLate.NONE or limit.kind not in _LATE_KINDS:
        return
    severity = Severity.BLOCK if limit.on_late in (OnLate.REFUSE, OnLate.RIGHT_LOST) else Severity.WARN
    shown = due.due_on.isoformat() if due.due_on is not None else ""
    message = f"“{limit.title}”应于 {shown} 前完成,已逾期。"
    gate = work.rules.gates.get(limit.late_gate)
    if gate is None:
        work.core_finding("late", message, citation=limit.citation, severity=severity, item=limit.key)
    else:
        hit = Hit(message=message, item=limit.key, evidence={"due_on": shown, "owner": limit.owner})
        work.gate_finding(gate, hit, severity, limit.citation)


def pause(work: Work, run: Run) -> None:
    """Stop the clocks of a stage that may be stopped, with reason; anything else is refused."""
    _pausing(work, run, opening=True)


def resume(work: Work, run: Run) -> None:
    """Let the clocks of a stage run on."""
    _pausing(work, run, opening=False)


def _pausing(work: Work, run: Run, *, opening: bool) -> None:
    found = False
    for index, due in enumerate(work.dues):
        limit = work.rules.limits[due.limit]
        if due.stage != run.stage or due.met_on is not None or due.dropped or limit.pause.value == "never":
            continue
        found = True
        pauses = due.pauses
        if opening:
            pauses = (*pauses, Pause(opened_on=work.act.on, reason=work.act.reason))
        elif pauses and pauses[-1].closed_on is None:
            pauses = (*pauses[:-1], msgspec.structs.replace(pauses[-1], closed_on=work.act.on))
        moved = msgspec.structs.replace(due, pauses=pauses)
        ledger = work.rules.ledger(moved, work.context.calendar)
        work.dues[index] = msgspec.structs.replace(
            moved, due_on=ledger.due_on, calendar_due_on=ledger.calendar_due_on, provisional=ledger.provisional
        )
        work.new_dues.append(work.dues[index])
    if not found:
        work.core_finding("no_pause", "办法没有规定本期限可以中止,时间照常计算。")
    work.changed_state()
