"""What lists read of a case, derived from its state: columns, runs, tasks, deadlines, defects, contracts, amounts.

Only what an act has changed is written again. Pure: the repository writes what this module computes.
"""

from typing import Any
from uuid import UUID

import msgspec

from core.policy.cases.acts import Task
from core.policy.cases.case import Case
from core.policy.cases.standing import standing_of
from core.policy.cases.state import CaseState, Due, Run
from core.policy.judging.tasks import tasks_of
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.policy.rules.limits import TimeLimit
from core.stages.seating import Tree, acting_tenant

_LADDER = ("declared", "confirmed", "approved", "contract", "accepted")


class Bodies(msgspec.Struct, frozen=True, kw_only=True):
    """The organisations that hold the case's own roles, and the tree in which the others sit."""

    unit_id: UUID
    subordinate_id: UUID | None = None
    tree: Tree

    def of(self, role: str) -> UUID | None:
        """The organisation a task of a role belongs to, or None where any body with the role may act."""
        return {PROJECT_UNIT: self.unit_id, SUBORDINATE_UNIT: self.subordinate_id}.get(role)


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to write for one act, by table, each as plain JSON."""

    columns: dict[str, Any]
    runs: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]
    defects: list[dict[str, Any]]
    contracts: list[dict[str, Any]]
    amounts: list[dict[str, Any]]


def changes(before: Case | None, after: Case, bodies: Bodies, *, role: str) -> Changes:
    """Everything that differs between two states of a case, which may be judged by different rulebooks."""
    old = before.state if before is not None else None
    new, rules = after.state, after.rules
    limits = rules.limits if before is None or before.rules is rules else before.rules.limits | rules.limits
    return Changes(
        columns=columns(rules, after),
        runs=[_run(run) for run in (*new.runs, *_set_aside(old, new)) if old is None or run not in old.runs],
        tasks=_tasks(before, after, bodies),
        deadlines=[
            _deadline(limits[due.limit], due)
            for due in (*new.dues, *_dropped(old, new))
            if old is None or due not in old.dues
        ],
        defects=_defects(old, new),
        contracts=[_contract(contract) for contract in new.contracts if old is None or contract not in old.contracts],
        amounts=_amounts(rules, old, new, role),
    )


def _steps_back(old: CaseState | None, new: CaseState) -> bool:
    """Whether a state is an earlier one put back, in which what came after it never was."""
    return old is not None and new.seq < old.seq


def _set_aside(old: CaseState | None, new: CaseState) -> list[Run]:
    """Runs that a state put back does not have: lists show them as overtaken."""
    if old is None or not _steps_back(old, new):
        return []
    kept = {(run.stage, run.ref, run.opened_seq) for run in new.runs}
    gone = [run for run in old.runs if (run.stage, run.ref, run.opened_seq) not in kept]
    return [msgspec.structs.replace(run, closed_on=run.closed_on or run.opened_on, overtaken=True) for run in gone]


def _dropped(old: CaseState | None, new: CaseState) -> list[Due]:
    """Limits that a state put back does not have."""
    if old is None or not _steps_back(old, new):
        return []
    kept = {(due.limit, due.ref, due.start_on, due.n) for due in new.dues}
    gone = [due for due in old.dues if (due.limit, due.ref, due.start_on, due.n) not in kept]
    return [msgspec.structs.replace(due, dropped=True) for due in gone]


def columns(rules: Rulebook, case: Case) -> dict[str, Any]:
    """The columns of the project's row beside its document."""
    state = case.state
    tasks = tasks_of(case)
    dues = [due.due_on for due in state.dues if due.met_on is None and not due.dropped and due.due_on and due.stage]
    facts = state.facts
    return {
        "system": state.system or None,
        "rulebook": rules.digest,
        "project_kind": facts.get("project_kind"),
        "track": state.track,
        "status": state.end.kind if state.end is not None else "running",
        "open_stages": sorted({run.stage for run in state.runs if run.is_open}),
        "holders": sorted({task.role for task in tasks}),
        "next_due_on": min(dues) if dues and state.end is None else None,
        "ended_on": state.end.on if state.end is not None else None,
        "standing": standing_of(state, rules.standing_facts),
        **{f"{key}_fen": facts.get(key) for key in _LADDER},
        "contract_fen": sum(c.amount_fen for c in state.contracts) or facts.get("contract"),
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "stage": run.stage,
        "ref": run.ref,
        "opened_seq": run.opened_seq,
        "n": run.n,
        "segment": run.segment,
        "opened_on": run.opened_on,
        "closed_on": run.closed_on,
        "outcome": run.outcome,
        "role": run.role,
        "person": run.by,
        "reason": run.reason,
        "skipped": run.skipped,
        "overtaken": run.overtaken,
    }


