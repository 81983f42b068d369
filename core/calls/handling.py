"""What the office does with what came in: admits a party, refuses an answer, settles objections to its own texts."""

from uuid import UUID

import msgspec

from core import journal, stages
from core.calls import repository, writings
from core.calls.model import (
    Submission,
    SubmissionKind,
    SubmissionMissing,
    SubmissionState,
    SubmissionWrong,
    WrongState,
)
from core.kernel.clock import Clock
from core.kernel.database import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.tenancy import Actor
from core.people.accounts import NewAccount, enter_account
from core.people.model import AccountKind, AccountState
from core.policy.cases.state import Entry
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.publicity import Publicity
from core.projects import Project, get_project
from core.registers.keeping import office_roles, require_roles
from core.stages import ActRequest, Venue

_WHAT = "公众异议和应答"


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer is admitted: the kind of party as the regulation names it, and the account to be proposed.

    Without a login no account is proposed; the security administrator lets a proposed one in.
    """

    kind: str = ""
    login: str = ""
    role: str = ""


async def list_submissions(
    uow: UnitOfWork,
    rules: Rulebook,
    actor: Actor,
    *,
    kind: SubmissionKind,
    state: str = "",
    posting_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> tuple[Submission, ...]:
    """Objections or answers, the latest first; the last one's id is the cursor of the next page.

    Raises: NotAllowed, NotKeeper.
    """
    require_roles(actor, rules, office_roles(rules), _WHAT)
    return await writings.list_submissions(
        uow, kind=kind, state=state, posting_id=posting_id, after=after, limit=min(max(limit, 1), 200)
    )


async def admit(
    uow: UnitOfWork, venue: Venue, actor: Actor, *, submission_id: UUID, admission: Admission, clock: Clock
) -> Submission:
    """Admit who answered a call: the case gets an entry with its consortium, the party an account for that entry alone.

    Where the text lets parties enter themselves, the entry is made in their role: the answer was their act, admitting
    it is the office's. The rules judge it like any act, and refuse with the article whoever may not enter.
    Raises: NotAllowed, NotKeeper, SubmissionMissing, WrongState, ActRefused, LoginTaken.
    """
    submission = await _waiting(uow, venue.rulebook(), actor, submission_id, SubmissionKind.ANSWER)
    project, public = await _call_of(uow, venue, submission)
    party = Entry(
        id=submission.credit_code,
        title=submission.name,
        kind=admission.kind,
        party=submission.credit_code,
        members=submission.members,
    )
    role = public.answered_as
    enters = _enters(venue.rulebook_of(project), project, public)
    acting = msgspec.structs.replace(actor, roles=actor.roles | {role}) if enters else actor
    request = ActRequest(
        act="record", stage=public.answers_at, role=role if enters else admission.role, entries=(party,)
    )
    await stages.act(uow, venue, actor=acting, code=project.state.code, request=request)
    account_id = None
    if admission.login.strip():
        account_id = await _propose(
            uow, actor, submission, case_id=project.id, role=role, login=admission.login, clock=clock
        )
    return await _settle(
        uow, actor, submission, clock, state=SubmissionState.ACCEPTED, entry=party.id, account_id=account_id
    )


async def _call_of(uow: UnitOfWork, venue: Venue, submission: Submission) -> tuple[Project, Publicity]:
    posting = await repository.find(uow, submission.posting_id)
    if posting is None or not posting.source.code:
        raise SubmissionMissing
    project = await get_project(uow, posting.source.code)
    located = venue.rulebook_of(project).stage(posting.source.stage, project.state.track)
    if located is None or located[1].public is None or not located[1].public.answers_at:
        raise WrongState("该信息所依据的环节不接受应答")
    return project, located[1].public


def _enters(rules: Rulebook, project: Project, public: Publicity) -> bool:
    """Whether parties may enter themselves in their own role."""
    located = rules.stage(public.answers_at, project.state.track)
    takes = located[1].takes if located is not None else None
    return takes is not None and public.answered_as in takes.roles


async def _propose(
    uow: UnitOfWork, actor: Actor, submission: Submission, *, case_id: UUID, role: str, login: str, clock: Clock
) -> UUID:
    new = NewAccount(
        login=login,
        name=submission.contact_name or submission.name,
        kind=AccountKind.OUTSIDE,
        bound_case_id=case_id,
        bound_entry=submission.credit_code,
        bound_roles=frozenset({role}),
    )
    account = await enter_account(uow, clock=clock, new=new, by=actor.user_id, state=AccountState.PROPOSED)
    detail = {"account_id": account.id, "name": account.name, "account_kind": account.kind}
    entry = journal.Entry(kind="people:account_proposed", actor=actor, on=clock.today(), detail=detail)
    await journal.append(uow, chain=None, entries=[entry])
    return account.id


async def refuse(
    uow: UnitOfWork, rules: Rulebook, actor: Actor, *, submission_id: UUID, reason: str, clock: Clock
) -> Submission:
    """Refuse an answer, or dismiss an objection to an office's own text, with the reason.

    An objection to the notice of a case is settled in the case. Raises: NotAllowed, NotKeeper, SubmissionMissing,
    WrongState, SubmissionWrong without a reason.
    """
    submission = await _waiting(uow, rules, actor, submission_id)
    return await _with_reason(uow, actor, submission, clock, reason=reason, state=SubmissionState.DECLINED)


async def uphold(
    uow: UnitOfWork, rules: Rulebook, actor: Actor, *, submission_id: UUID, reason: str, clock: Clock
) -> Submission:
    """Uphold an objection to an office's own text, with the reason.

    Raises: as `refuse`.
    """
    submission = await _waiting(uow, rules, actor, submission_id, SubmissionKind.OBJECTION)
    return await _with_reason(uow, actor, submission, clock, reason=reason, state=SubmissionState.ACCEPTED)


async def _with_reason(
    uow: UnitOfWork, actor: Actor, submission: Submission, clock: Clock, *, reason: str, state: SubmissionState
) -> Submission:
    if submission.kind is SubmissionKind.OBJECTION and submission.case_id is not None:
        raise WrongState("该异议针对项目公示，请在项目的公示环节中处理")
    if not reason.strip():
        raise SubmissionWrong(details=[Problem(field="reason", message="请填写理由")])
    return await _settle(uow, actor, submission, clock, state=state, reason=reason.strip())


async def _waiting(
    uow: UnitOfWork, rules: Rulebook, actor: Actor, submission_id: UUID, kind: SubmissionKind | None = None
) -> Submission:
    require_roles(actor, rules, office_roles(rules), _WHAT)
    submission = await writings.lock_submission(uow, submission_id)
    if submission is None or kind not in (None, submission.kind):
        raise SubmissionMissing
    if submission.state is not SubmissionState.RECEIVED:
        raise WrongState("该异议或应答已经处理")
    return submission


async def _settle(uow: UnitOfWork, actor: Actor, submission: Submission, clock: Clock, **changes: object) -> Submission:
    settled = msgspec.structs.replace(submission, handled_by=actor.name, handled_on=clock.today(), **changes)
    await writings.settle_submission(uow, settled)
    entry = journal.Entry(
        kind=f"submission:{settled.state}",
        actor=actor,
        on=clock.today(),
        subject=f"submission:{settled.id}",
        detail={"posting": settled.posting_id, "submission_kind": str(settled.kind), "reason": settled.reason},
    )
    await journal.append(uow, chain=None, entries=[entry])
    return settled
