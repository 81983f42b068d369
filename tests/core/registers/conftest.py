"""A village with registers, and the people who keep them."""

from datetime import date

import pytest

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from core.people.permissions import ADMIN_SCOPES, FUNCTION_SCOPES
from core.people.seeding import OrganisationPlan, People, PeoplePlan, create_people
from core.stages import NewProject, Venues, begin
from tests.core.registers.parish import REGISTRY
from tests.factories import make_actor, make_tenant

DAY = date(2025, 9, 25)
PLAN = PeoplePlan(
    organisations=(
        OrganisationPlan(code="school", name="白云村小学", roles=("project_unit",)),
        OrganisationPlan(code="nursery", name="白云村幼儿园", parent="school", roles=("subordinate_unit",)),
        OrganisationPlan(code="clinic", name="卫生所", roles=("project_unit",)),
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=("data_bureau",)),
        OrganisationPlan(code="water", name="水务所", kind="office", roles=("water_office",)),
    )
)


class Parish:
    """A tenant under the parish's regulation, and the people who act in it."""

    def __init__(self, database: Database, tenant: Tenant, people: People) -> None:
        self.database, self.tenant, self.people = database, tenant, people
        self.clock = FixedClock(DAY)
        self.school, self.clinic = (people.organisations[code].id for code in ("school", "clinic"))
        self.nursery, self.office = (people.organisations[code].id for code in ("nursery", "bureau"))
        self.bureau = self.officer("bureau", "data_bureau")
        self.teacher = self.officer("school", "project_unit")
        self.doctor = self.officer("clinic", "project_unit")
        self.administrator = make_actor(tenant, admin="system", scopes=ADMIN_SCOPES["system"], organisation_id=None)

    def officer(self, code: str, role: str) -> Actor:
        body = self.people.organisations[code]
        scopes = FUNCTION_SCOPES["head"]
        return make_actor(self.tenant, roles=(role,), scopes=scopes, organisation_id=body.id, organisation=body.name)

    async def begin(self, *, title: str = "平台") -> str:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await Venues(REGISTRY).of(uow, self.tenant, self.clock.today())
            return (await begin(uow, venue, actor=self.teacher, request=NewProject(title=title))).code


@pytest.fixture
async def parish(database: Database) -> Parish:
    tenant = await make_tenant(database, jurisdiction="village")
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=FixedClock(DAY))
    return Parish(database, tenant, people)
