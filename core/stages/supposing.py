"""What if (假设推演): a tenant's past projects, judged again receipt by receipt under other figures, and what differs.

Read-only. Every act that was done is asked again of the supposed rules, in the surroundings of its day; an act the
supposed rules do not know at that point is left out, since nobody can say what people would have done instead.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.choices import calendars_of
from core.kernel.database import UnitOfWork
from core.kernel.errors import Forbidden, Invalid
from core.kernel.identity import parse_id
from core.kernel.tenancy import Actor
from core.kernel.workdays import Calendar
from core.people.permissions import REPORTS_READ, require
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.judging.receipts import ReplayFailedError
from core.policy.rulebooks.registry import RulesMissing
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.supposing import Supposition, SuppositionInvalid, supposed
from core.projects import Project, projects_after
from core.stages import receipts
from core.stages.replaying import Course
from core.stages.retracing import Otherwise, Retraced
from core.stages.rights import sight_of
from core.stages.venue import Venue

AT_ONCE = 100


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of projects judged again: how many were looked at, which differ, which could not be judged again."""

    looked_at: int
    rows: tuple[Otherwise, ...]
    skipped: dict[str, str]
    after: str


class OverseersOnly(Forbidden):
    """What-if looks at every project of the tenant."""

    default_message = "假设推演涉及全部项目，由可以查阅全部项目的部门进行"


async def what_if(
    uow: UnitOfWork, venue: Venue, *, actor: Actor, supposition: Supposition, after: str = "", limit: int = AT_ONCE
) -> WhatIf:
    """Judge a stretch of the tenant's projects again, in the order of their registration; `after` goes on from there.

    Raises: OverseersOnly, NotAllowed; SuppositionInvalid; RulesMissing for an edition that is not installed.
    """
    require_overseer(actor, venue)
    if supposition.is_empty:
        raise Invalid("请至少假设一项限额、期限、选项或版本的变化")
    if not 1 <= limit <= AT_ONCE:
        raise Invalid(f"每次推演的项目数应为 1 至 {AT_ONCE}")
    alter = partial(_altered, venue, supposition, {})
    alter(venue.rulebook())
    calendars = await calendars_of(uow)
    stretch = await projects_after(uow, _start(after), limit=limit)
    proofs: dict[UUID, list[dict[str, Any]]] = {project.id: [] for project in stretch}
    for row in await receipts.all_receipts(uow, *proofs):
        proofs[row["project_id"]].append(row)
    rows: list[Otherwise] = []
    skipped: dict[str, str] = {}
    for project in stretch:
        try:
            found = await asyncio.to_thread(_judged, venue, project, proofs[project.id], calendars, alter)
        except (RulesMissing, ReplayFailedError, SuppositionInvalid) as error:
            skipped[project.code] = str(error)
            continue
        rows.extend([found] if found is not None else [])
    following = str(stretch[-1].id) if len(stretch) == limit else ""
    return WhatIf(looked_at=len(stretch), rows=tuple(rows), skipped=skipped, after=following)


def _start(after: str) -> UUID:
    return parse_id(after, field="after") if after else UUID(int=0)


def require_overseer(actor: Actor, venue: Venue) -> None:
    """Let only those who see every project look.

    Raises: OverseersOnly, NotAllowed.
    """
    if not actor.is_system:
        require(actor, REPORTS_READ)
    if not sight_of(actor, venue.readable()).everything:
        raise OverseersOnly


def _base(venue: Venue, supposition: Supposition, rules: Rulebook) -> Rulebook:
    if not supposition.edition:
        return rules
    return venue.registry.edition_of(rules.place, supposition.edition, rules.chosen)


def _altered(venue: Venue, supposition: Supposition, books: dict[str, Rulebook], rules: Rulebook) -> Rulebook:
    """The supposed rulebook in the place of one, composed once."""
    if rules.digest not in books:
        books[rules.digest] = supposed(_base(venue, supposition, rules), supposition)
    return books[rules.digest]


def _judged(
    venue: Venue,
    project: Project,
    receipts: list[dict[str, Any]],
    calendars: Mapping[str, Calendar],
    alter: Callable[[Rulebook], Rulebook],
) -> Otherwise | None:
    begun = Course(venue, project, receipts, calendars)
    retraced = Retraced(begun, calendars, alter)
    for row in receipts:
        retraced.step(row)
    before = Case(project.state, Context(today=venue.today, calendar=venue.calendar), venue.rulebook_of(project))
    return retraced.compared(before)
