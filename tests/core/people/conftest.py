"""A small town: three bodies, two officers, three administrators, one outside party."""

from datetime import datetime, timedelta

import pytest

from core.kernel.clock import SHANGHAI, FixedClock
from core.kernel.database import Database
from core.kernel.identity import new_id
from core.kernel.tenancy import Actor, Tenant
from core.people import AccountKind, Function, Moment, access
from core.people.access import Attempt, Door, SignIn, SignInPolicy
from core.people.seeding import AccountPlan, OrganisationPlan, People, PeoplePlan, create_people

PASSWORD = "Correct-Horse-7"
NOW = datetime(2025, 3, 11, 9, 0, tzinfo=SHANGHAI)
VAULT = access.Vault("a-secret-of-the-tests-and-of-nothing-else")
CASE = new_id()

PLAN = PeoplePlan(
    policy=SignInPolicy(factor_for_administrators=False),
    organisations=(
        OrganisationPlan(code="data_bureau", name="数据局", roles=("data_bureau", "expert_office")),
        OrganisationPlan(code="health", name="卫生健康局", roles=("project_unit",)),
        OrganisationPlan(
            code="hospital", name="人民医院", kind="subordinate", parent="health", roles=("project_unit",)
        ),
    ),
    accounts=(
        AccountPlan(
            login="wang", name="王敏", organisation="data_bureau", functions=(Function.HEAD,), password=PASSWORD
        ),
        AccountPlan(login="li", name="李强", organisation="health", password=PASSWORD),
        AccountPlan(login="sys", name="系统员", kind=AccountKind.SYSTEM, password=PASSWORD),
        AccountPlan(login="sec", name="安全员", kind=AccountKind.SECURITY, password=PASSWORD),
        AccountPlan(login="aud", name="审计员", kind=AccountKind.AUDIT, password=PASSWORD),
        AccountPlan(
            login="vendor",
            name="厂商",
            kind=AccountKind.OUTSIDE,
            bound_case_id=CASE,
            bound_entry="e1",
            bound_roles=frozenset({"bidder"}),
            password=PASSWORD,
        ),
    ),
)


class Town:
    """A tenant with people in it, and short words for what the tests do most."""

    def __init__(self, database: Database, tenant: Tenant, people: People, clock: FixedClock) -> None:
        self.database, self.tenant, self.people, self.clock = database, tenant, people, clock
        self.at = NOW

    @property
    def moment(self) -> Moment:
        return Moment(at=self.at, on=self.clock.today())

    def later(self, **passed: float) -> None:
        self.at += timedelta(**passed)

    async def try_door(self, login: str, password: str = PASSWORD, **values: str) -> SignIn:
        attempt = Attempt(login=login, password=password, **values)
        return await access.sign_in(
            self.database, tenant_id=self.tenant.id, attempt=attempt, moment=self.moment, vault=VAULT
        )

    async def enter(self, login: str, password: str = PASSWORD, **values: str) -> str:
        answer = await self.try_door(login, password, **values)
        assert answer.door is Door.OPEN, answer
        assert answer.token is not None
        return answer.token

    async def standing(self, token: str) -> access.SignedIn | None:
        async with self.database.unit_of_work(self.tenant.id, read_only=True) as uow:
            return await access.resolve_session(uow, token, moment=self.moment)

    async def who_is(self, token: str) -> access.SignedIn:
        found = await self.standing(token)
        assert found is not None
        return found

    async def actor(self, login: str) -> Actor:
        return (await self.who_is(await self.enter(login))).actor


@pytest.fixture
async def town(database: Database, tenant: Tenant, clock: FixedClock) -> Town:
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=clock)
    return Town(database, tenant, people, clock)
