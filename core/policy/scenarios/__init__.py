"""Scenarios (情景): a regulation's cases in a form its experts can read, run on the pure engine.

`format` says what a file may hold, `loading` reads it and names everything wrong at once, `running` plays it,
`expecting` compares, `reporting` prints. docs/scenarios.md teaches a stranger to write one.
"""

from core.policy.scenarios.format import Scenario, ScenarioInvalidError
from core.policy.scenarios.loading import load
from core.policy.scenarios.running import Report, run

__all__ = ["Report", "Scenario", "ScenarioInvalidError", "load", "run"]
