"""A rule that fails while a case is judged: it blocks, says so with a reference, and nothing else stops.

The reference is made of rulebook, case, act and place of the failure, so that the same failure has the same reference
on a screen, in the log and in a replay. What the rule raised goes to the log and never to the person.
"""

import sys
import traceback
from types import TracebackType

import msgspec

from core.kernel.codec import digest
from core.policy.cases.acts import Act, Decision, Finding

_LENGTH = 8
_OURS = frozenset({"core", "msgspec", *sys.stdlib_module_names})


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One failure for the log: the reference shown, the rule, what it raised and where."""

    reference: str
    gate: str
    error: str
    at: str


def is_of_plugin(error: BaseException) -> bool:
    """Whether a plugin's own code took part: what core alone raises is core's mistake, and is not hidden."""
    return bool(_outside(error.__traceback__))


def place_of(error: BaseException) -> str:
    """The last line outside core on the way to the failure."""
    return (_outside(error.__traceback__) or [""])[-1]


def reference(rulebook: str, case: str, act: Act, error: BaseException) -> str:
    """What a person quotes to an administrator."""
    parts = [rulebook, case, act.name, act.stage, type(error).__name__, place_of(error)]
    return f"E-{digest(parts)[:_LENGTH].upper()}"


def faults_of(decision: Decision) -> tuple[Fault, ...]:
    """The failures a decision met, for whoever keeps the log."""
    return tuple(_fault(finding) for finding in decision.findings if finding.fault)


def _fault(finding: Finding) -> Fault:
    said = finding.evidence
    return Fault(reference=finding.fault, gate=finding.gate, error=said.get("error", ""), at=said.get("at", ""))


def _outside(trace: TracebackType | None) -> list[str]:
    """The lines outside core and Python's own library on the way to a failure: module and number."""
    found = []
    for frame, line in traceback.walk_tb(trace):
        name = str(frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] not in _OURS:
            found.append(f"{name}:{line}")
    return found
