"""Every query about postings. Writing is for publishing alone: each write names the tenant it publishes for."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.calls.model import Content, Happening, Posting, PostingFilter, PostingPage, Source
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid

_COLUMNS = """id, publisher_id, publisher_code, publisher, kind, title, article, content::text AS content, opened_on,
closes_on, state, takes_objections, takes_answers, case_id, code, stage, ref, n, history::text AS history, version,
published_at, changed_at"""


async def find(uow: UnitOfWork, posting_id: UUID) -> Posting | None:
    """A posting by its permanent id."""
    row = await uow.fetchrow(f"SELECT {_COLUMNS} FROM posting WHERE id = $1", posting_id)  # noqa: S608 - a constant
    return _posting(row) if row is not None else None


async def page(uow: UnitOfWork, wanted: PostingFilter, *, after: str, limit: int) -> PostingPage:
    """A page of postings, newest first.

    Raises: Invalid for a cursor that is none.
    """
    at, last = _read(after)
    conditions: list[tuple[str, tuple[Any, ...]]] = [
        ("publisher_code = {}", (wanted.publisher,) if wanted.publisher else ()),
        ("kind = {}", (wanted.kind,) if wanted.kind else ()),
        ("state = 'open' AND (closes_on IS NULL OR closes_on >= {})", (wanted.open_on,) if wanted.open_on else ()),
        ("(published_at, id) < ({}, {})", (at, last) if at is not None else ()),
    ]
    # Only the conditions that are asked for: with all of them in one statement no index would serve.
    parts, args = ["TRUE"], list[Any]()
    for text, values in conditions:
        if values:
            parts.append(text.format(*(f"${len(args) + n}" for n in range(1, len(values) + 1))))
            args += values
    rows = await uow.fetch(
        f"SELECT {_COLUMNS} FROM posting WHERE {' AND '.join(parts)} "  # noqa: S608 - constants and numbers
        f"ORDER BY published_at DESC, id DESC LIMIT ${len(args) + 1}",
        *(*args, limit + 1),
    )
    found = tuple(_posting(row) for row in rows[:limit])
    return PostingPage(rows=found, after=_cursor(found[-1]) if len(rows) > limit else "")


async def lock(uow: UnitOfWork, posting_id: UUID) -> Posting | None:
    """A posting of this tenant, kept from others until the transaction ends."""
    row = await uow.fetchrow(
        f"SELECT {_COLUMNS} FROM posting WHERE id = $1 AND publisher_id = $2 FOR UPDATE",  # noqa: S608 - a constant
        *(posting_id, uow.require_tenant()),
    )
    return _posting(row) if row is not None else None


async def insert(uow: UnitOfWork, posting: Posting) -> bool:
    """Publish for the first time; False when another process was faster."""
    p, source = posting, posting.source
    tag = await uow.execute(
        """INSERT INTO posting (id, publisher_id, publisher_code, publisher, kind, title, article, content, opened_on,
            closes_on, state, takes_objections, takes_answers, case_id, code, stage, ref, n, history, version,
            published_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22)
        ON CONFLICT (id) DO NOTHING""",
        *(p.id, uow.require_tenant(), p.publisher_code, p.publisher, p.kind, p.title, p.article, encode(p.content)),
        *(p.opened_on, p.closes_on, p.state, p.takes_objections, p.takes_answers, source.case_id, source.code),
        *(source.stage, source.ref, source.n, encode(p.history), p.version, p.published_at, p.changed_at),
    )
    return tag.endswith(" 1")


async def update(uow: UnitOfWork, posting: Posting) -> None:
    """Write a posting's new state over the old one; its id, source and first publication never change."""
    p = posting
    await uow.execute(
        """UPDATE posting SET publisher = $3, title = $4, article = $5, content = $6, opened_on = $7, closes_on = $8,
            state = $9, takes_objections = $10, takes_answers = $11, history = $12, version = $13, changed_at = $14
        WHERE id = $1 AND publisher_id = $2""",
        *(p.id, uow.require_tenant(), p.publisher, p.title, p.article, encode(p.content), p.opened_on, p.closes_on),
        *(p.state, p.takes_objections, p.takes_answers, encode(p.history), p.version, p.changed_at),
    )


def _posting(row: Any) -> Posting:
    fields = dict(row)
    source = Source(**{name: fields.pop(name) for name in ("case_id", "code", "stage", "ref", "n")})
    content = decode(fields.pop("content"), Content)
    history = decode(fields.pop("history"), tuple[Happening, ...])
    return msgspec.convert(fields | {"source": source, "content": content, "history": history}, Posting)


def _cursor(posting: Posting) -> str:
    text = f"{posting.published_at.isoformat()}|{posting.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(after: str) -> tuple[datetime | None, UUID | None]:
    if not after:
        return None, None
    try:
        text = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode()
        at, _, last = text.partition("|")
        moment = datetime.fromisoformat(at)
        return moment.astimezone(), UUID(last)
    except ValueError as error:
        raise Invalid("翻页位置无效，请从第一页重新查看") from error
