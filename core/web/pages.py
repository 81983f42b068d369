"""The plain pages: sign-in, the list of projects, one project."""

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response, Template
from litestar.static_files import create_static_files_router

from core import journal, projects, stages
from core.entrance import Asking, Office, empty_cookies, open_door
from core.entrance.opening import give_factor, new_page_token
from core.kernel.errors import LixiangError
from core.people import access, get_organisation
from core.people.access import Door
from core.people.permissions import PROJECTS_READ
from core.policy.cases.case import Case
from core.projects import ProjectFilter
from core.stages.wording import status_of
from core.web.rendering import FOLDER

_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/login", include_in_schema=False)
async def login_page(asking: Asking, request: Request[Any, Any, Any]) -> Template:
    """The door."""
    return await _door(asking, _back(request.query_params))


@post("/login", include_in_schema=False, status_code=200)
async def login(asking: Asking, data: _Form) -> Response[Any] | Template | Redirect:
    """Try the door; a wrong password keeps what was typed, save the password."""
    back = _back(data)
    try:
        if data.get("step") == "factor":
            asking.form_csrf = data.get("csrf", "")
            opened = await give_factor(asking, code=data.get("code", ""))
        else:
            tenant = await asking.named_tenant(data.get("tenant", ""))
            opened = await open_door(
                asking,
                tenant,
                login=data.get("login", ""),
                password=data.get("password", ""),
                code=data.get("code", ""),
            )
    except LixiangError as error:
        return await _door(asking, back, error=error.message, typed=data)
    if opened.answer.door is Door.OPEN:
        return Redirect(f"{asking.services.settings.path_prefix}{back}", status_code=303, cookies=list(opened.cookies))
    if opened.answer.door is Door.FACTOR_NEEDED:
        page = await _door(asking, back, typed=data, csrf=opened.csrf)
        page.cookies = list(opened.cookies)
        return page
    return await _door(asking, back, error=opened.answer.message, typed=data, csrf=data.get("csrf", ""))


@post("/logout", include_in_schema=False, status_code=303)
async def logout(asking: Asking, data: _Form) -> Redirect:
    """End the session."""
    asking.form_csrf = data.get("csrf", "")
    async with asking.office(write=True, unready=True) as office:
        await access.sign_out(office.uow, token=asking.session, moment=asking.moment)
    settings = asking.services.settings
    return Redirect(f"{settings.path_prefix}/login", status_code=303, cookies=list(empty_cookies(settings)))


@get(["/", "/projects"], include_in_schema=False)
async def project_list(asking: Asking, q: str = "", after: str = "") -> Template:
    """The projects one may see, with what they add up to, and what waits for one's own organisation."""
    async with asking.office() as office:
        sight = stages.sight_of(office.actor, office.titles)
        wanted = ProjectFilter(text=q)
        page = await projects.list_projects(office.uow, sight, wanted, after=after)
        totals = await projects.sum_projects(office.uow, sight, wanted)
        desk, _ = await stages.desk(office.uow, office.venue, office.actor)
        frame = _frame(asking, office)
    found = {"page": page, "totals": totals, "desk": desk, "q": q, "title_of": office.titles.title_of}
    return Template("projects.html", context=frame | found | {"roles": office.titles.roles})


@get("/projects/{code:str}", include_in_schema=False)
async def project_page(asking: Asking, code: str) -> Template:
    """One project: who has it, its route, money, papers, limits, history."""
    async with asking.project(code, needs=PROJECTS_READ) as office:
        project, case = await stages.open_case(office.uow, office.venue, office.actor, office.code)
        unit = await get_organisation(office.uow, project.unit_id, office.venue.today)
        timeline = await journal.timeline(office.uow, project.id, limit=200, newest_first=True)
        frame = _frame(asking, office)
        acts = stages.possible_acts(case, stages.roles_in(office.actor, project))
    found = {
        "project": project,
        "case": case,
        "unit": unit,
        "status": status_of(case),
        "holders": stages.holders_of(case),
        "route": stages.route_of(case),
        "acts": acts,
        "dues": [(due, case.ledger(due)) for due in case.state.dues if not due.dropped],
        "amounts": _amounts(case),
        "timeline": timeline,
    }
    return Template("project.html", context=frame | found)


def _frame(asking: Asking, office: Office) -> dict[str, Any]:
    """What every page shows: who is signed in, where, on which day."""
    return {
        "actor": office.actor,
        "tenant": office.venue.tenant,
        "today": office.venue.today,
        "csrf": new_page_token(asking, office.signed_in),
    }


async def _door(
    asking: Asking, back: str, *, error: str = "", typed: Mapping[str, str] | None = None, csrf: str = ""
) -> Template:
    known = [tenant for tenant in await asking.services.directory.all() if tenant.is_open]
    context = {"tenants": known, "back": back, "error": error, "typed": typed or {}, "csrf": csrf}
    return Template("login.html", context=context, status_code=401 if error else 200)


def _back(values: Mapping[str, str]) -> str:
    """Where to go afterwards: an address of this site or the start, never one of another site."""
    wanted = values.get("next", "") or "/"
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"


def _amounts(case: Case) -> list[tuple[str, int]]:
    facts = case.state.facts
    return [(amount.title, facts[amount.key]) for amount in case.rules.amounts.values() if amount.key in facts]


PAGES = (
    login_page,
    login,
    logout,
    project_list,
    project_page,
    create_static_files_router(path="/static", directories=[FOLDER / "static"], include_in_schema=False),
)
