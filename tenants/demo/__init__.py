"""The demo world (演示环境): a district with its offices, units, experts and round, and projects on their way.

Names of projects are real, taken from public procurement notices of another city; they are shown under this
regulation as examples only.
"""

from tenants.demo.journeys import run_journeys
from tenants.demo.staging import stage
from tenants.demo.world import PASSWORD, load_once, open_world

__all__ = ["PASSWORD", "load_once", "open_world", "run_journeys", "stage"]
