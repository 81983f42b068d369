"""What needs no sign-in (公众入口): reading a posting, sending in an objection or an answer; for pages and API alike.

Whoever sends something in has no account; the address it comes from is counted, and a page of another site cannot send.
"""

from collections.abc import Awaitable, Sequence
from uuid import UUID

from litestar.exceptions import HTTPException

from core import calls
from core.calls import NewSubmission, Posting, Sender, Submission
from core.entrance.asking import Asking
from core.kernel.errors import NotFound
from core.kernel.tenancy import Tenant
from core.policy.cases.state import Member


async def read_posting(asking: Asking, posting_id: UUID) -> Posting:
    """A posting by its address.

    Raises: PostingMissing.
    """
    async with asking.services.database.platform(read_only=True) as uow:
        return await calls.get_posting(uow, posting_id)


async def send_objection(asking: Asking, posting_id: UUID, sender: Sender, reason: str) -> Submission:
    """Lodge an objection in the publisher's tenant.

    Raises: PostingMissing, NotTaken, SubmissionWrong; HTTPException 429.
    """
    posting, tenant = await _publisher(asking, posting_id)
    new = NewSubmission(sender=sender, body=reason, address=asking.address)
    async with asking.services.database.unit_of_work(tenant.id) as uow:
        venue = await asking.venues.of(uow, tenant, asking.today)
        return await _patiently(calls.lodge_objection(uow, venue, posting, new=new, clock=asking.clock))


async def send_answer(
    asking: Asking, posting_id: UUID, sender: Sender, statement: str, members: Sequence[Member]
) -> Submission:
    """Lodge an answer in the publisher's tenant.

    Raises: as `send_objection`.
    """
    posting, tenant = await _publisher(asking, posting_id)
    new = NewSubmission(sender=sender, body=statement, members=tuple(members), address=asking.address)
    async with asking.services.database.unit_of_work(tenant.id) as uow:
        return await _patiently(calls.lodge_answer(uow, posting, new=new, clock=asking.clock))


async def _publisher(asking: Asking, posting_id: UUID) -> tuple[Posting, Tenant]:
    asking.refuse_foreign_origin()
    posting = await read_posting(asking, posting_id)
    tenant = await asking.services.directory.by_id(posting.publisher_id)
    if tenant is None or not tenant.is_open:
        raise NotFound("发布该信息的地区已停止服务")
    return posting, tenant


async def _patiently(sending: Awaitable[Submission]) -> Submission:
    try:
        return await sending
    except calls.TooManySubmissions as error:
        raise HTTPException(status_code=429, detail=error.message) from error