def _tasks(before: Case | None, after: Case, bodies: Bodies) -> list[dict[str, Any]]:
    """Tasks that are new or changed, and those that are done: a row each, keyed by run and role."""
    runs = (*(before.state.runs if before is not None else ()), *after.state.runs)
    seqs = {(run.stage, run.ref, run.n): run.opened_seq for run in runs if not run.skipped}
    was = {_key(t): t for t in (tasks_of(before) if before is not None else ())}
    now = {_key(t): t for t in tasks_of(after)}
    on = after.today
    rows = [
        _task(t, seqs, bodies, None) | {"acting_tenant_id": acting_tenant(bodies.tree, after, t)}
        for key, t in now.items()
        if was.get(key) != t
    ]
    return rows + [_task(t, seqs, bodies, on) for key, t in was.items() if key not in now]


def _key(task: Task) -> tuple[str, str, int, str]:
    return task.stage, task.ref, task.n, task.role


def _task(task: Task, seqs: dict[tuple[str, str, int], int], bodies: Bodies, closed_on: Any) -> dict[str, Any]:
    return {
        "stage": task.stage,
        "ref": task.ref,
        "opened_seq": seqs[(task.stage, task.ref, task.n)],
        "role": task.role,
        "organisation_id": bodies.of(task.role),
        "act": task.act,
        "n": task.n,
        "opened_on": task.opened_on,
        "due_on": task.due_on,
        "closed_on": closed_on,
    }


def _deadline(limit: TimeLimit, due: Due) -> dict[str, Any]:
    return {
        "time_limit": due.limit,
        "ref": due.ref,
        "start_on": due.start_on,
        "n": due.n,
        "stage": due.stage,
        "owner": limit.owner,
        "kind": limit.kind.value,
        "due_on": due.due_on,
        "provisional": due.provisional,
        "met_on": due.met_on,
        "dropped": due.dropped,
    }


def _defects(old: CaseState | None, new: CaseState) -> list[dict[str, Any]]:
    """The latest state of every defect of the runs that changed."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for run in new.runs:
        if not run.defects or (old is not None and run in old.runs):
            continue
        for defect in run.defects:
            rows[(run.stage, defect.id)] = {
                "stage": run.stage,
                "id": defect.id,
                "item": defect.item,
                "text": defect.text,
                "rule": defect.rule,
                "raised_n": defect.raised_n,
                "raised_on": run.closed_on or run.opened_on,
                "state": defect.state,
                "answer": defect.answer,
            }
    return list(rows.values())


def _contract(contract: Any) -> dict[str, Any]:
    return {
        name: getattr(contract, name) for name in ("id", "kind", "supplier", "amount_fen", "signed_on", "lot", "amends")
    }


def _amounts(rules: Rulebook, old: CaseState | None, new: CaseState, role: str) -> list[dict[str, Any]]:
    """Figures of the ladder that this act has fixed or changed."""
    if _steps_back(old, new):
        return []
    return [
        {"key": key, "seq": new.seq, "amount_fen": new.facts[key], "fixed_on": new.changed[key].on, "role": role}
        for key in rules.amounts
        if key in new.facts and (old is None or old.facts.get(key) != new.facts[key])
    ]
