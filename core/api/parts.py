"""Parts of one project on their own: what one may do now, contracts, defects, budget lines."""

from typing import Any

import msgspec
from litestar import Controller, get

from core import projects, stages
from core.entrance import Asking
from core.people.permissions import PROJECTS_READ
from core.policy.cases.state import Contract, Defect
from core.stages.forms import Possible


class DefectLine(msgspec.Struct, frozen=True, kw_only=True):
    """One defect with the stage and the attempt it was found in."""

    stage: str
    stage_title: str
    n: int
    defect: Defect


class Parts(Controller):
    """What a page about one aspect of a project asks for."""

    path = "/projects/{code:str}"
    tags = ("项目",)

    @get("/acts", operation_id="possible_acts", summary="可办事项")
    async def acts(self, asking: Asking, code: str) -> dict[str, tuple[Possible, ...]]:
        """Every act open to one's roles now: fields asked, results possible, papers needed and which are here."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            project, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            return {"rows": stages.possible_acts(case, stages.roles_in(office.actor, project))}

    @get("/contracts", operation_id="project_contracts", summary="合同")
    async def contracts(self, asking: Asking, code: str) -> dict[str, Any]:
        """Every contract with its price, and what they add up to, in fen."""
        async with asking.project(code, needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
        rows: tuple[Contract, ...] = project.state.contracts
        return {"rows": rows, "total_fen": sum(row.amount_fen for row in rows)}

    @get("/defects", operation_id="project_defects", summary="问题清单")
    async def defects(self, asking: Asking, code: str) -> dict[str, list[DefectLine]]:
        """Every defect a review named, in the order of naming, with its answer and whether it is settled."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            _, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
        rows = [
            DefectLine(stage=run.stage, stage_title=case.rules.title_of(run.stage), n=run.n, defect=defect)
            for run in case.state.runs
            for defect in run.defects
        ]
        return {"rows": rows}

    @get("/budget", operation_id="project_budget", summary="概算分项")
    async def budget(self, asking: Asking, code: str) -> dict[str, tuple[projects.BudgetRow, ...]]:
        """The budget lines under each figure of the ladder."""
        async with asking.project(code, needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            return {"rows": await projects.list_budget(office.uow, project)}
