"""For everybody, without signing in: postings, their papers and feeds, and what anybody may send in about them."""

from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import Parameter
from litestar.response import Stream

from core import calls, documents
from core.api.words import Name
from core.calls import Happening, Line, Posting, PostingFilter, Sender, Submission
from core.calls.feeds import LENGTH, Channel, Feed, atom, rss
from core.entrance import Asking
from core.entrance.public import read_posting, send_answer, send_objection
from core.policy.cases.state import Member

_CACHED = "public, max-age=60"
_TYPES = {"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8"}
Kind = Literal["", "call", "notice", "publication"]


class PublicPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One published paper and where its file is."""

    title: str
    name: str
    size: int
    address: str


class PublicPosting(msgspec.Struct, frozen=True, kw_only=True):
    """One posting as everybody sees it. `address` is permanent; `history` says what became of it, and why."""

    id: UUID
    address: str
    publisher: str
    tenant: str
    kind: str
    title: str
    article: str
    body: str
    facts: tuple[Line, ...]
    names: tuple[str, ...]
    papers: tuple[PublicPaper, ...]
    opened_on: date
    closes_on: date | None
    is_open: bool
    state: str
    takes_objections: bool
    takes_answers: bool
    history: tuple[Happening, ...]
    version: int
    published_at: datetime
    changed_at: datetime


class ObjectionBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An objection: who objects, how to reach them, why. Only the office sees it."""

    name: Name
    contact: Name
    reason: str
    credit_code: str = ""


class MemberBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One further member of a consortium (联合体成员)."""

    name: str
    credit_code: str
    kind: str = ""
    region: str = ""


class AnswerBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An answer to a call: the body with its credit code, how to reach it, what it says, who else is in with it."""

    name: Name
    credit_code: str
    contact_name: str = ""
    contact: Name
    statement: str
    members: list[MemberBody] = []


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """That something has come in: the number to name when asking about it, the day, and whether it came late."""

    number: UUID
    received_on: date
    late: bool


class Public(Controller):
    """Postings and what is sent in about them."""

    path = "/public"
    tags = ("公开信息",)

    @get("/postings", operation_id="public_postings", summary="公开信息")
    async def listed(
        self,
        asking: Asking,
        *,
        tenant: str = "",
        kind: Kind = "",
        only_open: Annotated[bool, Parameter(query="open")] = False,
        after: str = "",
        limit: int = 50,
    ) -> Response[dict[str, Any]]:
        """Calls, public notices and publications, newest first; `after` of the answer is the next page's cursor."""
        wanted = PostingFilter(publisher=tenant, kind=kind, open_on=asking.today if only_open else None)
        async with asking.services.database.platform(read_only=True) as uow:
            page = await calls.list_postings(uow, wanted, after=after, limit=limit)
        rows = [public_view(asking, posting) for posting in page.rows]
        return Response({"rows": rows, "after": page.after}, headers={"Cache-Control": _CACHED})

    @get("/postings/{posting_id:uuid}", operation_id="public_posting", summary="公开信息详情")
    async def one(self, asking: Asking, posting_id: UUID) -> Response[PublicPosting]:
        """One posting at its permanent address, whatever became of it."""
        posting = await read_posting(asking, posting_id)
        return Response(public_view(asking, posting), headers={"Cache-Control": _CACHED})

    @get("/postings/{posting_id:uuid}/papers/{document_id:uuid}", operation_id="public_paper", summary="下载公开材料")
    async def paper(self, asking: Asking, posting_id: UUID, document_id: UUID) -> Stream:
        """The file of a published paper, in the version that was published."""
        posting = await read_posting(asking, posting_id)
        async with asking.services.database.unit_of_work(posting.publisher_id, read_only=True) as uow:
            paper = await calls.posted_file(uow, posting, document_id)
        if paper.file is None:  # pragma: no cover - found only with a file
            raise documents.DocumentNotFound
        found = await documents.open_file(asking.store, paper.file)
        if found.body is None:  # pragma: no cover - nothing was asked to match
            raise documents.DocumentNotFound
        return Stream(found.body, headers=found.headers, media_type=found.headers["Content-Type"])

    @get("/atom", operation_id="public_atom", summary="订阅（Atom）")
    async def as_atom(self, asking: Asking, tenant: str = "", kind: Kind = "") -> Response[bytes]:
        """The newest postings as an Atom feed, of all tenants or of one."""
        return await _fed(asking, "atom", tenant, kind)

    @get("/rss", operation_id="public_rss", summary="订阅（RSS）")
    async def as_rss(self, asking: Asking, tenant: str = "", kind: Kind = "") -> Response[bytes]:
        """The newest postings as an RSS feed, of all tenants or of one."""
        return await _fed(asking, "rss", tenant, kind)

    @post("/postings/{posting_id:uuid}/objections", operation_id="lodge_objection", summary="提出异议", status_code=201)
    async def objection(self, asking: Asking, posting_id: UUID, data: ObjectionBody) -> Taken:
        """Object to a public notice. In time it holds the next step until the office has settled it."""
        sender = Sender(name=data.name, contact=data.contact, credit_code=data.credit_code)
        return _taken(await send_objection(asking, posting_id, sender, data.reason))

    @post("/postings/{posting_id:uuid}/answers", operation_id="answer_call", summary="应答征集", status_code=201)
    async def answer(self, asking: Asking, posting_id: UUID, data: AnswerBody) -> Taken:
        """Answer a call, alone or for a consortium; the office admits or refuses."""
        sender = Sender(
            name=data.name, contact=data.contact, contact_name=data.contact_name, credit_code=data.credit_code
        )
        members = [
            Member(title=member.name, party=member.credit_code, kind=member.kind, region=member.region)
            for member in data.members
        ]
        return _taken(await send_answer(asking, posting_id, sender, data.statement, members))


