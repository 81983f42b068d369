"""Starting and meeting time limits as stages open and close and dates become known."""

from datetime import date

import msgspec

from core.kernel.workdays import LimitKind, later_of
from core.policy.cases.acts import Act
from core.policy.cases.state import Due, Run
from core.policy.judging.pausing import agreed_instead, reckoned, run_out
from core.policy.judging.work import Work
from core.policy.rules.gating import Hit
from core.policy.rules.limits import Extension, OnLate, Start, StartKind, TimeLimit
from core.policy.rules.papers import Severity

_UNRECKONED = frozenset({LimitKind.ORDER, LimitKind.NONE})
_LATE_KINDS = frozenset({LimitKind.DEADLINE, LimitKind.FIXED_YEARLY})


def start_for_run(work: Work, run: Run) -> None:
    """Start the limits that belong to a stage as it opens."""
    for limit in work.rules.limits_at(run.stage):
        unknown = limit.start.kind is StartKind.CLOSED and _known_start(work, limit.start, run) is None
        if unknown or limit.start.kind is StartKind.PUBLISHED:
            continue
        if any(d.limit == limit.key and d.ref == run.ref and d.is_running for d in work.dues):
            continue
        start = _known_start(work, limit.start, run) or run.opened_on
        start_limit(work, limit, start, n=run.n, ref=run.ref)


def _known_start(work: Work, start: Start, run: Run) -> date | None:
    match start.kind:
        case StartKind.OPENED:
            return run.opened_on
        case StartKind.LATER_OF:
            return later_of(*(_known_start(work, part, run) for part in start.parts))
        case StartKind.FACT:
            value = work.facts.get(start.key)
            return date.fromisoformat(value) if isinstance(value, str) else value
        case StartKind.CONTRACT:
            contract = next((c for c in work.contracts if c.id == run.ref), None) or work.case.main_contract(run.ref)
            value = getattr(contract, start.key, None) if contract is not None else None
            return value if isinstance(value, date) else None
        case StartKind.PUBLISHED:
            return run.published_on
        case StartKind.TOLD:
            return start.day(work.case.at(run.ref)) if start.day is not None else None
        case StartKind.CLOSED:
            done = work.case.result_run(start.key)
            return done.closed_on if done is not None and done.outcome == start.outcome else None


def start_limit(work: Work, limit: TimeLimit, start: date, *, n: int = 1, ref: str = "") -> None:
    """Reckon a limit from a day and add its due, unless the kind has no arithmetic or its condition fails."""
    if limit.kind in _UNRECKONED or (limit.when is not None and not limit.when(work.case)):
        return
    work.touch(limit.citation)
    if limit.yearly is not None:
        start = limit.yearly.on(start, work.before.plan_year)
    due = Due(
        limit=limit.key, stage=limit.stage, n=n, ref=ref, start_on=start, agreed_on=agreed_instead(work, limit, ref)
    )
    ledger = work.rules.reckon(limit, start, work.context.calendar, due)
    if ledger.due_on is None and limit.kind is LimitKind.AGREED:
        return
    due = reckoned(due, ledger)
    work.dues.append(due)
    work.new_dues.append(due)
    work.changed_state()


def start_on_close(work: Work, run: Run) -> None:
    """Start limits whose clock begins with this closing and whose own stage is not opening now."""
    for limit in work.rules.begun_by(run.stage, run.outcome):
        on = _known_start(work, limit.start, run) if limit.start.parts else run.closed_on
        running = any(d.limit == limit.key and d.start_on == on and d.ref == run.ref for d in work.dues)
        if on is not None and not running:
            start_limit(work, limit, on, ref=run.ref)


def extend(work: Work, extension: Extension) -> None:
    """Move a running period to the day agreed, which must be known; the old day ruled until now."""
    work.touch(extension.citation)
    told = work.values_of(extension.to_fact).get(extension.to_fact)
    if told is None:
        work.fact_missing(extension.to_fact)
        return
    day = date.fromisoformat(told)
    for index, due in enumerate(work.dues):
        if due.limit == extension.limit and due.is_running:
            work.dues[index] = msgspec.structs.replace(due, due_on=day, calendar_due_on=day, extended_to=day)
            work.new_dues.append(work.dues[index])
    work.changed_state()


def restart_on_facts(work: Work, act: Act) -> None:
    """Start limits again whose starting date has just become known or been corrected."""
    for limit in work.rules.told_by(act.facts):
        if limit.met_by_fact and limit.met_by_fact in act.facts:
            _meet(work, limit.key, "", act.on)
        told = next((p for p in limit.start.events if p.kind is StartKind.FACT and p.key in act.facts), None)
        if told is not None:
            old = next((d for d in reversed(work.dues) if d.limit == limit.key and d.met_on is None), None)
            start = _told_start(work, limit, told)
            if start is None:
                continue
            if old is not None and old.start_on != start:
                work.dues[work.dues.index(old)] = msgspec.structs.replace(old, dropped=True)
                start_limit(work, limit, start, n=old.n, ref=old.ref)
            elif old is None and not limit.stage:
                start_limit(work, limit, start)


def _told_start(work: Work, limit: TimeLimit, told: Start) -> date | None:
    if not limit.start.parts:
        return date.fromisoformat(work.facts[told.key])
    run = next((r for r in reversed(work.runs) if limit.stage in ("", r.stage)), None)
    return _known_start(work, limit.start, run) if run is not None else None


def meet_for_run(work: Work, run: Run) -> None:
    """Meet the dues of a stage as it closes, and say which were late."""
    for limit in work.rules.limits_at(run.stage):
        if limit.kind in _LATE_KINDS:
            _meet(work, limit.key, run.ref, run.closed_on or work.act.on)


def meet_by_result(work: Work, run: Run) -> None:
    """Meet the limits that this result, and no other of its stage, meets."""
    for limit in work.rules.met_by(run.stage, run.outcome):
        _meet(work, limit.key, run.ref, run.closed_on or work.act.on)


def _meet(work: Work, key: str, ref: str, on: date) -> None:
    limit = work.rules.limits[key]
    for index, due in enumerate(work.dues):
        if due.limit == key and due.is_running and (due.ref == ref or not ref):
            met = msgspec.structs.replace(run_out(work, due, on), met_on=on)
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
