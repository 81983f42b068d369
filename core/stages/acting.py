"""Acting on a case: the one way anything ever changes (办理).

Lock the project, look at what the rules need, decide, write the new state with all that lists read, the receipt
and the journal, in the caller's unit of work. Refused acts change nothing and say everything that is wrong.
"""

from datetime import date

import msgspec

from core import documents, journal
from core.documents import HandIn, Seal
from core.kernel import idempotency
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import Panel, Paper
from core.policy.judging.checking import spellings
from core.policy.judging.deciding import decide
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.sharing import published
from core.policy.rules.flow import CLOSING_ACT
from core.projects import Project, ProjectMissing, get_project
from core.registers import publish
from core.stages import totalling
from core.stages.model import (
    Acted,
    ActRefused,
    ActRequest,
    DateNotPossible,
    IdempotentKey,
    PaperIn,
)
from core.stages.parties import decision_for_party
from core.stages.proving import Judgement
from core.stages.reporting import report_faults
from core.stages.rights import choose_role, may_see
from core.stages.storing import stale, store
from core.stages.surroundings import look_around, look_up, panel_for
from core.stages.venue import Venue

_VERBS = {
    "submit": "submitted",
    "decide": "decided",
    "lodge": "lodged",
    "complete": "completed",
    "publish": "published",
    "object": "objected",
    "settle": "objection_settled",
    "pay": "paid",
    "record": "recorded",
    "hand_in": "handed_in",
    "opine": "opined",
    "invite": "invited",
    "open": "side_opened",
    "pause": "paused",
    "resume": "resumed",
    "elapse": "elapsed",
    "withdraw": "withdrawn",
}


async def act(
    uow: UnitOfWork,
    venue: Venue,
    *,
    actor: Actor,
    code: str,
    request: ActRequest,
    version: int | None = None,
    key: IdempotentKey | None = None,
) -> Acted:
    """Do one act on one project, once.

    `version` is the version the person saw. Raises: ActRefused with every finding; StaleVersion telling who was
    faster; ProjectMissing; NotYourRole; DateNotPossible; idempotency's errors for a key used otherwise.
    """
    if key is not None:
        earlier = await idempotency.claim(uow, key.key, actor.user_id, key.request_hash)
        if earlier is not None:
            return msgspec.structs.replace(decode(earlier.body, Acted), replayed=True)
    project = await get_project(uow, code, lock=True)
    judged = await _judge(uow, venue, actor, project, request, lock=True)
    if version is not None and version != project.version:
        raise await stale(uow, project, version)
    if not judged.ruling.decision.accepted:
        raise ActRefused(judged.ruling.decision)
    attached = await documents.attach(uow, _papers(project, request, judged), actor=actor, on=judged.act.on)
    await totalling.add(uow, judged.rules, project, judged.ruling.decision.counted)
    acted = _for_actor(actor, await _store(uow, venue, project, judged))
    shared = published(judged.rules, judged.ruling.decision, judged.ruling.after)
    await publish(uow, judged.rules, venue.tree.home(judged.rules.place).id, shared)
    name = judged.act.name
    kind = "project:withdrawn" if name == "withdraw" else f"stage:{_VERBS[name]}"
    entry = journal.Entry(
        kind=kind, actor=actor, on=judged.act.on, detail=judged.detail(acted.version, acted.receipt_id)
    )
    await journal.append(uow, chain=project.id, entries=[entry, *attached.entries])
    if key is not None:
        await idempotency.keep(uow, key.key, 200, encode(acted).encode())
    return acted


async def preview(
    uow: UnitOfWork, venue: Venue, *, actor: Actor, code: str, request: ActRequest
) -> tuple[Decision, int]:
    """What an act would lead to, without doing it; with the version the answer is about.

    Raises: ProjectMissing, NotYourRole, DateNotPossible.
    """
    project = await get_project(uow, code)
    judged = await _judge(uow, venue, actor, project, request, lock=False)
    decision = judged.ruling.decision
    return decision_for_party(actor.entry, decision) if actor.entry is not None else decision, project.version


def _for_actor(actor: Actor, acted: Acted) -> Acted:
    """What came of an act, as far as whoever did it may know."""
    if actor.entry is None:
        return acted
    return msgspec.structs.replace(acted, decision=decision_for_party(actor.entry, acted.decision))


