"""Beginning a case (登记项目): its unit, its number, its first stage."""

from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.kernel import idempotency
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid, Problem
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people import Organisation, find_organisation_by_code, get_organisation
from core.people.permissions import PROJECTS_ACT, require
from core.policy.cases.acts import Act
from core.policy.cases.state import CaseState
from core.policy.judging.deciding import decide
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.projects import next_code
from core.stages import repository
from core.stages.model import Acted, ActRefused, DateNotPossible, IdempotentKey, NewProject, NotYourRole
from core.stages.projecting import Bodies, changes
from core.stages.proving import Judgement
from core.stages.reporting import report_faults
from core.stages.surroundings import ALWAYS_CREATED_WITH, context_from, kept_for_all, look_up
from core.stages.venue import Venue


class UnitUnknown(Invalid):
    """No unit of that code is active here."""

    def __init__(self, code: str) -> None:
        message = f"没有编码为“{code}”的单位" if code else "请指明项目单位"
        super().__init__(message, details=(Problem(field="unit_code", message=message),))


async def begin(
    uow: UnitOfWork,
    venue: Venue,
    *,
    actor: Actor,
    request: NewProject,
    key: IdempotentKey | None = None,
) -> Acted:
    """Register a project and open its first stage.

    Raises: ActRefused when the regulation does not take it in; UnitUnknown; NotYourRole; DateNotPossible; Invalid
    for an empty title; idempotency's errors.
    """
    if key is not None:
        earlier = await idempotency.claim(uow, key.key, actor.user_id, key.request_hash)
        if earlier is not None:
            return msgspec.structs.replace(decode(earlier.body, Acted), replayed=True)
    if not request.title.strip():
        raise Invalid("项目名称不能为空", details=(Problem(field="title", message="项目名称不能为空"),))
    if venue.tenant.takes_part:
        raise NotYourRole("本地区只参与办理其他地区的项目，不登记项目")
    on = request.on or venue.today
    if on > venue.today:
        raise DateNotPossible
    unit, subordinate, role = await _bodies(uow, venue, actor, request)
    acted = await _register(uow, venue, actor, request, unit=unit, subordinate=subordinate, role=role)
    if key is not None:
        await idempotency.keep(uow, key.key, 201, encode(acted).encode())
    return acted


async def _bodies(
    uow: UnitOfWork, venue: Venue, actor: Actor, request: NewProject
) -> tuple[Organisation, Organisation | None, str]:
    """The unit whose case it is, the unit it is for, and the role of whoever begins it."""
    on = venue.today
    if actor.is_system:
        unit = await _by_code(uow, request.unit_code, venue)
        return unit, await _optional(uow, request.subordinate_code, venue), PROJECT_UNIT
    require(actor, PROJECTS_ACT)
    if actor.organisation_id is None or not actor.roles & {PROJECT_UNIT, SUBORDINATE_UNIT}:
        raise NotYourRole("只有项目单位或其下属单位可以登记项目")
    own = await get_organisation(uow, actor.organisation_id, on)
    if PROJECT_UNIT in actor.roles:
        return own, await _optional(uow, request.subordinate_code, venue), PROJECT_UNIT
    parent = await get_organisation(uow, own.parent_id, on) if own.parent_id is not None else None
    return parent or own, own, SUBORDINATE_UNIT


async def _by_code(uow: UnitOfWork, code: str, venue: Venue) -> Organisation:
    found = await find_organisation_by_code(uow, code, venue.today) if code else None
    if found is None:
        raise UnitUnknown(code)
    return found


async def _optional(uow: UnitOfWork, code: str, venue: Venue) -> Organisation | None:
    return await _by_code(uow, code, venue) if code else None


async def _register(
    uow: UnitOfWork,
    venue: Venue,
    actor: Actor,
    request: NewProject,
    *,
    unit: Organisation,
    subordinate: Organisation | None,
    role: str,
) -> Acted:
    judged, project_id = await _judge(uow, venue, actor, request, unit=unit, subordinate=subordinate, role=role)
    if not judged.ruling.decision.accepted:
        raise ActRefused(judged.ruling.decision)
    receipt_id = new_id()
    bodies = Bodies(
        unit_id=unit.id, subordinate_id=subordinate.id if subordinate is not None else None, tree=venue.tree
    )
    changed = changes(None, judged.case_after, bodies, role=role)
    row = repository.Writing(
        project_id=project_id,
        version=1,
        state=judged.ruling.after,
        changed=msgspec.structs.replace(changed, columns=changed.columns | _identity(request, judged, bodies)),
        receipt=judged.receipt(receipt_id),
    )
    await repository.insert(uow, row)
    detail = judged.detail(1, receipt_id) | {"unit": unit.name}
    entry = journal.Entry(kind="project:registered", actor=actor, on=judged.act.on, detail=detail)
    await journal.append(uow, chain=project_id, entries=[entry])
    return Acted(code=judged.before.code, version=1, receipt_id=receipt_id, decision=judged.ruling.decision)


async def _judge(
    uow: UnitOfWork,
    venue: Venue,
    actor: Actor,
    request: NewProject,
    *,
    unit: Organisation,
    subordinate: Organisation | None,
    role: str,
) -> tuple[Judgement, UUID]:
    """Judge the creation of a case that does not exist yet, under a number of its own."""
    rules, project_id = venue.rulebook(), new_id()
    found = await repository.surroundings(
        uow, unit.id, project_id, venue.today, needs=ALWAYS_CREATED_WITH, kept=kept_for_all(rules)
    )
    needs = rules.needs_at("", ("create",))
    context = await look_up(uow, venue, rules, context_from(venue, unit.code, found), needs=needs, facts=request.facts)
    plan_year = request.plan_year or (context.round.plan_year if context.round is not None else venue.today.year + 1)
    blank = CaseState(
        id=str(project_id),
        code=await next_code(uow, rules.prefix, plan_year),
        kind=request.kind,
        title=request.title.strip(),
        unit=unit.code,
        subordinate=subordinate.code if subordinate is not None else "",
        system=str(request.system_id or ""),
        created_on=request.on or venue.today,
        plan_year=plan_year,
        rulebook=rules.digest,
    )
    asked = Act(name="create", role=role, by=actor.name, on=blank.created_on, facts=request.facts)
    ruling = decide(rules, blank, context, asked)
    report_faults(rules, blank.code, ruling.decision)
    return Judgement(rules=rules, context=context, act=asked, before=blank, ruling=ruling), project_id


def _identity(request: NewProject, judged: Judgement, bodies: Bodies) -> dict[str, Any]:
    """The columns only the first writing of a case knows."""
    blank = judged.before
    return {
        "code": blank.code,
        "kind": blank.kind,
        "title": blank.title,
        "unit_id": bodies.unit_id,
        "subordinate_id": bodies.subordinate_id,
        "system_id": request.system_id,
        "jurisdiction": judged.rules.place,
        "edition": judged.rules.edition,
        "options": judged.rules.chosen,
        "plan_year": blank.plan_year,
        "created_on": blank.created_on,
        "source": request.source,
        "source_key": request.source_key,
    }
