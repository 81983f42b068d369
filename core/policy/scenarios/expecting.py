"""Comparing what the rules said with what a scenario expects; every difference in one readable sentence."""

from collections.abc import Iterable, Iterator

from core.policy.cases.acts import Decision, Finding
from core.policy.cases.case import Case
from core.policy.judging.faults import faults_of
from core.policy.judging.tasks import tasks_of
from core.policy.scenarios.format import Expect, MustNot, Wanted


def differences(expect: Expect, decision: Decision, case: Case) -> tuple[str, ...]:
    """Everything in which a decision, and the case after it, differ from what was expected."""
    return tuple(_differences(expect, decision, case))


def _differences(expect: Expect, decision: Decision, case: Case) -> Iterator[str]:
    if expect.accepted != decision.accepted:
        said = "; ".join(f"{f.gate}: {f.message}" for f in decision.findings)
        yield f"accepted is {decision.accepted}, expected {expect.accepted} ({said})"
    for fault in faults_of(decision):
        yield f"gate {fault.gate} raised {fault.error} at {fault.at}"
    if expect.track is not None and expect.track != decision.track:
        yield f"track is {decision.track}, expected {expect.track}"
    yield from _absent("opens", expect.opens, (ref.stage for ref in decision.opened))
    yield from _absent("closes", expect.closes, (ref.stage for ref in decision.closed))
    yield from _absent("skips", expect.skips, (ref.stage for ref in decision.skipped))
    yield from _absent("missing", expect.missing, decision.missing)
    now = {run.stage for run in case.state.runs if run.is_open}
    if expect.open is not None and set(expect.open) != now:
        yield f"open are {sorted(now)}, expected {sorted(expect.open)}"
    for limit, due_on in expect.due.items():
        due = case.due(limit)
        if due is None or due.due_on != due_on:
            yield f"due {limit} is {due.due_on if due is not None else 'not running'}, expected {due_on}"
    yield from _finds(expect, decision)
    yield from _tasks(expect, case)
    kind = case.end.kind if case.end is not None else None
    if expect.end is not None and expect.end != kind:
        yield f"end is {kind}, expected {expect.end}"
    yield from _parties(expect, case)
    yield from _effects(expect, decision, case)
    yield from _must_not(expect.must_not, decision, case)


def _absent(what: str, wanted: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    there = set(found)
    for key in wanted:
        if key not in there:
            yield f"{what} {sorted(there)}, expected {key} among them"


def _finds(expect: Expect, decision: Decision) -> Iterator[str]:
    if expect.finds == "none":
        for finding in decision.findings:
            yield f"finds {finding.gate} ({finding.severity.value}): {finding.message}; expected no finding"
        return
    for raw in expect.finds:
        wanted = Wanted(gate=raw) if isinstance(raw, str) else raw
        if not any(_matches(wanted, finding) for finding in decision.findings):
            said = [f"{f.gate}/{f.severity.value}" for f in decision.findings]
            yield f"finds {said}, expected {wanted.model_dump(exclude_none=True)}"


def _matches(wanted: Wanted, finding: Finding) -> bool:
    return (
        wanted.gate == finding.gate
        and wanted.severity in (None, finding.severity.value)
        and (wanted.rule is None or wanted.rule in finding.rows)
        and wanted.item in (None, finding.item)
        and wanted.waived in (None, finding.waived)
    )


def _tasks(expect: Expect, case: Case) -> Iterator[str]:
    found: dict[str, set[str]] = {}
    for task in tasks_of(case):
        found.setdefault(task.role, set()).add(task.stage)
    for role, stages in expect.tasks.items():
        yield from _absent(f"tasks of {role}", stages, found.get(role, ()))


def _parties(expect: Expect, case: Case) -> Iterator[str]:
    """Where each entry stands: the stages open for it, or how its part has ended; and who holds a role given."""
    for ref, wanted in expect.entries.items():
        entry = case.at(ref).entry
        if entry is None:
            yield f"there is no entry {ref}"
        elif isinstance(wanted, str):
            kind = entry.end.kind if entry.end is not None else "running"
            if kind != wanted:
                yield f"entry {ref} is {kind}, expected {wanted}"
        else:
            now = sorted(run.stage for run in case.state.runs if run.is_open and run.ref == ref)
            if now != sorted(wanted):
                yield f"open for {ref} are {now}, expected {sorted(wanted)}"
    for role, holders in expect.holders.items():
        if set(case.holders(role)) != set(holders):
            yield f"{role} is held by {sorted(case.holders(role))}, expected {sorted(holders)}"


def _effects(expect: Expect, decision: Decision, case: Case) -> Iterator[str]:
    yield from _absent("starts effects", expect.effects.starts, decision.effects_started)
    yield from _absent("ends effects", expect.effects.ends, decision.effects_ended)
    for key in expect.effects.active:
        if not case.effects(key):
            yield f"effect {key} is not active"
    for key in expect.effects.not_active:
        if case.effects(key):
            yield f"effect {key} is active"


def _must_not(must_not: MustNot, decision: Decision, case: Case) -> Iterator[str]:
    for raw in must_not.finds:
        wanted = Wanted(gate=raw) if isinstance(raw, str) else raw
        for finding in decision.findings:
            if _matches(wanted, finding):
                yield f"must not find {finding.gate}: {finding.message}"
    for key in must_not.opens:
        if case.is_open(key):
            yield f"must not open {key}"
    for limit in must_not.due:
        if case.due(limit) is not None:
            yield f"must not run limit {limit}"
    for task in tasks_of(case):
        if task.stage in must_not.tasks.get(task.role, ()):
            yield f"must not give {task.role} the task {task.stage}"
