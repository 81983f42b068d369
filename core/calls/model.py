"""Values of calls: a posting everybody may read, what an office drafts, what people send in, and what may go wrong."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.kernel.errors import Conflict, Invalid, NotFound
from core.policy.cases.state import Member
from core.policy.rules.publicity import PostingKind

KIND_TITLES = {PostingKind.CALL: "征集和发榜", PostingKind.NOTICE: "公示", PostingKind.PUBLICATION: "公告"}


class PostingState(StrEnum):
    """Where a posting stands: its time runs, it stands without an end (公告), it is over, or it was taken back.

    Whatever it is, it stays at its address and says so.
    """

    OPEN = "open"
    STANDING = "standing"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One published fact: its title and its value in words."""

    title: str
    value: str


class PostedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One published paper: which document, in the version that was current when it went out."""

    type: str
    title: str
    document_id: UUID
    n: int
    name: str = ""
    size: int = 0


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a posting says: a text, facts, names of parties, papers; whatever was not named for the public is absent."""

    body: str = ""
    lines: tuple[Line, ...] = ()
    names: tuple[str, ...] = ()
    papers: tuple[PostedPaper, ...] = ()


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a posting: published, corrected, closed, withdrawn; the day, and why."""

    what: str
    on: date
    reason: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a posting comes from: the stage of a case, or an office's own draft (no case). Never published."""

    case_id: UUID | None = None
    code: str = ""
    stage: str = ""
    ref: str = ""
    n: int = 1


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """One call, notice or publication as everybody sees it, under an id that never changes."""

    id: UUID
    publisher_id: UUID
    publisher_code: str
    publisher: str
    kind: PostingKind
    title: str
    article: str = ""
    content: Content
    opened_on: date
    closes_on: date | None = None
    state: PostingState = PostingState.OPEN
    takes_objections: bool = False
    takes_answers: bool = False
    source: Source = Source()
    history: tuple[Happening, ...] = ()
    version: int = 1
    published_at: datetime
    changed_at: datetime

    def is_open(self, today: date) -> bool:
        """Whether its time has not run out: the last day belongs to it, whether or not anybody has closed it."""
        return self.state is PostingState.OPEN and (self.closes_on is None or today <= self.closes_on)


class PostingFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which postings are wanted; `open_on` leaves only those whose time has not run out that day."""

    publisher: str = ""
    kind: str = ""
    open_on: date | None = None


class PostingPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of postings, newest first; `after` is the cursor of the next one, empty on the last."""

    rows: tuple[Posting, ...]
    after: str = ""


class DraftState(StrEnum):
    """Where an office's own text stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PostingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an office writes itself. With a plan year it is the notice of that round, and closes when the round does."""

    id: UUID
    kind: PostingKind
    title: str
    body: str = ""
    plan_year: int | None = None
    closes_on: date | None = None
    state: DraftState = DraftState.DRAFT
    written_by: UUID
    written_by_name: str
    changed_at: datetime


class SubmissionKind(StrEnum):
    """What somebody without an account sends in: an objection to a notice, an answer to a call."""

    OBJECTION = "objection"
    ANSWER = "answer"


class SubmissionState(StrEnum):
    """What the office has done with it."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends something in: a person, or a body with its credit code, and how to reach them; never published."""

    name: str
    contact: str
    contact_name: str = ""
    credit_code: str = ""


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One objection or answer as it was sent in, and what came of it."""

    id: UUID
    posting_id: UUID
    kind: SubmissionKind
    case_id: UUID | None = None
    name: str
    credit_code: str = ""
    contact_name: str = ""
    contact: str
    body: str
    members: tuple[Member, ...] = ()
    received_on: date
    received_at: datetime
    late: bool = False
    state: SubmissionState = SubmissionState.RECEIVED
    reason: str = ""
    handled_by: str = ""
    handled_on: date | None = None
    entry: str = ""
    account_id: UUID | None = None


class PostingMissing(NotFound):
    """No such posting: never published, or the address is wrong."""

    default_message = "没有该公开信息，请核对地址"


class DraftMissing(NotFound):
    """No such draft in this tenant."""

    default_message = "没有该公开信息草稿"


class SubmissionMissing(NotFound):
    """No such objection or answer in this tenant."""

    default_message = "没有该异议或应答"


class NotTaken(Conflict):
    """The posting takes no objections or answers: not of that kind, not any more, or withdrawn."""


class WrongState(Conflict):
    """The draft or submission is not where this act could be done."""


class SubmissionWrong(Invalid):
    """What was sent in is incomplete; every problem at once."""

    default_message = "填报内容有误，请按提示修改"


class TooManySubmissions(Conflict):
    """More from one address within an hour than a person sends."""

    default_message = "提交过于频繁，请一小时后再试"
