"""A tenant's own days (日历更正): amending its calendar, and seeing beforehand which open deadlines would move.

The amendment itself moves nothing. Open deadlines are reckoned again, journalled and told by `core.stages`, which
takes the moves from `moves_between`.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from core import journal
from core.kernel import choices
from core.kernel.choices import calendar_of
from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.kernel.workdays import Amendment, Calendar, Ledger
from core.people.permissions import ADMIN_OPTIONS, require
from core.policy.cases.state import CaseState, Due
from core.policy.rulebooks.registry import Registry, RulesMissing
from core.policy.rulebooks.rulebook import Rulebook
from core.registers import repository
from core.registers.model import OpenedRound, refuse, required
from core.registers.rounds import closing_day

__all__ = [
    "CalendarPreview",
    "DayChange",
    "MovedDeadline",
    "MovedRound",
    "amend_calendar",
    "calendar_of",
    "confirm_year",
    "moves_between",
    "preview_amendment",
]


class DayChange(msgspec.Struct, frozen=True, kw_only=True):
    """One day that counts otherwise than announced: whether offices work on it, and why."""

    on: date
    works: bool
    reason: str


class MovedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """One open deadline that another calendar moves."""

    project_id: UUID
    code: str
    title: str
    limit: str
    limit_title: str
    stage: str
    ref: str
    n: int
    start_on: date
    old_on: date | None
    new_on: date | None
    owner: str
    cite: str


class MovedRound(msgspec.Struct, frozen=True, kw_only=True):
    """One application window whose last day another calendar moves."""

    plan_year: int
    old_on: date
    new_on: date


class CalendarPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of days would do: versions before and after, deadlines and windows that move."""

    before: str
    after: str
    deadlines: tuple[MovedDeadline, ...]
    rounds: tuple[MovedRound, ...]


async def amend_calendar(
    uow: UnitOfWork, actor: Actor, *, changes: Sequence[DayChange], source: str, on: date
) -> Calendar:
    """Record days that count otherwise, as one notice says; the answer is the calendar from now on.

    Raises: NotAllowed, Invalid without source or reason, or for two changes of one day.
    """
    if not actor.is_system:
        require(actor, ADMIN_OPTIONS)
    amendments = _amendments(changes, required(source, "source", "依据"), on)
    before = await calendar_of(uow)
    for amendment in amendments:
        await choices.amend_calendar(uow, amendment, actor=actor)
    after = await calendar_of(uow)
    detail = {"source": source.strip(), "days": changes, "before": before.version, "after": after.version}
    await journal.append(
        uow, chain=None, entries=[journal.Entry(kind="calendar:amended", actor=actor, on=on, detail=detail)]
    )
    return after


async def confirm_year(uow: UnitOfWork, actor: Actor, *, year: int, source: str, on: date) -> Calendar:
    """Record that a year beyond the announced ones is entered completely, so that its dates are firm.

    Raises: NotAllowed, Invalid without source.
    """
    if not actor.is_system:
        require(actor, ADMIN_OPTIONS)
    why = required(source, "source", "依据")
    await choices.confirm_year(uow, year, source=why, on=on, actor=actor)
    entry = journal.Entry(kind="calendar:confirmed", actor=actor, on=on, detail={"year": year, "source": why})
    await journal.append(uow, chain=None, entries=[entry])
    return await calendar_of(uow)


async def preview_amendment(
    uow: UnitOfWork, registry: Registry, *, changes: Sequence[DayChange], on: date
) -> CalendarPreview:
    """Which open deadlines and windows these days would move; nothing is written.

    Raises: Invalid for two changes of one day.
    """
    before = await calendar_of(uow)
    after = before.amended("preview", *_amendments(changes, "preview", on))
    moved = [move async for move in moves_between(uow, registry, before, after)]
    rounds = [
        MovedRound(plan_year=opened.plan_year, old_on=opened.closes_on, new_on=new)
        for opened in await repository.list_rounds(uow)
        if (new := _closing(after, opened, on)) != opened.closes_on
    ]
    return CalendarPreview(before=before.version, after=after.version, deadlines=tuple(moved), rounds=tuple(rounds))


async def moves_between(
    uow: UnitOfWork, registry: Registry, before: Calendar, after: Calendar
) -> AsyncIterator[MovedDeadline]:
    """Every open deadline that falls on another day under one calendar than under another, project by project."""
    days = [a.on for a in (*before.amendments, *after.amendments) if before.works(a.on) is not after.works(a.on)]
    if not days:
        return
    async for rows in repository.cases_with_open_deadlines(uow, min(days), max(days)):
        for row in rows:
            try:
                rules = registry.pinned(row["jurisdiction"], row["edition"], decode(row["options"], dict))
            except RulesMissing:
                continue  # Nobody can act on it, and the job that reckons again leaves it alone too.
            for due in decode(row["document"], CaseState).dues:
                old, new = _reckoned(rules, due, before), _reckoned(rules, due, after)
                if old is not None and new is not None and old.due_on != new.due_on:
                    limit = rules.limits[due.limit]
                    yield MovedDeadline(
                        project_id=row["id"],
                        code=row["code"],
                        title=row["title"],
                        limit=due.limit,
                        limit_title=limit.title,
                        stage=due.stage,
                        ref=due.ref,
                        n=due.n,
                        start_on=due.start_on,
                        old_on=old.due_on,
                        new_on=new.due_on,
                        owner=limit.owner,
                        cite=new.cite,
                    )


def _reckoned(rules: Rulebook, due: Due, calendar: Calendar) -> Ledger | None:
    """The ledger of a limit that still runs; None for one met, dropped or set to a day by a decision."""
    if due.limit not in rules.limits or due.met_on is not None or due.dropped or due.extended_to is not None:
        return None
    return rules.ledger(due, calendar)


def _closing(calendar: Calendar, opened: OpenedRound, on: date) -> date:
    return closing_day(calendar, opened.issued_on, opened.months) if opened.closes_on >= on else opened.closes_on


def _amendments(changes: Sequence[DayChange], source: str, on: date) -> tuple[Amendment, ...]:
    if not changes or len({change.on for change in changes}) != len(changes):
        raise refuse("请列出需要更正的日期，同一日期只能列一次", "changes")
    return tuple(
        Amendment(
            on=change.on,
            works=change.works,
            reason=required(change.reason, f"changes.{place}.reason", "更正原因"),
            source=source,
            recorded_on=on,
        )
        for place, change in enumerate(changes)
    )
