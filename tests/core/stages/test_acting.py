"""Acting on stored cases: one effect each, everything wrong at once, and the same answer for the same request."""

import asyncio
from datetime import date
from typing import Any

import pytest

from core import journal
from core.kernel.idempotency import IdempotencyKeyReused
from core.policy.cases.state import Defect
from core.projects import ProjectMissing, get_project
from core.stages import ActRefused, DateNotPossible, IdempotentKey, NotYourRole, StaleVersion, desk, waiting
from core.stages.reading import holders_of, open_case
from tests.core.stages.conftest import DAY, Village


async def test_a_project_begins_at_its_first_stage_with_a_number_of_its_plan_year(village: Village) -> None:
    first, second = await village.begin(), await village.begin()
    assert (first.code, second.code) == ("V-2026-0001", "V-2026-0002")
    assert [ref.stage for ref in first.decision.opened] == ["apply"]


async def test_a_submission_without_papers_and_amount_is_told_everything_at_once(village: Village) -> None:
    begun = await village.begin()
    school = village.officer("school", "project_unit")
    with pytest.raises(ActRefused) as refused:
        await village.act(school, begun.code, act="submit", stage="apply", facts={"project_kind": "lease"})
    fields = {problem.field for problem in refused.value.details}
    assert fields == {"project_kind", "declared", "form"}
    assert all(problem.article == "第一条" for problem in refused.value.details)


async def test_a_refused_act_leaves_the_project_as_it_was(village: Village) -> None:
    begun = await village.begin()
    school = village.officer("school", "project_unit")
    with pytest.raises(ActRefused):
        await village.act(school, begun.code, act="submit", stage="apply", facts={"declared": 5})
    async with village.database.unit_of_work(village.tenant.id) as uow:
        project = await get_project(uow, begun.code)
        entries = await journal.timeline(uow, project.id)
    assert project.version == 1
    assert project.state.facts == {}
    assert [entry.kind for entry in entries] == ["project:registered"]


