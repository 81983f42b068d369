"""Reckoning running limits again when the calendar has changed (期限重算): old and new dates are journalled.

Each project is done in a unit of work of its own, under its lock, and gets a new version with a receipt, so that the
chain of its states stays whole and whoever had the old date on his page is told so. A project whose dates stay the
same is not touched: the job may stop anywhere and begin again.
"""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.kernel.codec import digest
from core.kernel.database import Database, UnitOfWork
from core.kernel.identity import new_id
from core.kernel.tenancy import Tenant, system_actor
from core.kernel.workdays import Calendar
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Due
from core.policy.rulebooks.registry import RulesMissing
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project, get_project
from core.stages.storing import store
from core.stages.venue import Venue
from core.stages.venues import Venues

_AT_A_TIME = 200
RECALCULATE = "recalculate"


async def recalculate(database: Database, venues: Venues, tenant: Tenant, *, today: date) -> int:
    """Reckon every running limit of a tenant under its calendar of now; the answer is how many projects changed."""
    venues.forget(tenant.id)
    changed, after = 0, UUID(int=0)
    while True:
        async with database.unit_of_work(tenant.id, read_only=True) as uow:
            rows = await uow.fetch(
                """SELECT p.id, p.code FROM project p WHERE p.tenant_id = $1 AND p.id > $2 AND p.ended_on IS NULL
                AND EXISTS (SELECT FROM deadline d WHERE d.tenant_id = $1 AND d.project_id = p.id
                    AND d.met_on IS NULL AND NOT d.dropped AND d.due_on IS NOT NULL)
                ORDER BY p.id LIMIT $3""",
                *(tenant.id, after, _AT_A_TIME),
            )
        for row in rows:
            changed += await _one(database, venues, tenant, row["code"], today)
        if len(rows) < _AT_A_TIME:
            return changed
        after = rows[-1]["id"]


async def _one(database: Database, venues: Venues, tenant: Tenant, code: str, today: date) -> bool:
    async def work(uow: UnitOfWork) -> bool:
        venue = await venues.of(uow, tenant, today)
        project = await get_project(uow, code, lock=True)
        try:
            rules = venue.rulebook_of(project)
        except RulesMissing:
            return False  # Its regulation is not installed here; nobody can act on the project either.
        after = all_again(rules, project.state, venue.calendar)
        if after.dues == project.state.dues:
            return False
        await _store(uow, venue, project, rules, after)
        return True

    return await database.run(tenant.id, work)


def all_again(rules: Rulebook, state: CaseState, calendar: Calendar) -> CaseState:
    """A case with its running limits as a calendar has them."""
    return msgspec.structs.replace(state, dues=tuple(_again(rules, due, calendar) for due in state.dues))


def _again(rules: Rulebook, due: Due, calendar: Calendar) -> Due:
    """A running limit as a calendar has it; what is met, dropped or was agreed stays as it was."""
    running = due.met_on is None and not due.dropped and due.extended_to is None and due.due_on is not None
    if not running or due.limit not in rules.limits:
        return due
    ledger = rules.ledger(due, calendar)
    return msgspec.structs.replace(
        due, due_on=ledger.due_on, calendar_due_on=ledger.calendar_due_on, provisional=ledger.provisional
    )


async def _store(uow: UnitOfWork, venue: Venue, project: Project, rules: Rulebook, after: CaseState) -> None:
    before = project.state
    pairs = tuple(zip(before.dues, after.dues, strict=True))
    context = Context(today=venue.today, calendar=venue.calendar)
    moved = [_move(rules, old, new) for old, new in pairs if old.due_on != new.due_on]
    receipt = {
        "id": new_id(),
        "rulebook": rules.digest,
        "on_date": venue.today,
        "act": {"name": RECALCULATE, "by": "系统", "on": venue.today},
        "context": {"today": venue.today, "calendar": venue.calendar.version},
        "decision": {"accepted": True, "dues": [new for old, new in pairs if old != new]},
        "before_hash": digest(before),
        "after_hash": digest(after),
    }
    left, reached = Case(before, context, rules), Case(after, context, rules)
    version = await store(uow, venue, project, left, reached, receipt=receipt)
    if moved:
        detail = {"code": before.code, "title": before.title, "moved": moved, "version": version}
        entry = journal.Entry(
            kind="deadline:moved",
            actor=system_actor(uow.require_tenant()),
            on=venue.today,
            detail=detail | {"calendar": venue.calendar.version},
            before={"dues": [{"limit": move["limit"], "due_on": move["old"]} for move in moved]},
            after={"dues": [{"limit": move["limit"], "due_on": move["new"]} for move in moved]},
        )
        await journal.append(uow, chain=project.id, entries=[entry])


def _move(rules: Rulebook, old: Due, new: Due) -> dict[str, Any]:
    return {
        "limit": old.limit,
        "ref": old.ref,
        "stage": old.stage,
        "owner": rules.limits[old.limit].owner,
        "old": old.due_on,
        "new": new.due_on,
    }
