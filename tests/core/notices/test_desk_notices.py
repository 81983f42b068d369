"""Who is told what in the application, once, and who has read it."""

from datetime import date

import pytest

from core import journal
from core.journal.outbox import fan_out
from core.kernel.tenancy import system_actor
from core.notices import NoticeMissing, count_unread, mark_all_read, mark_read
from core.worker.jobs import CONSUMERS
from tests.core.notices.town import Town


async def test_the_bureau_is_told_of_a_new_review_with_its_last_day_and_its_article(town: Town) -> None:
    code = await town.submitted()
    await town.work()
    (told,) = await town.notices(town.wang)
    assert (told.topic, told.code, told.stage, told.due_on) == ("task", code, "review", date(2025, 10, 9))
    assert told.body == (
        f"《平台》（{code}）进入“审核”环节，待您单位办理，请于 2025年10月9日（周四）前办理。依据：第一条。"
    )
    assert told.organisation_id is None


async def test_the_unit_is_not_told_of_what_it_has_just_done_itself(town: Town) -> None:
    await town.submitted()
    await town.work()
    assert await town.notices(town.teacher) == []


async def test_a_joint_reviewer_is_asked_for_its_opinion_and_gets_the_copy_the_text_demands(town: Town) -> None:
    code = await town.submitted(involves_water=True)
    await town.work()
    told = await town.notices(town.officer("water", "water_office"))
    assert {(notice.topic, notice.subject) for notice in told} == {
        ("task", f"{code}“审核”请提出意见"),
        ("copy", f"{code}抄送：申报表"),
    }


async def test_the_unit_is_told_all_defects_at_once_and_that_it_has_to_answer(town: Town) -> None:
    code = await town.submitted()
    await town.not_passed(code, ["必要性不足", "格式有误"])
    await town.work()
    told = {str(notice.topic): notice for notice in await town.notices(town.teacher)}
    assert set(told) == {"defects", "task"}
    assert "理由：见缺陷。需补正 2 项：（1）必要性不足；（2）格式有误。依据：第一条。" in told["defects"].body
    assert told["task"].stage == "revise"


async def test_the_end_of_a_project_is_told_to_its_unit_only(town: Town) -> None:
    code = await town.submitted()
    await town.passed(code)
    await town.work()
    told = await town.notices(town.teacher)
    assert {notice.topic for notice in told} == {"decision", "ended", "listing"}
    assert await town.notices(town.officer("clinic", "project_unit")) == []


async def test_the_unit_is_told_of_what_the_system_has_done(town: Town) -> None:
    code = await town.submitted()
    project_id = await town.fetchval("SELECT id FROM project WHERE tenant_id = $1 AND code = $2", town.tenant.id, code)
    detail = {"code": code, "stage": "review", "reason": "等待补充检测"}
    entry = journal.Entry(kind="stage:paused", actor=system_actor(town.tenant.id), on=date(2025, 9, 25), detail=detail)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await journal.append(uow, chain=project_id, entries=[entry])
    await town.work()
    (told,) = await town.notices(town.teacher)
    assert told.body == f"《平台》（{code}）“审核”环节的办理期限已中止。理由：等待补充检测。"


async def test_a_task_done_before_anybody_was_told_is_not_told_any_more(town: Town) -> None:
    code = await town.submitted()
    await town.passed(code)
    await town.work()
    assert await town.notices(town.wang, topic="task") == []


async def test_an_entry_handed_over_twice_tells_once(town: Town) -> None:
    await town.submitted()
    await town.work()
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute(
            "INSERT INTO outbox (tenant_id, entry_id, chain_id, seq, kind, created_at) "
            "SELECT tenant_id, id, chain_id, seq, kind, recorded_at FROM journal_entry WHERE tenant_id = $1",
            town.tenant.id,
        )
        await fan_out(uow, CONSUMERS)
    before = await town.fetchval("SELECT count(*) FROM notice WHERE tenant_id = $1", town.tenant.id)
    await town.work()
    assert await town.fetchval("SELECT count(*) FROM notice WHERE tenant_id = $1", town.tenant.id) == before


async def test_what_one_colleague_has_read_the_other_has_not(town: Town) -> None:
    await town.submitted()
    await town.work()
    (told,) = await town.notices(town.wang)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await mark_read(uow, town.wang, told.id, clock=town.clock)
        await mark_read(uow, town.wang, told.id, clock=town.clock)
        assert (await count_unread(uow, town.wang), await count_unread(uow, town.li)) == (0, 1)
        await mark_all_read(uow, town.li, clock=town.clock)
        assert await count_unread(uow, town.li) == 0
    assert await town.notices(town.wang, unread_only=True) == []


async def test_a_notice_of_another_body_cannot_be_marked(town: Town) -> None:
    await town.submitted()
    await town.work()
    (told,) = await town.notices(town.wang)
    with pytest.raises(NoticeMissing):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await mark_read(uow, town.teacher, told.id, clock=town.clock)


async def test_a_page_goes_on_where_the_last_one_ended(town: Town) -> None:
    for _ in range(2):
        await town.submitted("school")
    await town.submitted("clinic")
    await town.work()
    first = await town.notices(town.wang, limit=2)
    rest = await town.notices(town.wang, before=first[-1].id, limit=2)
    assert (len(first), len(rest)) == (2, 1)
    assert first[0].id > first[1].id > rest[0].id


async def test_an_entry_that_cannot_be_told_holds_back_none_of_the_others(town: Town) -> None:
    code = await town.submitted()
    project_id = await town.fetchval("SELECT id FROM project WHERE tenant_id = $1 AND code = $2", town.tenant.id, code)
    broken = journal.Entry(
        kind="deadline:passed", actor=system_actor(town.tenant.id), on=date(2025, 9, 25), detail={"code": code}
    )
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await journal.append(uow, chain=project_id, entries=[broken])
    await town.work()
    assert [notice.topic for notice in await town.notices(town.wang)] == ["task"]
    assert await town.fetchval(
        "SELECT last_error LIKE 'KeyError%' FROM outbox_delivery WHERE tenant_id = $1 AND consumer = 'desk'",
        town.tenant.id,
    )


async def test_the_unit_is_told_that_its_project_goes_on_under_another_edition(town: Town) -> None:
    code = await town.submitted()
    project_id = await town.fetchval("SELECT id FROM project WHERE tenant_id = $1 AND code = $2", town.tenant.id, code)
    detail = {"code": code, "reason": "村委会纪要", "source": "village@0", "target": "village@1"}
    entry = journal.Entry(kind="project:moved", actor=town.wang, on=date(2025, 9, 25), detail=detail)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await journal.append(uow, chain=project_id, entries=[entry])
    await town.work()
    (told,) = await town.notices(town.teacher, topic="system")
    assert told.subject == f"{code}适用的办法版本已调整"
    assert "调整为按《村办法》（1）办理" in told.body
    assert "理由：村委会纪要。" in told.body
