"""What a decision publishes in registers that reach down the tree (共享登记): entries derived from the case."""

from collections.abc import Iterator

from core.policy.cases.acts import Decision
from core.policy.cases.context import SharedEntry
from core.policy.cases.state import CaseState, Run
from core.policy.rulebooks.inheriting import DESCENDANTS
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.regulation import Register


def published(rules: Rulebook, decision: Decision, after: CaseState) -> Iterator[SharedEntry]:
    """The entries that an accepted act makes or renews, one per register, or per entry whose stage it was."""
    if not decision.accepted:
        return
    for ref in decision.closed:
        for register in rules.registers.values():
            if register.reach == DESCENDANTS and (ref.stage, ref.outcome) in (register.admits, *register.renews):
                first = _admitted(register, after, ref.ref)
                if first is not None:
                    yield _entry(rules, register, after, first)


def _admitted(register: Register, after: CaseState, ref: str) -> Run | None:
    """The run that admitted the entry; without one there is nothing to renew, as in a register seen from below."""
    runs = (run for run in after.runs if run.ref == ref and not run.overtaken)
    return next((run for run in runs if (run.stage, run.outcome) == register.admits), None)


def _entry(rules: Rulebook, register: Register, after: CaseState, first: Run) -> SharedEntry:
    """The entry as of the day it was first admitted: what hangs on it is reckoned from there."""
    ref = first.ref
    entry = next((e for e in after.entries if e.id == ref), None)
    facts = {**after.facts, **(entry.facts if entry is not None else {})}
    holders = {
        role: [e.party or e.title for e in after.entries if e.id in ids and e.end is None]
        for role, ids in after.bound.items()
    }
    code = after.code or after.id
    return SharedEntry(
        register=register.key,
        key=f"{code}/{ref}" if ref else code,
        title=f"{after.title}（{entry.title}）" if entry is not None else after.title,
        on=first.closed_on or after.created_on,
        place=rules.place,
        content={
            **{key: facts[key] for key in register.carries if key in facts},
            "case": code,
            "proposer": after.unit,
            "holders": holders,
        },
    )
