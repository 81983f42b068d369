"""The worker (后台任务): hands on what the journal says, sends what is due, and does what the clock asks.

PostgreSQL is the truth of everything that is to be done; Valkey only spreads it over processes. A worker without
Valkey does the same work by itself, and one that dies leaves nothing behind but leases that run out.
"""

from core.worker.process import run, serve

__all__ = ["run", "serve"]
