"""What past projects would have come to under other rules: judged again from their receipts, nothing written."""

from datetime import date
from typing import Any

import pytest

from core.kernel.errors import Invalid
from core.kernel.tenancy import system_actor
from core.policy.rulebooks.supposing import Supposition, SuppositionInvalid
from core.projects import get_project
from core.stages import Venues
from core.stages.repinning import Target, move, undo_move
from core.stages.retracing import MovedDue
from core.stages.supposing import OverseersOnly, WhatIf, what_if
from tests.core.stages.conftest import DAY, Village
from tests.core.stages.editions import NONE, TWO

JANUARY = date(2026, 1, 5)
PASSED: dict[str, Any] = {"act": "decide", "stage": "review", "outcome": "pass", "items": {"need": "pass"}}


async def supposing(village: Village, *, by: Any = None, after: str = "", limit: int = 100, **values: Any) -> WhatIf:
    async with village.database.unit_of_work(village.tenant.id, read_only=True) as uow:
        venue = await village.venues.of(uow, village.tenant, JANUARY)
        who = by or village.officer("bureau", "data_bureau")
        return await what_if(uow, venue, actor=who, supposition=Supposition(**values), after=after, limit=limit)


async def test_what_stays_as_it_was_is_not_listed(village: Village) -> None:
    await village.submitted()
    found = await supposing(village, limits={"review": 5})
    assert (found.looked_at, found.rows, found.after) == (1, (), "")


async def test_a_longer_limit_would_have_ended_later(village: Village) -> None:
    code = await village.submitted()
    (row,) = (await supposing(village, limits={"review": 8})).rows
    assert (row.code, row.version, row.on, row.declared_fen) == (code, 2, DAY, 100)
    assert row.dues == (MovedDue(limit="审核", before_on=date(2025, 10, 9), after_on=date(2025, 10, 13)),)
    assert (row.track_before, row.track_after, row.stages_spared, row.stages_added) == ("全部", "全部", (), ())


async def test_lateness_that_would_not_have_been_is_named(village: Village) -> None:
    code = await village.submitted()
    await village.act(village.officer("bureau", "data_bureau"), code, on=date(2025, 10, 10), **PASSED)
    (row,) = (await supposing(village, limits={"review": 8})).rows
    assert ["2025-10-09" in told.message for told in row.findings_spared] == [True]
    assert row.findings_added == ()
    assert (await supposing(village, limits={"review": 6})).rows[0].findings_spared != ()


async def test_another_edition_is_supposed_as_if_it_had_always_been_in_force(village: Village) -> None:
    await village.submitted()
    village.venues = Venues(TWO)
    (row,) = (await supposing(village, edition="2")).rows
    assert row.dues[0].after_on == date(2025, 10, 13)
    assert row.refused == ()


async def test_projects_that_were_moved_and_moved_back_are_retraced_through_it(village: Village) -> None:
    village.venues = Venues(TWO)
    code = await village.submitted()
    bureau = village.officer("bureau", "data_bureau")
    for undo in (False, True):
        async with village.database.unit_of_work(village.tenant.id) as uow:
            venue = await village.venues.of(uow, village.tenant, JANUARY)
            if undo:
                await undo_move(uow, venue, actor=bureau, code=code, reason="误操作")
            else:
                await move(uow, venue, actor=bureau, code=code, target=Target(edition="2"), reason="纪要")
        assert (await supposing(village, limits={"review": 8})).rows[0].code == code
    assert (await supposing(village, limits={"review": 5})).rows == ()


async def test_a_stretch_goes_on_where_the_one_before_ended(village: Village) -> None:
    codes = [await village.submitted(), await village.submitted("clinic")]
    first = await supposing(village, limits={"review": 8}, limit=1)
    second = await supposing(village, limits={"review": 8}, limit=1, after=first.after)
    assert [row.code for row in (*first.rows, *second.rows)] == codes
    last = await supposing(village, limits={"review": 8}, limit=1, after=second.after)
    assert (last.looked_at, last.after) == (0, "")


async def test_nothing_is_written_and_a_project_without_its_rules_is_skipped_by_name(village: Village) -> None:
    code = await village.submitted()
    async with village.database.unit_of_work(village.tenant.id) as uow:
        before = await get_project(uow, code)
    await supposing(village, limits={"review": 8})
    async with village.database.unit_of_work(village.tenant.id) as uow:
        assert await get_project(uow, code) == before
        await uow.execute("UPDATE project SET edition = 'village@0' WHERE tenant_id = $1", village.tenant.id)
    assert list((await supposing(village, limits={"review": 8})).skipped) == [code]


async def test_what_is_supposed_must_mean_something_here(village: Village) -> None:
    with pytest.raises(SuppositionInvalid) as refused:
        await supposing(village, limits={"nothing": 1}, thresholds={"micro": 1}, options={"x": 1})
    assert {problem.field for problem in refused.value.details} == {"limits.nothing", "thresholds.micro", "options.x"}
    with pytest.raises(Invalid, match="至少假设一项"):
        await supposing(village)
    with pytest.raises(Invalid, match="1 至 100"):
        await supposing(village, limits={"review": 8}, limit=101)


async def test_only_those_who_see_every_project_look(village: Village) -> None:
    with pytest.raises(OverseersOnly):
        await supposing(village, by=village.officer("school", "project_unit"), limits={"review": 8})
    assert (await supposing(village, by=system_actor(village.tenant.id), limits={"review": 8})).looked_at == 0
    village.venues = Venues(NONE)
    with pytest.raises(OverseersOnly):
        await supposing(village, limits={"review": 8})
