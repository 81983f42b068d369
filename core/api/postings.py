"""What an office publishes in its own words, and what it does with what people have sent in."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.params import Parameter

from core import calls
from core.api.public import PublicPosting, public_view
from core.api.registers import ReasonBody
from core.calls import Admission, Correction, NewPosting, PostingDraft, Submission, SubmissionKind
from core.entrance import Asking


class PostingBody(NewPosting, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text to be published: kind, title, body; the plan year makes it the notice of that round."""


class CorrectionBody(Correction, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is corrected and why; a posting of a case is derived anew and takes only the reason."""


class AdmissionBody(Admission, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How an answer is admitted; with a login an outside account is proposed for the party's own entry."""


class SubmissionPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of what came in, the latest first."""

    rows: tuple[Submission, ...]
    after: UUID | None


class Postings(Controller):
    """An office's own postings."""

    path = "/postings"
    tags = ("公开信息",)

    @get("/drafts", operation_id="list_postings", summary="自拟公开信息")
    async def drafts(self, asking: Asking) -> dict[str, tuple[PostingDraft, ...]]:
        """The office's own texts, drafts and published ones, the latest first."""
        async with asking.office() as office:
            return {"rows": await calls.list_drafts(office.uow, office.rules, office.actor)}

    @post("/drafts", operation_id="write_posting", summary="拟写公开信息", status_code=201)
    async def write(self, asking: Asking, data: PostingBody) -> PostingDraft:
        """Write a text; nobody outside sees it before it is published."""
        async with asking.office(write=True) as office:
            return await calls.write_draft(office.uow, office.rules, office.actor, new=data, clock=asking.clock)

    @post("/drafts/{draft_id:uuid}/publication", operation_id="publish_posting", summary="公开", status_code=200)
    async def publish(self, asking: Asking, draft_id: UUID) -> PublicPosting:
        """Publish a text at the address it keeps for good."""
        async with asking.office(write=True) as office:
            posting = await calls.publish_draft(
                office.uow, office.rules, office.venue.tenant, office.actor, draft_id=draft_id, clock=asking.clock
            )
        return public_view(asking, posting)

    @post("/{posting_id:uuid}/correction", operation_id="correct_posting", summary="更正公开信息", status_code=200)
    async def correct(self, asking: Asking, posting_id: UUID, data: CorrectionBody) -> PublicPosting:
        """Correct what was published; the reason is published with it."""
        async with asking.office(write=True) as office:
            posting = await calls.correct_posting(
                office.uow,
                office.venue.registry,
                office.rules,
                office.actor,
                posting_id=posting_id,
                change=data,
                clock=asking.clock,
            )
        return public_view(asking, posting)

    @post("/{posting_id:uuid}/withdrawal", operation_id="withdraw_posting", summary="撤回公开信息", status_code=200)
    async def withdraw(self, asking: Asking, posting_id: UUID, data: ReasonBody) -> PublicPosting:
        """Take an own text back; its address stays and says why."""
        async with asking.office(write=True) as office:
            posting = await calls.withdraw_posting(
                office.uow, office.rules, office.actor, posting_id=posting_id, reason=data.reason, clock=asking.clock
            )
        return public_view(asking, posting)


class Submissions(Controller):
    """Objections and answers that came in."""

    path = "/submissions"
    tags = ("公开信息",)

    @get(operation_id="list_submissions", summary="收到的异议和应答")
    async def listed(
        self,
        asking: Asking,
        *,
        kind: SubmissionKind,
        shown: Annotated[Literal["", "received", "accepted", "declined"], Parameter(query="state")] = "",
        posting: UUID | None = None,
        after: UUID | None = None,
        limit: int = 50,
    ) -> SubmissionPage:
        """Objections or answers, the latest first, with who sent them and how to reach them."""
        async with asking.office() as office:
            rows = await calls.list_submissions(
                office.uow,
                office.rules,
                office.actor,
                kind=kind,
                state=shown,
                posting_id=posting,
                after=after,
                limit=limit,
            )
        return SubmissionPage(rows=rows, after=rows[-1].id if len(rows) == limit else None)

    @post("/{submission_id:uuid}/admission", operation_id="admit_answer", summary="接纳应答", status_code=200)
    async def admit(self, asking: Asking, submission_id: UUID, data: AdmissionBody) -> Submission:
        """Admit who answered a call: the rules judge the entry, and an account for it alone may be proposed."""
        async with asking.office(write=True) as office:
            return await calls.admit(
                office.uow,
                office.venue,
                office.actor,
                submission_id=submission_id,
                admission=data,
                clock=asking.clock,
            )

    @post("/{submission_id:uuid}/refusal", operation_id="refuse_submission", summary="不予采纳", status_code=200)
    async def refuse(self, asking: Asking, submission_id: UUID, data: ReasonBody) -> Submission:
        """Refuse an answer, or dismiss an objection to an own text, with the reason."""
        async with asking.office(write=True) as office:
            return await calls.refuse(
                office.uow,
                office.rules,
                office.actor,
                submission_id=submission_id,
                reason=data.reason,
                clock=asking.clock,
            )

    @post("/{submission_id:uuid}/upholding", operation_id="uphold_objection", summary="异议成立", status_code=200)
    async def uphold(self, asking: Asking, submission_id: UUID, data: ReasonBody) -> Submission:
        """Uphold an objection to an own text, with the reason; one to a case's notice is settled in the case."""
        async with asking.office(write=True) as office:
            return await calls.uphold(
                office.uow,
                office.rules,
                office.actor,
                submission_id=submission_id,
                reason=data.reason,
                clock=asking.clock,
            )
