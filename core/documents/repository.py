"""Every query of documents: uploads, papers, versions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.documents.model import Form, HandIn, PaperVersion, Seal, StoredFile, Upload, UploadState
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork

_UPLOAD = (
    "id, state, object_key, name, kind, media_type, size, sha256, uploaded_by, uploaded_by_name, begun_at, expires_at"
)

_ATTACH = (
    "UPDATE upload SET state = 'attached', attached_at = now()"  # noqa: S608 - constant column list
    " WHERE tenant_id = $1 AND id = ANY($2) AND state = 'staged' AND uploaded_by = $3 RETURNING " + _UPLOAD
)

_EXPIRE = (
    "UPDATE upload SET state = 'expired' WHERE tenant_id = $1 AND id IN"  # noqa: S608 - constant column list
    " (SELECT id FROM upload WHERE tenant_id = $1 AND state <> 'attached' AND expires_at < $2"
    "  ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING " + _UPLOAD
)

_VERSION = """
SELECT d.id AS document_id, d.type, d.title, d.project_id, d.organisation_id, d.ref, d.current_version,
       v.n, v.stage, v.form, v.upload_id, v.seals, v.signed_by, v.filing_number, v.dated_on, v.recipients, v.parts,
       v.attributes, v.outside, v.handed_in_by, v.handed_in_name, v.handed_in_for, v.handed_in_on, v.seq, v.recorded_at,
       u.object_key, u.name, u.kind, u.media_type, u.size, u.sha256
FROM document d
JOIN document_version v ON v.tenant_id = d.tenant_id AND v.document_id = d.id
LEFT JOIN upload u ON u.tenant_id = v.tenant_id AND u.id = v.upload_id
WHERE d.tenant_id = $1
"""

_OPEN_DOCUMENTS = """
INSERT INTO document AS d (tenant_id, id, project_id, organisation_id, type, ref, slot, title, stage,
                           current_version, created_at)
SELECT $1, r.id, r.project_id, r.organisation_id, r.type, r.ref, r.slot, r.title, r.stage, 1, now()
FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, project_id uuid, organisation_id uuid, type text, ref text,
                                        slot text, title text, stage text)
ORDER BY r.type, r.ref, r.slot
ON CONFLICT (tenant_id, project_id, organisation_id, type, ref, slot)
DO UPDATE SET current_version = d.current_version + 1, title = excluded.title, stage = excluded.stage
RETURNING id, project_id, organisation_id, type, ref, slot, current_version
"""

_CONTINUE_DOCUMENTS = """
UPDATE document d SET current_version = d.current_version + 1, title = r.title, stage = r.stage
FROM jsonb_to_recordset($2::jsonb) AS r(document_id uuid, project_id uuid, organisation_id uuid, type text,
                                        title text, stage text)
WHERE d.tenant_id = $1 AND d.id = r.document_id AND d.type = r.type
  AND d.project_id IS NOT DISTINCT FROM r.project_id AND d.organisation_id IS NOT DISTINCT FROM r.organisation_id
RETURNING d.id, d.ref, d.current_version
"""

_INSERT_VERSIONS = """
INSERT INTO document_version (tenant_id, document_id, n, form, upload_id, stage, seals, signed_by, filing_number,
                              dated_on, recipients, parts, attributes, outside, handed_in_by, handed_in_name,
                              handed_in_for, handed_in_on, seq, recorded_at)
SELECT $1, r.*, now()
FROM jsonb_to_recordset($2::jsonb) AS r(
    document_id uuid, n integer, form text, upload_id uuid, stage text, seals jsonb, signed_by jsonb,
    filing_number text, dated_on date, recipients jsonb, parts jsonb, attributes jsonb, outside boolean,
    handed_in_by uuid, handed_in_name text, handed_in_for text, handed_in_on date, seq integer)
