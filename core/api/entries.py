"""The parties of a case as pages and other systems show them: who each is, what it said, how its part ended."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.cases.state import Entry


def entry_views(case: Case) -> list[dict[str, Any]]:
    """Every entry, ended or not, in the order they came."""
    return [_entry(case, entry) for entry in case.state.entries]


def _entry(case: Case, entry: Entry) -> dict[str, Any]:
    rules = case.rules
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "party": entry.party,
        "members": entry.members,
        "on": entry.on,
        "roles": [
            {"key": role, "title": rules.roles[role].title}
            for role, holders in case.state.bound.items()
            if entry.id in holders and role in rules.roles
        ],
        "open_stages": [run.stage for run in case.state.runs if run.is_open and run.ref == entry.id],
        "facts": [
            {"key": key, "title": rules.facts[key].title, "type": rules.facts[key].type.value, "value": value}
            for key, value in entry.facts.items()
            if key in rules.facts
        ],
        "amounts": [
            {"key": key, "title": rules.amounts[key].title, "amount_fen": value}
            for key, value in entry.facts.items()
            if key in rules.amounts
        ],
        "end": entry.end,
    }
