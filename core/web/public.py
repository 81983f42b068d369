"""Public pages (公开页面): postings at their permanent addresses, and the forms to object and to answer; no sign-in."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import Body, Parameter
from litestar.response import Template

from core import calls
from core.calls import KIND_TITLES, Posting, PostingFilter, Sender, SubmissionWrong
from core.calls.feeds import HAPPENED
from core.entrance import Asking
from core.entrance.public import read_posting, send_answer, send_objection
from core.kernel.errors import LixiangError
from core.policy.cases.state import Member

_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_MEMBERS = 5
_STATES = {"standing": "长期有效", "closed": "已结束", "withdrawn": "已撤回"}


@get("/public", include_in_schema=False)
async def public_list(
    asking: Asking,
    *,
    tenant: str = "",
    kind: str = "",
    only_open: Annotated[bool, Parameter(query="open")] = False,
    after: str = "",
) -> Template:
    """Everything published, newest first, with what narrows it and the feeds."""
    wanted = PostingFilter(publisher=tenant, kind=kind, open_on=asking.today if only_open else None)
    async with asking.services.database.platform(read_only=True) as uow:
        page = await calls.list_postings(uow, wanted, after=after, limit=20)
    known = [one for one in await asking.services.directory.all() if one.is_open]
    found = {"page": page, "tenants": known, "tenant_code": tenant, "kind": kind, "only_open": only_open}
    return Template("public.html", context=found | _words(asking))


@get("/public/{posting_id:uuid}", include_in_schema=False)
async def public_posting(asking: Asking, posting_id: UUID) -> Template:
    """One posting: what it says, until when, what became of it, and the form to object or answer."""
    return _page(asking, await read_posting(asking, posting_id))


@post("/public/{posting_id:uuid}/objections", include_in_schema=False, status_code=200)
async def object_form(asking: Asking, posting_id: UUID, data: _Form) -> Template:
    """Send in an objection; what was typed stays when something is wrong."""
    sender = Sender(name=data.get("name", ""), contact=data.get("contact", ""))
    return await _sent(asking, posting_id, data, send_objection(asking, posting_id, sender, data.get("body", "")))


@post("/public/{posting_id:uuid}/answers", include_in_schema=False, status_code=200)
async def answer_form(asking: Asking, posting_id: UUID, data: _Form) -> Template:
    """Send in an answer with the members of the consortium; what was typed stays when something is wrong."""
    sender = Sender(
        name=data.get("name", ""),
        contact=data.get("contact", ""),
        contact_name=data.get("contact_name", ""),
        credit_code=data.get("credit_code", ""),
    )
    rows = [(data.get(f"member_{n}", ""), data.get(f"code_{n}", "")) for n in range(_MEMBERS)]
    members = [Member(title=title, party=code) for title, code in rows if title.strip() or code.strip()]
    return await _sent(asking, posting_id, data, send_answer(asking, posting_id, sender, data.get("body", ""), members))


async def _sent(asking: Asking, posting_id: UUID, data: dict[str, str], sending: Any) -> Template:
    """The page again: with the number of what came in, or with everything that is wrong and what was typed."""
    try:
        submission = await sending
    except SubmissionWrong as error:
        problems = [problem.message for problem in error.details]
        return _page(asking, await read_posting(asking, posting_id), typed=data, problems=problems, status=422)
    except (HTTPException, LixiangError) as error:
        said = error.detail if isinstance(error, HTTPException) else error.message
        status = 429 if isinstance(error, HTTPException) else 409
        posting = await read_posting(asking, posting_id)
        return _page(asking, posting, typed=data, problems=[said], status=status)
    return _page(asking, await read_posting(asking, posting_id), number=str(submission.id))


def _page(
    asking: Asking,
    posting: Posting,
    *,
    typed: dict[str, str] | None = None,
    problems: list[str] | None = None,
    number: str = "",
    status: int = 200,
) -> Template:
    found = {
        "posting": posting,
        "is_open": posting.is_open(asking.today),
        "typed": typed or {},
        "problems": problems or [],
        "number": number,
        "members": range(_MEMBERS),
        "today": asking.today,
    }
    return Template("posting.html", context=found | _words(asking), status_code=status)


def _words(asking: Asking) -> dict[str, Any]:
    request: Request[Any, Any, Any] = asking.request
    query = f"?{request.url.query}" if request.url.query else ""
    return {"kinds": KIND_TITLES, "happened": HAPPENED, "states": _STATES, "query": query}


PUBLIC_PAGES = (public_list, public_posting, object_form, answer_form)
