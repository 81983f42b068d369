"""Every query about drafts of listings."""

from typing import Any
from uuid import UUID

import msgspec

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.market.model import Content, Draft

_COLUMNS = """id, project_id, rule, unit_id, system_id, title, force, platform, article, content::text AS content,
state, opened_on"""


async def insert_draft(uow: UnitOfWork, draft: Draft, *, entry_id: UUID) -> bool:
    """Open a draft; False when the project has one by this rule already."""
    d = draft
    tag = await uow.execute(
        """INSERT INTO listing_draft (tenant_id, id, project_id, rule, unit_id, system_id, title, force, platform,
            article, content, state, opened_on, entry_id, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now())
        ON CONFLICT (tenant_id, project_id, rule) DO NOTHING""",
        *(uow.require_tenant(), d.id, d.project_id, d.rule, d.unit_id, d.system_id, d.title, str(d.force), d.platform),
        *(d.article, encode(d.content), str(d.state), d.opened_on, entry_id),
    )
    return tag.endswith(" 1")


async def list_drafts(uow: UnitOfWork, unit_id: UUID) -> tuple[Draft, ...]:
    """A unit's drafts, newest first."""
    rows = await uow.fetch(
        f"SELECT {_COLUMNS} FROM listing_draft WHERE tenant_id = $1 AND unit_id = $2 "  # noqa: S608 - a constant
        "ORDER BY opened_on DESC, id DESC",
        *(uow.require_tenant(), unit_id),
    )
    return tuple(_draft(row) for row in rows)


async def find_drafts(uow: UnitOfWork, project_id: UUID) -> tuple[Draft, ...]:
    """The drafts one project has opened."""
    rows = await uow.fetch(
        f"SELECT {_COLUMNS} FROM listing_draft WHERE tenant_id = $1 AND project_id = $2 ORDER BY id",  # noqa: S608
        *(uow.require_tenant(), project_id),
    )
    return tuple(_draft(row) for row in rows)


def _draft(row: Any) -> Draft:
    fields = dict(row)
    content = decode(fields.pop("content"), Content)
    return msgspec.convert(fields | {"content": content}, Draft)
