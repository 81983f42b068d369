"""What stages declare of parties, notices and roles given: their bases, and names that no object answers to."""

from collections.abc import Iterable, Iterator

from core.policy.rulebooks.names import Names
from core.policy.rules.citations import Citation
from core.policy.rules.competing import JoinKind
from core.policy.rules.flow import Stage, StageKind

_SCOPES = ("project", "lot", "entry", "contract")


def bases(stage: Stage) -> Iterator[Citation]:
    """Every citation a stage carries for entries, joins, notices, roles given and periods moved."""
    for part in (stage.takes, stage.join, stage.competition, stage.notice):
        if part is not None:
            yield part.citation
    for outcome in stage.outcomes:
        yield from (binding.citation for binding in outcome.binds)
        if outcome.extends is not None:
            yield outcome.extends.citation


def unnamed(stage: Stage, names: Names) -> Iterator[str]:
    """Problems of these declarations: what they name is a role, a gate, a stage or a fact."""
    known = names.stages | names.gates | names.roles | names.facts
    for name in _names(stage):
        if name and name not in known:
            yield f"stage {stage.key}: unknown {name!r} among its parties, notices or roles given"
    if stage.scope not in _SCOPES:
        yield f"stage {stage.key}: unknown scope {stage.scope!r}; it is one of {', '.join(_SCOPES)}"
    join = stage.join
    if join is not None and (stage.scope == "entry" or (join.kind is JoinKind.COUNT) != (join.count > 0)):
        yield f"stage {stage.key}: a join stands on a common stage, and counts where it says how many"
    if stage.notice is not None and stage.kind is not StageKind.NOTICE:
        yield f"stage {stage.key}: a notice stands on a stage of kind notice"
    periods = [stage.notice.limit] if stage.notice is not None and stage.notice.limit else []
    periods += [outcome.extends.limit for outcome in stage.outcomes if outcome.extends is not None]
    for limit in periods:
        if limit not in names.limits:
            yield f"stage {stage.key}: unknown limit {limit!r}"


def gates_through(stage: Stage) -> Iterator[str]:
    """The gates through which a stage's notice, competition and parties speak."""
    if stage.competition is not None:
        yield stage.competition.cap_gate
    if stage.notice is not None:
        yield from (stage.notice.over_gate, stage.notice.objection_gate, stage.notice.late_gate)
    if stage.review is not None:
        yield from (reviewer.gate for reviewer in stage.review.reviewers)


def _names(stage: Stage) -> Iterable[str]:
    yield from gates_through(stage)
    if stage.takes is not None:
        yield from (*stage.takes.roles, *stage.takes.opens)
    if stage.join is not None and stage.join.nobody is not None:
        yield from (target for target in stage.join.nobody.targets if target != "onward")
    if stage.notice is not None:
        yield from stage.notice.objectors
    for outcome in stage.outcomes:
        yield from (binding.role for binding in outcome.binds)
        if outcome.extends is not None:
            yield outcome.extends.to_fact
