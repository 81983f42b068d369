"""The ledger: pages that lose and repeat nothing, totals that add up to their list, sight that ends at one's own."""

from datetime import date, timedelta

import pytest

from core.kernel.errors import Invalid
from core.projects import ProjectFilter, count_projects, list_projects, sum_projects
from core.projects.finding import Sight
from tests.core.stages.conftest import DAY, Village

ALL = Sight(everything=True)


async def _fill(village: Village) -> None:
    for number in range(7):
        unit = "school" if number % 2 else "clinic"
        day = DAY + timedelta(days=number // 3)
        await village.begin(unit, on=day, title=f"智慧校园平台{number}", facts={"declared": 1000 + number})


@pytest.mark.parametrize("sort", ["newest", "oldest", "due", "amount"])
async def test_walking_all_pages_shows_every_project_once(village: Village, sort: str) -> None:
    await _fill(village)
    seen: list[str] = []
    after = ""
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        while True:
            page = await list_projects(uow, ALL, ProjectFilter(), sort=sort, after=after, limit=3)
            seen += [row.code for row in page.rows]
            after = page.after
            if not after:
                break
    assert len(seen) == len(set(seen)) == 7


async def test_the_totals_of_a_filter_are_the_sums_of_its_list(village: Village) -> None:
    await _fill(village)
    wanted = ProjectFilter(text="校园", amount_from=1002, amount_to=1004)
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        page = await list_projects(uow, ALL, wanted)
        totals = await sum_projects(uow, ALL, wanted)
        assert await count_projects(uow, ALL, wanted) == len(page.rows) == totals.projects == 3
    assert totals.declared_fen == sum(row.declared_fen or 0 for row in page.rows) == 3009


async def test_a_unit_sees_its_own_projects_and_those_that_ask_for_its_role(village: Village) -> None:
    await village.submitted("school", involves_water=True)
    await village.begin("clinic")
    clinic = village.people.organisations["clinic"].id
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        own = await list_projects(uow, Sight(organisations=(clinic,)), ProjectFilter())
        asked = await list_projects(uow, Sight(roles=("water_office",)), ProjectFilter())
        none = await list_projects(uow, Sight(), ProjectFilter())
    assert [row.unit for row in own.rows] == ["卫生所"]
    assert [row.unit for row in asked.rows] == ["小学"]
    assert none.rows == ()


async def test_an_open_stage_a_holder_and_a_due_date_can_be_filtered_by(village: Village) -> None:
    code = await village.submitted()
    await village.begin("clinic")
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        for wanted in (
            ProjectFilter(stage="review"),
            ProjectFilter(holder="data_bureau"),
            ProjectFilter(due_before=date(2025, 10, 10)),
        ):
            assert [row.code for row in (await list_projects(uow, ALL, wanted)).rows] == [code]
        assert (await list_projects(uow, ALL, ProjectFilter(due_before=date(2025, 10, 9)))).rows == ()


@pytest.mark.parametrize("after", ["x", "W10", "bm9wZQ"])
async def test_a_cursor_that_is_not_ours_is_refused_by_name(village: Village, after: str) -> None:
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        with pytest.raises(Invalid) as refused:
            await list_projects(uow, ALL, ProjectFilter(), after=after)
    assert refused.value.details[0].field == "after"
