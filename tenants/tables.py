"""Piccolo tables of the tenants floor. Both are global: a request must find its tenant before it has one."""

from piccolo.columns import UUID, BigInt, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table


class TenantRow(Table, tablename="tenant"):
    """One place that is served. No personal data; nothing here is secret."""

    id = UUID(primary_key=True, default=None)
    code = Text()
    name = Text()
    level = Text()
    parent_id = UUID(null=True, default=None)
    jurisdiction = Text()
    edition = Text(null=True, default=None)
    edition_policy = Text()
    status = Text()
    host = Text(null=True, default=None)
    takes_part = Boolean(default=False)
    options_version = Integer()
    version = Integer()
    opened_at = Timestamptz()


class TenantDirectoryVersion(Table, tablename="tenant_directory_version"):
    """The one row that grows with every change of a tenant, so that memories of them can be checked cheaply.

    No personal data.
    """

    singleton = Boolean(primary_key=True, default=True)
    version = BigInt()
