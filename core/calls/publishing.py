"""Publishing (公开): what a case says is public is put at its address, and kept true as the case goes on.

Fed by the journal: after each entry of a case its postings are derived anew and held against what stands there. Doing
it twice, late or out of order ends in the same postings. Nothing else writes them but an office's own texts.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.calls import repository, writings
from core.calls.deriving import Derived, derive, has_public_stages
from core.calls.model import Happening, Posting, PostingState, SubmissionState
from core.documents import papers_of
from core.journal import Recorded
from core.kernel.choices import calendar_of
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Tenant
from core.kernel.workdays import Calendar
from core.people import get_organisation
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.registry import Registry, RulesMissing, UnknownPlaceError
from core.projects import Project, get_project

PUBLISHED, MOVED, CORRECTED, CLOSED, WITHDRAWN = "published", "moved", "corrected", "closed", "withdrawn"


async def publish_cases(uow: UnitOfWork, registry: Registry, tenant: Tenant, entries: Sequence[Recorded]) -> int:
    """Bring the postings of every case named in a batch of entries up to date; the answer counts what changed."""
    named = [entry for entry in entries if entry.project_id is not None and entry.detail.get("code")]
    if not named or not _publishes(registry, tenant.jurisdiction):
        return 0
    latest = {entry.detail["code"]: entry for entry in named}
    for entry in named:
        if entry.kind == "stage:objection_settled":
            await _settle_objections(uow, await get_project(uow, entry.detail["code"]), entry)
    changed, calendar = 0, await calendar_of(uow)
    for code, entry in latest.items():
        derived = await derived_of(uow, registry, await get_project(uow, code), entry.on, calendar)
        changed += await put(uow, tenant, derived, on=entry.on, at=entry.recorded_at)
    return changed


def _publishes(registry: Registry, place: str) -> bool:
    """Whether any edition of a place makes anything public; of most cases there is nothing to look up."""
    try:
        editions = registry.place(place).editions.values()
    except (UnknownPlaceError, PluginRefusedError):
        return False
    return any(has_public_stages(edition.rulebook()) for edition in editions)


async def _settle_objections(uow: UnitOfWork, project: Project, entry: Recorded) -> None:
    """What the case has decided on objections stands with whoever sent them in, too."""
    for objection in (one for run in project.state.runs for one in run.objections if one.decided_on is not None):
        if not _is_id(objection.id):
            continue
        sent = await writings.lock_submission(uow, UUID(objection.id))
        if sent is not None and sent.state is SubmissionState.RECEIVED:
            state = SubmissionState.ACCEPTED if objection.state == "upheld" else SubmissionState.DECLINED
            decided = {"reason": objection.reason, "handled_by": entry.actor_name, "handled_on": objection.decided_on}
            await writings.settle_submission(uow, msgspec.structs.replace(sent, state=state, **decided))


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


async def derived_of(
    uow: UnitOfWork, registry: Registry, project: Project, on: date, calendar: Calendar
) -> tuple[Derived, ...]:
    """The postings a project would have today; none where its regulation publishes nothing or is not installed."""
    try:
        rules = registry.pinned(project.jurisdiction, project.edition, project.options)
    except RulesMissing:
        return ()
    if not has_public_stages(rules):
        return ()
    case = Case(project.state, Context(today=on, calendar=calendar), rules)
    unit = await get_organisation(uow, project.unit_id, on)
    return derive(case, project.id, unit=unit.name, papers=await papers_of(uow, project.id))


async def put(uow: UnitOfWork, tenant: Tenant, derived: Iterable[Derived], *, on: date, at: datetime) -> int:
    """Put what was derived at its addresses; what has not changed is left alone."""
    changed = 0
    for wanted in derived:
        present = await repository.lock(uow, wanted.id)
        if present is None:
            changed += await repository.insert(uow, _first(tenant, wanted, at))
        elif (following := _following(present, wanted, on, at)) is not None:
            await repository.update(uow, following)
            changed += 1
    return changed


def _first(tenant: Tenant, wanted: Derived, at: datetime) -> Posting:
    history = [Happening(what=PUBLISHED, on=wanted.opened_on)]
    if wanted.state in _OVER:
        history.append(Happening(what=_OVER[wanted.state], on=wanted.opened_on, reason=wanted.reason))
    return Posting(
        id=wanted.id,
        publisher_id=tenant.id,
        publisher_code=tenant.code,
        publisher=tenant.name,
        kind=wanted.kind,
        title=wanted.title,
        article=wanted.article,
        content=wanted.content,
        opened_on=wanted.opened_on,
        closes_on=wanted.closes_on,
        state=wanted.state,
        takes_objections=wanted.takes_objections,
        takes_answers=wanted.takes_answers,
        source=wanted.source,
        history=tuple(history),
        published_at=at,
        changed_at=at,
    )


_OVER = {PostingState.CLOSED: CLOSED, PostingState.WITHDRAWN: WITHDRAWN}


def _following(present: Posting, wanted: Derived, on: date, at: datetime) -> Posting | None:
    """What stands at the address next; None when it is the same.

    Its words stay as they went out: a fact that moves on later changes nothing that was published, until the office
    corrects it and says why.
    """
    happened = []
    if wanted.state is not present.state:
        happened.append(Happening(what=_OVER.get(wanted.state, PUBLISHED), on=on, reason=wanted.reason))
    elif present.state is PostingState.OPEN and wanted.closes_on != present.closes_on:
        reason = f"截止日期由 {present.closes_on or '未定'} 改为 {wanted.closes_on or '未定'}"
        happened.append(Happening(what=MOVED, on=on, reason=reason))
    if not happened:
        return None
    return following(
        present,
        happened,
        at,
        closes_on=wanted.closes_on if present.state is PostingState.OPEN else present.closes_on,
        state=wanted.state,
        takes_objections=wanted.takes_objections,
        takes_answers=wanted.takes_answers,
    )


def following(present: Posting, happened: Iterable[Happening], at: datetime, **changes: Any) -> Posting:
    """The next version of a posting, with what happened to it."""
    return msgspec.structs.replace(
        present,
        **changes,
        history=(*present.history, *happened),
        version=present.version + 1,
        changed_at=max(at, present.changed_at),
    )
