"""In which role somebody acts on a case, and whether they may see it at all."""

from uuid import UUID

from core.kernel.tenancy import Actor
from core.people.permissions import PROJECTS_ACT, PROJECTS_DECIDE, require
from core.policy.cases.case import Case
from core.policy.judging.reviewing import reviewers_of
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.policy.rules.flow import CLOSING_ACT
from core.projects.finding import Sight
from core.projects.model import Project
from core.stages.model import ActRequest, NotYourRole

_OWN = frozenset({PROJECT_UNIT, SUBORDINATE_UNIT})
NOBODYS = UUID(int=0)
"""The case of an outside party that has none."""


def sight_of(actor: Actor, rules: Rulebook) -> Sight:
    """What somebody may see of the tenant's projects: by the roles of their organisation, or the one case they have."""
    if actor.is_outside or actor.case_id is not None:
        return Sight(roles=tuple(sorted(actor.roles - _OWN)), case_id=actor.case_id or NOBODYS)
    reads_all = any(rules.roles[role].reads_all for role in actor.roles if role in rules.roles)
    organisations = (actor.organisation_id,) if actor.organisation_id is not None else ()
    return Sight(
        everything=reads_all or actor.is_system,
        organisations=organisations,
        roles=tuple(sorted(actor.roles - _OWN)),
    )


def may_see(actor: Actor, rules: Rulebook, project: Project, case: Case) -> bool:
    """Whether a project exists for somebody: their own, one they oversee, or one that has asked for their role."""
    if actor.is_outside or actor.case_id is not None:
        return actor.case_id == project.id
    sight = sight_of(actor, rules)
    own = actor.organisation_id is not None and actor.organisation_id in (project.unit_id, project.subordinate_id)
    if sight.everything or own:
        return True
    asked = {role for run in case.state.runs for role in (*_asked(rules, case, run.stage), run.role)}
    return bool(asked & set(sight.roles))


def _asked(rules: Rulebook, case: Case, stage: str) -> frozenset[str]:
    """Every role a stage the case has reached gives something to do."""
    found = rules.stage(stage, case.track)
    run = case.run(stage)
    if found is None or run is None:
        return frozenset()
    reviewers = {r.role for r in reviewers_of(case, found[1], run)} | {o.role for o in run.opinions}
    entering = found[1].takes.roles if found[1].takes is not None else ()
    return frozenset((*found[1].actors, *entering)) | reviewers


def roles_in(actor: Actor, project: Project) -> frozenset[str]:
    """The roles somebody holds in one project: their organisation's, and the unit's own where it is theirs."""
    held = set(actor.roles)
    if actor.organisation_id is None or actor.organisation_id != project.unit_id:
        held.discard(PROJECT_UNIT)
    if actor.organisation_id is None or actor.organisation_id != project.subordinate_id:
        held.discard(SUBORDINATE_UNIT)
    return frozenset(held)


def fitting_roles(rules: Rulebook, case: Case, request: ActRequest) -> tuple[str, ...]:
    """The roles that could do this act here, the likeliest first."""
    side = rules.side(request.side)
    found = rules.stage(request.stage, case.track)
    if request.act == "open":
        return side.opened_by if side is not None else ()
    if request.act == "withdraw":
        return rules.line(case.track)[0][1].actors
    if found is None:
        return tuple(dict.fromkeys(r for key in request.facts for r in _may_enter(rules, key)))
    stage = found[1]
    run = case.run(request.stage, request.ref or None) or case.run(request.stage)
    if request.act == "opine" and run is not None:
        return tuple(r.role for r in reviewers_of(case, stage, run)) or stage.actors
    if request.act == "hand_in":
        kinds = (rules.papers.get(paper.type) for paper in request.papers)
        return tuple(dict.fromkeys(r for kind in kinds if kind is not None for r in kind.from_roles))
    if request.act == CLOSING_ACT[stage.kind]:
        return stage.actors
    return tuple(dict.fromkeys((*(r for key in request.facts for r in _may_enter(rules, key)), *stage.actors)))


def _may_enter(rules: Rulebook, key: str) -> tuple[str, ...]:
    owner = rules.facts.get(key) or rules.amounts.get(key)
    return owner.entered_by if owner is not None else ()


def choose_role(actor: Actor, rules: Rulebook, project: Project, case: Case, request: ActRequest) -> str:
    """The role an act is done in: the one named, or the first held that fits, or any held (the rules then refuse).

    Raises: NotYourRole when the role named is not held, or none is; NotAllowed without the permission to act.
    """
    if request.act == "elapse" and actor.is_system:
        return ""
    decides = request.act == "decide" or (request.act == "opine" and not actor.is_outside)
    require(actor, PROJECTS_DECIDE if decides else PROJECTS_ACT)
    if actor.is_outside and not _is_partys_own(actor, case, request):
        raise NotYourRole("您只能办理本单位参与的事项")
    held = roles_in(actor, project)
    if request.role:
        if request.role not in held:
            raise NotYourRole
        return request.role
    for role in fitting_roles(rules, case, request):
        if role in held:
            return role
    if not held:
        raise NotYourRole
    return min(held)


def _is_partys_own(actor: Actor, case: Case, request: ActRequest) -> bool:
    """Whether an outside party acts for its own entry alone: in a step of that entry, or entering itself.

    One that has no entry yet may enter under an id nobody has.
    """
    named = {request.ref, *(entry.id for entry in request.entries)} - {""}
    taken = {entry.id for entry in case.state.entries}
    enters = not actor.entry and not request.ref and not named & taken
    return enters or named == {actor.entry}
