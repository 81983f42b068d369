"""What an office publishes in its own words (自拟公开信息): notices of yearly rounds, calls for demands, announcements.

A text is written as a draft nobody outside sees, published under the id it has, corrected with a reason, withdrawn with
a reason. One about a round closes when the round closes: its last day is never typed.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from core import journal
from core.calls import repository, writings
from core.calls.model import (
    Content,
    DraftMissing,
    DraftState,
    Happening,
    Line,
    Posting,
    PostingDraft,
    PostingMissing,
    PostingState,
    SubmissionWrong,
    WrongState,
)
from core.calls.publishing import CORRECTED, PUBLISHED, WITHDRAWN, derived_of, following
from core.journal import Recorded
from core.kernel.choices import calendar_of
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from core.policy.rulebooks.registry import Registry
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.publicity import PostingKind
from core.projects import get_project
from core.registers.keeping import office_roles, require_roles
from core.registers.rounds import list_rounds

_WHAT = "公开信息"


class NewPosting(msgspec.Struct, frozen=True, kw_only=True):
    """A text as its office writes it. `plan_year` makes it the notice of that round."""

    kind: PostingKind
    title: str
    body: str
    plan_year: int | None = None
    closes_on: date | None = None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What is corrected in an office's own text, and why; what is left out stays."""

    reason: str
    title: str | None = None
    body: str | None = None
    closes_on: date | None = None


async def write_draft(uow: UnitOfWork, rules: Rulebook, actor: Actor, *, new: NewPosting, clock: Clock) -> PostingDraft:
    """Write a text; nobody outside sees it yet.

    Raises: NotAllowed, NotKeeper; SubmissionWrong naming everything that is missing.
    """
    require_roles(actor, rules, office_roles(rules), _WHAT)
    rounds = {one.plan_year: one for one in await list_rounds(uow)} if new.plan_year is not None else {}
    problems = [
        Problem(field=field, message=message)
        for field, message, wrong in (
            ("title", "请填写标题", not new.title.strip()),
            ("body", "请填写内容", not new.body.strip()),
            ("plan_year", "没有该年度的申报批次", new.plan_year is not None and new.plan_year not in rounds),
            ("closes_on", "截止日期以申报批次为准，不另填写", bool(new.plan_year and new.closes_on)),
            ("kind", "申报通知属于征集和发榜类", new.plan_year is not None and new.kind is not PostingKind.CALL),
        )
        if wrong
    ]
    if problems:
        raise SubmissionWrong(details=problems)
    round_of = rounds.get(new.plan_year) if new.plan_year is not None else None
    draft = PostingDraft(
        id=new_id(),
        kind=new.kind,
        title=new.title.strip(),
        body=new.body.strip(),
        plan_year=new.plan_year,
        closes_on=round_of.closes_on if round_of is not None else new.closes_on,
        written_by=actor.user_id,
        written_by_name=actor.name,
        changed_at=clock.now(),
    )
    await writings.put_draft(uow, draft)
    await _record(uow, "drafted", actor, clock, posting_id=draft.id, detail={"title": draft.title})
    return draft


async def publish_draft(
    uow: UnitOfWork, rules: Rulebook, tenant: Tenant, actor: Actor, *, draft_id: UUID, clock: Clock
) -> Posting:
    """Publish a draft at the address it keeps for good.

    Raises: NotAllowed, NotKeeper, DraftMissing, WrongState.
    """
    require_roles(actor, rules, office_roles(rules), _WHAT)
    draft = await writings.lock_draft(uow, draft_id)
    if draft is None:
        raise DraftMissing
    if draft.state is not DraftState.DRAFT:
        raise WrongState("该信息已经公开")
    today, now = clock.today(), clock.now()
    posting = Posting(
        id=draft.id,
        publisher_id=tenant.id,
        publisher_code=tenant.code,
        publisher=tenant.name,
        kind=draft.kind,
        title=draft.title,
        content=_content(draft),
        opened_on=today,
        closes_on=draft.closes_on,
        state=PostingState.STANDING if draft.kind is PostingKind.PUBLICATION else PostingState.OPEN,
        takes_objections=draft.kind is PostingKind.NOTICE,
        history=(Happening(what=PUBLISHED, on=today),),
        published_at=now,
        changed_at=now,
    )
    await repository.insert(uow, posting)
    await writings.put_draft(uow, msgspec.structs.replace(draft, state=DraftState.PUBLISHED, changed_at=now))
    await _record(
        uow,
        PUBLISHED,
        actor,
        clock,
        posting_id=draft.id,
        detail={"title": draft.title, "posting_kind": str(draft.kind)},
    )
    return posting


def _content(draft: PostingDraft) -> Content:
    lines = (Line(title="计划年度", value=f"{draft.plan_year} 年"),) if draft.plan_year is not None else ()
    return Content(body=draft.body, lines=lines)


async def correct_posting(
    uow: UnitOfWork,
    registry: Registry,
    rules: Rulebook,
    actor: Actor,
    *,
    posting_id: UUID,
    change: Correction,
    clock: Clock,
) -> Posting:
    """Correct what was published, with the reason; the address and everything that happened stay.

    A posting of a case is derived anew from the case: nothing of it can be typed.
    Raises: NotAllowed, NotKeeper, PostingMissing, WrongState, SubmissionWrong without a reason.
    """
    posting = await _to_change(uow, rules, actor, posting_id, change.reason)
    if posting.source.case_id is None:
        corrected = await _corrected_text(uow, posting, change, clock)
    else:
        corrected = await _corrected_case(uow, registry, posting, change, clock)
    await repository.update(uow, corrected)
    await _record(
        uow, CORRECTED, actor, clock, posting_id=posting.id, detail={"title": corrected.title, "reason": change.reason}
    )
    return corrected


