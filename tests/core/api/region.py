"""A county with its city and province behind the real application, all under a toy regulation of a contest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from core.app import create_app, equip
from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Level, Tenant
from core.people import AccountKind, Function
from core.people.access import SignInPolicy
from core.people.seeding import AccountPlan, OrganisationPlan, PeoplePlan, create_people
from core.policy.rulebooks.registry import Registry
from core.stages import Venues
from core.worker.jobs import Toolbox
from tenants.directory import Directory
from tests.core.api.conftest import PASSWORD, Caller, District
from tests.core.stages.shire import deliver
from tests.factories import make_tenant

DAY = date(2025, 9, 2)
BODIES = {"school": "project_unit", "bureau": "data_bureau", "water": "water_office", "park": "visitor"}
PLAN = PeoplePlan(
    policy=SignInPolicy(factor_for_administrators=False, password_days=0),
    organisations=tuple(OrganisationPlan(code=code, name=code, roles=(role,)) for code, role in BODIES.items()),
    accounts=(
        *(
            AccountPlan(login=code, name=code, organisation=code, functions=(Function.HEAD,), password=PASSWORD)
            for code in BODIES
        ),
        AccountPlan(login="sysadmin", name="系统员", kind=AccountKind.SYSTEM, password=PASSWORD),
        AccountPlan(login="security", name="安全员", kind=AccountKind.SECURITY, password=PASSWORD),
    ),
)


class Region(District):
    """The three tenants; the district of the name is the county."""

    levels: dict[str, Tenant]
    toolbox: Toolbox

    async def at(self, level: str, login: str) -> Caller:
        return await self.enter(login, tenant=self.levels[level])

    async def relay(self) -> None:
        """Let what has happened reach everybody."""
        await deliver(self.toolbox, *self.levels.values())

    def named(self, code: str) -> str:
        """What a project of the county is called elsewhere."""
        return f"{self.levels['county'].code}:{code}"

    async def party(self, entry: str, code: str) -> Caller:
        """An outside party with an entry of a project, let in as the administrators do it."""
        office = await self.at("county", "school")
        (project,) = (await office.get("/projects", params={"q": code})).json()["rows"]
        bound = {"kind": "outside", "bound_case_id": project["id"], "bound_roles": ["bidder"], "bound_entry": entry}
        login = f"party-{entry}-{code}".lower()
        system, security = await self.at("county", "sysadmin"), await self.at("county", "security")
        made = (await system.post("/accounts", {"login": login, "name": f"{entry}公司"} | bound)).json()
        initial = (await security.post(f"/accounts/{made['id']}/activation")).json()["initial_password"]
        caller = await self.enter(login, tenant=self.levels["county"], password=initial)
        changed = await caller.post("/session/password", {"present": initial, "wanted": PASSWORD})
        assert changed.status_code == 200, changed.text
        return await self.enter(login, tenant=self.levels["county"], password=PASSWORD)

    async def begun(self, title: str = "平台") -> str:
        """A project that has been applied for, so that the city's bureau holds it."""
        unit = await self.at("county", "school")
        code: str = (await unit.post("/projects", {"title": title})).json()["code"]
        facts = {"project_kind": "build", "declared": 100}
        body = {"act": "submit", "stage": "apply", "facts": facts, "papers": [{"type": "form", "sealed": True}]}
        await self.done(unit, code, body)
        await self.relay()
        return code

    @staticmethod
    async def done(caller: Caller, project: str, body: dict[str, Any]) -> httpx.Response:
        """An act that must succeed, at the version of the moment."""
        version = (await caller.get(f"/projects/{project}")).json()["version"]
        answer = await caller.post(f"/projects/{project}/acts", body | {"version": version})
        assert answer.status_code == 200, answer.text
        return answer


@asynccontextmanager
async def build_region(database: Database, folder: Path, registry: Registry) -> AsyncIterator[Region]:
    """The application on a regulation that is not installed, with three tenants in a line."""
    settings = Settings(environment="test", storage_url=folder.as_uri())
    directory = Directory(database, check_seconds=0)
    services = Services(settings=settings, database=database, directory=directory, clock=FixedClock(DAY))
    levels: dict[str, Tenant] = {}
    above = None
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
        tenant = await make_tenant(
            database, jurisdiction="shire", level=level, parent_code=above, takes_part=level is Level.PROVINCE
        )
        async with database.unit_of_work(tenant.id) as uow:
            await create_people(uow, PLAN, clock=FixedClock(DAY))
        levels[level.value], above = tenant, tenant.code
    app = create_app(settings=settings, services=lambda: None)  # type: ignore[arg-type, return-value]
    equip(app.app, services)
    app.app.state.venues = Venues(registry, directory)
    toolbox = Toolbox(services, registry=registry)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # Litestar types its own messages
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        region = Region(client, levels["county"], database, app.app)
        region.levels, region.toolbox = levels, toolbox
        yield region
    await toolbox.close()
