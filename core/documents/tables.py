"""Piccolo tables of documents. The queries are written in SQL (`repository`); these describe the rows."""

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class UploadRow(Table, tablename="upload"):
    """One file on its way in or kept. Personal data: who uploaded it, and its name."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    state = Text()
    object_key = Text()
    name = Text()
    kind = Text(null=True)
    media_type = Text(null=True)
    size = BigInt(null=True)
    sha256 = Text(null=True)
    uploaded_by = UUID(default=None)
    uploaded_by_name = Text()
    begun_at = Timestamptz()
    staged_at = Timestamptz(null=True)
    attached_at = Timestamptz(null=True)
    expires_at = Timestamptz()


class DocumentRow(Table, tablename="document"):
    """One paper of a project, or of a unit where it belongs to no project. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    project_id = UUID(null=True, default=None)
    organisation_id = UUID(null=True, default=None)
    type = Text()
    reference = Text(db_column_name="ref")  # `ref` is a method of every Piccolo table
    slot = Text()
    title = Text()
    stage = Text()
    current_version = Integer()
    created_at = Timestamptz()


class DocumentVersionRow(Table, tablename="document_version"):
    """One version of a paper as handed in, never changed afterwards. Personal data: who signed and handed it in."""

    tenant_id = UUID(primary_key=True, default=None)
    document_id = UUID(default=None)
    n = Integer()
    form = Text()
    upload_id = UUID(null=True, default=None)
    stage = Text()
    seals = JSONB()
    signed_by = JSONB()
    filing_number = Text()
    dated_on = Date(null=True)
    recipients = JSONB()
    parts = JSONB()
    attributes = JSONB()
    outside = Boolean()
    handed_in_by = UUID(default=None)
    handed_in_name = Text()
    handed_in_for = Text()
    handed_in_on = Date()
    seq = Integer()
    recorded_at = Timestamptz()
