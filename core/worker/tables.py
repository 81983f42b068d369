"""Piccolo table of the worker; its wall stands in 0011_worker.sql."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table


class JobMark(Table, tablename="job_mark"):
    """Up to where one periodic job has come in one tenant. No personal data."""

    tenant_id = UUID(primary_key=True, default=None)
    job = Text()
    mark = Text()
    done_at = Timestamptz()
