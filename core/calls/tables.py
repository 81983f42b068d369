"""Piccolo tables of calls; keys and walls stand in 0014_calls.sql."""

from piccolo.columns import JSONB, UUID, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class PostingRow(Table, tablename="posting"):
    """One thing everybody may read. No personal data beyond names that a regulation orders to be published."""

    id = UUID(primary_key=True, default=None)
    publisher_id = UUID(default=None)
    publisher_code = Text()
    publisher = Text()
    kind = Text()
    title = Text()
    article = Text()
    content = JSONB()
    opened_on = Date()
    closes_on = Date(null=True, default=None)
    state = Text()
    takes_objections = Boolean()
    takes_answers = Boolean()
    case_id = UUID(null=True, default=None)
    code = Text()
    stage = Text()
    posting_ref = Text(db_column_name="ref")
    n = Integer()
    history = JSONB()
    version = Integer()
    published_at = Timestamptz()
    changed_at = Timestamptz()


class PostingDraftRow(Table, tablename="posting_draft"):
    """One text of an office before and after it is published. Personal data: the name of who wrote it."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    kind = Text()
    title = Text()
    body = Text()
    plan_year = Integer(null=True, default=None)
    closes_on = Date(null=True, default=None)
    state = Text()
    written_by = UUID(default=None)
    written_by_name = Text()
    changed_at = Timestamptz()


class SubmissionRow(Table, tablename="submission"):
    """One objection or answer from outside. Personal data: name, contact, what was written."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    posting_id = UUID(default=None)
    kind = Text()
    case_id = UUID(null=True, default=None)
    name = Text()
    credit_code = Text()
    contact_name = Text()
    contact = Text()
    body = Text()
    members = JSONB()
    address_digest = Bytea()
    received_on = Date()
    received_at = Timestamptz()
    late = Boolean()
    state = Text()
    reason = Text()
    handled_by = Text()
    handled_on = Date(null=True, default=None)
    entry = Text()
    account_id = UUID(null=True, default=None)
