"""Scenarios (情景): a regulation's rules as cases a domain expert can read, run and check.

| file | holds |
|---|---|
| `reading.py` | YAML with the line of every value, and problems gathered |
| `templating.py` | values for `$names`, shared openings (`use`), tables of cases |
| `format.py` | which words a scenario may use; from file to `Scenario` |
| `naming.py` | keys, codes and aliases of the rulebook, and yuan read as fen |
| `surroundings.py` | what is given: unit, registers, round, calendar |
| `acting.py` | from a step to an act |
| `expecting.py` | what a step yields, held against what was expected |
| `running.py` | the pure runner |
| `reporting.py` | a table for people, JSON for programs |

The format is described in docs/scenarios.md.
"""

from core.policy.scenarios.format import Scenario, ScenarioError, Step, files_of, load
from core.policy.scenarios.running import Result, StepResult, run, run_file

__all__ = ["Result", "Scenario", "ScenarioError", "Step", "StepResult", "files_of", "load", "run", "run_file"]
