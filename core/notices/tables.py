"""Piccolo tables of notices; keys and walls stand in 0009_notices.sql."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """One thing one body is told about one entry. No personal data beyond what a reason may say."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    entry_id = UUID(default=None)
    effect = Text()
    topic = Text()
    organisation_id = UUID(null=True, default=None)
    role = Text()
    project_id = UUID(null=True, default=None)
    code = Text()
    title = Text()
    subject = Text()
    body = Text()
    article = Text()
    stage = Text()
    due_on = Date(null=True, default=None)
    on_date = Date()
    created_at = Timestamptz()


class NoticeRead(Table, tablename="notice_read"):
    """One notice read by one account. Personal data: who read what when."""

    tenant_id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    notice_id = UUID(default=None)
    read_at = Timestamptz()


class NoticePreference(Table, tablename="notice_preference"):
    """How one account wants to be told. Personal data: its address."""

    tenant_id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    email = Text()
    mode = Text()
    read_up_to_at = Timestamptz(null=True, default=None)
    digested_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()


class OutgoingMail(Table, tablename="outgoing_mail"):
    """One mail to one account. Personal data: the address."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    account_id = UUID(default=None)
    source = Text()
    address = Text()
    subject = Text()
    body = Text()
    created_at = Timestamptz()
    due_at = Timestamptz()
    attempts = Integer()
    last_error = Text(null=True, default=None)
    sent_at = Timestamptz(null=True, default=None)
    gave_up_at = Timestamptz(null=True, default=None)


class WebhookSubscription(Table, tablename="webhook_subscription"):
    """One address of another system. No personal data; the secret is sealed."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    title = Text()
    url = Text()
    events = Array(base_column=Text())
    secret = Text(secret=True)
    active = Boolean()
    failures = Integer()
    disabled_at = Timestamptz(null=True, default=None)
    last_error = Text(null=True, default=None)
    created_by = UUID(default=None)
    created_at = Timestamptz()


class WebhookMessage(Table, tablename="webhook_message"):
    """One entry owed to one subscription. Personal data: what the entry's detail says of persons."""

    tenant_id = UUID(primary_key=True, default=None)
    subscription_id = UUID(default=None)
    chain_id = UUID(default=None)
    seq = BigInt()
    entry_id = UUID(default=None)
    body = Text()
    created_at = Timestamptz()
    due_at = Timestamptz()
    attempts = Integer()
    last_error = Text(null=True, default=None)
    sent_at = Timestamptz(null=True, default=None)
    gave_up_at = Timestamptz(null=True, default=None)
