"""Every query about what a tenant itself writes and receives: drafts of postings, and submissions from outside."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.calls.model import PostingDraft, Submission
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.policy.cases.state import Member

_DRAFT = "id, kind, title, body, plan_year, closes_on, state, written_by, written_by_name, changed_at"
_SUBMISSION = """id, posting_id, kind, case_id, name, credit_code, contact_name, contact, body,
members::text AS members, received_on, received_at, late, state, reason, handled_by, handled_on, entry, account_id"""


async def put_draft(uow: UnitOfWork, draft: PostingDraft) -> None:
    """Write a draft, over an earlier state of it where there is one."""
    d = draft
    await uow.execute(
        """INSERT INTO posting_draft (tenant_id, id, kind, title, body, plan_year, closes_on, state, written_by,
            written_by_name, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (tenant_id, id) DO UPDATE SET title = excluded.title, body = excluded.body,
            closes_on = excluded.closes_on, state = excluded.state, changed_at = excluded.changed_at""",
        *(uow.require_tenant(), d.id, d.kind, d.title, d.body, d.plan_year, d.closes_on, d.state, d.written_by),
        *(d.written_by_name, d.changed_at),
    )


async def lock_draft(uow: UnitOfWork, draft_id: UUID) -> PostingDraft | None:
    row = await uow.fetchrow(
        f"SELECT {_DRAFT} FROM posting_draft WHERE tenant_id = $1 AND id = $2 FOR UPDATE",  # noqa: S608 - a constant
        *(uow.require_tenant(), draft_id),
    )
    return msgspec.convert(dict(row), PostingDraft) if row is not None else None


async def list_drafts(uow: UnitOfWork, *, plan_year: int | None = None, limit: int = 200) -> tuple[PostingDraft, ...]:
    """A tenant's own texts, the latest first; those of one round if a plan year is given."""
    rows = await uow.fetch(
        f"""SELECT {_DRAFT} FROM posting_draft WHERE tenant_id = $1 AND ($2::integer IS NULL OR plan_year = $2)
        ORDER BY changed_at DESC, id DESC LIMIT $3""",  # noqa: S608 - a constant
        *(uow.require_tenant(), plan_year, limit),
    )
    return tuple(msgspec.convert(dict(row), PostingDraft) for row in rows)


async def count_recent(uow: UnitOfWork, address: bytes, since: datetime) -> int:
    """How much came from an address since an instant; whoever asks waits for others from the same address."""
    tenant_id = uow.require_tenant()
    await uow.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::text, 0))",
                      tenant_id, address.hex())  # fmt: skip
    found: int = await uow.fetchval(
        "SELECT count(*) FROM submission WHERE tenant_id = $1 AND address_digest = $2 AND received_at > $3",
        *(tenant_id, address, since),
    )
    return found


async def insert_submission(uow: UnitOfWork, submission: Submission, *, address: bytes) -> None:
    s = submission
    await uow.execute(
        """INSERT INTO submission (tenant_id, id, posting_id, kind, case_id, name, credit_code, contact_name, contact,
            body, members, address_digest, received_on, received_at, late, state, reason, handled_by, entry)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)""",
        *(uow.require_tenant(), s.id, s.posting_id, s.kind, s.case_id, s.name, s.credit_code, s.contact_name),
        *(s.contact, s.body, encode(s.members), address, s.received_on, s.received_at, s.late, s.state, s.reason),
        *(s.handled_by, s.entry),
    )


async def lock_submission(uow: UnitOfWork, submission_id: UUID) -> Submission | None:
    row = await uow.fetchrow(
        f"SELECT {_SUBMISSION} FROM submission WHERE tenant_id = $1 AND id = $2 FOR UPDATE",  # noqa: S608
        *(uow.require_tenant(), submission_id),
    )
    return _submission(row) if row is not None else None


async def settle_submission(uow: UnitOfWork, submission: Submission) -> None:
    """Write what the office did with a submission."""
    s = submission
    await uow.execute(
        """UPDATE submission SET state = $3, reason = $4, handled_by = $5, handled_on = $6, entry = $7, account_id = $8
        WHERE tenant_id = $1 AND id = $2""",
        *(uow.require_tenant(), s.id, s.state, s.reason, s.handled_by, s.handled_on, s.entry, s.account_id),
    )


async def list_submissions(
    uow: UnitOfWork, *, kind: str, state: str, posting_id: UUID | None, after: UUID | None, limit: int
) -> tuple[Submission, ...]:
    """Objections or answers, the latest first; ids ascend in time, so the last one's id is the cursor."""
    rows = await uow.fetch(
        f"""SELECT {_SUBMISSION} FROM submission WHERE tenant_id = $1 AND kind = $2 AND ($3 = '' OR state = $3)
        AND ($4::uuid IS NULL OR posting_id = $4) AND ($5::uuid IS NULL OR id < $5)
        ORDER BY id DESC LIMIT $6""",  # noqa: S608 - a constant
        *(uow.require_tenant(), kind, state, posting_id, after, limit),
    )
    return tuple(_submission(row) for row in rows)


def _submission(row: Any) -> Submission:
    fields = dict(row)
    return msgspec.convert(fields | {"members": decode(fields["members"], tuple[Member, ...])}, Submission)
