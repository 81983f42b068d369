"""Piccolo tables of stages; keys and walls stand in 0006_stages.sql and 0012_referrals.sql."""

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class StageRun(Table, tablename="stage_run"):
    """One attempt of one stage. Personal data: the name of who closed it."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    stage = Text()
    lot_ref = Text(db_column_name="ref")
    opened_seq = Integer()
    n = Integer()
    segment = Text()
    opened_on = Date()
    closed_on = Date(null=True, default=None)
    outcome = Text()
    role = Text()
    person = Text()
    reason = Text()
    skipped = Boolean()
    overtaken = Boolean()


class TaskRow(Table, tablename="task"):
    """One thing that waits for a role. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    stage = Text()
    lot_ref = Text(db_column_name="ref")
    opened_seq = Integer()
    role = Text()
    organisation_id = UUID(null=True, default=None)
    act = Text()
    n = Integer()
    opened_on = Date()
    due_on = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    acting_tenant_id = UUID(null=True, default=None)


class Referral(Table, tablename="referral"):
    """One task of another tenant's project that waits here, or did. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    owner_id = UUID(default=None)
    project_id = UUID(default=None)
    stage = Text()
    lot_ref = Text(db_column_name="ref")
    opened_seq = Integer()
    role = Text()
    act = Text()
    n = Integer()
    owner = Text()
    owner_name = Text()
    code = Text()
    title = Text()
    unit = Text()
    stage_title = Text()
    role_title = Text()
    opened_on = Date()
    due_on = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    version = Integer()
    competes = Boolean(default=False)


class ReceivedEntry(Table, tablename="received_entry"):
    """One entry of another tenant's journal that has had its effect here. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    entry_id = UUID(default=None)
    received_at = Timestamptz()


class Deadline(Table, tablename="deadline"):
    """One running or finished time limit of a project. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    time_limit = Text()
    lot_ref = Text(db_column_name="ref")
    start_on = Date()
    n = Integer()
    stage = Text()
    owner = Text()
    kind = Text()
    due_on = Date(null=True, default=None)
    provisional = Boolean()
    met_on = Date(null=True, default=None)
    dropped = Boolean()
    told_on = Date(null=True, default=None)


class DefectRow(Table, tablename="defect"):
    """One defect a review named, with its state over the rounds. No personal data is asked for in it."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    stage = Text()
    id = Text()
    item = Text()
    text = Text()
    rule = Text()
    raised_n = Integer()
    raised_on = Date()
    state = Text()
    answer = Text()


class YearlyTotal(Table, tablename="yearly_total"):
    """What acts have added up to in one year, for the tenant or for one unit. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    total = Text()
    unit_code = Text()
    year = Integer()
    amount_fen = BigInt()


class ReceiptRow(Table, tablename="receipt"):
    """One decision with its inputs, never changed. Personal data: names of who acted, inside `act`."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    version = Integer()
    id = UUID(default=None)
    rulebook = Text()
    on_date = Date()
    recorded_at = Timestamptz()
    act = JSONB()
    context = JSONB()
    decision = JSONB()
    before_hash = Text()
    after_hash = Text()
