"""One past project retraced under supposed rules (逐项推演): each act asked again, and what differs from its decision.

An act the supposed rules do not know at that point is left out: nobody can say what people would have done instead.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from core.kernel.codec import decode
from core.kernel.workdays import Calendar
from core.policy.cases.acts import Act, Decision, Finding
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.comparing import Told
from core.policy.judging.ahead import ahead_of
from core.policy.judging.deciding import decide
from core.policy.judging.repinning import repin
from core.policy.rulebooks.rulebook import Rulebook
from core.stages.recalculating import RECALCULATE, all_again
from core.stages.repinning import MOVE, UNDO
from core.stages.replaying import Course, context_of


class MovedDue(msgspec.Struct, frozen=True, kw_only=True):
    """One limit that would have ended on another day; None where it would not have run."""

    limit: str
    before_on: date | None
    after_on: date | None


class Otherwise(msgspec.Struct, frozen=True, kw_only=True):
    """One project that would have gone another way.

    `version` is the first decision that differs. `refused` are acts that were done and would have been refused.
    `uncertain` says that a supposed rule looks at surroundings that were not kept at the time.
    """

    code: str
    title: str
    unit: str
    plan_year: int
    declared_fen: int | None
    version: int
    on: date
    track_before: str
    track_after: str
    stages_spared: tuple[str, ...]
    stages_added: tuple[str, ...]
    findings_spared: tuple[Told, ...]
    findings_added: tuple[Told, ...]
    dues: tuple[MovedDue, ...]
    refused: tuple[str, ...]
    uncertain: bool


class Retraced:
    """One project on the supposed way, beside what was decided at the time."""

    def __init__(self, begun: Course, calendars: Mapping[str, Calendar], alter: Callable[[Rulebook], Rulebook]) -> None:
        self.begun, self.calendars, self.alter = begun, calendars, alter
        self.past, self.rules = begun.rules, alter(begun.rules)
        self.state = msgspec.structs.replace(begun.state, rulebook=self.rules.digest)
        self.left: list[tuple[CaseState, Rulebook, Rulebook]] = []
        self.first: tuple[int, date] | None = None
        self.opened: tuple[dict[str, None], dict[str, None]] = ({}, {})
        self.found: tuple[dict[tuple[str, str], Finding], dict[tuple[str, str], Finding]] = ({}, {})
        self.refused: dict[str, None] = {}
        self.uncertain = False

    def step(self, row: Mapping[str, Any]) -> None:
        act = decode(row["act"], dict)
        name = act["name"]
        context = context_of(row, self.calendars, row["version"])
        if name == RECALCULATE:
            self.state = all_again(self.rules, self.state, context.calendar)
        elif name == MOVE:
            self._move(act["target"], context)
        elif name == UNDO:
            self.state, self.rules, self.past = self.left.pop()
        else:
            self._act(row, decode(row["act"], Act), context)

    def _move(self, target: Mapping[str, Any], context: Context) -> None:
        self.left.append((self.state, self.rules, self.past))
        self.past = self.begun.pinned(target)
        rules = self.alter(self.past)
        self.state, self.rules = repin(self.rules, rules, self.state, context).after, rules

    def _act(self, row: Mapping[str, Any], act: Act, context: Context) -> None:
        """Ask the act again, and note where the answer is another."""
        was = decode(row["decision"], Decision)
        rules = self.begun.under(row, self.rules)
        stage = rules.stage(act.stage, self.state.track)
        if act.stage and act.name != "create" and (stage is None or not self._is_open(act)):
            self._differs(row, act)
            self._keep(was, None)
            return
        places = act.stage or act.side
        names = (act.name, f"{act.name}:{act.outcome}")
        self.uncertain |= not self.rules.needs_at(places, names) <= self.past.needs_at(places, names)
        ruling = decide(rules, self.state, context, act)
        self.state = ruling.after
        if _essence(ruling.decision) != _essence(was):
            self._differs(row, act)
        if not ruling.decision.accepted:
            self.refused |= dict.fromkeys(f.message for f in ruling.decision.blocked_by)
        self._keep(was, ruling.decision)

    def _is_open(self, act: Act) -> bool:
        return act.side != "" or any(r.stage == act.stage and r.is_open for r in self.state.runs)

    def _differs(self, row: Mapping[str, Any], act: Act) -> None:
        self.first = self.first or (row["version"], act.on)

    def _keep(self, was: Decision, now: Decision | None) -> None:
        for place, decision in enumerate((was, now)):
            if decision is not None:
                self.opened[place].update(dict.fromkeys(ref.stage for ref in decision.opened))
                self.found[place].update({(f.gate, f.item): f for f in decision.findings})

    def compared(self, before: Case) -> Otherwise | None:
        """What differs in the end, or nothing."""
        if self.first is None:
            return None
        after = Case(self.state, before.context, self.rules)
        was, now = _whole(self.opened[0], before), _whole(self.opened[1], after)
        old, new = self.found
        state = before.state
        return Otherwise(
            code=state.code,
            title=state.title,
            unit=state.unit,
            plan_year=state.plan_year,
            declared_fen=state.facts.get("declared"),
            version=self.first[0],
            on=self.first[1],
            track_before=_title(before),
            track_after=_title(after),
            stages_spared=tuple(before.rules.title_of(key) for key in was if key not in now),
            stages_added=tuple(self.rules.title_of(key) for key in now if key not in was),
            findings_spared=tuple(_told(f) for key, f in old.items() if key not in new),
            findings_added=tuple(_told(f) for key, f in new.items() if key not in old),
            dues=tuple(_moved(before, after)),
            refused=tuple(self.refused),
            uncertain=self.uncertain,
        )


def _essence(decision: Decision) -> tuple[Any, ...]:
    """What of a decision makes a way another one."""
    return (
        decision.accepted,
        decision.track,
        tuple((ref.stage, ref.ref) for ref in decision.opened),
        tuple((ref.stage, ref.ref) for ref in decision.skipped),
        tuple(sorted((f.gate, f.item, f.severity.value) for f in decision.findings)),
        tuple((due.limit, due.ref, due.due_on) for due in decision.dues),
        decision.end.kind if decision.end is not None else "",
    )


def _whole(opened: Mapping[str, None], case: Case) -> tuple[str, ...]:
    """The stages a project has been through and those still ahead of it."""
    return tuple(dict.fromkeys((*opened, *(stage.key for stage in ahead_of(case)))))


def _title(case: Case) -> str:
    track = case.rules.tracks.get(case.track)
    return track.title if track is not None else case.track


def _told(finding: Finding) -> Told:
    return Told(gate=finding.gate, severity=finding.severity.value, message=finding.message, article=finding.article)


def _moved(before: Case, after: Case) -> Iterable[MovedDue]:
    was = {(due.limit, due.ref, due.n): due.due_on for due in before.state.dues if not due.dropped}
    now = {(due.limit, due.ref, due.n): due.due_on for due in after.state.dues if not due.dropped}
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            limit = after.rules.limits.get(key[0]) or before.rules.limits.get(key[0])
            title = limit.title if limit is not None else key[0]
            yield MovedDue(limit=title, before_on=was.get(key), after_on=now.get(key))
