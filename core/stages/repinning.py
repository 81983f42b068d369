"""Moving running projects to another edition or other choices (调整适用版本): plan, move, undo, each by a named person.

A move is one transaction per project: state, edition, lists, a receipt and a journal entry, or nothing. The receipt
keeps the fields it changed as they were, so that undoing it restores the case to the letter, and a replay passes
through both.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.kernel.codec import decode, digest, encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Conflict, Forbidden, Problem, RuleViolated
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor
from core.people.permissions import PROJECTS_DECIDE, require
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState
from core.policy.judging.repinning import Plan, Repinned, changed_fields, put_back, repin
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project, get_project
from core.registers import office_roles
from core.registers.model import required
from core.stages import receipts, repository
from core.stages.proving import context_kept
from core.stages.storing import stale, store
from core.stages.surroundings import look_around
from core.stages.venue import Venue

MOVE, UNDO = "move_edition", "undo_move"
_NEEDS = frozenset({"unit", "round"})


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where projects are to move: an edition by label, and whose choices go with it.

    `choices` is own, what the project was created with as far as the edition still asks, or tenant, today's.
    """

    edition: str
    choices: str = "own"


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A move that was made: the plan as carried out, the project's new version, its receipt."""

    plan: Plan
    version: int
    receipt_id: UUID


class NotMovable(RuleViolated):
    """A project that has no counterpart in the rules it is to move to; every reason at once."""

    def __init__(self, plan: Plan) -> None:
        problems = tuple(Problem(message=text, field=plan.code, rule="edition") for text in plan.problems)
        super().__init__("该项目不能调整到所选版本", details=problems)
        self.plan = plan


class MoveNotLast(Conflict):
    """A move can be undone only while nothing else has happened on the project."""

    default_message = "调整版本之后项目已有新的办理，或最近一次办理不是版本调整，不能撤销"


class PersonNeeded(Forbidden):
    """Moving projects is an act of a person of the office in charge."""

    default_message = "调整适用版本须由主管部门的经办人员办理"


async def plan_move(uow: UnitOfWork, venue: Venue, *, actor: Actor, code: str, target: Target) -> Plan:
    """What moving a project would change: path, papers, bodies, dates; nothing is written.

    Raises: ProjectMissing, PersonNeeded, RulesMissing for an edition that is not installed.
    """
    require_mover(actor, venue)
    _, _, repinned = await _planned(uow, venue, await get_project(uow, code), target)
    return repinned.plan


async def move(
    uow: UnitOfWork,
    venue: Venue,
    *,
    actor: Actor,
    code: str,
    target: Target,
    reason: str,
    version: int | None = None,
) -> Moved:
    """Move one project, with the reason; `version` is the one the person saw the plan of.

    Raises: NotMovable with every problem; StaleVersion; ProjectMissing, PersonNeeded, RulesMissing, Invalid.
    """
    require_mover(actor, venue)
    reason = required(reason, "reason", "调整理由或依据")
    project = await get_project(uow, code, lock=True)
    if version is not None and version != project.version:
        raise await stale(uow, project, version)
    rules, context, repinned = await _planned(uow, venue, project, target)
    if not repinned.plan.possible:
        raise NotMovable(repinned.plan)
    step = _Step(uow=uow, venue=venue, actor=actor, project=project, reason=reason, context=context)
    old = venue.readable_of(project)
    receipt_id = await step.write(MOVE, old, rules, repinned.after, plan=repinned.plan)
    return Moved(plan=repinned.plan, version=project.version + 1, receipt_id=receipt_id)


