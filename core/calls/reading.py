"""Reading postings: by everybody, without sign-in, in a unit of work that sees no tenant's rows."""

from uuid import UUID

from core import documents
from core.calls import repository
from core.calls.model import Posting, PostingFilter, PostingMissing, PostingPage
from core.documents import PaperVersion
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid

_PAGE = 200


async def list_postings(uow: UnitOfWork, wanted: PostingFilter, *, after: str = "", limit: int = 50) -> PostingPage:
    """A page of postings, newest first.

    Raises: Invalid for a page that is empty or too long, or a cursor that is none.
    """
    if not 1 <= limit <= _PAGE:
        raise Invalid(f"每页条数应为 1 至 {_PAGE}")
    return await repository.page(uow, wanted, after=after, limit=limit)


async def get_posting(uow: UnitOfWork, posting_id: UUID) -> Posting:
    """The posting at an address, whatever became of it.

    Raises: PostingMissing.
    """
    posting = await repository.find(uow, posting_id)
    if posting is None:
        raise PostingMissing
    return posting


async def posted_file(uow: UnitOfWork, posting: Posting, document_id: UUID) -> PaperVersion:
    """The file of a published paper, in the version that was published; in the publisher's unit of work.

    Raises: PostingMissing for a paper that was not published, DocumentNotFound for one without a file.
    """
    n = next((paper.n for paper in posting.content.papers if paper.document_id == document_id), None)
    if n is None:
        raise PostingMissing
    return await documents.find_file(uow, document_id=document_id, n=n, project_id=posting.source.case_id)
