"""What a case still has before it (后续环节): the rest of its line, who acts there, which papers it will be asked.

Where a fact nobody has entered decides, the stage or paper is counted: better told of one too many than of one too few.
"""

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
            meant = may_hold(segment.when, case) and may_hold(stage.when, case)
            if meant and case.result_run(stage.key) is None:
                found.setdefault(stage.key, stage)
    return tuple(found.values())


def papers_ahead(case: Case) -> tuple[str, ...]:
    """The keys of papers these stages ask for."""
    demands = [d for stage in ahead_of(case) for d in stage.papers if may_hold(d.when, case)]
    return tuple(dict.fromkeys(demand.paper for demand in demands))


def roles_ahead(case: Case) -> tuple[str, ...]:
    """The roles that act or speak in these stages."""
    found: dict[str, None] = {}
    for stage in ahead_of(case):
        found |= dict.fromkeys(stage.actors)
        if stage.review is not None:
            found |= dict.fromkeys(r.role for r in stage.review.reviewers if may_hold(r.when, case))
    return tuple(found)


def may_hold(when: object, case: Case) -> bool:
    """Whether a condition holds, or may hold once more is known."""
    try:
        return when is None or (callable(when) and bool(when(case)))
    except (UnknownFactError, NoValueError):
        return True
