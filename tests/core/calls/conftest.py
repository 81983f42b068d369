"""The fair as a tenant: a unit with a demand, its data bureau, and the journal's consumer that publishes."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.calls import NewSubmission, Posting, PostingFilter, Sender, get_posting, list_postings
from core.calls import lodge_answer as answer
from core.calls import lodge_objection as object_to
from core.calls.model import Submission
from core.documents import stage_upload
from core.journal import outbox
from core.kernel.clock import FixedClock, SystemClock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Actor, Tenant
from core.people import AccountKind, Function
from core.people.access import SignInPolicy
from core.people.permissions import FUNCTION_SCOPES
from core.people.seeding import AccountPlan, OrganisationPlan, People, PeoplePlan, create_people
from core.stages import Acted, ActRequest, NewProject, PaperIn, Venues, act, begin
from core.worker.jobs import CONSUMERS, Toolbox
from tenants.directory import Directory
from tests.core.calls.fair import BUREAU, REGISTRY
from tests.factories import make_actor, make_tenant

DAY = date(2025, 9, 1)
CODE = "91350100M000100Y43"
OTHER_CODE = "91110108MA01WCFT85"
PLAN = PeoplePlan(
    policy=SignInPolicy(factor_for_administrators=False, password_days=0),
    organisations=(
        OrganisationPlan(code="hospital", name="集市医院", roles=("project_unit",)),
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=(BUREAU,)),
    ),
    accounts=(
        AccountPlan(
            login="wang", name="王敏", organisation="bureau", functions=(Function.HEAD,), password="Correct-Horse-7"
        ),
        AccountPlan(login="security", name="安全员", kind=AccountKind.SECURITY, password="Correct-Horse-7"),
    ),
)
FACTS = {"topic": "手术机器人", "ceiling": 2_000_000_00, "reserve": 1_500_000_00, "answers_until": "2025-09-30"}


class Fairground:
    """The tenant, who acts in it, and short words for what happens."""

    def __init__(self, database: Database, tenant: Tenant, people: People, toolbox: Toolbox) -> None:
        self.database, self.tenant, self.people, self.toolbox = database, tenant, people, toolbox
        self.venues = Venues(REGISTRY)
        self.rules = REGISTRY.place("fair").rulebook()
        self.unit, self.bureau = self._officer("hospital", "project_unit"), self._officer("bureau", BUREAU)

    def _officer(self, code: str, role: str) -> Actor:
        body = self.people.organisations[code]
        more: dict[str, Any] = {"organisation_id": body.id, "organisation": body.name}
        return make_actor(self.tenant, roles=(role,), scopes=FUNCTION_SCOPES["head"], name=f"{body.name}经办", **more)

    async def act(
        self, code: str, name: str, stage: str, *, on: date = DAY, by: Actor | None = None, **more: Any
    ) -> Acted:
        request = ActRequest(act=name, stage=stage, **more)
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await self.venues.of(uow, self.tenant, on)
            done = await act(uow, venue, actor=by or self.bureau, code=code, request=request)
        await self.relay()
        return done

    async def begin(self, title: str = "手术机器人攻关") -> str:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await self.venues.of(uow, self.tenant, DAY)
            return (await begin(uow, venue, actor=self.unit, request=NewProject(title=title))).code

    async def paper(self, kind: str) -> PaperIn:
        async def content() -> AsyncIterator[bytes]:
            yield f"{kind} 的内容".encode()

        upload = await stage_upload(
            self.database,
            self.toolbox.store,
            content(),
            tenant_id=self.tenant.id,
            name=f"{kind}.txt",
            actor=self.unit,
            now=SystemClock().now(),
        )
        return PaperIn(type=kind, upload_id=upload.id)

    async def called(self, **facts: Any) -> str:
        """A demand whose call has been published."""
        code = await self.begin()
        papers = (await self.paper("brief"), await self.paper("memo"))
        await self.act(code, "submit", "propose", by=self.unit, facts=FACTS | facts, papers=papers)
        await self.act(code, "publish", "call")
        return code

    async def relay(self) -> None:
        """Hand the journal's news to the consumer that publishes."""
        async with self.database.unit_of_work(self.tenant.id) as uow:
            await outbox.fan_out(uow, CONSUMERS)
        await self.toolbox.consume(self.tenant, "posting")

    async def postings(self, kind: str = "", **wanted: Any) -> tuple[Posting, ...]:
        async with self.database.platform(read_only=True) as uow:
            found = await list_postings(uow, PostingFilter(publisher=self.tenant.code, kind=kind, **wanted))
        return found.rows

    async def posting(self, posting_id: UUID) -> Posting:
        async with self.database.platform(read_only=True) as uow:
            return await get_posting(uow, posting_id)

    async def object_to(self, posting: Posting, *, on: date = DAY, name: str = "张三", **more: Any) -> Submission:
        new = sent(name=name, **more)
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await self.venues.of(uow, self.tenant, on)
            done = await object_to(uow, venue, posting, new=new, clock=FixedClock(on))
        await self.relay()
        return done

    async def answer(self, posting: Posting, *, on: date = DAY, **more: Any) -> Submission:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            return await answer(uow, posting, new=sent(**more), clock=FixedClock(on))


def sent(
    *, name: str = "甲公司", contact: str = "13800000000", body: str = "说明理由", code: str = "", **more: Any
) -> NewSubmission:
    sender = Sender(name=name, contact=contact, credit_code=code)
    return NewSubmission(sender=sender, body=body, address=more.pop("address", "192.0.2.1"), **more)


@pytest.fixture
async def fair(database: Database, tmp_path: Path) -> AsyncIterator[Fairground]:
    tenant = await make_tenant(database, jurisdiction="fair")
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=FixedClock(DAY))
    services = Services(
        settings=Settings(environment="test", storage_url=tmp_path.as_uri()),
        database=database,
        directory=Directory(database, check_seconds=0),
        clock=FixedClock(DAY),
    )
    toolbox = Toolbox(services, registry=REGISTRY)
    yield Fairground(database, tenant, people, toolbox)
    await toolbox.close()
