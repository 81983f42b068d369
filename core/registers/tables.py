"""Piccolo tables of registers; keys and walls stand in 0007_registers.sql."""

from piccolo.columns import JSONB, UUID, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class RegisterEntryRow(Table, tablename="register_entry"):
    """One version of one entry of a register. Personal data: who entered it, and what `content` repeats."""

    tenant_id = UUID(primary_key=True, default=None)
    register = Text()
    organisation_id = UUID(default=None)
    entry_key = Text()
    version = Integer()
    on_date = Date()
    state = Text()
    adjusted_on = Date(null=True, default=None)
    withdrawn_on = Date(null=True, default=None)
    withdrawn_reason = Text()
    content = JSONB()
    document_id = UUID(null=True, default=None)
    entered_by = UUID(default=None)
    entered_by_name = Text()
    recorded_at = Timestamptz()


class UnitFindingRow(Table, tablename="unit_finding"):
    """One thing an office has recorded about a unit. Personal data: who recorded and who lifted it."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    organisation_id = UUID(default=None)
    kind = Text()
    on_date = Date()
    reason = Text()
    project_code = Text()
    recorded_by = UUID(default=None)
    recorded_by_name = Text()
    lifted_on = Date(null=True, default=None)
    lifted_reason = Text()
    lifted_by_name = Text()


class ApplicationRound(Table, tablename="application_round"):
    """One yearly window for applications. Personal data: who opened it."""

    tenant_id = UUID(primary_key=True, default=None)
    plan_year = Integer()
    issued_on = Date()
    closes_on = Date()
    months = Integer()
    title = Text()
    document_id = UUID(null=True, default=None)
    opened_by = UUID(default=None)
    opened_by_name = Text()


class ExpertRow(Table, tablename="expert"):
    """One expert in one library. Personal data: the whole row."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    library = Text()
    name = Text()
    specialty = Text()
    employer = Text()
    title = Text()
    contact = Text()
    source = Text()
    former_employers = JSONB()
    active_from_on = Date()
    active_to_on = Date(null=True, default=None)


class DrawRow(Table, tablename="draw"):
    """One random draw with all that it follows from. Personal data: names and employers of the experts in the pool."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    project_id = UUID(default=None)
    stage = Text()
    number = Integer()
    library = Text()
    state = Text()
    inputs = JSONB()
    inputs_hash = Text()
    seed_hash = Text()
    seed = Text()
    outcome = JSONB(null=True, default=None)
    reason = Text()
    prepared_by = UUID(default=None)
    prepared_by_name = Text()
    prepared_at = Timestamptz()
    drawn_by_name = Text()
    drawn_at = Timestamptz(null=True, default=None)


class SharedEntryRow(Table, tablename="shared_entry"):
    """The public face of one entry of a register that reaches down the tree. No personal data; without a wall."""

    keeper_id = UUID(primary_key=True, default=None)
    register = Text()
    entry_key = Text()
    place = Text()
    title = Text()
    on_date = Date()
    closed_on = Date(null=True, default=None)
    matched = Text()
    content = JSONB()
    source_id = UUID(default=None)
    recorded_at = Timestamptz()
