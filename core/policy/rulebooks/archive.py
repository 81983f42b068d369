"""Reading what was decided under rules that are not installed any more (存档项目).

The stored case itself says which stages it went through, which facts and papers it holds and which limits ran. From
that a rulebook is made that names them by their keys, lets nothing be done and reckons nothing, so that whatever
reads a case reads this one too.
"""

from core.kernel.workdays import LimitKind, Roll
from core.policy.cases.state import CaseState
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.flow import Stage, StageKind
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.tracks import Segment, Track
from core.policy.rules.values import Fact, FactType


def archived(place: str, edition: str, state: CaseState | None = None) -> Rulebook:
    """A rulebook that names what a case holds, or nothing at all without one; nobody can act under it."""
    answers = Answers(
        place=place,
        edition=edition,
        sources="",
        regulations=(),
        rows=(),
        roles=(),
        facts=_facts(state) if state is not None else (),
        amounts=(),
        thresholds=(),
        limits=_limits(state) if state is not None else (),
        papers=_papers(state) if state is not None else (),
        tracks=(_track(state),) if state is not None else (),
        segments=_segments(state) if state is not None else (),
        selection_points=(),
        sides=(),
        counters=(),
        gates=(),
        effects=(),
        registers=(),
        listing_rules=(),
        openings=Openings(),
    )
    return Rulebook(answers, {}, state.rulebook if state is not None else "")


def _facts(state: CaseState) -> tuple[Fact, ...]:
    return tuple(Fact(key=key, title=key, type=FactType.TEXT, citation=CORE_DEFAULT) for key in state.facts)


def _limits(state: CaseState) -> tuple[TimeLimit, ...]:
    keys = dict.fromkeys((due.limit, due.stage) for due in state.dues)
    clock = {"kind": LimitKind.NONE, "roll": Roll.NONE, "owner": "", "citation": CORE_DEFAULT}
    return tuple(TimeLimit(key=key, code="", title=key, stage=stage, **clock) for key, stage in keys)  # type: ignore[arg-type]


def _papers(state: CaseState) -> tuple[DocumentType, ...]:
    keys = dict.fromkeys(paper.type for paper in state.papers)
    return tuple(DocumentType(key=key, code="", title=key, citation=CORE_DEFAULT) for key in keys)


def _track(state: CaseState) -> Track:
    segments = tuple(segment.key for segment in _segments(state))
    return Track(
        key=state.track,
        title=state.track,
        applies=lambda _: True,
        segments=segments,
        citation=CORE_DEFAULT,
        case_kind=state.kind,
    )


def _segments(state: CaseState) -> tuple[Segment, ...]:
    found: dict[str, dict[str, Stage]] = {"": {}} if not state.runs else {}
    for run in state.runs:
        stage = Stage(
            key=run.stage, title=run.stage, kind=StageKind.WAIT, actors=(), outcomes=(), citation=CORE_DEFAULT
        )
        found.setdefault(run.segment, {})[run.stage] = stage
    return tuple(
        Segment(key=key, title=key, stages=tuple(stages.values()), citation=CORE_DEFAULT)
        for key, stages in found.items()
    )
