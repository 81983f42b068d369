"""Projects under two editions of one regulation, and under a regulation that is not installed any more."""

from datetime import date

import msgspec
import pytest

from core import journal
from core.kernel.tenancy import EditionPolicy
from core.policy.rulebooks.registry import RulesMissing
from core.projects import ProjectFilter, get_project, list_projects
from core.stages import Venues, desk, open_case, possible_acts, replay_project, roles_in, route_of, sight_of
from core.stages.recalculating import recalculate
from tests.core.stages.conftest import DAY, FORM, Village
from tests.core.stages.editions import NONE, TWO

JANUARY = date(2026, 1, 5)


async def test_a_new_project_gets_the_edition_in_force_on_its_day_and_a_running_one_keeps_its_own(
    village: Village,
) -> None:
    village.venues = Venues(TWO)
    school = village.officer("school", "project_unit")
    old = (await village.begin(on=DAY)).code
    new = (await village.begin("clinic", on=JANUARY)).code
    facts = {"project_kind": "build", "declared": 100}
    for code, officer in ((old, school), (new, village.officer("clinic", "project_unit"))):
        await village.act(officer, code, on=JANUARY, act="submit", stage="apply", facts=facts, papers=(FORM,))
    async with village.database.unit_of_work(village.tenant.id) as uow:
        first, second = await get_project(uow, old), await get_project(uow, new)
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        assert (await replay_project(uow, venue, first)).problem == ""
        assert (await replay_project(uow, venue, second)).problem == ""
    assert (first.edition, second.edition) == ("village@1", "village@2")
    # The fifth and the eighth working day after 5 January 2026.
    assert first.state.dues[0].due_on == date(2026, 1, 12)
    assert second.state.dues[0].due_on == date(2026, 1, 15)


async def test_a_tenant_that_holds_on_to_an_edition_goes_on_with_it(village: Village) -> None:
    village.venues = Venues(TWO)
    village.tenant = msgspec.structs.replace(village.tenant, edition="village@1", edition_policy=EditionPolicy.HOLD)
    begun = await village.begin(on=JANUARY)
    async with village.database.unit_of_work(village.tenant.id) as uow:
        assert (await get_project(uow, begun.code)).edition == "village@1"


async def test_a_project_whose_regulation_is_gone_is_read_and_not_acted_on(village: Village) -> None:
    code = await village.submitted()
    school, bureau = village.officer("school", "project_unit"), village.officer("bureau", "data_bureau")
    village.venues = Venues(NONE)
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        project, case = await open_case(uow, venue, school, code)
        entries = await journal.timeline(uow, project.id)
        rows = await list_projects(uow, sight_of(school, venue.readable()), ProjectFilter())
        waits, _ = await desk(uow, venue, bureau)
    assert project.state.title == "平台"
    assert project.state.facts == {"project_kind": "build", "declared": 100}
    assert [paper.type for paper in project.state.papers] == ["form"]
    assert [entry.kind for entry in entries] == ["project:registered", "stage:submitted", "document:handed_in"]
    assert [(step.stage, step.state) for step in route_of(case)] == [("apply", "done"), ("review", "open")]
    assert possible_acts(case, roles_in(school, project)) == ()
    assert [row.code for row in rows.rows] == [code]
    assert [(row.code, row.act) for row in waits] == [(code, "decide")]
    for officer in (school, bureau):
        with pytest.raises(RulesMissing, match="village@1"):
            await village.act(officer, code, act="decide", stage="review", outcome="pass")
    with pytest.raises(RulesMissing):
        await village.begin()
    assert await recalculate(village.database, village.venues, village.tenant, today=DAY) == 0


async def test_a_project_pinned_to_an_edition_that_is_gone_is_overseen_by_who_oversees_today(village: Village) -> None:
    village.venues = Venues(TWO)
    begun = await village.begin(on=JANUARY)
    village.venues = Venues(type(TWO)({"village": TWO.place("village").plugin}))
    bureau = village.officer("bureau", "data_bureau")
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        project, _ = await open_case(uow, venue, bureau, begun.code)
    assert project.edition == "village@2"
    with pytest.raises(RulesMissing, match="没有这一版本"):
        await village.act(village.officer("school", "project_unit"), begun.code, on=JANUARY, act="withdraw")
