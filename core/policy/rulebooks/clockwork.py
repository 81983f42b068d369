"""Which limits an event concerns, indexed once per rulebook: a decision asks this at every step."""

from collections.abc import Iterable

from core.policy.rules.limits import PauseRule, StartKind, TimeLimit


class Clocks:
    """Limits by what begins, meets or stops them."""

    def __init__(self, limits: Iterable[TimeLimit]) -> None:
        """Index the limits of a rulebook."""
        begun: dict[tuple[str, str], list[TimeLimit]] = {}
        met: dict[tuple[str, str], list[TimeLimit]] = {}
        told: dict[str, list[str]] = {}
        stopped: dict[str, list[tuple[TimeLimit, PauseRule]]] = {}
        for limit in limits:
            for event in dict.fromkeys(limit.start.events):
                if event.kind is StartKind.CLOSED:
                    begun.setdefault((event.key, event.outcome), []).append(limit)
                elif event.kind is StartKind.FACT:
                    told.setdefault(event.key, []).append(limit.key)
            if limit.met_by_fact:
                told.setdefault(limit.met_by_fact, []).append(limit.key)
            if limit.met_by:
                met.setdefault(limit.met_by, []).append(limit)
            for rule in limit.pauses:
                if rule.while_open:
                    stopped.setdefault(rule.while_open, []).append((limit, rule))
        self.begun = {key: tuple(found) for key, found in begun.items()}
        self.met = {key: tuple(found) for key, found in met.items()}
        self.told = {key: tuple(found) for key, found in told.items()}
        self.stopped = {key: tuple(found) for key, found in stopped.items()}
