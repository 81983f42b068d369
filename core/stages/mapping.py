"""The drawn path of a case (路径图): every step of its line, where it stands, what was skipped and why."""

from datetime import date

import msgspec

from core.policy.cases.case import Case, UnknownFactError
from core.policy.rules.flow import Stage
from core.policy.rules.tracks import Segment


class MapStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the line: done, open, skipped (with the article) or ahead; how often it was tried."""

    stage: str
    title: str
    segment: str
    segment_title: str
    state: str
    attempts: int
    outcome: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    why: str = ""
    article: str = ""


def route_of(case: Case) -> tuple[MapStep, ...]:
    """The main line of the case's track, then whatever runs beside it and has been opened."""
    steps = []
    seen: set[str] = set()
    for segment, stage in case.rules.line(case.track):
        if stage.key in seen or not _belongs(case, segment):
            continue
        seen.add(stage.key)
        steps.append(_step(case, segment.key, segment.title, stage))
    beside = [run.stage for run in case.state.runs if run.stage not in seen]
    for key in dict.fromkeys(beside):
        located = case.rules.stage(key, case.track)
        if located is not None:
            steps.append(_step(case, located[0], "旁支与附随", located[1]))
    return tuple(steps)


def _belongs(case: Case, segment: Segment) -> bool:
    try:
        return segment.when is None or segment.when(case)
    except UnknownFactError:
        return True


def _step(case: Case, segment: str, segment_title: str, stage: Stage) -> MapStep:
    runs = case.runs(stage.key)
    skipped = any(r.stage == stage.key and r.skipped for r in case.state.runs)
    last = runs[-1] if runs else None
    state = "ahead"
    if last is not None:
        state = "open" if last.is_open else "done"
    elif skipped:
        state = "skipped"
    basis = stage.when_citation if skipped and stage.when_citation is not None else stage.citation
    return MapStep(
        stage=stage.key,
        title=stage.title,
        segment=segment,
        segment_title=segment_title,
        state=state,
        attempts=len(runs),
        outcome=last.outcome if last is not None else "",
        opened_on=last.opened_on if last is not None else None,
        closed_on=last.closed_on if last is not None else None,
        why="按规定跳过" if state == "skipped" else "",
        article=case.rules.article(basis.rows),
    )
