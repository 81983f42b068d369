"""Replaying a stored case (判定复核): every receipt judged again must lead from nothing to the very state we keep.

Where it does not, the regulation, the surroundings or the stored case were changed after the fact.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.kernel.choices import calendars_of
from core.kernel.codec import decode, digest
from core.kernel.database import UnitOfWork
from core.kernel.workdays import Calendar
from core.policy.cases.acts import Act, Decision
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.judging.receipts import Receipt, ReplayFailedError, inputs_of, replay_one
from core.policy.judging.repinning import repin
from core.policy.rulebooks.inheriting import inherit
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project
from core.stages import receipts
from core.stages.recalculating import RECALCULATE, all_again
from core.stages.repinning import MOVE, UNDO
from core.stages.venue import Venue


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How a replay went: receipts judged again, and what did not fit; empty when everything did."""

    code: str
    receipts: int
    problem: str = ""


async def replay_project(uow: UnitOfWork, venue: Venue, project: Project) -> Replayed:
    """Judge every receipt of a project again, in order, and compare the end with the stored state."""
    rows = await receipts.all_receipts(uow, project.id)
    course = Course(venue, project, rows, await calendars_of(uow))
    state, problem = course.state, ""
    try:
        for number, row in enumerate(rows, start=1):
            state = course.step(row, number)
    except ReplayFailedError as error:
        problem = str(error)
    else:
        if digest(state) != digest(project.state):
            problem = f"receipt {len(rows)}: the stored state is not the one the receipts lead to"
    return Replayed(code=project.code, receipts=len(rows), problem=problem)


class Course:
    """The course of a case through its receipts: the state reached so far, and the rulebook it is judged by there."""

    def __init__(
        self, venue: Venue, project: Project, rows: Sequence[Mapping[str, Any]], calendars: Mapping[str, Calendar]
    ) -> None:
        """Begin before the first receipt, under the rules the case was created by.

        Raises: RulesMissing where these are not installed.
        """
        self.registry, self.place, self.calendars = venue.registry, project.jurisdiction, calendars
        moves = (decode(row["act"], dict) for row in rows)
        first = next((act["source"] for act in moves if act["name"] == MOVE), None)
        self.rules = self.pinned(first) if first is not None else venue.pinned(project)
        begun = rows[0]["rulebook"] if rows else project.rulebook
        self.state = msgspec.structs.replace(_blank(project.state), rulebook=begun)
        self._left: list[tuple[CaseState, Rulebook]] = []

    def pinned(self, side: Mapping[str, Any]) -> Rulebook:
        """The rulebook one side of a move names."""
        return self.registry.pinned(self.place, side["edition"], side["options"])

    def under(self, row: Mapping[str, Any], rules: Rulebook) -> Rulebook:
        """A rulebook with the shared rules that stood above it when the receipt was made."""
        above = decode(row["context"], dict).get("above") or ()
        upper = (self.registry.edition_of(name.partition("@")[0], name.partition("@")[2], {}) for name in above)
        return inherit(rules, tuple(upper))

    def step(self, row: Mapping[str, Any], number: int) -> CaseState:
        """Judge one receipt again.

        Raises: ReplayFailedError.
        """
        act = decode(row["act"], dict)
        if act["name"] == MOVE:
            self._move(row, act, number)
        elif act["name"] == UNDO:
            self._undo(row, number)
        elif act["name"] == RECALCULATE:
            self._recalculate(row, number)
        else:
            self.state = _one(self.under(row, self.rules), row, self.state, self.calendars, number)
        return self.state

    def _move(self, row: Mapping[str, Any], act: Mapping[str, Any], number: int) -> None:
        """The case moved to another rulebook: worked out again, it must be the same."""
        rules = self.pinned(act["target"])
        if rules.digest != row["rulebook"]:
            raise ReplayFailedError(number, f"moved to rulebook {row['rulebook']}, replayed to {rules.digest}")
        if digest(self.state) != row["before_hash"]:
            raise ReplayFailedError(number, "the state before it is not the one it was decided on")
        after = repin(self.rules, rules, self.state, context_of(row, self.calendars, number)).after
        if digest(after) != row["after_hash"]:
            raise ReplayFailedError(number, "the state after it is not the one it says")
        self._left.append((self.state, self.rules))
        self.state, self.rules = after, rules

    def _undo(self, row: Mapping[str, Any], number: int) -> None:
        """The move before it taken back: the case is again what it was."""
        if not self._left or digest(self.state) != row["before_hash"]:
            raise ReplayFailedError(number, "there is no move right before it that it could take back")
        self.state, self.rules = self._left.pop()
        if digest(self.state) != row["after_hash"]:
            raise ReplayFailedError(number, "the state after it is not the one it says")

    def _recalculate(self, row: Mapping[str, Any], number: int) -> None:
        """Limits reckoned again under another calendar: no act of anybody, but a step of the chain."""
        if digest(self.state) != row["before_hash"]:
            raise ReplayFailedError(number, "the state before it is not the one it was decided on")
        self.state = all_again(self.rules, self.state, context_of(row, self.calendars, number).calendar)
        if digest(self.state) != row["after_hash"]:
            raise ReplayFailedError(number, "the state after it is not the one it says")


def context_of(row: Mapping[str, Any], calendars: Mapping[str, Calendar], number: int) -> Context:
    """The surroundings a receipt was decided on.

    Raises: ReplayFailedError for a calendar the tenant never had.
    """
    seen = decode(row["context"], dict)
    calendar = calendars.get(seen.pop("calendar"))
    if calendar is None:
        raise ReplayFailedError(number, "the tenant never had the calendar it was decided on")
    return msgspec.convert(seen | {"calendar": calendar}, Context, strict=False)


def _blank(state: CaseState) -> CaseState:
    """The case before its first receipt: who it is, and nothing of what happened to it."""
    return CaseState(
        id=state.id,
        code=state.code,
        kind=state.kind,
        title=state.title,
        unit=state.unit,
        subordinate=state.subordinate,
        system=state.system,
        created_on=state.created_on,
        plan_year=state.plan_year,
        rulebook=state.rulebook,
    )


def _one(
    rules: Rulebook, row: Mapping[str, Any], state: CaseState, calendars: Mapping[str, Calendar], number: int
) -> CaseState:
    context, act = context_of(row, calendars, number), decode(row["act"], Act)
    receipt = Receipt(
        rulebook=row["rulebook"],
        inputs=inputs_of(row["rulebook"], act, context),
        act=act,
        context=context,
        decision=decode(row["decision"], Decision),
        before=row["before_hash"],
        after=row["after_hash"],
    )
    return replay_one(rules, receipt, state, number)
