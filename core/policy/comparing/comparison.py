"""Putting places side by side: each walks the facts it knows down its own line, and says what it lacked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.kernel.workdays import Calendar, LimitKind, Unit
from core.policy.cases.acts import Act, Finding
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Run
from core.policy.comparing.model import Column, Comparison, LimitLine, StageLine, Told, UnknownFact
from core.policy.comparing.repairing import REVIEWS
from core.policy.comparing.supplying import papers_for
from core.policy.comparing.walking import Walk
from core.policy.judging.ahead import holds
from core.policy.judging.checking import spellings
from core.policy.judging.reviewing import reviewers_of
from core.policy.judging.selecting import chosen
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import CLOSING_ACT, OutcomeKind, Stage
from core.policy.rules.limits import TimeLimit
from core.policy.rules.tracks import Selected, Track
from core.policy.rules.values import Amount, Fact, FactType

_COUNTED = (LimitKind.DEADLINE, LimitKind.MINIMUM)


def compare(
    rulebooks: Iterable[Rulebook],
    facts: dict[str, Any],
    *,
    on: date,
    calendar: Calendar,
    kind: str = "project",
    title: str = "项目",
) -> Comparison:
    """The same facts through each rulebook as a project begun on a day by a unit whose records are in order."""
    columns = tuple(_column(rules, facts, kind, title, Context(today=on, calendar=calendar)) for rules in rulebooks)
    return Comparison(on=on, facts=facts, columns=columns)


def _keys(rules: Rulebook) -> dict[str, str]:
    """What each key and alias of a fact or amount stands for; a key of its own is never read as another's alias."""
    owners: dict[str, Fact | Amount] = {**rules.facts, **rules.amounts}
    return {alias: key for key, owner in owners.items() for alias in owner.aliases} | {key: key for key in owners}


def _column(rules: Rulebook, facts: dict[str, Any], kind: str, title: str, context: Context) -> Column:
    keys = _keys(rules)
    known = {keys[key]: value for key, value in facts.items() if key in keys}
    on = context.today
    blank = CaseState(
        id="compared", title=title, kind=kind, created_on=on, plan_year=on.year + 1, rulebook=rules.digest
    )
    walk = Walk(rules, blank, known, context).run()
    result, path = _result(walk)
    stages = _stages(walk, path)
    track = rules.tracks.get(path)
    basis = rules.article(track.citation.rows) if track is not None else ""
    articles = [basis, *(text for line in stages for text in (line.article, *(limit.article for limit in line.limits)))]
    return Column(
        place=rules.place,
        edition=rules.edition,
        title=_text_of(rules, track),
        unused=tuple(key for key in facts if key not in keys),
        stages=stages,
        papers=tuple(dict.fromkeys(paper for line in stages for paper in line.papers)),
        approvers=_approvers(stages),
        articles=tuple(dict.fromkeys(one for text in articles for one in text.split("、") if one)),
        unknown=_unknown(walk),
        findings=_told(walk.findings.values()),
        presumed=_told(walk.presumed.values()),
        endless=walk.endless,
        complete=walk.complete,
        stopped_at=rules.title_of(walk.stopped_at) if walk.stopped_at else "",
        stopped_by=walk.stopped_by,
        ends_on=walk.today if walk.complete and not walk.endless else None,
        result=result,
        track=path,
        track_title=track.title if track is not None else "",
        track_article=basis,
        track_assumed=walk.created and path != walk.first_track,
        **_periods(stages),
    )


def _text_of(rules: Rulebook, track: Track | None) -> str:
    """The text a path rests on, the principal one of the place where none is named, with its number."""
    own = rules.regulations.get(track.regulation) if track is not None else None
    text = own or next(iter(rules.regulations.values()))
    return f"{text.title}（{text.number}）" if text.number else text.title


def _result(walk: Walk) -> tuple[str, str]:
    """How the place chooses, and which track; a project not taken in is asked for the path it would have had."""
    if walk.created:
        undecided = walk.rules.tracks[walk.state.track].result is Selected.UNDECIDED
        return "undecided" if undecided else "path", walk.state.track
    tried = chosen(walk.case)
    last = tried[-1] if tried else None
    if last is None or last.result in (Selected.PATH, Selected.UNDECIDED):
        return "refused", last.key if last is not None else ""
    return last.result.value, last.key


