"""One judgement and its proof: what was asked, what was looked at, what came of it, hash to hash (判定凭据)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.codec import digest
from core.policy.cases.acts import Act, Ruling
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.rulebooks.rulebook import Rulebook


def context_kept(context: Context) -> dict[str, Any]:
    """The surroundings of a decision as a receipt keeps them: the calendar by its version, all else in full."""
    return msgspec.structs.asdict(context) | {"calendar": context.calendar.version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An act judged on a case: everything that went in, and the ruling that came out."""

    rules: Rulebook
    context: Context
    act: Act
    before: CaseState
    ruling: Ruling

    @property
    def case_before(self) -> Case:
        """The case as it stood."""
        return Case(self.before, self.context, self.rules)

    @property
    def case_after(self) -> Case:
        """The case as the ruling leaves it."""
        return Case(self.ruling.after, self.context, self.rules)

    def receipt(self, receipt_id: UUID) -> dict[str, Any]:
        """The receipt as a row; the calendar is kept by its version, all else that was looked at in full."""
        context = self.context
        return {
            "id": receipt_id,
            "rulebook": self.rules.digest,
            "on_date": self.act.on,
            "act": self.act,
            "context": context_kept(context),
            "decision": self.ruling.decision,
            "before_hash": digest(self.before),
            "after_hash": digest(self.ruling.after),
        }

    def detail(self, version: int, receipt_id: UUID) -> dict[str, Any]:
        """What the journal keeps of it: enough for timelines, notices and other systems to go by."""
        act, decision = self.act, self.ruling.decision
        found = {
            "code": self.before.code,
            "title": self.before.title,
            "act": act.name,
            "stage": act.stage,
            "ref": act.ref,
            "side": act.side,
            "role": act.role,
            "outcome": act.outcome,
            "reason": act.reason,
            "receipt": receipt_id,
            "track": decision.track,
            "opened": [ref.stage for ref in decision.opened],
            "closed": [ref.stage for ref in decision.closed],
            "skipped": [ref.stage for ref in decision.skipped],
            "dues": [{"limit": due.limit, "due_on": due.due_on} for due in decision.dues],
            "warned": [finding.gate for finding in decision.findings],
            "effects_started": list(decision.effects_started),
            "effects_ended": list(decision.effects_ended),
            "facts": sorted(act.facts),
            "end": decision.end.kind if decision.end is not None else "",
        }
        return {key: value for key, value in found.items() if value not in ("", [], None)} | {"version": version}
