"""Acting across tenants: a county's project is reviewed by its city and its province, and no wall is opened for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core import journal
from core.kernel.choices import ChoiceKind, list_choices
from core.kernel.database import Database
from core.kernel.tenancy import Actor, system_actor
from core.notices import list_notices
from core.projects import ProjectMissing
from core.registers import NewRenewal, record_renewal
from core.stages import NotYourRole
from tests.core.stages.conftest import DAY, settle
from tests.core.stages.shire import REGISTRY, Shire, build_shire


@pytest.fixture
async def shire(database: Database, tmp_path: Path) -> AsyncIterator[Shire]:
    built = await build_shire(database, tmp_path)
    yield built
    await built.toolbox.close()


@pytest.fixture
async def submitted(shire: Shire) -> str:
    """A project of the county that touches water, under review in the city and the province."""
    code = await shire["county"].submitted(involves_water=True)
    await shire.relay()
    return code


def city(shire: Shire) -> Actor:
    return shire.officer("city", "bureau", "data_bureau")


def province(shire: Shire) -> Actor:
    return shire.officer("province", "water", "water_office")


async def test_a_stage_whose_role_sits_above_waits_on_the_desk_there_and_not_at_home(
    shire: Shire, submitted: str
) -> None:
    known = f"{shire['county'].tenant.code}:{submitted}"
    assert await shire.desk_of("city", city(shire)) == [(known, "review", "decide")]
    assert await shire.desk_of("province", province(shire)) == [(known, "review", "opine")]
    assert await shire.desk_of("county", shire.officer("county", "bureau", "data_bureau")) == []


async def test_only_the_office_that_is_asked_may_enter_and_only_in_the_role_it_is_asked_in(
    shire: Shire, submitted: str
) -> None:
    entered = await shire.entering("city", city(shire), submitted)
    assert (entered.roles, entered.tenant_id) == (frozenset({"data_bureau"}), shire["city"].tenant.id)
    for level, actor, code in (
        ("city", shire.officer("city", "bureau", "finance"), submitted),
        ("province", shire.officer("province", "bureau", "data_bureau"), submitted),
        ("city", city(shire), "V-2026-0099"),
    ):
        with pytest.raises(ProjectMissing):
            await shire.entering(level, actor, code)


async def test_what_the_city_decides_is_done_in_the_county_and_told_in_both_journals(
    shire: Shire, submitted: str
) -> None:
    water = await shire.entering("province", province(shire), submitted)
    await shire["county"].act(water, submitted, act="opine", stage="review", outcome="pass")
    bureau = await shire.entering("city", city(shire), submitted)
    acted = await shire["county"].act(
        bureau, submitted, act="decide", stage="review", outcome="pass", items={"need": "pass"}
    )
    assert acted.decision.accepted
    async with shire.database.unit_of_work(shire["county"].tenant.id) as uow:
        rows = await journal.timeline(uow, bureau.case_id, newest_first=True)
    assert [(row.kind, row.acting_tenant_id) for row in rows[:2]] == [
        ("stage:decided", shire["city"].tenant.id),
        ("stage:opined", shire["province"].tenant.id),
    ]
    await shire.relay()
    for level in ("city", "province"):
        async with shire.database.unit_of_work(shire[level].tenant.id) as uow:
            rows = await journal.timeline(uow, None, newest_first=True)
            sound = await journal.verify_tenant(uow)
        echoes = [row for row in rows if row.kind == "referral:acted"]
        assert [(row.detail["code"], row.detail["owner"]) for row in echoes] == [
            (submitted, shire["county"].tenant.code)
        ]
        assert sound.is_sound


async def test_a_closed_referral_leaves_the_desk_and_allows_reading_but_no_act(shire: Shire, submitted: str) -> None:
    water = await shire.entering("province", province(shire), submitted)
    await shire["county"].act(water, submitted, act="opine", stage="review", outcome="pass")
    await shire.relay()
    assert await shire.desk_of("province", province(shire)) == []
    ((_, _, closed),) = await shire.referred("province", province(shire))
    assert closed
    assert await shire.referred("province", province(shire), closed=False) == []
    again = await shire.entering("province", province(shire), submitted)
    with pytest.raises(NotYourRole):
        await shire["county"].act(again, submitted, act="opine", stage="review", outcome="pass")


async def test_carrying_the_same_entries_again_changes_nothing(shire: Shire, submitted: str) -> None:
    county = shire["county"]
    water = await shire.entering("province", province(shire), submitted)
    await county.act(water, submitted, act="opine", stage="review", outcome="pass")
    async with shire.database.unit_of_work(county.tenant.id) as uow:
        rows = await journal.timeline(uow, water.case_id)
    for _ in range(2):
        await shire.toolbox.carrier.carry(county.tenant, rows)
        await shire.toolbox.carrier.carry(county.tenant, rows[:1])
    await shire.relay()
    async with shire.database.unit_of_work(shire["province"].tenant.id) as uow:
        echoes = [row for row in await journal.timeline(uow, None) if row.kind == "referral:acted"]
        told = await list_notices(uow, province(shire))
    assert len(echoes) == 1
    assert [notice.topic for notice in told] == ["task"]
    assert (await shire.referred("province", province(shire)))[0][2]


async def test_bodies_of_the_acting_tenant_are_told_there_and_nowhere_else(shire: Shire, submitted: str) -> None:
    async with shire.database.unit_of_work(shire["city"].tenant.id) as uow:
        (notice,) = await list_notices(uow, city(shire))
    assert notice.code == f"{shire['county'].tenant.code}:{submitted}"
    assert notice.subject.startswith(shire["county"].tenant.name)
    async with shire.database.unit_of_work(shire["county"].tenant.id) as uow:
        assert await list_notices(uow, shire.officer("county", "bureau", "data_bureau")) == ()


async def test_where_nobody_is_served_above_the_bodies_of_ones_own_tenant_do_it(shire: Shire) -> None:
    lone = await settle(shire.database, shire["county"].venues, jurisdiction="shire", level="county")
    shire.places["lone"] = lone
    code = await lone.submitted(involves_water=True)
    assert await shire.desk_of("lone", lone.officer("bureau", "data_bureau")) == [(code, "review", "decide")]
    assert await shire.desk_of("lone", lone.officer("water", "water_office")) == [(code, "review", "opine")]


async def test_a_tenant_that_only_takes_part_registers_no_project(shire: Shire) -> None:
    with pytest.raises(NotYourRole):
        await shire["province"].begin("water")


async def test_a_renewal_the_city_records_holds_in_its_county_too_once_and_under_the_same_number(shire: Shire) -> None:
    rules = REGISTRY.place("shire").rulebook()
    new = NewRenewal(regulation=next(iter(rules.regulations)), number="市发〔2025〕9号", from_on=DAY)
    city_tenant, county = shire["city"].tenant, shire["county"].tenant
    async with shire.database.unit_of_work(city_tenant.id) as uow:
        await record_renewal(uow, rules, system_actor(city_tenant.id), new=new, on=DAY)
    await shire.relay()
    await shire.relay()
    found = {}
    for level in ("province", "city", "county"):
        async with shire.database.unit_of_work(shire[level].tenant.id) as uow:
            found[level] = [c for c in await list_choices(uow) if c.kind is ChoiceKind.RENEWAL]
    assert (found["province"], found["county"]) == ([], found["city"])
    assert [choice.source for choice in found["county"]] == ["市发〔2025〕9号"]
    async with shire.database.unit_of_work(county.id) as uow:
        venue = await shire["county"].venues.of(uow, county, DAY)
        kinds = [(entry.kind, entry.actor_name) for entry in await journal.timeline(uow, None)]
    assert [renewal.number for renewal in venue.renewals] == ["市发〔2025〕9号"]
    assert ("choice:renewal_adopted", city_tenant.name) in kinds
