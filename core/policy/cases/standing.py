"""What one project shows to its unit's other projects: the compact record that unit-wide rules read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from core.policy.cases.state import CaseState, End, Run, Value


class StageMark(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The last closed run of a stage: how it ended and when, and how many runs were counted."""

    outcome: str
    on: date
    n: int = 1


class DueMark(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One limit of the project: when it was due and when it was met."""

    limit: str
    due_on: date | None = None
    met_on: date | None = None
    n: int = 1

    def is_late(self, today: date) -> bool:
        """Whether the due date has passed unmet, or was met after it."""
        return self.due_on is not None and (self.met_on or today) > self.due_on

    def is_overdue(self, today: date) -> bool:
        """Whether it is unmet and past its due date."""
        return self.met_on is None and self.is_late(today)


class Said(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What an earlier run of a stage recorded of facts that later runs have overwritten, such as last year's grade."""

    stage: str
    on: date
    facts: dict[str, Any]


class Standing(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One project as its unit's other projects see it. Dates only: every consequence is derived from them.

    `facts` are those of the latest run of a stage; what earlier runs recorded stands in `earlier`, oldest first.
    """

    id: str
    code: str = ""
    title: str = ""
    unit: str = ""
    subordinate: str = ""
    system: str = ""
    created_on: date
    plan_year: int = 0
    track: str = ""
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    last: dict[str, StageMark] = msgspec.field(default_factory=dict)
    open: tuple[str, ...] = ()
    dues: tuple[DueMark, ...] = ()
    papers: tuple[str, ...] = ()
    earlier: tuple[Said, ...] = ()
    end: End | None = None

    def fact(self, key: str, default: Any = None) -> Any:
        """A fact the rulebook shares between a unit's projects."""
        return self.facts.get(key, default)

    def due(self, limit: str) -> DueMark | None:
        """The latest due of a limit."""
        return next((due for due in reversed(self.dues) if due.limit == limit), None)

    def passed(self, stage: str, *outcomes: str) -> date | None:
        """When the stage last closed with one of these outcomes, if that is its last result."""
        mark = self.last.get(stage)
        return mark.on if mark is not None and mark.outcome in outcomes else None


def standing_of(state: CaseState, shared_facts: frozenset[str]) -> Standing:
    """Derive the standing of a case from its stored state."""
    last: dict[str, Run] = {}
    asked: dict[str, Run] = {}
    earlier: list[Said] = []
    still: list[str] = []
    for run in state.runs:
        if run.closed_on is None:
            still.append(run.stage)
        elif not run.skipped and not run.overtaken:
            last[run.stage] = run
            if run.asked:
                earlier.extend(_said(asked.get(run.stage), shared_facts))
                asked[run.stage] = run
    return Standing(
        id=state.id,
        code=state.code,
        title=state.title,
        unit=state.unit,
        subordinate=state.subordinate,
        system=state.system,
        created_on=state.created_on,
        plan_year=state.plan_year,
        track=state.track,
        facts={key: value for key, value in state.facts.items() if key in shared_facts},
        last={
            key: StageMark(outcome=run.outcome, on=run.closed_on, n=run.n)
            for key, run in last.items()
            if run.closed_on is not None
        },
        open=tuple(still),
        dues=tuple(
            DueMark(limit=due.limit, due_on=due.due_on, met_on=due.met_on, n=due.n)
            for due in state.dues
            if not due.dropped
        ),
        papers=tuple(sorted({paper.type for paper in state.papers})),
        earlier=tuple(earlier),
        end=state.end,
    )


def _said(run: Run | None, shared_facts: frozenset[str]) -> Iterator[Said]:
    """What a run recorded that a later run of the same stage has said again."""
    if run is not None and run.closed_on is not None:
        shared = {key: value for key, value in run.asked.items() if key in shared_facts}
        if shared:
            yield Said(stage=run.stage, on=run.closed_on, facts=shared)
