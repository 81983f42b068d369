"""What people send in without an account (公众提交): objections to a notice, answers to a call.

Each goes into the wall of the tenant that published; nothing of it is ever shown in public. An objection to the notice
of a case is lodged in the case at once, so that in time it holds the next step whether or not the office has looked.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from core import journal, stages
from core.calls import writings
from core.calls.model import (
    NotTaken,
    Posting,
    Sender,
    Submission,
    SubmissionKind,
    SubmissionWrong,
    TooManySubmissions,
)
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.identity import new_id
from core.kernel.tenancy import SYSTEM_USER, Actor, Channel
from core.people.model import WrongCreditCode, checked_credit_code
from core.people.permissions import PROJECTS_ACT, PROJECTS_DECIDE
from core.policy.cases.state import Member, Objection
from core.policy.rulebooks.registry import RulesMissing
from core.projects import get_project
from core.stages import ActRefused, ActRequest, Venue

AN_HOUR = timedelta(hours=1)
AT_MOST = 10
_LONGEST = 5000
_NAME = 200


class NewSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """An objection or an answer as somebody sends it in; `address` is where it came from, kept as a digest."""

    sender: Sender
    body: str
    members: tuple[Member, ...] = ()
    address: str


async def lodge_objection(
    uow: UnitOfWork, venue: Venue, posting: Posting, *, new: NewSubmission, clock: Clock
) -> Submission:
    """Object to a notice. While the notice of a case waits to be completed a late one is kept and marked late.

    Raises: NotTaken, SubmissionWrong, TooManySubmissions.
    """
    if not posting.takes_objections:
        raise NotTaken("该信息不接受异议，或已经结束")
    late = not posting.is_open(clock.today())
    if late and posting.source.case_id is None:
        raise NotTaken("公示期已满，不再接受异议")
    submission = await _received(uow, posting, SubmissionKind.OBJECTION, new, clock, late=late)
    if posting.source.case_id is not None:
        await _into_case(uow, venue, posting, submission)
    await _tell(uow, posting, submission)
    return submission


async def lodge_answer(uow: UnitOfWork, posting: Posting, *, new: NewSubmission, clock: Clock) -> Submission:
    """Answer a call, alone or for a consortium whose members are all named with valid credit codes.

    Raises: NotTaken, SubmissionWrong, TooManySubmissions.
    """
    if not posting.takes_answers or not posting.is_open(clock.today()):
        raise NotTaken("该信息不接受应答，或应答已经截止")
    submission = await _received(uow, posting, SubmissionKind.ANSWER, new, clock, late=False)
    await _tell(uow, posting, submission)
    return submission


async def _received(
    uow: UnitOfWork, posting: Posting, kind: SubmissionKind, new: NewSubmission, clock: Clock, *, late: bool
) -> Submission:
    problems = tuple(_problems(kind, new))
    if problems:
        raise SubmissionWrong(details=problems)
    address = hashlib.sha256(new.address.encode()).digest()
    if await writings.count_recent(uow, address, clock.now() - AN_HOUR) >= AT_MOST:
        raise TooManySubmissions
    code = checked_credit_code(new.sender.credit_code) if new.sender.credit_code.strip() else ""
    submission = Submission(
        id=new_id(),
        posting_id=posting.id,
        kind=kind,
        case_id=posting.source.case_id,
        name=new.sender.name.strip(),
        credit_code=code,
        contact_name=new.sender.contact_name.strip(),
        contact=new.sender.contact.strip(),
        body=new.body.strip(),
        members=tuple(_canonical(member) for member in new.members),
        received_on=clock.today(),
        received_at=clock.now(),
        late=late,
    )
    await writings.insert_submission(uow, submission, address=address)
    return submission


async def _tell(uow: UnitOfWork, posting: Posting, submission: Submission) -> None:
    """The journal says that something came in; it takes the chain's lock, so it comes last."""
    source = posting.source
    about = {"code": source.code, "stage": source.stage} if source.case_id is not None else {}
    entry = journal.Entry(
        kind=f"submission:{submission.kind}",
        actor=_public(posting, ""),
        on=submission.received_on,
        subject=f"submission:{submission.id}",
        detail={"posting": posting.id, "title": posting.title, "late": submission.late} | about,
    )
    await journal.append(uow, chain=source.case_id, entries=[entry])


def _canonical(member: Member) -> Member:
    return msgspec.structs.replace(member, title=member.title.strip(), party=checked_credit_code(member.party))


def _problems(kind: SubmissionKind, new: NewSubmission) -> Iterator[Problem]:
    sender, answers = new.sender, kind is SubmissionKind.ANSWER
    written = {"name": (sender.name, "姓名或单位名称"), "contact": (sender.contact, "联系方式")}
    written["body"] = (new.body, "应答说明" if answers else "异议理由")
    for field, (text, title) in written.items():
        longest = _LONGEST if field == "body" else _NAME
        if not text.strip():
            yield Problem(field=field, message=f"请填写{title}")
        elif len(text) > longest or not _readable(text):
            yield Problem(field=field, message=f"{title}应为不超过 {longest} 字的文字")
    if sender.credit_code.strip() or answers:
        yield from _code_problem("credit_code", sender.credit_code)
    codes = [sender.credit_code.strip().upper()]
    for place, member in enumerate(new.members):
        if not member.title.strip() or len(member.title) > _NAME:
            yield Problem(field=f"members.{place}.title", message="请填写联合体成员名称")
        yield from _code_problem(f"members.{place}.party", member.party)
        if member.party.strip().upper() in codes:
            yield Problem(field=f"members.{place}.party", message="该单位已列入本联合体")
        codes.append(member.party.strip().upper())


def _readable(text: str) -> bool:
    return all(sign.isprintable() or sign in "\n\r\t" for sign in text)


def _code_problem(field: str, text: str) -> Iterator[Problem]:
    try:
        checked_credit_code(text)
    except WrongCreditCode as error:
        yield Problem(field=field, message=error.message)


async def _into_case(uow: UnitOfWork, venue: Venue, posting: Posting, submission: Submission) -> None:
    """Lodge the objection in the case, as the rules take it; a refusal leaves it with the office, and says why."""
    project = await get_project(uow, posting.source.code)
    located = venue.readable_of(project).stage(posting.source.stage, project.state.track)
    if located is None:
        return
    stage = located[1]
    role = stage.public.objects_as if stage.public is not None else ""
    said = Objection(id=str(submission.id), by=submission.name, text=submission.body, on=submission.received_on)
    request = ActRequest(
        act="object", stage=stage.key, ref=posting.source.ref, role=role, objections=(said,), on=submission.received_on
    )
    try:
        await stages.act(uow, venue, actor=_public(posting, role), code=project.state.code, request=request)
    except ActRefused as refused:
        reasons = "；".join(finding.message for finding in refused.decision.blocked_by)
        await writings.settle_submission(uow, msgspec.structs.replace(submission, reason=reasons))
    except RulesMissing as missing:
        await writings.settle_submission(uow, msgspec.structs.replace(submission, reason=missing.message))


def _public(posting: Posting, role: str) -> Actor:
    """The public as an actor: it may do this one thing, and its name stands in the submission alone."""
    found: dict[str, Any] = {"scopes": frozenset({PROJECTS_ACT, PROJECTS_DECIDE})} if role else {}
    return Actor(
        user_id=SYSTEM_USER,
        name="社会公众",
        tenant_id=posting.publisher_id,
        roles=frozenset({role} - {""}),
        channel=Channel.WEB,
        **found,
    )