async def test_the_review_is_on_the_bureaus_desk_with_its_due_date_over_the_holidays(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        rows, _ = await desk(uow, venue, village.officer("bureau", "data_bureau"))
        outside, _ = await desk(uow, venue, village.officer("water", "water_office"))
        seen = await waiting(uow, village.officer("school", "project_unit"))
    assert [(row.code, row.act, row.due_on) for row in rows] == [(code, "decide", date(2025, 10, 9))]
    assert outside == ()
    assert [row.role for row in seen] == ["data_bureau"]


async def test_who_has_it_says_since_when_until_when_and_by_which_article(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        venue = await village.venues.of(uow, village.tenant, DAY)
        _, case = await open_case(uow, venue, village.officer("school", "project_unit"), code)
    (holder,) = holders_of(case)
    assert (holder.role_title, holder.since_on, holder.due_on, holder.article) == (
        "数据局",
        DAY,
        date(2025, 10, 9),
        "第一条",
    )


async def test_a_joint_reviewer_is_heard_before_the_bureau_concludes(village: Village) -> None:
    code = await village.submitted(involves_water=True)
    bureau, water = village.officer("bureau", "data_bureau"), village.officer("water", "water_office")
    with pytest.raises(ActRefused) as refused:
        await village.act(bureau, code, act="decide", stage="review", outcome="pass", items={"need": "pass"})
    assert [problem.rule for problem in refused.value.details] == ["opinion_outstanding"]
    await village.act(water, code, act="opine", stage="review", outcome="pass")
    done = await village.act(bureau, code, act="decide", stage="review", outcome="pass", items={"need": "pass"})
    assert done.decision.end is not None
    assert done.decision.end.kind == "completed"


async def test_two_officers_at_once_have_one_effect_and_the_second_is_told_who_was_first(village: Village) -> None:
    code = await village.submitted()
    bureau = village.officer("bureau", "data_bureau")
    answers = await asyncio.gather(
        *(
            village.act(bureau, code, version=2, act="decide", stage="review", outcome="pass", items={"need": "pass"})
            for _ in range(4)
        ),
        return_exceptions=True,
    )
    stale = [answer for answer in answers if isinstance(answer, StaleVersion)]
    assert len(stale) == 3
    assert all("数据局经办" in str(answer) for answer in stale)
    async with village.database.unit_of_work(village.tenant.id) as uow:
        assert (await get_project(uow, code)).version == 3


async def test_a_replayed_request_gets_the_first_answer_and_another_body_is_refused(village: Village) -> None:
    code = await village.submitted()
    bureau = village.officer("bureau", "data_bureau")
    key = IdempotentKey(key="k-1", request_hash=b"a" * 32)
    values: dict[str, Any] = {"act": "decide", "stage": "review", "outcome": "pass", "items": {"need": "pass"}}
    first = await village.act(bureau, code, version=2, key=key, **values)
    again = await village.act(bureau, code, version=2, key=key, **values)
    assert again.replayed
    assert (again.version, again.receipt_id) == (first.version, first.receipt_id)
    with pytest.raises(IdempotencyKeyReused):
        await village.act(bureau, code, key=IdempotentKey(key="k-1", request_hash=b"b" * 32), **values)


async def test_a_hundred_replays_at_once_have_one_effect(village: Village) -> None:
    code = await village.submitted()
    bureau = village.officer("bureau", "data_bureau")
    key = IdempotentKey(key="k-2", request_hash=b"a" * 32)
    values: dict[str, Any] = {"act": "decide", "stage": "review", "outcome": "pass", "items": {"need": "pass"}}
    answers = await asyncio.gather(*(village.act(bureau, code, version=2, key=key, **values) for _ in range(100)))
    assert {answer.receipt_id for answer in answers} == {answers[0].receipt_id}
    assert sum(not answer.replayed for answer in answers) == 1


async def test_defects_are_answered_one_by_one_and_a_second_failure_rejects_the_project(village: Village) -> None:
    code = await village.submitted()
    bureau, school = village.officer("bureau", "data_bureau"), village.officer("school", "project_unit")
    defects = (Defect(id="d1", item="need", text="必要性不足"), Defect(id="d2", item="form", text="格式有误"))
    no: dict[str, Any] = {
        "act": "decide",
        "stage": "review",
        "outcome": "not_pass",
        "items": {"need": "not_pass"},
        "reason": "见缺陷",
    }
    await village.act(bureau, code, defects=defects, **no)
    with pytest.raises(ActRefused) as refused:
        await village.act(school, code, act="submit", stage="revise", answers={"d1": "已补充"})
    assert [problem.field for problem in refused.value.details] == ["d2"]
    await village.act(school, code, act="submit", stage="revise", answers={"d1": "已补充", "d2": "已改"})
    with pytest.raises(ActRefused) as late:
        await village.act(bureau, code, defects=(), **no)
    assert late.value.details[0].rule == "defects_missing"
    last = await village.act(bureau, code, defects=defects[:1], **no)
    assert last.decision.end is not None
    assert last.decision.end.kind == "rejected"
    with pytest.raises(ActRefused) as over:
        await village.act(school, code, act="submit", stage="revise")
    assert over.value.details[0].rule == "exhausted"


async def test_a_unit_with_two_running_projects_may_not_submit_a_third(village: Village) -> None:
    await village.submitted()
    await village.submitted()
    with pytest.raises(ActRefused) as refused:
        await village.submitted()
    assert [problem.rule for problem in refused.value.details] == ["too_many"]
    assert await village.submitted("clinic")


async def test_another_unit_does_not_see_the_project_and_the_bureau_cannot_submit_for_it(village: Village) -> None:
    begun = await village.begin()
    with pytest.raises(ProjectMissing):
        await village.act(village.officer("clinic", "project_unit"), begun.code, act="submit", stage="apply")
    with pytest.raises(ActRefused) as refused:
        await village.act(village.officer("bureau", "data_bureau"), begun.code, act="submit", stage="apply")
    assert "not_your_act" in {problem.rule for problem in refused.value.details}
    with pytest.raises(NotYourRole):
        await village.act(
            village.officer("bureau", "data_bureau"), begun.code, act="submit", stage="apply", role="project_unit"
        )


@pytest.mark.parametrize("on", [date(2025, 9, 24), date(2025, 9, 26)])
async def test_an_act_is_dated_neither_before_the_project_nor_after_today(village: Village, on: date) -> None:
    begun = await village.begin()
    with pytest.raises(DateNotPossible):
        await village.act(village.officer("school", "project_unit"), begun.code, act="withdraw", dated=on)
