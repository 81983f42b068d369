"""Moving stored projects to another edition: shown first, done by a named person, taken back to the letter."""

from datetime import date
from typing import Any

import pytest

from core import journal
from core.kernel.errors import Invalid
from core.kernel.tenancy import system_actor
from core.policy.rulebooks.registry import RulesMissing
from core.projects import Project, get_project
from core.stages import Replayed, StaleVersion, Venues, desk, replay_project
from core.stages.recalculating import recalculate
from core.stages.repinning import (
    Moved,
    MoveNotLast,
    NotMovable,
    PersonNeeded,
    Target,
    move,
    plan_move,
    undo_move,
)
from tests.core.stages.conftest import DAY, Village
from tests.core.stages.editions import NONE, TWO

JANUARY = date(2026, 1, 5)
SECOND = Target(edition="2")
WHY = "村委会纪要〔2026〕1号"


@pytest.fixture
def town(village: Village) -> Village:
    village.venues = Venues(TWO)
    return village


async def stored(village: Village, code: str) -> tuple[Project, Replayed]:
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        project = await get_project(uow, code)
        assert (await journal.verify_tenant(uow)).is_sound
        return project, await replay_project(uow, venue, project)


async def moved(village: Village, code: str, *, by: Any = None, reason: str = WHY, **values: Any) -> Moved:
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        who = by or village.officer("bureau", "data_bureau")
        return await move(uow, venue, actor=who, code=code, target=SECOND, reason=reason, **values)


async def undone(village: Village, code: str, reason: str = "误操作") -> int:
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        return await undo_move(uow, venue, actor=village.officer("bureau", "data_bureau"), code=code, reason=reason)


async def due_on_desk(village: Village) -> list[date | None]:
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        rows, _ = await desk(uow, venue, village.officer("bureau", "data_bureau"))
        return [row.due_on for row in rows]


async def test_a_plan_shows_the_new_dates_and_writes_nothing(town: Village) -> None:
    code = await town.submitted()
    async with town.database.unit_of_work(town.tenant.id, read_only=True) as uow:
        venue = await town.venues.of(uow, town.tenant, JANUARY)
        plan = await plan_move(uow, venue, actor=town.officer("bureau", "data_bureau"), code=code, target=SECOND)
    # Eight working days after 25 September 2025 instead of five, over the long holiday with its working weekend days.
    assert plan.before.dues == {"审核": date(2025, 10, 9)}
    assert plan.after.dues == {"审核": date(2025, 10, 13)}
    assert plan.possible
    project, _ = await stored(town, code)
    assert (project.edition, project.version) == ("village@1", 2)


async def test_a_moved_project_goes_on_under_the_new_edition_and_its_receipts_replay(town: Village) -> None:
    code = await town.submitted()
    found = await moved(town, code, version=2)
    assert found.version == 3
    project, again = await stored(town, code)
    assert (project.edition, again) == ("village@2", Replayed(code=code, receipts=3))
    assert project.rulebook == project.state.rulebook == TWO.place("village").edition("2").rulebook().digest
    assert await due_on_desk(town) == [date(2025, 10, 13)]
    bureau = town.officer("bureau", "data_bureau")
    passed: dict[str, Any] = {"act": "decide", "stage": "review", "outcome": "pass", "items": {"need": "pass"}}
    await town.act(bureau, code, on=JANUARY, **passed)
    _, again = await stored(town, code)
    assert again == Replayed(code=code, receipts=4)


async def test_the_journal_names_the_person_the_reason_and_both_editions(town: Village) -> None:
    code = await town.submitted()
    await moved(town, code)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        project = await get_project(uow, code)
        last = (await journal.timeline(uow, project.id))[-1]
    assert (last.kind, last.actor_name, last.organisation) == ("project:moved", "数据局经办", "数据局")
    assert last.detail["reason"] == WHY
    assert (last.detail["source"], last.detail["target"]) == ("village@1", "village@2")
    kept = last.detail["before"], last.detail["after"]
    assert [side["edition"] for side in kept] == ["village@1", "village@2"]
    assert [side["state"]["dues"][0]["due_on"] for side in kept] == ["2025-10-09", "2025-10-13"]


async def test_undoing_restores_the_project_to_the_letter(town: Village) -> None:
    code = await town.submitted()
    before, _ = await stored(town, code)
    await moved(town, code)
    assert await undone(town, code) == 4
    after, again = await stored(town, code)
    assert (after.state, after.edition, after.options) == (before.state, before.edition, before.options)
    assert after.rulebook == before.rulebook
    assert again == Replayed(code=code, receipts=4)
    assert await due_on_desk(town) == [date(2025, 10, 9)]
    await moved(town, code)
    _, again = await stored(town, code)
    assert again == Replayed(code=code, receipts=5)
    assert await recalculate(town.database, town.venues, town.tenant, today=JANUARY) == 0


async def test_a_move_is_taken_back_only_while_nothing_else_has_happened(town: Village) -> None:
    code = await town.submitted()
    with pytest.raises(MoveNotLast):
        await undone(town, code)
    await moved(town, code)
    passed: dict[str, Any] = {"act": "decide", "stage": "review", "outcome": "pass", "items": {"need": "pass"}}
    await town.act(town.officer("bureau", "data_bureau"), code, on=JANUARY, **passed)
    with pytest.raises(MoveNotLast):
        await undone(town, code)


async def test_what_cannot_be_moved_stays_as_it_was(town: Village) -> None:
    code = await town.submitted()
    await town.act(town.officer("school", "project_unit"), code, act="withdraw", on=JANUARY)
    before, _ = await stored(town, code)
    with pytest.raises(NotMovable, match="不再调整"):
        await moved(town, code)
    after, _ = await stored(town, code)
    assert after == before


async def test_only_a_person_of_the_office_in_charge_moves_projects_and_says_why(town: Village) -> None:
    code = await town.submitted()
    for nobody in (town.officer("school", "project_unit"), town.officer("water", "water_office")):
        with pytest.raises(PersonNeeded):
            await moved(town, code, by=nobody)
    with pytest.raises(Exception, match="权限"):
        await moved(town, code, by=system_actor(town.tenant.id))
    with pytest.raises(Invalid, match="理由"):
        await moved(town, code, reason=" ")
    with pytest.raises(StaleVersion):
        await moved(town, code, version=1)


async def test_a_project_whose_edition_is_gone_can_be_moved_to_one_that_is_there(town: Village) -> None:
    code = (await town.begin(on=JANUARY)).code
    town.venues = Venues(type(TWO)({"village": TWO.place("village").plugin}))
    async with town.database.unit_of_work(town.tenant.id) as uow:
        venue = await town.venues.of(uow, town.tenant, JANUARY)
        bureau = town.officer("bureau", "data_bureau")
        await move(uow, venue, actor=bureau, code=code, target=Target(edition="1"), reason=WHY)
        assert (await get_project(uow, code)).edition == "village@1"
    town.venues = Venues(NONE)
    with pytest.raises(RulesMissing):
        await moved(town, code)


async def test_a_project_moved_on_its_own_day_keeps_what_it_had_chosen(town: Village) -> None:
    code = await town.submitted()
    await moved(town, code)
    project, _ = await stored(town, code)
    assert project.options == {}
    assert project.state.created_on == DAY
