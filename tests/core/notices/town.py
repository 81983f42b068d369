"""The village of the stages' tests with copies of its form and an invitation to list, and people who read and work."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Actor, Tenant
from core.notices import MailMode, Notice, Preference, choose_preference, list_notices
from core.people import AccountKind, Function
from core.people.access import SignInPolicy
from core.people.permissions import ADMIN_SCOPES, FUNCTION_SCOPES
from core.people.seeding import AccountPlan, OrganisationPlan, PeoplePlan, create_people
from core.policy.cases.state import Defect
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingForce, ListingRule, Register
from core.stages import Venues
from core.worker.jobs import CONSUMERS, Toolbox
from core.worker.queueing import InProcessQueue, Job
from core.worker.relay import Relay
from tenants.directory import Directory
from tests.core.stages.conftest import DAY, Village
from tests.core.stages.village import C, _Village
from tests.factories import make_tenant

PLAN = PeoplePlan(
    policy=SignInPolicy(factor_for_administrators=False),
    organisations=(
        OrganisationPlan(code="school", name="小学", roles=("project_unit",)),
        OrganisationPlan(code="clinic", name="卫生所", roles=("project_unit",)),
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=("data_bureau",)),
        OrganisationPlan(code="water", name="水务所", kind="office", roles=("water_office",)),
    ),
    accounts=(
        AccountPlan(login="zhao", name="赵老师", organisation="school"),
        AccountPlan(login="wang", name="王敏", organisation="bureau", functions=(Function.HEAD,)),
        AccountPlan(login="li", name="李强", organisation="bureau"),
        AccountPlan(login="sys", name="系统员", kind=AccountKind.SYSTEM),
    ),
)


class _Town(_Village):
    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        form = DocumentType(
            key="form", code="D1", title="申报表", citation=C, sealed=True, record=True, copies=("water_office",)
        )
        return (form,)

    @hookimpl
    def registers(self) -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
        def rule(key: str, force: ListingForce, kind: str) -> ListingRule:
            return ListingRule(
                key=key,
                code=key,
                title=key,
                force=force,
                after_stage="review",
                after_outcome="pass",
                project_kinds=(kind,),
                citation=C,
                platform="村应用市场",
            )

        return (), (
            rule("invited", ListingForce.INVITATION, "build"),
            rule("allowed", ListingForce.ALLOWED, "om"),
        )


REGISTRY = Registry({"village": _Town()})


class Town(Village):
    """A village whose people are told things, with the worker that tells them, done step by step."""

    clock: FixedClock
    toolbox: Toolbox

    def person(self, login: str, code: str = "", role: str = "") -> Actor:
        """One account, acting for its body in one role, or as an administrator."""
        account = self.people.accounts[login]
        body = self.people.organisations[code] if code else None
        values: dict[str, Any] = {"scopes": FUNCTION_SCOPES["head"], "roles": frozenset({role} if role else ())}
        if body is not None:
            values |= {"organisation_id": body.id, "organisation": body.name}
        if account.is_administrator:
            values = {"admin": str(account.kind), "scopes": ADMIN_SCOPES[str(account.kind)]}
        return Actor(user_id=account.id, name=account.name, tenant_id=self.tenant.id, **values)

    @property
    def teacher(self) -> Actor:
        return self.person("zhao", "school", "project_unit")

    @property
    def wang(self) -> Actor:
        return self.person("wang", "bureau", "data_bureau")

    @property
    def li(self) -> Actor:
        return self.person("li", "bureau", "data_bureau")

    async def work(self) -> None:
        """What the worker does, in this process and until nothing is left."""
        inside = InProcessQueue(self.toolbox.do)
        relay = Relay(self.toolbox, inside, inside)
        for _ in range(6):
            await relay.relay(self.tenant)
            await inside.drain()

    async def run(self, *names: str) -> None:
        """Do single jobs, without the relay."""
        for name in names or CONSUMERS:
            await self.toolbox.do(Job(tenant_id=self.tenant.id, name=name))

    async def notices(self, actor: Actor, *, topic: str = "", **values: Any) -> list[Notice]:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            found = await list_notices(uow, actor, **values)
        return [notice for notice in found if topic in ("", notice.topic)]

    async def wants_mail(self, actor: Actor, email: str, mode: MailMode = MailMode.IMMEDIATE) -> None:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            await choose_preference(uow, actor, Preference(email=email, mode=mode), clock=self.clock)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            return await uow.fetchval(sql, *args)

    async def not_passed(self, code: str, texts: Iterable[str] = ("必要性不足",)) -> None:
        """The bureau names defects."""
        defects = tuple(Defect(id=f"d{n}", item="need", text=text) for n, text in enumerate(texts))
        await self.act(
            self.wang,
            code,
            act="decide",
            stage="review",
            outcome="not_pass",
            items={"need": "not_pass"},
            reason="见缺陷",
            defects=defects,
        )

    async def passed(self, code: str) -> None:
        """The bureau says yes, and the project is over."""
        await self.act(self.wang, code, act="decide", stage="review", outcome="pass", items={"need": "pass"})


async def build_town(database: Database, folder: Path, *, day: date = DAY, **settings: Any) -> Town:
    """A town with its own tenant; settings are those of its worker."""
    tenant: Tenant = await make_tenant(database, jurisdiction="village")
    clock = FixedClock(day)
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=clock)
    town = Town(database, tenant, people)
    town.venues = Venues(REGISTRY)
    values = {"environment": "test", "storage_url": folder.as_uri()} | settings
    services = Services(
        settings=Settings(**values),
        database=database,
        directory=Directory(database, check_seconds=0),
        clock=clock,
    )
    town.clock, town.toolbox = clock, Toolbox(services, registry=REGISTRY)
    await town.work()
    return town
