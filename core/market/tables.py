"""Piccolo tables of the market; keys and walls stand in 0010_market.sql."""

from piccolo.columns import JSONB, UUID, Date, Text, Timestamptz
from piccolo.table import Table


class ListingDraft(Table, tablename="listing_draft"):
    """One draft of a listing. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    project_id = UUID(default=None)
    rule = Text()
    unit_id = UUID(default=None)
    system_id = UUID(null=True, default=None)
    title = Text()
    force = Text()
    platform = Text()
    article = Text()
    content = JSONB()
    state = Text()
    opened_on = Date()
    entry_id = UUID(default=None)
    changed_at = Timestamptz()
