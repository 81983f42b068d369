"""What an outside party sees of the case it takes part in (外部主体): its own entry, what is published, nothing else.

The case is built anew from what may be shown, field by field; whatever a case may come to hold besides stays hidden.
"""

import msgspec

from core.documents import PaperVersion
from core.kernel.tenancy import Actor
from core.policy.cases.acts import Decision, StageRef
from core.policy.cases.case import Case
from core.policy.cases.state import CaseState, Run
from core.policy.rules.flow import StageKind
from core.projects.model import Project

_PUBLIC = frozenset({StageKind.NOTICE, StageKind.PUBLICATION})


def seen_by_party(actor: Actor, project: Project, case: Case) -> tuple[Project, Case]:
    """The project and its case as one outside party may see them."""
    state, entry = case.state, actor.entry or ""
    facts = {key: value for key, value in state.facts.items() if _entered(actor, state, key)}
    shown = CaseState(
        id=state.id,
        code=state.code,
        kind=state.kind,
        title=state.title,
        unit=state.unit,
        created_on=state.created_on,
        plan_year=state.plan_year,
        rulebook=state.rulebook,
        track=state.track,
        track_locked=state.track_locked,
        facts=facts,
        changed={key: state.changed[key] for key in facts},
        papers=tuple(paper for paper in state.papers if entry and paper.ref == entry),
        runs=tuple(_own(actor, run) for run in state.runs if _concerns(actor, case, run)),
        dues=tuple(due for due in state.dues if entry and due.ref == entry),
        entries=tuple(one for one in state.entries if entry and one.id == entry),
        end=state.end,
        seq=state.seq,
    )
    return msgspec.structs.replace(project, state=shown), Case(shown, case.context, case.rules)


def decision_for_party(entry: str, decision: Decision) -> Decision:
    """What an outside party is told of a decision: whether it was taken, what was wrong, and its own entry's stages."""
    return Decision(
        accepted=decision.accepted,
        findings=decision.findings,
        track=decision.track,
        opened=_of(entry, decision.opened),
        closed=_of(entry, decision.closed),
        left_open=_of(entry, decision.left_open),
        dues=tuple(due for due in decision.dues if due.ref == entry),
        missing=decision.missing,
        end=decision.end,
    )


def is_partys_own(actor: Actor, paper: PaperVersion) -> bool:
    """Whether a paper is of the party's entry, or was handed in by itself."""
    return paper.handed_in_by == actor.user_id or bool(actor.entry and paper.ref == actor.entry)


def _of(entry: str, refs: tuple[StageRef, ...]) -> tuple[StageRef, ...]:
    return tuple(one for one in refs if one.ref == entry)


def _entered(actor: Actor, state: CaseState, key: str) -> bool:
    """Whether a fact is one's own; a party with an entry enters its facts there, and none in the case."""
    change = state.changed.get(key)
    return change is not None and not actor.entry and change.role in actor.roles


def _concerns(actor: Actor, case: Case, run: Run) -> bool:
    """Whether a run is of the party's entry, takes its entry or asks it where it has none, or is a public step."""
    located = case.rules.stage(run.stage, case.track)
    if actor.entry and run.ref == actor.entry:
        return True
    if located is None or run.ref:
        return False
    stage = located[1]
    asked = {*stage.actors, *run.invited} if not actor.entry else set()
    if stage.takes is not None:
        asked |= set(stage.takes.roles)
    return stage.kind in _PUBLIC or bool(asked & actor.roles)


def _own(actor: Actor, run: Run) -> Run:
    """A run with the party's own opinion alone."""
    own = tuple(o for o in run.opinions if o.role in actor.roles and o.entry in ("", actor.entry))
    return msgspec.structs.replace(run, by="", opinions=own, objections=(), panel=None, invited=())