async def _judge(
    uow: UnitOfWork, venue: Venue, actor: Actor, project: Project, request: ActRequest, *, lock: bool
) -> Judgement:
    rules = venue.rulebook_of(project)
    plain = Case(project.state, Context(today=venue.today, calendar=venue.calendar), rules)
    if not may_see(actor, rules, project, plain):
        raise ProjectMissing(project.code)
    on = request.on or venue.today
    if on > venue.today or on < project.state.created_on:
        raise DateNotPossible
    role = choose_role(actor, rules, project, plain, request)
    panel = await panel_for(uow, project.id, request)
    asked = policy_act(_with_origin(venue, actor, request), on=on, role=role, by=actor.name, panel=panel)
    needs = _needs(rules, project, asked)
    context = await look_around(uow, venue, project, needs)
    context = await look_up(uow, venue, rules, context, needs=needs, facts={**project.state.facts, **asked.facts})
    if places := totalling.totals_at(rules, project, asked, context):
        context = msgspec.structs.replace(context, totals=await totalling.sums_so_far(uow, places, lock=lock))
    ruling = decide(rules, project.state, context, asked)
    report_faults(rules, project.code, ruling.decision)
    return Judgement(rules=rules, context=context, act=asked, before=project.state, ruling=ruling)


def _with_origin(venue: Venue, actor: Actor, request: ActRequest) -> ActRequest:
    """A party that another tenant's officer enters belongs to that tenant, unless it says who acts for it."""
    origin = venue.tree.tenants.get(actor.tenant_id)
    if origin is None or origin.id == venue.tenant.id or not request.entries:
        return request
    entries = tuple(msgspec.structs.replace(one, party=one.party or origin.code) for one in request.entries)
    return msgspec.structs.replace(request, entries=entries)


def _needs(rules: Rulebook, project: Project, judged: Act) -> frozenset[str]:
    place = judged.side if judged.name == "open" else judged.stage
    found = rules.needs_at(place, spellings(judged))
    located = rules.stage(place, project.state.track)
    if located is not None and (judged.name == "opine" or not judged.outcome):
        name = CLOSING_ACT[located[1].kind] if judged.name == "opine" else judged.name
        found |= rules.needs_at(place, [name, *(f"{name}:{outcome.key}" for outcome in located[1].outcomes)])
    return found


def policy_act(request: ActRequest, *, on: date, role: str, by: str, panel: Panel | None) -> Act:
    """The request as the rules see it."""
    return Act(
        name=request.act,
        role=role,
        by=by,
        on=on,
        stage=request.stage,
        ref=request.ref,
        outcome=request.outcome,
        side=request.side,
        pause=request.pause,
        facts=request.facts,
        papers=tuple(_as_paper(paper, on) for paper in request.papers),
        contracts=request.contracts,
        lots=request.lots,
        entries=request.entries,
        objections=request.objections,
        items=request.items,
        reason=request.reason,
        defects=request.defects,
        answers=request.answers,
        panel=panel,
        to=request.to,
        invites=request.invites,
        waivers=request.waivers,
    )


def _as_paper(paper: PaperIn, on: date) -> Paper:
    return Paper(
        type=paper.type,
        on=on,
        sealed=paper.sealed,
        dated_on=paper.dated_on,
        recipients=paper.recipients,
        parts=paper.parts,
        attributes=paper.attributes,
        outside=paper.outside,
    )


def _papers(project: Project, request: ActRequest, judged: Judgement) -> list[HandIn]:
    """The papers of an act as documents; the seal on them is that of the body that hands them in."""
    titles = judged.rules.papers
    on = judged.act.on
    return [
        HandIn(
            type=paper.type,
            title=titles[paper.type].title,
            project_id=project.id,
            ref=request.ref,
            stage=request.stage or request.side,
            upload_id=paper.upload_id,
            seals=(Seal(organisation=judged.act.by, on=paper.dated_on or on),) if paper.sealed else (),
            filing_number=paper.number,
            dated_on=paper.dated_on,
            recipients=paper.recipients,
            parts=paper.parts,
            attributes=paper.attributes,
            outside=paper.outside,
            separate=paper.separate,
            seq=project.state.seq + 1,
        )
        for paper in request.papers
    ]


async def _store(uow: UnitOfWork, venue: Venue, project: Project, judged: Judgement) -> Acted:
    receipt_id = new_id()
    version = await store(
        uow,
        venue,
        project,
        judged.case_before,
        judged.case_after,
        receipt=judged.receipt(receipt_id),
        role=judged.act.role,
    )
    return Acted(code=project.code, version=version, receipt_id=receipt_id, decision=judged.ruling.decision)
