"""A finished project opens the draft of a listing, as strongly as its regulation asks, and once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.kernel.database import Database
from core.market import Draft, find_drafts, list_drafts
from core.policy.rules.regulation import ListingForce
from tests.core.notices.town import Town, build_town


@pytest.fixture
async def town(database: Database, tmp_path: Path) -> AsyncIterator[Town]:
    built = await build_town(database, tmp_path)
    yield built
    await built.toolbox.close()


async def _drafts(town: Town) -> tuple[Draft, ...]:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await list_drafts(uow, town.teacher)


async def test_an_invitation_opens_a_prefilled_draft_and_suggests_it_to_the_unit(town: Town) -> None:
    code = await town.submitted()
    await town.passed(code)
    await town.work()
    (draft,) = await _drafts(town)
    assert (draft.rule, draft.force, draft.platform, draft.article) == (
        "invited",
        ListingForce.INVITATION,
        "村应用市场",
        "第一条",
    )
    content = draft.content
    assert (content.name, content.unit, content.project_code) == ("平台", "小学", code)
    assert content.amounts == {"declared": 100}
    (told,) = await town.notices(town.teacher, topic="listing")
    assert "鼓励上架供其他单位复用（村应用市场）" in told.body


async def test_what_is_merely_allowed_opens_a_draft_in_silence(town: Town) -> None:
    code = await town.submitted(project_kind="om")
    await town.passed(code)
    await town.work()
    (draft,) = await _drafts(town)
    assert draft.force is ListingForce.ALLOWED
    assert await town.notices(town.teacher, topic="listing") == []


async def test_a_project_that_failed_opens_nothing(town: Town) -> None:
    code = await town.submitted()
    await town.not_passed(code)
    await town.work()
    assert await _drafts(town) == ()


async def test_the_same_acceptance_heard_twice_opens_one_draft(town: Town) -> None:
    code = await town.submitted()
    await town.passed(code)
    await town.work()
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute(
            "INSERT INTO outbox (tenant_id, entry_id, chain_id, seq, kind, created_at) "
            "SELECT tenant_id, id, chain_id, seq, kind, recorded_at FROM journal_entry WHERE tenant_id = $1",
            town.tenant.id,
        )
    await town.work()
    (draft,) = await _drafts(town)
    async with town.database.unit_of_work(town.tenant.id) as uow:
        assert await find_drafts(uow, draft.project_id) == (draft,)
