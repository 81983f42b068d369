"""Whoever doubts a stored case judges its receipts again; what was changed behind the service's back is named."""

from datetime import date, timedelta

from core.kernel.tenancy import system_actor
from core.projects import get_project
from core.registers import DayChange, amend_calendar
from core.stages import Replayed, replay_project
from core.stages.recalculating import recalculate
from tests.core.stages.conftest import DAY, Village


async def replayed(village: Village, code: str) -> Replayed:
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        return await replay_project(uow, venue, await get_project(uow, code))


async def test_receipts_lead_from_nothing_to_the_stored_case(village: Village) -> None:
    code = await village.submitted()
    await village.act(
        village.officer("bureau", "data_bureau"),
        code,
        act="decide",
        stage="review",
        outcome="pass",
        items={"need": "pass"},
    )
    assert await replayed(village, code) == Replayed(code=code, receipts=3)


async def test_a_calendar_amended_on_the_way_does_not_break_the_replay(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        changes = [DayChange(on=DAY + timedelta(days=n), works=False, reason="停工") for n in (1, 2)]
        await amend_calendar(uow, system_actor(village.tenant.id), changes=changes, source="通告", on=DAY)
    assert await recalculate(village.database, village.venues, village.tenant, today=DAY) == 1
    found = await replayed(village, code)
    assert found == Replayed(code=code, receipts=3)


async def test_a_stored_case_changed_by_hand_is_named(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        await uow.execute(
            "UPDATE project SET document = jsonb_set(document::jsonb, '{facts,declared}', '1') "
            "WHERE tenant_id = $1 AND code = $2",
            *(village.tenant.id, code),
        )
    assert (await replayed(village, code)).problem == (
        "receipt 2: the stored state is not the one the receipts lead to"
    )


async def test_a_day_the_tenant_never_had_is_named(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, date(2025, 9, 1))
        project = await get_project(uow, code)
        await uow.execute(
            "INSERT INTO receipt SELECT tenant_id, project_id, 3, gen_random_uuid(), rulebook, on_date, recorded_at, "
            "act, jsonb_set(context, '{calendar}', '\"elsewhere\"'), decision, before_hash, after_hash "
            "FROM receipt WHERE tenant_id = $1 AND project_id = $2 AND version = 2",
            *(village.tenant.id, project.id),
        )
        found = await replay_project(uow, venue, project)
    assert found.problem == "receipt 3: the tenant never had the calendar it was decided on"
