"""The real application on a real database, and people of a district signed in to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from core.app import create_app, equip
from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Tenant
from core.people import AccountKind, Function
from core.people.access import SignInPolicy
from core.people.seeding import AccountPlan, OrganisationPlan, PeoplePlan, create_people
from core.policy.rulebooks.registry import Registry
from core.stages import Venues
from tenants.directory import Directory
from tests.factories import make_tenant

DAY = date(2025, 9, 2)
PASSWORD = "Correct-Horse-7"
PLAN = PeoplePlan(
    policy=SignInPolicy(factor_for_administrators=False, password_days=0),
    organisations=(
        OrganisationPlan(code="culture", name="区文化广电旅游体育局", roles=("project_unit",)),
        OrganisationPlan(code="health", name="区卫生健康局", roles=("project_unit", "health_bureau")),
        OrganisationPlan(code="bureau", name="区政务服务和数据管理局", kind="office", roles=("data_bureau",)),
        OrganisationPlan(code="finance", name="区财政局", kind="office", roles=("finance",)),
        OrganisationPlan(code="audit", name="区审计局", kind="office", roles=("audit",)),
    ),
    accounts=(
        *(
            AccountPlan(
                login=code, name=f"{code}经办", organisation=code, functions=(Function.HEAD,), password=PASSWORD
            )
            for code in ("culture", "health", "bureau", "finance", "audit")
        ),
        AccountPlan(login="culture2", name="culture同事", organisation="culture", password=PASSWORD),
        AccountPlan(
            login="reader", name="查阅员", organisation="audit", functions=(Function.READER,), password=PASSWORD
        ),
        AccountPlan(login="sysadmin", name="系统员", kind=AccountKind.SYSTEM, password=PASSWORD),
        AccountPlan(login="security", name="安全员", kind=AccountKind.SECURITY, password=PASSWORD),
        AccountPlan(login="auditor", name="审计员", kind=AccountKind.AUDIT, password=PASSWORD),
    ),
)


class Caller:
    """Somebody signed in: sends the CSRF token with every change, on a day of the test's choosing."""

    def __init__(self, client: httpx.AsyncClient, csrf: str, cookies: dict[str, str]) -> None:
        self.client, self.csrf, self.cookies = client, csrf, cookies
        self.number = 0

    async def send(self, method: str, path: str, **values: Any) -> httpx.Response:
        return await self.send_to(method, f"/api/v1{path}", **values)

    async def send_to(self, method: str, address: str, *, day: date = DAY, **values: Any) -> httpx.Response:
        self.number += 1
        headers = {
            "X-CSRF-Token": self.csrf,
            "X-Lixiang-Date": day.isoformat(),
            "Idempotency-Key": f"{id(self)}-{self.number}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        headers |= values.pop("headers", {})
        return await self.client.request(method, address, headers=headers, **values)

    async def get(self, path: str, **values: Any) -> httpx.Response:
        return await self.send("GET", path, **values)

    async def post(self, path: str, body: Any = None, **values: Any) -> httpx.Response:
        return await self.send("POST", path, json=body if body is not None else {}, **values)


class District:
    """A district under Baiyun's regulation behind the real application."""

    def __init__(self, client: httpx.AsyncClient, tenant: Tenant, database: Database, app: Litestar) -> None:
        self.client, self.tenant, self.database, self.app = client, tenant, database, app

    def install(self, registry: Registry) -> None:
        """Go on with other regulations installed, as after a restart."""
        self.app.state.venues = Venues(registry)

    async def enter(self, login: str, *, tenant: Tenant | None = None, password: str = PASSWORD) -> Caller:
        body = {"login": login, "password": password, "tenant": (tenant or self.tenant).code}
        answer = await self.client.post("/api/v1/session", json=body)
        assert answer.status_code == 200, answer.text
        cookies = dict(answer.cookies)
        self.client.cookies.clear()
        return Caller(self.client, answer.json()["csrf"], cookies)


async def seed(database: Database) -> Tenant:
    """A tenant with the people of the plan."""
    tenant = await make_tenant(database)
    async with database.unit_of_work(tenant.id) as uow:
        await create_people(uow, PLAN, clock=FixedClock(DAY))
    return tenant


@pytest.fixture
async def district(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[District]:
    settings = Settings(environment="test", storage_url=tmp_path.as_uri())

    @asynccontextmanager
    async def services() -> AsyncIterator[Services]:
        yield Services(
            settings=settings, database=database, directory=Directory(database, check_seconds=0), clock=FixedClock(DAY)
        )

    tenant = await seed(database)
    app = create_app(settings=settings, services=services)
    async with services() as opened:
        equip(app.app, opened)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # Litestar types its own messages
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield District(client, tenant, database, app.app)
