"""Which rules projects live by: moving running ones to another edition, and what other figures would have done."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, post
from litestar.params import Body

from core.entrance import Asking
from core.people.permissions import PROJECTS_DECIDE, REPORTS_READ
from core.policy.judging.repinning import Plan
from core.policy.rulebooks.differing import Difference, differences
from core.policy.rulebooks.registry import RulesMissing
from core.policy.rulebooks.supposing import Supposition
from core.projects import ProjectMissing
from core.stages import StaleVersion
from core.stages.repinning import NotMovable, Target, move, plan_move, require_mover, undo_move
from core.stages.supposing import AT_ONCE, WhatIf, what_if


class PlanBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Projects by code, and the edition they are to move to, with their own choices or the tenant's of today."""

    projects: Annotated[list[str], msgspec.Meta(min_length=1, max_length=50)]
    edition: str
    choices: Literal["own", "tenant"] = "own"


class MoveLine(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One project to move, with the version its plan was seen at."""

    code: str
    version: int


class MoveBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Projects to move, where to, and why: a paper or decision."""

    projects: Annotated[list[MoveLine], msgspec.Meta(min_length=1, max_length=50)]
    edition: str
    reason: str
    choices: Literal["own", "tenant"] = "own"


class UndoBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Why a move is taken back."""

    reason: str


class WhatIfBody(Supposition, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is supposed, amounts in fen; `after` goes on where the stretch before ended."""

    after: str = ""
    limit: int = AT_ONCE


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """The plans, with what differs between the tenant's present rulebook and the one chosen."""

    rows: tuple[Plan, ...]
    differences: tuple[Difference, ...]
    missing: dict[str, str]


class MoveResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one project: moved, with its new version, or the reason it was not."""

    code: str
    moved: bool
    version: int | None = None
    problems: tuple[str, ...] = ()


class RuleMoves(Controller):
    """Editions and running projects."""

    path = "/rule-moves"
    tags = ("规则",)

    @post("/plan", operation_id="plan_moves", summary="试算版本调整", status_code=200)
    async def plan(self, asking: Asking, data: Annotated[PlanBody, Body(title="调整范围")]) -> Planned:
        """Per project what moving it would change: path, papers, bodies, dates, and what stands against it."""
        target = Target(edition=data.edition, choices=data.choices)
        rows: list[Plan] = []
        missing: dict[str, str] = {}
        async with asking.office(needs=PROJECTS_DECIDE) as office:
            venue = office.venue
            require_mover(office.actor, venue)
            new = venue.registry.edition_of(venue.tenant.jurisdiction, data.edition, venue.options)
            for code in dict.fromkeys(data.projects):
                try:
                    rows.append(await plan_move(office.uow, venue, actor=office.actor, code=code, target=target))
                except ProjectMissing as error:
                    missing[code] = str(error)
            return Planned(rows=tuple(rows), differences=differences(venue.rulebook(), new), missing=missing)

    @post(operation_id="move_projects", summary="调整项目适用版本", status_code=200)
    async def move(
        self, asking: Asking, data: Annotated[MoveBody, Body(title="版本调整")]
    ) -> dict[str, tuple[MoveResult, ...]]:
        """Move each project, all or nothing for itself; the answer says of each what became of it."""
        target = Target(edition=data.edition, choices=data.choices)
        rows = []
        for line in data.projects:
            try:
                async with asking.office(write=True, needs=PROJECTS_DECIDE) as office:
                    found = await move(
                        office.uow,
                        office.venue,
                        actor=office.actor,
                        code=line.code,
                        target=target,
                        reason=data.reason,
                        version=line.version,
                    )
                rows.append(MoveResult(code=line.code, moved=True, version=found.version))
            except (NotMovable, ProjectMissing, RulesMissing, StaleVersion) as error:
                if len(data.projects) == 1:
                    raise
                problems = tuple(problem.message for problem in error.details) or (error.message,)
                rows.append(MoveResult(code=line.code, moved=False, problems=problems))
        return {"rows": tuple(rows)}

    @post("/{code:str}/undo", operation_id="undo_move", summary="撤销版本调整", status_code=200)
    async def undo(self, asking: Asking, code: str, data: UndoBody) -> dict[str, Any]:
        """Take a move back while nothing else has happened on the project; it is again exactly what it was."""
        async with asking.office(write=True, needs=PROJECTS_DECIDE) as office:
            version = await undo_move(office.uow, office.venue, actor=office.actor, code=code, reason=data.reason)
        return {"code": code, "version": version}


@post("/what-if", operation_id="what_if", summary="假设推演", tags=("规则",), status_code=200)
async def suppose(asking: Asking, data: Annotated[WhatIfBody, Body(title="假设")]) -> WhatIf:
    """Past projects judged again under other thresholds, limits, options or another edition; nothing is written.

    One stretch of projects at a time; a client goes on with `after` until it is empty.
    """
    async with asking.office(needs=REPORTS_READ) as office:
        return await what_if(
            office.uow, office.venue, actor=office.actor, supposition=data, after=data.after, limit=data.limit
        )
