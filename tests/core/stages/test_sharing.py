"""What a province publishes is met in a county that lives by a regulation of its own, and nowhere outside its tree."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from core.kernel.database import Database
from core.kernel.tenancy import Actor, Level
from core.people.seeding import OrganisationPlan, PeoplePlan
from core.policy.cases.acts import Finding
from core.policy.cases.state import Entry
from core.policy.rulebooks.registry import Registry
from core.projects import get_project
from core.registers import Lodging, NotKeeper, lodge_entry, withdraw_entry
from core.stages import Acted, ActRefused, Venues, replay_project
from tenants.directory import Directory
from tests.core.policy.pier import UPPER, Upper
from tests.core.stages.conftest import DAY, FORM, Village, settle
from tests.core.stages.village import _Village

REGISTRY = Registry({"village": _Village(), "pier": Upper()})
HARBOUR = PeoplePlan(
    organisations=(
        OrganisationPlan(code="harbour", name="港务局", kind="office", roles=("harbour",)),
        OrganisationPlan(code="ferry", name="轮渡公司", roles=("project_unit",)),
    )
)


@dataclass(frozen=True, slots=True)
class Coast:
    """A province under the harbour's text, a county below it under the village's, and a town outside the tree."""

    database: Database
    province: Village
    county: Village
    town: Village

    async def lodge(self, bay: str, on: date = DAY, *, by: Actor | None = None) -> None:
        keeper = by or self.province.officer("harbour", "harbour")
        office = self.province.people.organisations["harbour"].id
        lodging = Lodging(register="piers", organisation_id=office, on=on, content={"bay": bay, "title": f"{bay}码头"})
        async with self.database.unit_of_work(self.province.tenant.id) as uow:
            await lodge_entry(uow, UPPER.place("pier").rulebook(), keeper, lodging)

    async def apply(self, where: Village, on: date = DAY, **facts: Any) -> Acted:
        """A project registered and handed in. Raises: ActRefused."""
        begun = await where.begin(on=on)
        unit = where.officer("school", "project_unit")
        given = {"project_kind": "build", "declared": 100} | facts
        return await where.act(unit, begun.code, on=on, act="submit", stage="apply", facts=given, papers=(FORM,))


@pytest.fixture
async def coast(database: Database) -> Coast:
    venues = Venues(REGISTRY, Directory(database, check_seconds=0))
    province = await settle(database, venues, plan=HARBOUR, jurisdiction="pier", level=Level.PROVINCE)
    county = await settle(database, venues, level=Level.COUNTY, parent_code=province.tenant.code)
    return Coast(database, province, county, await settle(database, venues, level=Level.COUNTY))


async def found(coast: Coast, where: Village, **facts: Any) -> list[Finding]:
    with pytest.raises(ActRefused) as refused:
        await coast.apply(where, **facts)
    return [f for f in refused.value.decision.findings if f.gate == "pier.twin"]


async def test_a_county_may_not_build_what_the_province_has_published(coast: Coast) -> None:
    await coast.lodge("东港")
    (finding,) = await found(coast, coast.county, bay="东港")
    assert (finding.article, finding.rows) == ("第二条", ("P-2",))
    assert "东港码头" in finding.message


async def test_another_bay_is_built_and_the_receipts_of_it_can_be_judged_again(coast: Coast) -> None:
    await coast.lodge("东港")
    acted = await coast.apply(coast.county, bay="西港")
    assert acted.decision.accepted
    async with coast.database.unit_of_work(coast.county.tenant.id) as uow:
        venue = await coast.county.venues.of(uow, coast.county.tenant, DAY)
        again = await replay_project(uow, venue, await get_project(uow, acted.code))
    assert (again.receipts, again.problem) == (2, "")


async def test_whoever_does_not_say_what_is_built_is_asked_once_there_is_something_to_compare(coast: Coast) -> None:
    assert (await coast.apply(coast.county)).decision.accepted
    await coast.lodge("东港")
    (finding,) = await found(coast, coast.county)
    assert finding.item == "bay"


async def test_a_town_outside_the_tree_is_not_reached(coast: Coast) -> None:
    await coast.lodge("东港")
    assert (await coast.apply(coast.town)).decision.accepted


async def test_what_is_taken_out_of_the_register_bars_until_that_day_and_not_on_it(coast: Coast) -> None:
    await coast.lodge("东港")
    office = coast.province.people.organisations["harbour"].id
    async with coast.database.unit_of_work(coast.province.tenant.id) as uow:
        keeper = coast.province.officer("harbour", "harbour")
        rules = UPPER.place("pier").rulebook()
        await withdraw_entry(
            uow, rules, keeper, register="piers", organisation_id=office, on=DAY + timedelta(days=2), reason="拆除"
        )
    assert await found(coast, coast.county, on=DAY + timedelta(days=1), bay="东港")
    assert (await coast.apply(coast.county, on=DAY + timedelta(days=2), bay="东港")).decision.accepted


async def test_only_the_keeper_publishes(coast: Coast) -> None:
    with pytest.raises(NotKeeper):
        await coast.lodge("东港", by=coast.province.officer("ferry", "project_unit"))
    assert (await coast.apply(coast.county)).decision.accepted


async def test_a_result_publishes_under_the_keeper_and_a_case_there_sees_it(coast: Coast) -> None:
    province, harbour = coast.province, coast.province.officer("harbour", "harbour")
    begun = await province.begin("ferry", facts={"bay": "东港"})
    entries = (Entry(id="a", title="甲", party="firm"),)
    await province.act(harbour, begun.code, act="record", stage="call", entries=entries)
    await province.act(harbour, begun.code, act="submit", stage="call")
    builder = province.officer("ferry", "builder")
    await province.act(builder, begun.code, act="submit", stage="build", ref="a")
    await province.act(harbour, begun.code, act="decide", stage="inspection", ref="a", outcome="good")
    (finding,) = await found(coast, coast.county, bay="东港")
    assert finding.item == f"{begun.code}/a"
