"""Projects: registering, the ledger, one project with all its pages, and every act on it."""

import hashlib
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import Provide
from litestar.params import Body, Parameter

from core import documents, journal, projects, stages
from core.api.filters import wanted_projects
from core.api.problems import HeaderNeeded
from core.api.views import case_view, due_view
from core.entrance import Asking, Office
from core.kernel.codec import canonical, decode
from core.people.permissions import PROJECTS_READ
from core.projects import ProjectFilter
from core.stages import ActRequest, IdempotentKey, NewProject

Key = Annotated[
    str | None, Parameter(header="Idempotency-Key", description="同一请求重发时使用同一个键", required=False)
]
IfMatch = Annotated[str | None, Parameter(header="If-Match", description='您看到的项目版本，如 "3"', required=False)]


class RegisterBody(NewProject, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A project to register: title, unit (one's own unless given), facts as the rulebook names them, amounts in fen."""


class ActBody(ActRequest, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An act: `act` and `stage` (or `side`), with facts, papers, items, outcome as the stage asks. Amounts in fen."""

    version: int | None = None


class BudgetBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Budget lines under one figure of the ladder; they must add up to it."""

    basis: str
    lines: list[projects.BudgetLine]


class Projects(Controller):
    """Projects and acts on them."""

    path = "/projects"
    tags = ("项目",)
    dependencies = {"wanted": Provide(wanted_projects, sync_to_thread=False)}  # noqa: RUF012 - Litestar reads it so

    @post(operation_id="register_project", summary="登记项目", status_code=201)
    async def register(
        self, asking: Asking, data: Annotated[RegisterBody, Body(title="新项目")], idempotency_key: Key = None
    ) -> Response[dict[str, Any]]:
        """Register a project and open its first stage; refused with every finding at once."""
        key = _key(idempotency_key, "register", data)
        async with asking.office(write=True) as office:
            acted = await stages.begin(office.uow, office.venue, actor=office.actor, request=data, key=key)
        return _acted(acted, 201)

    @get(operation_id="list_projects", summary="项目台账")
    async def ledger(
        self, asking: Asking, wanted: ProjectFilter, sort: str = "newest", after: str = "", limit: int = 50
    ) -> dict[str, Any]:
        """One page of the ledger with its totals; `after` of the answer is the cursor of the next page."""
        async with asking.office(needs=PROJECTS_READ) as office:
            sight = stages.sight_of(office.actor, office.titles)
            page = await projects.list_projects(office.uow, sight, wanted, sort=sort, after=after, limit=limit)
            totals = await projects.sum_projects(office.uow, sight, wanted)
        return {"rows": page.rows, "after": page.after, "totals": totals}

    @get("/{code:str}", operation_id="get_project", summary="项目详情")
    async def one(self, asking: Asking, code: str) -> Response[dict[str, Any]]:
        """One project: who has it, its path, facts, amounts, runs, dues, papers, and what one may do now."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            project, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            body = case_view(project, case, stages.roles_in(office.actor, project))
        return Response(body, headers={"ETag": f'"{project.version}"'})

    @get("/{code:str}/timeline", operation_id="project_timeline", summary="办理过程")
    async def timeline(self, asking: Asking, code: str, after: int | None = None, limit: int = 50) -> dict[str, Any]:
        """The project's journal, oldest first: who did what, when, in which capacity."""
        async with asking.project(code, needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            rows = await journal.timeline(office.uow, project.id, after=after, limit=limit)
        return {"rows": rows, "after": rows[-1].seq if len(rows) == limit else None}

    @get("/{code:str}/papers", operation_id="project_papers", summary="项目材料")
    async def papers(
        self, asking: Asking, code: str, versions: Literal["current", "all"] = "current"
    ) -> dict[str, Any]:
        """Papers handed in, current versions or all of them."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            rows = await documents.papers_of(office.uow, project.id, all_versions=versions == "all")
            if office.actor.is_outside:
                rows = tuple(row for row in rows if stages.is_partys_own(office.actor, row))
        return {"rows": rows}

    @get("/{code:str}/deadlines", operation_id="project_deadlines", summary="项目期限")
    async def deadlines(self, asking: Asking, code: str) -> dict[str, Any]:
        """Every limit of the project with its reckoning, sentence by sentence."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            _, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            return {"rows": [due_view(case, due, explain=True) for due in case.state.dues if not due.dropped]}

    @get("/{code:str}/amounts", operation_id="project_amounts", summary="金额沿革")
    async def amounts(self, asking: Asking, code: str) -> dict[str, Any]:
        """Every figure of the ladder as it was fixed, oldest first."""
        async with asking.project(code, needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            return {"rows": await projects.list_amounts(office.uow, project.id)}

    @get("/{code:str}/receipts/{version:int}", operation_id="project_receipt", summary="判定凭据")
    async def receipt(self, asking: Asking, code: str, version: int) -> dict[str, Any]:
        """The receipt of one decision: rulebook, act, what was looked at, result, hash before and after."""
        async with asking.project(code, needs=PROJECTS_READ) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, office.code)
            found = await stages.receipt(office.uow, project, version)
        return found | {name: decode(found[name], dict) for name in ("act", "context", "decision")}

    @post("/{code:str}/budget", operation_id="set_budget", summary="填写概算分项", status_code=200)
    async def budget(self, asking: Asking, code: str, data: BudgetBody) -> dict[str, Any]:
        """Put budget lines under a figure; every wrong line, and a sum that does not match, is told at once."""
        async with asking.office(write=True) as office:
            project, _ = await stages.open_case(office.uow, office.venue, office.actor, code)
            await projects.set_budget(
                office.uow, project, actor=office.actor, on=office.venue.today, basis=data.basis, lines=data.lines
            )
        return {"lines": len(data.lines)}

    @post("/{code:str}/acts", operation_id="act_on_project", summary="办理", status_code=200)
    async def act(
        self,
        asking: Asking,
        code: str,
        data: Annotated[ActBody, Body(title="办理内容")],
        idempotency_key: Key = None,
        if_match: IfMatch = None,
    ) -> Response[dict[str, Any]]:
        """Do one act, once. Refused with every finding; a stale version is told who was faster."""
        version = _version(data.version, if_match)
        key = _key(idempotency_key, code, data)
        async with asking.project(code, write=True, outside=True) as office:
            acted = await stages.act(
                office.uow, office.venue, actor=office.actor, code=office.code, request=data, version=version, key=key
            )
        return _acted(acted, 200)

    @post("/{code:str}/preview", operation_id="preview_act", summary="预审", status_code=200)
    async def preview(self, asking: Asking, code: str, data: ActBody) -> dict[str, Any]:
        """What an act would lead to: every finding, stages, dates; nothing is written."""
        async with asking.project(code, needs=PROJECTS_READ, outside=True) as office:
            decision, version = await stages.preview(
                office.uow, office.venue, actor=office.actor, code=office.code, request=data
            )
        return {"decision": decision, "version": version}


class Desks(Controller):
    """What waits for somebody, and what they wait for."""

    path = "/desk"
    tags = ("待办",)

    @get(operation_id="my_desk", summary="我的待办")
    async def desk(self, asking: Asking, after: str = "", limit: int = 50) -> dict[str, Any]:
        """What waits for one's organisation, soonest due first; other tenants' projects are called `owner:number`."""
        async with asking.office(needs=PROJECTS_READ, outside=True) as office:
            rows, following = await stages.desk(office.uow, office.venue, office.actor, after=after, limit=limit)
            return {"rows": [_titled(office, row) for row in rows], "after": following}

    @get("/waiting", operation_id="my_waiting", summary="我在等别人")
    async def waiting(self, asking: Asking) -> dict[str, Any]:
        """What one's own unit waits for others to do."""
        async with asking.office(needs=PROJECTS_READ) as office:
            rows = await stages.waiting(office.uow, office.actor)
            return {"rows": [_titled(office, row) for row in rows]}

    @get("/deadlines", operation_id="coming_deadlines", summary="期限总览")
    async def deadlines(self, asking: Asking, until: date, owner: str = "") -> dict[str, Any]:
        """Running limits that end by a day, soonest first."""
        async with asking.office(needs=PROJECTS_READ) as office:
            rows = await stages.deadlines(office.uow, office.venue, office.actor, until=until, owner=owner)
        return {"rows": rows}


def _titled(office: Office, row: stages.DeskRow) -> dict[str, Any]:
    roles = office.titles.roles
    found = msgspec.structs.asdict(row)
    if row.owner_name:
        return found
    found["stage_title"] = office.titles.title_of(row.stage)
    found["role_title"] = roles[row.role].title if row.role in roles else row.role
    return found


def _acted(acted: stages.Acted, status: int) -> Response[dict[str, Any]]:
    headers = {"ETag": f'"{acted.version}"'}
    if acted.replayed:
        headers["Idempotent-Replayed"] = "true"
    body = {
        "code": acted.code,
        "version": acted.version,
        "receipt": acted.receipt_id,
        "decision": acted.decision,
    }
    return Response(body, status_code=status, headers=headers)


def _version(in_body: int | None, if_match: str | None) -> int:
    if in_body is not None:
        return in_body
    text = (if_match or "").strip().removeprefix("W/").strip('"')
    if not text.isdigit():
        raise HeaderNeeded("请在 If-Match 请求头（或 version 字段）中给出您看到的项目版本")
    return int(text)


def _key(key: str | None, place: str, data: Any) -> IdempotentKey:
    if not key:
        raise HeaderNeeded("请在 Idempotency-Key 请求头中给出本次请求的唯一标识")
    return IdempotentKey(key=key, request_hash=hashlib.sha256(canonical([place, data])).digest())
