"""A village office with two units, a bureau and a water office, and short words for acting there."""

from datetime import date
from typing import Any

import pytest

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from core.people.permissions import FUNCTION_SCOPES
from core.people.seeding import OrganisationPlan, People, PeoplePlan, create_people
from core.stages import Acted, ActRequest, IdempotentKey, NewProject, PaperIn, Venues, act, begin
from tests.core.stages.village import REGISTRY
from tests.factories import make_actor, make_tenant

DAY = date(2025, 9, 25)
PLAN = PeoplePlan(
    organisations=(
        OrganisationPlan(code="school", name="小学", roles=("project_unit",)),
        OrganisationPlan(code="clinic", name="卫生所", roles=("project_unit",)),
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=("data_bureau",)),
        OrganisationPlan(code="water", name="水务所", kind="office", roles=("water_office",)),
    )
)
FORM = PaperIn(type="form", sealed=True)


class Village:
    """A tenant under the village's regulation, and the people who act in it."""

    def __init__(self, database: Database, tenant: Tenant, people: People) -> None:
        self.database, self.tenant, self.people = database, tenant, people
        self.venues = Venues(REGISTRY)

    def officer(self, code: str, role: str) -> Actor:
        body = self.people.organisations[code]
        values: dict[str, Any] = {"organisation_id": body.id, "organisation": body.name}
        return make_actor(self.tenant, roles=(role,), scopes=FUNCTION_SCOPES["head"], name=f"{body.name}经办", **values)

    async def begin(self, unit: str = "school", *, on: date = DAY, title: str = "平台", **values: Any) -> Acted:
        actor = self.officer(unit, "project_unit")
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await self.venues.of(uow, self.tenant, on)
            return await begin(uow, venue, actor=actor, request=NewProject(title=title, **values))

    async def act(
        self,
        actor: Actor,
        code: str,
        *,
        on: date = DAY,
        version: int | None = None,
        key: IdempotentKey | None = None,
        dated: date | None = None,
        **request: Any,
    ) -> Acted:
        async with self.database.unit_of_work(self.tenant.id) as uow:
            venue = await self.venues.of(uow, self.tenant, on)
            return await act(
                uow, venue, actor=actor, code=code, request=ActRequest(on=dated, **request), version=version, key=key
            )

    async def submitted(self, unit: str = "school", **facts: Any) -> str:
        """A project under review."""
        begun = await self.begin(unit)
        await self.act(
            self.officer(unit, "project_unit"),
            begun.code,
            act="submit",
            stage="apply",
            facts={"project_kind": "build", "declared": 100} | facts,
            papers=(FORM,),
        )
        return begun.code


async def settle(
    database: Database, venues: Venues | None = None, *, plan: PeoplePlan = PLAN, **values: Any
) -> Village:
    """A tenant of its own, with the people of a plan."""
    tenant = await make_tenant(database, **({"jurisdiction": "village"} | values))
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, plan, clock=FixedClock(DAY))
    found = Village(database, tenant, people)
    found.venues = venues or found.venues
    return found


@pytest.fixture
async def village(database: Database) -> Village:
    return await settle(database)
