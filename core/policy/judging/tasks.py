"""Who has to do what now: the tasks that follow from a case's open runs, derived each time."""

from datetime import date

from core.policy.cases.acts import Task
from core.policy.cases.case import Case
from core.policy.cases.state import Due, Run
from core.policy.judging.reviewing import reviewers_of, signers_of
from core.policy.rules.flow import CLOSING_ACT


def tasks_of(case: Case) -> tuple[Task, ...]:
    """One task per role and open run: its actors close it unless the opinions do, its reviewers give theirs."""
    found: list[Task] = []
    for run in case.state.runs:
        if not run.is_open:
            continue
        located = case.rules.stage(run.stage, case.track)
        if located is None:
            continue
        stage = located[1]
        due = _due_of(case, run)
        limit, due_on = (due.limit, due.due_on) if due is not None else ("", None)
        closers = () if stage.review is not None and stage.review.worst_first else stage.actors
        act = "publish" if stage.notice is not None and run.published_on is None else CLOSING_ACT[stage.kind]
        found += [_task(run, role, act, due_on, limit) for role in closers]
        heard = {opinion.signer for opinion in run.opinions}
        silent = {r.role for r in reviewers_of(case, stage, run) if not heard.issuperset(signers_of(case, r))}
        silent -= set(closers)
        found += [_task(run, role, "opine", due_on, limit) for role in sorted(silent)]
    return tuple(found)


def _task(run: Run, role: str, act: str, due_on: date | None, limit: str) -> Task:
    return Task(
        stage=run.stage, n=run.n, ref=run.ref, role=role, act=act, due_on=due_on, opened_on=run.opened_on, limit=limit
    )


def _due_of(case: Case, run: Run) -> Due | None:
    """The earliest unmet due of a run's stage, if the text sets one."""
    running = [
        due
        for due in case.state.dues
        if due.stage == run.stage and due.ref == run.ref and due.is_running and due.due_on
    ]
    return min(running, key=lambda due: due.due_on or date.max) if running else None
