"""The clock's jobs: right when they run twice, at two places, or not at all for a day."""

import asyncio
import time
from datetime import UTC, date, datetime

import pytest

from core import journal
from core.kernel.choices import amend_calendar
from core.kernel.tenancy import system_actor
from core.kernel.workdays import Amendment
from core.stages.sweeping import Told, tell_deadlines
from core.worker.schedule import Schedule, clear_rows, follow_calendar, seal, tell
from tests.core.notices.town import Town

DUE = date(2025, 10, 9)


async def _tell(town: Town, day: date) -> Told:
    return await tell_deadlines(town.database, town.tenant, today=day)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        # The Sunday between is a make-up day, and the holidays after the 30th do not count.
        (date(2025, 9, 27), Told()),
        (date(2025, 9, 28), Told(near=1)),
        (date(2025, 9, 30), Told(near=1)),
        (DUE, Told(near=1)),
        (date(2025, 10, 10), Told(passed=1)),
        (date(2025, 12, 1), Told(passed=1)),
    ],
)
async def test_a_limit_is_told_of_three_working_days_before_its_end_and_when_it_has_passed(
    town: Town, day: date, told: Told
) -> None:
    await town.submitted()
    assert await _tell(town, day) == told
    assert await _tell(town, day) == Told()


async def test_owner_and_unit_are_told_and_a_limit_that_was_met_is_not_told_of(town: Town) -> None:
    code = await town.submitted()
    await _tell(town, date(2025, 9, 30))
    await _tell(town, date(2025, 10, 10))
    await town.work()
    for reader in (town.wang, town.teacher):
        told = [n for n in await town.notices(reader) if n.topic.startswith("deadline")]
        assert [notice.topic for notice in told] == ["deadline_passed", "deadline_near"]
    assert told[0].body == (
        f"《平台》（{code}）“审核”期限（责任单位：数据局）到期日为 2025年10月9日（周四），"
        "已逾期，请尽快办理。依据：第一条。"
    )
    met = await town.submitted("clinic")
    await town.passed(met)
    assert await _tell(town, date(2025, 12, 1)) == Told()


async def test_two_sweeps_at_once_tell_once(town: Town) -> None:
    await town.submitted("school")
    await town.submitted("clinic")
    found = await asyncio.gather(*(_tell(town, date(2025, 10, 10)) for _ in range(4)))
    assert sum(told.passed for told in found) == 2


async def test_an_amended_calendar_moves_the_due_date_once_and_tells_both_sides(town: Town) -> None:
    code = await town.submitted()
    await follow_calendar(town.toolbox, town.tenant)
    amendment = Amendment(
        on=date(2025, 9, 29), works=False, reason="台风停工", source="村通告", recorded_on=date(2025, 9, 26)
    )
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await amend_calendar(uow, amendment, actor=system_actor(town.tenant.id))
    await town.work()
    before = await town.fetchval("SELECT version FROM project WHERE tenant_id = $1 AND code = $2", town.tenant.id, code)
    for _ in range(2):
        await follow_calendar(town.toolbox, town.tenant)
    await town.work()
    row = await town.fetchval(
        "SELECT (p.version, p.next_due_on, t.due_on, d.due_on, r.act ->> 'name', r.before_hash <> r.after_hash) "
        "FROM project p JOIN task t ON t.project_id = p.id AND t.closed_on IS NULL JOIN deadline d "
        "ON d.project_id = p.id JOIN receipt r ON r.project_id = p.id AND r.version = p.version "
        "WHERE p.tenant_id = $1 AND p.code = $2",
        *(town.tenant.id, code),
    )
    moved = date(2025, 10, 10)
    assert tuple(row) == (before + 1, moved, moved, moved, "recalculate", True)
    for reader in (town.wang, town.teacher):
        (told,) = await town.notices(reader, topic="deadline_moved")
        assert "到期日由 2025年10月9日（周四）调整为 2025年10月10日（周五）。" in told.body
    await town.passed(code)


async def test_the_receipts_of_a_moved_project_still_form_one_chain(town: Town) -> None:
    code = await town.submitted()
    amendment = Amendment(on=date(2025, 9, 29), works=False, reason="停工", source="通告", recorded_on=DUE)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await amend_calendar(uow, amendment, actor=system_actor(town.tenant.id))
    await follow_calendar(town.toolbox, town.tenant)
    town.venues.forget(town.tenant.id)
    await town.passed(code)
    broken = await town.fetchval(
        "SELECT count(*) FROM receipt a JOIN receipt b ON b.tenant_id = $1 AND b.project_id = a.project_id "
        "AND b.version = a.version + 1 WHERE a.tenant_id = $1 AND a.version > 1 AND a.after_hash <> b.before_hash",
        town.tenant.id,
    )
    assert broken == 0


async def test_a_day_is_sealed_once_and_a_missed_one_is_covered_by_the_next(town: Town) -> None:
    for _ in range(2):
        await seal(town.toolbox, town.tenant)
    town.clock.pass_days(5)
    await town.submitted()
    await seal(town.toolbox, town.tenant)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        roots = await journal.roots(uow)
        assert (await journal.verify_tenant(uow)).is_sound
    assert [root.day_on for root in roots] == [date(2025, 9, 24), date(2025, 9, 29)]


async def test_clearing_keeps_what_is_new_and_what_was_given_up(town: Town) -> None:
    town.clock.move_to(datetime.now(UTC).date())
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute(
            "INSERT INTO idempotent_act (tenant_id, key, actor_id, request_hash, created_at) "
            "VALUES ($1, 'old', $1, '', now() - interval '9 days'), ($1, 'new', $1, '', now())",
            town.tenant.id,
        )
    await clear_rows(town.toolbox, town.tenant)
    assert await town.fetchval("SELECT array_agg(key) FROM idempotent_act WHERE tenant_id = $1", town.tenant.id) == [
        "new"
    ]


async def test_one_wake_does_every_job_and_a_failing_one_does_not_stop_the_rest(town: Town) -> None:
    await town.submitted()
    town.clock.move_to(date(2025, 10, 10))
    schedule = Schedule(town.toolbox)
    await schedule.wake()
    await schedule.wake()
    await town.work()
    assert len(await town.notices(town.wang, topic="deadline_passed")) == 1


@pytest.mark.slow
async def test_a_hundred_thousand_limits_are_checked_in_five_seconds(town: Town) -> None:
    code = await town.submitted()
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.connection.execute(
            "INSERT INTO deadline (tenant_id, project_id, time_limit, ref, start_on, n, stage, owner, kind, due_on, "
            f"provisional, dropped, told_on) SELECT '{town.tenant.id}', p.id, 'review', '', '2025-01-02', g, 'review', "
            "'data_bureau', 'deadline', '2025-01-09', false, false, CASE WHEN g > 500 THEN '2025-02-01'::date END "
            f"FROM project p, generate_series(2, 100001) g WHERE p.code = '{code}' AND p.tenant_id = '{town.tenant.id}'"
        )
    begun = time.monotonic()
    assert (await _tell(town, date(2025, 10, 10))).passed == 500
    await tell(town.toolbox, town.tenant)
    assert time.monotonic() - begun < 5