async def undo_move(uow: UnitOfWork, venue: Venue, *, actor: Actor, code: str, reason: str) -> int:
    """Take a move back while it is the last thing that happened; the answer is the project's version after it.

    Raises: MoveNotLast, ProjectMissing, PersonNeeded, Invalid.
    """
    require_mover(actor, venue)
    reason = required(reason, "reason", "撤销理由")
    project = await get_project(uow, code, lock=True)
    row = await receipts.find_receipt(uow, project.id, project.version)
    act = decode(row["act"], dict) if row is not None else {}
    if row is None or act.get("name") != MOVE or row["after_hash"] != digest(project.state):
        raise MoveNotLast
    state = put_back(project.state, decode(row["decision"], dict)["before"])
    if digest(state) != row["before_hash"]:
        raise MoveNotLast
    source = act["source"]
    earlier = msgspec.structs.replace(project, edition=source["edition"], options=source["options"], state=state)
    context = Context(today=venue.today, calendar=venue.calendar)
    step = _Step(uow=uow, venue=venue, actor=actor, project=project, reason=reason, context=context)
    await step.write(UNDO, venue.readable_of(project), venue.readable_of(earlier), state, options=source["options"])
    return project.version + 1


def require_mover(actor: Actor, venue: Venue) -> None:
    """Let only a person of the office that keeps the unit records, with power to decide, move projects.

    Raises: PersonNeeded, NotAllowed.
    """
    require(actor, PROJECTS_DECIDE)
    if actor.is_system or actor.roles.isdisjoint(office_roles(venue.rulebook())):
        raise PersonNeeded


async def _planned(
    uow: UnitOfWork, venue: Venue, project: Project, target: Target
) -> tuple[Rulebook, Context, Repinned]:
    old = venue.readable_of(project)
    options = venue.options if target.choices == "tenant" else project.options
    rules = venue.registry.edition_of(project.jurisdiction, target.edition, options)
    context = await look_around(uow, venue, project, _NEEDS)
    return rules, context, repin(old, rules, project.state, context)


class _Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a project from one rulebook to another, being written."""

    uow: UnitOfWork
    venue: Venue
    actor: Actor
    project: Project
    reason: str
    context: Context

    async def write(
        self,
        name: str,
        old: Rulebook,
        new: Rulebook,
        after: CaseState,
        *,
        plan: Plan | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> UUID:
        """State, lists, edition, receipt and journal, all in the caller's transaction."""
        project, before = self.project, self.project.state
        was, became = changed_fields(before, after)
        chosen = dict(new.chosen if options is None else options)
        source = {"edition": project.edition, "options": project.options, "rulebook": project.rulebook}
        target = {"edition": new.edition, "options": chosen, "rulebook": after.rulebook}
        receipt = self._receipt(name, source, target, after, {"plan": plan, "before": was, "after": became})
        left, reached = Case(before, self.context, old), Case(after, self.context, new)
        await store(self.uow, self.venue, project, left, reached, receipt=receipt)
        await repository.pin(self.uow, project.id, edition=new.edition, options=encode(chosen))
        await self._record(name, source, target, (was, became), receipt["id"])
        found: UUID = receipt["id"]
        return found

    def _receipt(
        self,
        name: str,
        source: dict[str, Any],
        target: dict[str, Any],
        after: CaseState,
        decision: dict[str, Any],
    ) -> dict[str, Any]:
        on = self.venue.today
        act = {"name": name, "by": self.actor.name, "on": on, "reason": self.reason}
        return {
            "id": new_id(),
            "rulebook": after.rulebook,
            "on_date": on,
            "act": act | {"source": source, "target": target},
            "context": context_kept(self.context),
            "decision": {"accepted": True} | decision,
            "before_hash": digest(self.project.state),
            "after_hash": digest(after),
        }

    async def _record(
        self,
        name: str,
        source: dict[str, Any],
        target: dict[str, Any],
        fields: tuple[dict[str, Any], dict[str, Any]],
        receipt_id: UUID,
    ) -> None:
        project = self.project
        entry = journal.Entry(
            kind="project:moved" if name == MOVE else "project:move_undone",
            actor=self.actor,
            on=self.venue.today,
            detail={
                "code": project.code,
                "title": project.state.title,
                "reason": self.reason,
                "source": source["edition"],
                "target": target["edition"],
                "version": project.version + 1,
                "receipt": receipt_id,
            },
            before=source | {"state": fields[0]},
            after=target | {"state": fields[1]},
        )
        await journal.append(self.uow, chain=project.id, entries=[entry])