def _stages(walk: Walk, track: str) -> tuple[StageLine, ...]:
    lines = [_line(walk, run, _stage_of(walk, run.stage), walked=True) for run in _firsts(walk.passed)]
    if walk.complete or not track:
        return tuple(lines)
    seen = {line.stage for line in lines}
    for segment, stage in walk.rules.line(track):
        held = [holds(segment.when, walk.case), holds(stage.when, walk.case)]
        if stage.key in seen or False in held:
            continue
        seen.add(stage.key)
        ahead = Run(stage=stage.key, segment=segment.key, opened_on=walk.today)
        lines.append(_line(walk, ahead, stage, walked=False, conditional=None in held))
    return tuple(lines)


def _firsts(runs: Iterable[Run]) -> tuple[Run, ...]:
    """One run per stage; a stage each lot or party goes through stands once."""
    found: dict[str, Run] = {}
    for run in runs:
        found.setdefault(run.stage, run)
    return tuple(found.values())


def _stage_of(walk: Walk, key: str) -> Stage:
    located = walk.rules.stage(key, walk.state.track)
    if located is None:
        return next(stage for _, stage in walk.rules.all_stages() if stage.key == key)
    return located[1]


def _line(walk: Walk, run: Run, stage: Stage, *, walked: bool, conditional: bool = False) -> StageLine:
    rules, case = walk.rules, walk.case
    name = CLOSING_ACT[stage.kind]
    outcome = run.outcome or next((o.key for o in stage.outcomes if o.kind is OutcomeKind.FORWARD), "")
    names = spellings(Act(name=name, outcome=outcome, on=walk.today))
    kinds = [paper.type for paper in papers_for(case, stage, names, walk.today)] + walk.asked.get(stage.key, [])
    titles = [rules.papers[kind].title for kind in kinds]
    return StageLine(
        stage=stage.key,
        title=stage.title,
        segment=run.segment,
        kind=stage.kind.value,
        actors=_titles(rules, stage.actors),
        reviewers=_titles(rules, (r.role for r in reviewers_of(case, stage, run))),
        papers=tuple(dict.fromkeys(titles)),
        limits=tuple(_limit(rules, limit) for limit in rules.limits_at(stage.key) if _runs(limit, case)),
        article=rules.article(stage.citation.rows),
        walked=walked,
        conditional=conditional,
        on=run.closed_on if walked else None,
    )


def _runs(limit: TimeLimit, case: Case) -> bool:
    return limit.kind not in (LimitKind.ORDER, LimitKind.NONE) and holds(limit.when, case) is not False


def _limit(rules: Rulebook, limit: TimeLimit) -> LimitLine:
    return LimitLine(
        limit=limit.key,
        title=limit.title,
        kind=limit.kind.value,
        amount=rules.amount_of(limit),
        unit=limit.unit.value,
        owner=next(iter(_titles(rules, (limit.owner,))), ""),
        article=rules.article(limit.citation.rows),
    )


def _titles(rules: Rulebook, roles: Iterable[str]) -> tuple[str, ...]:
    found = (rules.roles[role].title if role in rules.roles else role for role in roles if role)
    return tuple(dict.fromkeys(found))


def _approvers(stages: tuple[StageLine, ...]) -> tuple[str, ...]:
    """Who decides or speaks in a review on the way."""
    return tuple(
        dict.fromkeys(role for line in stages if line.kind in REVIEWS for role in (*line.actors, *line.reviewers))
    )


def _periods(stages: tuple[StageLine, ...]) -> dict[str, Any]:
    """Working days by whose time they are, and periods counted otherwise."""
    by: dict[str, int] = {}
    others: list[LimitLine] = []
    for line in stages:
        for limit in line.limits:
            if limit.unit == Unit.WORKDAY and limit.kind in _COUNTED:
                by[limit.owner] = by.get(limit.owner, 0) + limit.amount
            elif limit.amount:
                others.append(limit)
    return {"workdays": sum(by.values()), "workdays_by": by, "others": tuple(others)}


def _unknown(walk: Walk) -> tuple[UnknownFact, ...]:
    found = []
    for key, (stage, value) in walk.assumed.items():
        owner = walk.rules.facts.get(key) or walk.rules.amounts.get(key)
        if owner is not None:
            where = walk.rules.title_of(stage) if stage else ""
            money = isinstance(owner, Amount) or owner.type is FactType.MONEY
            found.append(UnknownFact(fact=key, title=owner.title, stage=where, money=money, assumed=value))
    return tuple(found)


def _told(findings: Iterable[Finding]) -> tuple[Told, ...]:
    return tuple(
        Told(gate=f.gate, severity=f.severity.value, message=f.message, article=f.article)
        for f in findings
        if f.gate != "late"
    )
