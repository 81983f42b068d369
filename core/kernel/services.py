"""What every process holds while it serves: opened once at start, handed to whoever answers requests or jobs."""

from dataclasses import dataclass

from core.kernel.clock import Clock
from core.kernel.database import Database
from core.kernel.settings import Settings
from core.kernel.tenancy import TenantDirectory


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The open pool, the directory of tenants and the clock of one process; the floor above assembles it.

    Regulations are absent on purpose: `core.policy` finds them by entry point and keeps them for the process.
    """

    settings: Settings
    database: Database
    directory: TenantDirectory
    clock: Clock
