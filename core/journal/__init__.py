"""The journal (办理日志): audit trail, project timeline and outbox in one, hash-chained per project.

It is written in the transaction of the act and by nothing else, so there is no act without its entry and no entry
without its act. What other people and systems must hear of is relayed from here (`core.journal.outbox`).
"""

from core.journal.model import TENANT_CHAIN, Entry, Flaw, Recorded, Root, Verification
from core.journal.service import append, daily_root, roots, timeline, verify, verify_tenant

__all__ = [
    "TENANT_CHAIN",
    "Entry",
    "Flaw",
    "Recorded",
    "Root",
    "Verification",
    "append",
    "daily_root",
    "roots",
    "timeline",
    "verify",
    "verify_tenant",
]
