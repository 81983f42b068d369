"""Rules that failed instead of judging, told to whoever keeps the service: one line in the log and one figure each."""

import structlog
from prometheus_client import Counter

from core.policy.cases.acts import Decision
from core.policy.judging.faults import faults_of
from core.policy.rulebooks.rulebook import Rulebook

RULE_FAILURES = Counter(
    "lixiang_rule_failures", "Rules that failed instead of judging", ("place", "gate"), registry=None
)
_log = structlog.get_logger("rules")


def report_faults(rules: Rulebook, project: str, decision: Decision) -> None:
    """Tell of every rule that failed in a decision, under the reference the person was shown."""
    for fault in faults_of(decision):
        RULE_FAILURES.labels(rules.place, fault.gate).inc()
        _log.error(
            "rule_failed",
            reference=fault.reference,
            rulebook=rules.edition,
            gate=fault.gate,
            error=fault.error,
            at=fault.at,
            project=project,
        )
