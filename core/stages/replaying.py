"""Replaying a stored case (判定复核): every receipt judged again must lead from nothing to the very state we keep.

Where it does not, the regulation, the surroundings or the stored case were changed after the fact.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.kernel.choices import calendars_of
from core.kernel.codec import decode, digest
from core.kernel.database import UnitOfWork
from core.kernel.workdays import Calendar
from core.policy.acts import Act, Decision
from core.policy.context import Context
from core.policy.receipts import Receipt, ReplayFailedError, inputs_of, replay_one
from core.policy.rulebook import Rulebook
from core.policy.state import CaseState
from core.projects import Project
from core.stages import repository
from core.stages.recalculating import RECALCULATE, again
from core.stages.venue import Venue


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How a replay went: receipts judged again, and what did not fit; empty when everything did."""

    code: str
    receipts: int
    problem: str = ""


async def replay_project(uow: UnitOfWork, venue: Venue, project: Project) -> Replayed:
    """Judge every receipt of a project again, in order, and compare the end with the stored state."""
    rules, calendars = venue.rulebook_of(project), await calendars_of(uow)
    rows = await repository.all_receipts(uow, project.id)
    state, problem = _blank(project.state), ""
    try:
        for number, row in enumerate(rows, start=1):
            state = _one(rules, row, state, calendars, number)
    except ReplayFailedError as error:
        problem = str(error)
    else:
        if digest(state) != digest(project.state):
            problem = f"receipt {len(rows)}: the stored state is not the one the receipts lead to"
    return Replayed(code=project.code, receipts=len(rows), problem=problem)


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
    seen = decode(row["context"], dict)
    calendar = calendars.get(seen.pop("calendar"))
    if calendar is None:
        raise ReplayFailedError(number, "the tenant never had the calendar it was decided on")
    if decode(row["act"], dict)["name"] == RECALCULATE:
        return _recalculated(rules, row, state, calendar, number)
    act = decode(row["act"], Act)
    context = msgspec.convert(seen | {"calendar": calendar}, Context, strict=False)
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


def _recalculated(
    rules: Rulebook, row: Mapping[str, Any], state: CaseState, calendar: Calendar, number: int
) -> CaseState:
    """Limits reckoned again under another calendar: no act of anybody, but a step of the chain."""
    if digest(state) != row["before_hash"]:
        raise ReplayFailedError(number, "the state before it is not the one it was decided on")
    after = msgspec.structs.replace(state, dues=tuple(again(rules, due, calendar) for due in state.dues))
    if digest(after) != row["after_hash"]:
        raise ReplayFailedError(number, "the state after it is not the one it says")
    return after