RETURNING recorded_at
"""


async def insert_upload(uow: UnitOfWork, upload: Upload) -> None:
    await uow.execute(
        "INSERT INTO upload (tenant_id, id, state, object_key, name, uploaded_by, uploaded_by_name, begun_at,"
        " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        uow.require_tenant(),
        upload.id,
        upload.state.value,
        upload.object_key,
        upload.name,
        upload.uploaded_by,
        upload.uploaded_by_name,
        upload.begun_at,
        upload.expires_at,
    )


async def mark_staged(uow: UnitOfWork, upload: Upload, *, now: datetime) -> bool:
    """Whether the row was still waiting for its file."""
    tag = await uow.execute(
        "UPDATE upload SET state = 'staged', kind = $3, media_type = $4, size = $5, sha256 = $6, staged_at = $7"
        " WHERE tenant_id = $1 AND id = $2 AND state = 'receiving'",
        uow.require_tenant(),
        upload.id,
        upload.kind,
        upload.media_type,
        upload.size,
        upload.sha256,
        now,
    )
    return tag == "UPDATE 1"


async def find_upload(uow: UnitOfWork, upload_id: UUID) -> Upload | None:
    sql = f"SELECT {_UPLOAD} FROM upload WHERE tenant_id = $1 AND id = $2"  # noqa: S608 - constant column list
    row = await uow.fetchrow(sql, uow.require_tenant(), upload_id)
    return None if row is None else _upload(row)


async def attach_uploads(uow: UnitOfWork, upload_ids: Sequence[UUID], *, user_id: UUID) -> dict[UUID, Upload]:
    """Take staged files of one person for good; the answer lacks those that could not be taken."""
    rows = await uow.fetch(
        _ATTACH,
        uow.require_tenant(),
        list(upload_ids),
        user_id,
    )
    return {row["id"]: _upload(row) for row in rows}


async def delete_upload(uow: UnitOfWork, upload_id: UUID) -> None:
    await uow.execute(
        "DELETE FROM upload WHERE tenant_id = $1 AND id = $2 AND state <> 'attached'", uow.require_tenant(), upload_id
    )


async def expire_uploads(uow: UnitOfWork, *, now: datetime, limit: int) -> tuple[Upload, ...]:
    """Close uploads nobody attached in time; also gives those that an earlier sweep closed and did not finish."""
    rows = await uow.fetch(
        _EXPIRE,
        uow.require_tenant(),
        now,
        limit,
    )
    return tuple(_upload(row) for row in rows)


async def known_keys(uow: UnitOfWork, keys: Iterable[str]) -> set[str]:
    rows = await uow.fetch(
        "SELECT object_key FROM upload WHERE tenant_id = $1 AND object_key = ANY($2)", uow.require_tenant(), list(keys)
    )
    return {row["object_key"] for row in rows}


async def list_attached(uow: UnitOfWork, *, after: UUID | None, limit: int) -> tuple[Upload, ...]:
    rows = await uow.fetch(
        f"SELECT {_UPLOAD} FROM upload WHERE tenant_id = $1 AND state = 'attached'"  # noqa: S608 - constant column list
        " AND id > $2 ORDER BY id LIMIT $3",
        uow.require_tenant(),
        after or UUID(int=0),
        limit,
    )
    return tuple(_upload(row) for row in rows)


async def open_documents(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> list[asyncpg.Record]:
    """The next version of each paper named by its place, type, ref and slot; papers that are new begin at 1."""
    return await uow.fetch(_OPEN_DOCUMENTS, uow.require_tenant(), encode(rows))


async def continue_documents(uow: UnitOfWork, papers: Sequence[HandIn]) -> list[asyncpg.Record]:
    """The next version of each paper named by its id."""
    return await uow.fetch(_CONTINUE_DOCUMENTS, uow.require_tenant(), encode(papers))


async def insert_versions(uow: UnitOfWork, versions: Sequence[PaperVersion]) -> datetime:
    rows = await uow.fetch(_INSERT_VERSIONS, uow.require_tenant(), encode(versions))
    recorded_at: datetime = rows[0]["recorded_at"]
    return recorded_at


async def find_version(uow: UnitOfWork, document_id: UUID, n: int | None) -> PaperVersion | None:
    row = await uow.fetchrow(
        _VERSION + " AND d.id = $2 AND v.n = coalesce($3, d.current_version)", uow.require_tenant(), document_id, n
    )
    return None if row is None else _version(row)


async def list_versions(uow: UnitOfWork, document_id: UUID) -> tuple[PaperVersion, ...]:
    rows = await uow.fetch(_VERSION + " AND d.id = $2 ORDER BY v.n", uow.require_tenant(), document_id)
    return tuple(_version(row) for row in rows)


async def list_papers(
    uow: UnitOfWork,
    *,
    project_id: UUID | None = None,
    organisation_id: UUID | None = None,
    types: Sequence[str] | None = None,
    all_versions: bool = False,
) -> tuple[PaperVersion, ...]:
    owner = "d.project_id = $2" if project_id is not None else "d.organisation_id = $2"
    rows = await uow.fetch(
        _VERSION + f" AND {owner} AND ($3::text[] IS NULL OR d.type = ANY($3)) AND ($4 OR v.n = d.current_version)"
        " ORDER BY v.handed_in_on, v.seq, v.recorded_at, v.document_id, v.n",
        uow.require_tenant(),
        project_id or organisation_id,
        None if types is None else list(types),
        all_versions,
    )
    return tuple(_version(row) for row in rows)


def stored_file(upload: Upload) -> StoredFile:
    """The file behind a staged upload; its size, kind and hash are known, as the table's CHECK demands."""
    return msgspec.convert(msgspec.structs.asdict(upload), StoredFile)


def _upload(row: asyncpg.Record) -> Upload:
    return Upload(**{**dict(row), "state": UploadState(row["state"])})


def _version(row: asyncpg.Record) -> PaperVersion:
    values = dict(row)
    found = {key: values.pop(key) for key in StoredFile.__struct_fields__}
    values["form"] = Form(values["form"])
    values["file"] = StoredFile(**found) if values["upload_id"] is not None else None
    values["seals"] = decode(values["seals"], tuple[Seal, ...])
    values["attributes"] = decode(values["attributes"], dict[str, Any])
    for key in ("signed_by", "recipients", "parts"):
        values[key] = decode(values[key], tuple[str, ...])
    return PaperVersion(**values)
