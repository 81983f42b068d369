"""Piccolo tables of the kernel, and the column every tenant table begins with."""

from piccolo.columns import JSONB, UUID, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class IdempotentAct(Table, tablename="idempotent_act"):
    """One answered act, kept for a week so that a repeated request gets the same answer.

    Personal data: the answer may repeat what the request's sender may see anyway.
    """

    tenant_id = UUID(primary_key=True, default=None)
    key = Text()
    actor_id = UUID(default=None)
    request_hash = Bytea()
    status = Integer(null=True, default=None)
    body = Bytea(null=True, default=None)
    created_at = Timestamptz()


class TenantChoice(Table, tablename="tenant_choice"):
    """One dated choice of a tenant where its regulation leaves one. Personal data: the name of who decided."""

    tenant_id = UUID(primary_key=True, default=None)
    kind = Text()
    key = Text()
    from_on = Date()
    recorded_at = Timestamptz()
    value = JSONB()
    source = Text()
    decided_by_id = UUID(default=None)
    decided_by_name = Text()


class CalendarAmendment(Table, tablename="calendar_amendment"):
    """One day a tenant counts differently from the announced calendar. Personal data: the name of who decided."""

    tenant_id = UUID(primary_key=True, default=None)
    day_on = Date()
    recorded_at = Timestamptz()
    works = Boolean()
    reason = Text()
    source = Text()
    decided_by_id = UUID(default=None)
    decided_by_name = Text()
