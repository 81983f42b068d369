"""Draws in the database: committed before they are run, run once, redrawn only with a reason."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core import journal
from core.kernel.errors import Invalid
from core.people import Alias
from core.people.repository import put_alias
from core.registers import NotKeeper, RegisterUnknown
from core.registers.experts import (
    Draw,
    DrawDone,
    DrawNotBacking,
    DrawOpen,
    Ground,
    NewDraw,
    NewExpert,
    Quota,
    add_expert,
    cancel_draw,
    change_expert,
    draws_of,
    get_draw,
    list_experts,
    panel_of,
    prepare_draw,
    redraw,
    retire_expert,
    run_draw,
    verify_stored,
)
from tests.core.registers.conftest import DAY, Parish
from tests.core.registers.parish import RULEBOOK


async def _fill(parish: Parish, count: int = 9, **values: Any) -> list[UUID]:
    fields: dict[str, Any] = {"library": "experts", "employer": "科技大学", "active_from_on": date(2020, 1, 1)}
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        return [
            (
                await add_expert(
                    uow,
                    RULEBOOK,
                    parish.bureau,
                    new=NewExpert(name=f"专家{n}", **{"specialty": "安全" if n % 3 else "造价"} | fields | values),
                    on=DAY,
                )
            ).id
            for n in range(count)
        ]


def _new(code: str, **values: Any) -> NewDraw:
    fields: dict[str, Any] = {"stage": "review", "library": "experts", "purpose": "方案评审", "size": 3}
    return NewDraw(project=code, **fields | values)


async def _prepare(parish: Parish, new: NewDraw) -> Draw:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        return await prepare_draw(uow, RULEBOOK, parish.bureau, new=new, clock=parish.clock)


async def _run(parish: Parish, draw: Draw) -> Draw:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        return await run_draw(uow, RULEBOOK, parish.bureau, draw_id=draw.id, clock=parish.clock)


async def test_the_seed_is_committed_in_the_journal_before_it_is_revealed(parish: Parish) -> None:
    await _fill(parish)
    prepared = await _prepare(parish, _new(await parish.begin()))
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        hidden = await get_draw(uow, parish.bureau, prepared.id)
        told = (await journal.timeline(uow, prepared.project_id))[-1]
    run = await _run(parish, prepared)
    assert (hidden.seed, hidden.outcome, told.kind) == ("", None, "draw:prepared")
    assert told.detail["seed_hash"] == prepared.seed_hash == sha256(run.seed.encode()).hexdigest()
    assert run.seed not in str(told.detail)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        assert await get_draw(uow, parish.bureau, run.id) == run
        assert await verify_stored(uow, parish.bureau, run.id) == ()


async def test_a_draw_is_run_once_and_backs_a_random_panel_of_its_stage(parish: Parish) -> None:
    await _fill(parish)
    prepared = await _prepare(parish, _new(await parish.begin(), quotas=(Quota(specialty="造价", seats=2),)))
    where: dict[str, Any] = {"project_id": prepared.project_id, "stage": "review"}
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(DrawNotBacking, match="尚未完成"):
            await panel_of(uow, prepared.id, **where)
    run = await _run(parish, prepared)
    with pytest.raises(DrawDone):
        await _run(parish, prepared)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        panel = await panel_of(uow, run.id, **where)
        for wrong in ({"stage": "apply"}, {"project_id": run.id}):
            with pytest.raises(DrawNotBacking, match="不属于"):
                await panel_of(uow, run.id, **where | wrong)
    assert (panel.form, panel.library, panel.random, panel.size) == ("meeting", "experts", True, 3)
    assert run.outcome is not None
    assert [seat.quota for seat in run.outcome.panel] == ["造价", "造价", ""]


async def test_a_second_draw_needs_a_reason_takes_a_number_and_replaces_the_first(parish: Parish) -> None:
    await _fill(parish)
    code = await parish.begin()
    first = await _run(parish, await _prepare(parish, _new(code)))
    with pytest.raises(Invalid, match="重新抽取的原因"):
        await _prepare(parish, _new(code))
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        again = await redraw(
            uow, RULEBOOK, parish.bureau, new=_new(code, reason="两名专家无法到会"), clock=parish.clock
        )
    with pytest.raises(DrawOpen):
        await _prepare(parish, _new(code, reason="再次"))
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        assert (await panel_of(uow, first.id, project_id=first.project_id)).draw_id == str(first.id)
    second = await _run(parish, again)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(DrawNotBacking, match="取代"):
            await panel_of(uow, first.id, project_id=first.project_id)
        kept = await draws_of(uow, parish.bureau, first.project_id)
    assert [(d.number, d.state, d.reason) for d in kept] == [(1, "replaced", ""), (2, "drawn", "两名专家无法到会")]
    assert kept[0].outcome == first.outcome
    assert second.seed != first.seed


async def test_a_draw_that_is_dropped_keeps_its_number_and_its_reason(parish: Parish) -> None:
    await _fill(parish)
    code = await parish.begin()
    prepared = await _prepare(parish, _new(code))
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(Invalid):
            await cancel_draw(uow, RULEBOOK, parish.bureau, draw_id=prepared.id, reason="", clock=parish.clock)
        await cancel_draw(uow, RULEBOOK, parish.bureau, draw_id=prepared.id, reason="会议取消", clock=parish.clock)
    with pytest.raises(DrawDone):
        await _run(parish, prepared)
    assert (await _prepare(parish, _new(code, reason="会议改期"))).number == 2


async def test_those_near_the_unit_or_its_suppliers_are_shown_as_excluded(parish: Parish) -> None:
    await _fill(parish, 1)
    names = {"old": "白云学堂", "now": "白云村小学", "child": "白云村幼儿园", "party": "甲公司", "unknown": ""}
    ids = {key: (await _fill(parish, 1, employer=name))[0] for key, name in names.items()}
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await put_alias(uow, parish.school, Alias(name="白云学堂", from_on=date(1990, 1, 1)))
    draw = await _prepare(parish, _new(await parish.begin(), size=1, parties=("甲公司",)))
    grounds = {exclusion.expert_id: exclusion.ground for exclusion in draw.inputs.exclusions}
    assert grounds == {
        str(ids["old"]): Ground.SAME_UNIT,
        str(ids["now"]): Ground.SAME_UNIT,
        str(ids["party"]): Ground.PARTY,
        str(ids["unknown"]): Ground.EMPLOYER_UNKNOWN,
    }


async def test_only_the_librarys_keeper_draws_and_only_from_libraries_and_for_known_stages(parish: Parish) -> None:
    await _fill(parish)
    code = await parish.begin()
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(NotKeeper):
            await prepare_draw(uow, RULEBOOK, parish.teacher, new=_new(code), clock=parish.clock)
    with pytest.raises(RegisterUnknown):
        await _prepare(parish, _new(code, library="none"))
    wrong: list[dict[str, Any]] = [
        {"library": "plans"}, {"stage": "party"}, {"size": 0}, {"size": 100}, {"alternates": -1}, {"purpose": " "},
        {"quotas": (Quota(specialty="安全", seats=4),)}, {"quotas": (Quota(specialty="安全", seats=0),)},
    ]  # fmt: skip
    for values in wrong:
        with pytest.raises(Invalid):
            await _prepare(parish, _new(code, **values))


async def test_a_library_nobody_can_be_drawn_from_is_said_at_once(parish: Parish) -> None:
    await _fill(parish, 2, employer="白云村小学")
    with pytest.raises(Invalid, match="没有可以抽取的专家"):
        await _prepare(parish, _new(await parish.begin()))


async def test_a_record_changed_behind_the_services_back_is_found(parish: Parish, admin_url: str) -> None:
    await _fill(parish)
    run = await _run(parish, await _prepare(parish, _new(await parish.begin())))
    admin = await asyncpg.connect(admin_url)
    seed = "0" * 64
    await admin.execute(
        "UPDATE draw SET seed = $2, seed_hash = $3 WHERE id = $1", run.id, seed, sha256(seed.encode()).hexdigest()
    )
    await admin.close()
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        flaws = await verify_stored(uow, parish.bureau, run.id)
    assert any("办理日志" in flaw for flaw in flaws)


async def test_a_library_is_kept_by_its_office_and_an_outside_one_names_its_source(parish: Parish) -> None:
    new = NewExpert(library="city_experts", name="李娜", specialty="安全", active_from_on=DAY)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(NotKeeper):
            await add_expert(uow, RULEBOOK, parish.teacher, new=new, on=DAY)
        with pytest.raises(Invalid, match="来源"):
            await add_expert(uow, RULEBOOK, parish.bureau, new=new, on=DAY)
        with pytest.raises(NotKeeper):
            await list_experts(uow, RULEBOOK, parish.teacher, library="experts")


async def test_an_expert_who_leaves_is_listed_until_the_last_day_and_the_journal_has_no_contact(parish: Parish) -> None:
    ids = await _fill(parish, 3, contact="13800000000")
    last = date(2025, 9, 24)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await retire_expert(uow, RULEBOOK, parish.bureau, expert_id=ids[0], last_on=last, on=DAY)
        corrected = NewExpert(library="x", name="专家甲", specialty="安全", active_from_on=date(2020, 1, 1))
        await change_expert(uow, RULEBOOK, parish.bureau, expert_id=ids[1], new=corrected, on=DAY)
        first = await list_experts(uow, RULEBOOK, parish.bureau, library="experts", limit=2)
        rest = await list_experts(uow, RULEBOOK, parish.bureau, library="experts", after=first.after)
        active = await list_experts(uow, RULEBOOK, parish.bureau, library="experts", on=DAY)
        before = await list_experts(uow, RULEBOOK, parish.bureau, library="experts", on=last)
        told = [e for e in await journal.timeline(uow, None) if e.kind.startswith("expert:")]
    assert [e.id for e in (*first.rows, *rest.rows)] == ids
    assert [e.id for e in active.rows] == ids[1:]
    assert [e.id for e in before.rows] == ids
    assert [e.kind for e in told] == [*["expert:added"] * 3, "expert:retired", "expert:changed"]
    assert "13800000000" not in str([e.detail for e in told])
