"""A case as pages and other systems show it: one dictionary with everything said in the regulation's own titles."""

from typing import Any

from core.api.entries import entry_views
from core.kernel.workdays import LimitKind
from core.policy.cases.case import Case
from core.policy.cases.state import Due
from core.projects import Project
from core.stages import holders_of, possible_acts, route_of
from core.stages.wording import status_of


def case_view(project: Project, case: Case, roles: frozenset[str]) -> dict[str, Any]:
    """Everything about one project, in the order a page shows it."""
    state, rules = case.state, case.rules
    return {
        "code": state.code,
        "title": state.title,
        "unit": state.unit,
        "subordinate": state.subordinate,
        "plan_year": state.plan_year,
        "created_on": state.created_on,
        "version": project.version,
        "rulebook": {
            "place": rules.place,
            "edition": project.edition,
            "digest": project.rulebook,
            "installed": bool(rules.regulations),
        },
        "track": _titled(rules.tracks, state.track) | {"locked": state.track_locked},
        "status": status_of(case),
        "holders": holders_of(case),
        "route": route_of(case),
        "facts": [_fact(case, key) for key in state.facts if key in rules.facts],
        "amounts": _ladder(case),
        "contracts": state.contracts,
        "lots": state.lots,
        "entries": entry_views(case),
        "runs": [run for run in state.runs if not run.skipped],
        "dues": [due_view(case, due) for due in state.dues if not due.dropped],
        "papers": state.papers,
        "effects": _effects(case),
        "acts": possible_acts(case, roles),
        "end": state.end,
    }


def _titled(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    return {"key": key, "title": mapping[key].title if key in mapping else key}


def _fact(case: Case, key: str) -> dict[str, Any]:
    fact = case.rules.facts[key]
    changed = case.state.changed.get(key)
    return {
        "key": key,
        "title": fact.title,
        "type": fact.type.value,
        "value": case.state.facts[key],
        "on": changed.on if changed is not None else None,
        "by": changed.role if changed is not None else "",
        "article": case.rules.article(fact.citation.rows),
    }


def _ladder(case: Case) -> list[dict[str, Any]]:
    """The ladder of amounts with the drift of each step against the one before, in fen."""
    rows: list[dict[str, Any]] = []
    before: int | None = None
    for amount in case.rules.amounts.values():
        value = case.state.facts.get(amount.key)
        if amount.key == "contract" and case.state.contracts:
            value = sum(c.amount_fen for c in case.state.contracts)
        if value is None:
            continue
        drift = value - before if before is not None else 0
        rows.append({"key": amount.key, "title": amount.title, "amount_fen": value, "drift_fen": drift})
        before = value
    return rows


def due_view(case: Case, due: Due, *, explain: bool = False) -> dict[str, Any]:
    """One limit of a case; with its reckoning, sentence by sentence, if asked."""
    limit = case.rules.limits[due.limit]
    role = case.rules.roles.get(limit.owner)
    found: dict[str, Any] = {
        "limit": due.limit,
        "title": limit.title,
        "stage": due.stage,
        "ref": due.ref,
        "owner": role.title if role is not None else limit.owner,
        "kind": limit.kind.value,
        "start_on": due.start_on,
        "due_on": due.due_on,
        "met_on": due.met_on,
        "late": due.is_late(case.today) and limit.kind.can_be_late,
        "provisional": due.provisional,
        "article": case.rules.article(limit.citation.rows),
    }
    if explain and limit.kind is not LimitKind.NONE:
        found["reckoning"] = case.ledger(due).explain()
    return found


def _effects(case: Case) -> list[dict[str, Any]]:
    """Consequences this case has caused, as they run today."""
    found = []
    for key in case.rules.effects_from(case):
        effect = case.rules.effects[key]
        hits = effect.from_project(case.standing, case) if effect.from_project is not None else None
        if hits is not None:
            found.append(
                {
                    "key": key,
                    "title": effect.title,
                    "since": hits.since,
                    "until": hits.until,
                    "reason": hits.reason,
                    "cure": effect.cure,
                    "article": case.rules.article(effect.citation.rows),
                }
            )
    return found