async def _corrected_text(uow: UnitOfWork, posting: Posting, change: Correction, clock: Clock) -> Posting:
    draft = await writings.lock_draft(uow, posting.id)
    if draft is None:  # pragma: no cover - a posting without case has its draft
        raise PostingMissing
    if draft.plan_year is not None and change.closes_on is not None:
        raise SubmissionWrong(details=[Problem(field="closes_on", message="截止日期以申报批次为准，请调整批次")])
    kept = msgspec.structs.replace(
        draft,
        title=(change.title or "").strip() or draft.title,
        body=(change.body or "").strip() or draft.body,
        closes_on=change.closes_on or draft.closes_on,
        changed_at=clock.now(),
    )
    await writings.put_draft(uow, kept)
    return _changed(posting, change.reason, clock, title=kept.title, content=_content(kept), closes_on=kept.closes_on)


async def _corrected_case(
    uow: UnitOfWork, registry: Registry, posting: Posting, change: Correction, clock: Clock
) -> Posting:
    if change.title is not None or change.body is not None or change.closes_on is not None:
        message = "本信息按项目登记内容生成，请先更正项目内容"
        raise SubmissionWrong(details=[Problem(field="title", message=message)])
    project = await get_project(uow, posting.source.code)
    found = await derived_of(uow, registry, project, clock.today(), await calendar_of(uow))
    wanted = next((one for one in found if one.id == posting.id), None)
    if wanted is None:
        raise WrongState("该信息所依据的环节已不再公开")
    return _changed(posting, change.reason, clock, title=wanted.title, content=wanted.content, article=wanted.article)


def _changed(posting: Posting, reason: str, clock: Clock, **changes: object) -> Posting:
    happened = [Happening(what=CORRECTED, on=clock.today(), reason=reason.strip())]
    return following(posting, happened, clock.now(), **changes)


async def withdraw_posting(
    uow: UnitOfWork, rules: Rulebook, actor: Actor, *, posting_id: UUID, reason: str, clock: Clock
) -> Posting:
    """Take an office's own text back; its address stays and says why.

    Raises: NotAllowed, NotKeeper, PostingMissing, WrongState (a posting of a case goes with its stage),
    SubmissionWrong without a reason.
    """
    posting = await _to_change(uow, rules, actor, posting_id, reason)
    draft = await writings.lock_draft(uow, posting.id)
    if draft is None:
        raise WrongState("本信息随项目环节办理，不能单独撤回")
    happened = [Happening(what=WITHDRAWN, on=clock.today(), reason=reason.strip())]
    withdrawn = following(
        posting, happened, clock.now(), state=PostingState.WITHDRAWN, takes_objections=False, takes_answers=False
    )
    await repository.update(uow, withdrawn)
    changed = msgspec.structs.replace(draft, state=DraftState.WITHDRAWN, changed_at=clock.now())
    await writings.put_draft(uow, changed)
    await _record(
        uow, WITHDRAWN, actor, clock, posting_id=posting.id, detail={"title": posting.title, "reason": reason.strip()}
    )
    return withdrawn


async def _to_change(uow: UnitOfWork, rules: Rulebook, actor: Actor, posting_id: UUID, reason: str) -> Posting:
    require_roles(actor, rules, office_roles(rules), _WHAT)
    if not reason.strip():
        raise SubmissionWrong(details=[Problem(field="reason", message="请填写原因，原因随信息一并公开")])
    posting = await repository.lock(uow, posting_id)
    if posting is None:
        raise PostingMissing
    if posting.state is PostingState.WITHDRAWN:
        raise WrongState("该信息已经撤回")
    return posting


async def list_drafts(uow: UnitOfWork, rules: Rulebook, actor: Actor) -> tuple[PostingDraft, ...]:
    """The office's own texts, the latest first.

    Raises: NotAllowed, NotKeeper.
    """
    require_roles(actor, rules, office_roles(rules), _WHAT)
    return await writings.list_drafts(uow)


async def follow_rounds(uow: UnitOfWork, entries: Sequence[Recorded]) -> None:
    """Move the last day of a round's notice with the round, saying so at its address."""
    years = {e.detail.get("plan_year"): e for e in entries if e.kind == "round:changed"}
    rounds = {one.plan_year: one for one in await list_rounds(uow)} if years else {}
    for year, entry in years.items():
        closes_on = rounds[year].closes_on if year in rounds else None
        for draft in await writings.list_drafts(uow, plan_year=year):
            posting = await repository.lock(uow, draft.id)
            if posting is None or closes_on is None or posting.closes_on == closes_on:
                continue
            reason = f"申报截止日期由 {posting.closes_on} 改为 {closes_on}：{entry.detail.get('reason', '')}"
            happened = [Happening(what=CORRECTED, on=entry.on, reason=reason)]
            await repository.update(uow, following(posting, happened, entry.recorded_at, closes_on=closes_on))


async def _record(
    uow: UnitOfWork, verb: str, actor: Actor, clock: Clock, *, posting_id: UUID, detail: dict[str, str]
) -> None:
    entry = journal.Entry(
        kind=f"posting:{verb}", actor=actor, on=clock.today(), subject=f"posting:{posting_id}", detail=detail
    )
    await journal.append(uow, chain=None, entries=[entry])