def public_view(asking: Asking, posting: Posting) -> PublicPosting:
    """What of a posting goes out: nothing of where it comes from."""
    base, content = asking.services.settings.base_url, posting.content
    return PublicPosting(
        id=posting.id,
        address=f"{base}/public/{posting.id}",
        publisher=posting.publisher,
        tenant=posting.publisher_code,
        kind=str(posting.kind),
        title=posting.title,
        article=posting.article,
        body=content.body,
        facts=content.lines,
        names=content.names,
        papers=tuple(
            PublicPaper(
                title=paper.title,
                name=paper.name,
                size=paper.size,
                address=f"{base}/api/v1/public/postings/{posting.id}/papers/{paper.document_id}" if paper.name else "",
            )
            for paper in content.papers
        ),
        opened_on=posting.opened_on,
        closes_on=posting.closes_on,
        is_open=posting.is_open(asking.today),
        state=str(posting.state),
        takes_objections=posting.takes_objections,
        takes_answers=posting.takes_answers and posting.is_open(asking.today),
        history=posting.history,
        version=posting.version,
        published_at=posting.published_at,
        changed_at=posting.changed_at,
    )


def _taken(submission: Submission) -> Taken:
    return Taken(number=submission.id, received_on=submission.received_on, late=submission.late)


async def _fed(asking: Asking, form: Literal["atom", "rss"], tenant: str, kind: str) -> Response[bytes]:
    """A feed, or 304 for a reader who has it already."""
    async with asking.services.database.platform(read_only=True) as uow:
        page = await calls.list_postings(uow, PostingFilter(publisher=tenant, kind=kind), limit=LENGTH)
    base, query = asking.services.settings.base_url, asking.request.url.query
    place = await asking.services.directory.by_code(tenant) if tenant else None
    title = f"{place.name}公开信息" if place is not None else "公开信息"
    own = f"{base}/api/v1/public/{form}{'?' if query else ''}{query}"
    feed = {"atom": atom, "rss": rss}[form](Channel(title=title, own=own, home=f"{base}/public"), page.rows)
    headers = {"ETag": feed.etag, "Last-Modified": feed.last_modified, "Cache-Control": _CACHED}
    if _has_it(asking, feed):
        return Response(b"", status_code=304, headers=headers)
    return Response(feed.body, media_type=_TYPES[form], headers=headers)


def _has_it(asking: Asking, feed: Feed) -> bool:
    """Whether the reader's copy is the newest; a tag is believed before a date."""
    tags = asking.request.headers.get("if-none-match", "")
    if tags:
        return feed.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    try:
        since = parsedate_to_datetime(asking.request.headers.get("if-modified-since", ""))
        return feed.changed_at.replace(microsecond=0) <= since
    except (TypeError, ValueError):
        return False
