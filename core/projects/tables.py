"""Piccolo tables of projects; keys and walls stand in 0004_projects.sql."""

from piccolo.columns import JSONB, UUID, Array, BigInt, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class ApplicationSystem(Table, tablename="application_system"):
    """One application system, which outlives its projects. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    organisation_id = UUID(default=None)
    name = Text()
    state = Text()
    since_on = Date()


class Project(Table, tablename="project"):
    """One case with its whole stored state and the columns lists read. Personal data: who acted, in `document`."""

    tenant_id = UUID(primary_key=True, default=None)
    id = UUID(default=None)
    code = Text()
    kind = Text()
    title = Text()
    unit_id = UUID(default=None)
    subordinate_id = UUID(null=True, default=None)
    system_id = UUID(null=True, default=None)
    jurisdiction = Text()
    edition = Text()
    rulebook = Text()
    options = JSONB()
    plan_year = Integer()
    project_kind = Text(null=True, default=None)
    track = Text()
    status = Text()
    open_stages = Array(base_column=Text())
    holders = Array(base_column=Text())
    next_due_on = Date(null=True, default=None)
    declared_fen = BigInt(null=True, default=None)
    confirmed_fen = BigInt(null=True, default=None)
    approved_fen = BigInt(null=True, default=None)
    contract_fen = BigInt(null=True, default=None)
    accepted_fen = BigInt(null=True, default=None)
    created_on = Date()
    ended_on = Date(null=True, default=None)
    version = Integer()
    document = JSONB()
    standing = JSONB()
    source = Text()
    source_key = Text(null=True, default=None)
    changed_at = Timestamptz()


class ProjectNumber(Table, tablename="project_number"):
    """The last number given in a plan year. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    plan_year = Integer()
    last = Integer()


class ProjectLink(Table, tablename="project_link"):
    """One link of lineage between two projects. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    kind = Text()
    linked_id = UUID(default=None)


class ContractRow(Table, tablename="contract"):
    """One contract of a project. No personal data: suppliers are companies."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    id = Text()
    kind = Text()
    supplier = Text()
    amount_fen = BigInt()
    signed_on = Date(null=True, default=None)
    lot = Text()
    amends = Text()


class ProjectAmount(Table, tablename="project_amount"):
    """One figure of the ladder of amounts as it was fixed. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    key = Text()
    seq = Integer()
    amount_fen = BigInt()
    fixed_on = Date()
    role = Text()


class BudgetLineRow(Table, tablename="budget_line"):
    """One line of a budget. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    project_id = UUID(default=None)
    basis = Text()
    line = Integer()
    title = Text()
    category = Text()
    amount_fen = BigInt()
