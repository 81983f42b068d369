"""Piccolo tables of the journal. The hot paths are written in SQL (`repository`, `outbox`); these serve the rest."""

from piccolo.columns import JSON, UUID, BigInt, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class JournalChain(Table, tablename="journal_chain"):
    """Where one chain of entries stands; its row is the lock that orders them. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    chain_id = UUID(default=None)
    seq = BigInt()
    previous = Bytea()
    head = Bytea()
    changed_at = Timestamptz()


class JournalEntry(Table, tablename="journal_entry"):
    """One thing that happened, never changed afterwards. Personal data: who acted, and what `detail` repeats."""

    tenant_id = UUID(primary_key=True, default=None)
    chain_id = UUID(default=None)
    seq = BigInt()
    id = UUID(default=None)
    kind = Text()
    subject = Text()
    on_date = Date()
    recorded_at = Timestamptz()
    actor_id = UUID(default=None)
    actor_name = Text()
    organisation_id = UUID(null=True, default=None)
    organisation = Text()
    acting_tenant_id = UUID(default=None)
    acting_for = UUID(null=True, default=None)
    channel = Text()
    detail = JSON()
    prev_hash = Bytea()
    hash = Bytea()
    algorithm = Text()


class JournalRoot(Table, tablename="journal_root"):
    """One day's seal over the chain heads of a tenant. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    day_on = Date()
    made_at = Timestamptz()
    chains = Integer()
    previous = Bytea()
    root = Bytea()
    heads = Bytea()
    algorithm = Text()


class Outbox(Table, tablename="outbox"):
    """One entry that has not yet been handed to the consumers. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    chain_id = UUID(default=None)
    seq = BigInt()
    entry_id = UUID(default=None)
    kind = Text()
    created_at = Timestamptz()


class OutboxDelivery(Table, tablename="outbox_delivery"):
    """One entry still owed to one consumer. No personal data of its own; `last_error` is a technical text."""

    tenant_id = UUID(primary_key=True, default=None)
    consumer = Text()
    chain_id = UUID(default=None)
    seq = BigInt()
    entry_id = UUID(default=None)
    created_at = Timestamptz()
    due_at = Timestamptz()
    attempts = Integer()
    last_error = Text(null=True, default=None)
    gave_up_at = Timestamptz(null=True, default=None)
