"""Reading cases as people ask for them: the desk, deadlines, the page of one project, who has it and what next."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.database import UnitOfWork
from core.kernel.errors import NotFound
from core.kernel.tenancy import Actor
from core.policy.cases.acts import Task
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.judging.tasks import tasks_of
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project, ProjectMissing, get_project
from core.stages import receipts, repository
from core.stages.parties import seen_by_party
from core.stages.rights import NOBODYS, may_see, sight_of
from core.stages.venue import Venue


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of somebody's desk: which project waits for which act of which role, since when, until when.

    Where another tenant has referred it, `owner_name` is that tenant and the titles are its rulebook's; else empty.
    """

    project_id: UUID
    code: str
    title: str
    unit: str
    stage: str
    ref: str
    n: int
    role: str
    act: str
    opened_on: date
    due_on: date | None
    owner_name: str = ""
    stage_title: str = ""
    role_title: str = ""


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One running limit across projects."""

    code: str
    title: str
    time_limit: str
    ref: str
    stage: str
    owner: str
    start_on: date
    due_on: date | None
    provisional: bool
    met_on: date | None


class ReceiptMissing(NotFound):
    """No such decision on this project."""


async def open_case(uow: UnitOfWork, venue: Venue, actor: Actor, code: str) -> tuple[Project, Case]:
    """A project as somebody may see it; one whose regulation is not installed any more by what its record names.

    An outside party sees no more of it than its own entry. Raises: ProjectMissing, also when it is not theirs to see.
    """
    project = await get_project(uow, code)
    rules = venue.readable_of(project)
    case = Case(project.state, Context(today=venue.today, calendar=venue.calendar), rules)
    overseen = not rules.roles and sight_of(actor, venue.readable()).everything
    if not overseen and not may_see(actor, rules, project, case):
        raise ProjectMissing(code)
    return seen_by_party(actor, project, case) if actor.is_outside else (project, case)


async def desk(
    uow: UnitOfWork, venue: Venue, actor: Actor, *, after: str = "", limit: int = 50
) -> tuple[tuple[DeskRow, ...], str]:
    """What waits for somebody's organisation, soonest due first, then oldest; with the cursor of the next page."""
    whose = repository.Desk(
        roles=sight_of(actor, venue.readable()).roles,
        organisation_id=actor.organisation_id,
        case_id=actor.case_id or (NOBODYS if actor.is_outside else None),
        entry=actor.entry or "",
    )
    rows = await repository.list_desk(uow, whose, after=after, limit=limit + 1)
    shown = tuple(msgspec.convert(dict(row), DeskRow) for row in rows[:limit])
    return shown, repository.desk_cursor(rows[limit - 1]) if len(rows) > limit else ""


async def waiting(uow: UnitOfWork, actor: Actor, *, limit: int = 200) -> tuple[DeskRow, ...]:
    """What somebody's own unit waits for others to do, oldest first."""
    if actor.organisation_id is None:
        return ()
    rows = await repository.list_waiting(uow, actor.organisation_id, limit)
    return tuple(msgspec.convert(dict(row), DeskRow) for row in rows)


async def deadlines(
    uow: UnitOfWork, venue: Venue, actor: Actor, *, until: date, owner: str = "", limit: int = 200
) -> tuple[DeadlineRow, ...]:
    """Running limits that end by a day, soonest first, among the projects somebody may see."""
    sight = sight_of(actor, venue.readable())
    rows = await repository.list_deadlines(uow, sight, until=until, owner=owner, limit=limit)
    return tuple(msgspec.convert(dict(row), DeadlineRow) for row in rows)


async def receipt(uow: UnitOfWork, project: Project, version: int) -> dict[str, Any]:
    """The receipt of one decision, as stored.

    Raises: ReceiptMissing.
    """
    found = await receipts.find_receipt(uow, project.id, version)
    if found is None:
        raise ReceiptMissing("没有该次办理的判定凭据")
    return found


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a project now: role and body, since when, until when and by which article, and what follows."""

    role: str
    role_title: str
    stage: str
    stage_title: str
    ref: str
    n: int
    act: str
    since_on: date
    due_on: date | None
    limit: str
    article: str
    no_limit: bool


def holders_of(case: Case) -> tuple[Holder, ...]:
    """Who has a case, with the five things everybody asks: who, since when, until when, what, by which article."""
    return tuple(_holder(case.rules, case, task) for task in tasks_of(case))


def _holder(rules: Rulebook, case: Case, task: Task) -> Holder:
    role = rules.roles.get(task.role)
    limit = rules.limits.get(task.limit)
    located = rules.stage(task.stage, case.track)
    basis = limit.citation if limit is not None else (located[1].citation if located is not None else None)
    return Holder(
        role=task.role,
        role_title=role.title if role is not None else task.role,
        stage=task.stage,
        stage_title=located[1].title if located is not None else task.stage,
        ref=task.ref,
        n=task.n,
        act=task.act,
        since_on=task.opened_on,
        due_on=task.due_on,
        limit=limit.title if limit is not None else "",
        article=rules.article(basis.rows) if basis is not None else "",
        no_limit=limit is None,
    )
