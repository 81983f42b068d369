"""What a case still has before it (后续环节): the rest of its line, who acts there, which papers it will be asked.

Where a fact nobody has entered decides, the stage or paper is counted: better told of one too many than of one too few.
"""

from collections.abc import Callable

from core.policy.cases.case import Case, UnknownFactError
from core.policy.rules.flow import Stage
from core.policy.rules.values import NoValueError


def ahead_of(case: Case) -> tuple[Stage, ...]:
    """The open stages, then those of the line that have no result yet and whose conditions do not rule them out."""
    found: dict[str, Stage] = {}
    for run in case.state.runs:
        located = case.rules.stage(run.stage, case.track) if run.is_open else None
        if located is not None:
            found[run.stage] = located[1]
    if case.track in case.rules.tracks and case.end is None:
        for segment, stage in case.rules.line(case.track):
            ruled_out = holds(segment.when, case) is False or holds(stage.when, case) is False
            if not ruled_out and case.result_run(stage.key) is None:
                found.setdefault(stage.key, stage)
    return tuple(found.values())


def papers_ahead(case: Case) -> tuple[str, ...]:
    """The keys of papers these stages ask for."""
    demands = [d for stage in ahead_of(case) for d in stage.papers if holds(d.when, case) is not False]
    return tuple(dict.fromkeys(demand.paper for demand in demands))


def roles_ahead(case: Case) -> tuple[str, ...]:
    """The roles that act or speak in these stages."""
    found: dict[str, None] = {}
    for stage in ahead_of(case):
        found |= dict.fromkeys(stage.actors)
        if stage.review is not None:
            found |= dict.fromkeys(r.role for r in stage.review.reviewers if holds(r.when, case) is not False)
    return tuple(found)


def holds(when: Callable[[Case], bool] | None, case: Case) -> bool | None:
    """Whether a condition holds; None while a fact or figure nobody has given decides."""
    try:
        return when is None or bool(when(case))
    except (UnknownFactError, NoValueError):
        return None
