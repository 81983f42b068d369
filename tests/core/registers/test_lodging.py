"""Entries are lodged by who keeps the register, in versions none of which is lost."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from core import journal
from core.kernel.errors import Invalid
from core.people import NotAllowed
from core.registers import (
    EntryMissing,
    Lodging,
    NotKeeper,
    RegisterDerived,
    RegisterUnknown,
    current_entry,
    history,
    list_entries,
    lodge_entry,
    mark_adjusted,
    unit_registers,
    withdraw_entry,
)
from tests.core.registers.conftest import DAY, Parish
from tests.core.registers.parish import RULEBOOK


def _plan(parish: Parish, year: int = 2025, on: date = DAY, **values: Any) -> Lodging:
    fields: dict[str, Any] = {"organisation_id": parish.school, "content": {"year": year}, "on": on}
    return Lodging(register="plans", **fields | values)


async def test_a_new_version_supersedes_the_one_before_and_both_stay_readable(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, 2025))
        second = await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, 2026, DAY + timedelta(days=30)))
        kept = await history(uow, RULEBOOK, parish.teacher, register="plans", organisation_id=parish.school)
        told = [e.kind for e in await journal.timeline(uow, None) if e.kind.startswith("register:")]
    assert (second.version, second.content) == (2, {"year": 2026})
    assert [(e.version, e.state) for e in kept] == [(1, "superseded"), (2, "current")]
    assert told == ["register:lodged", "register:lodged"]


async def test_two_lodgings_at_once_become_two_versions(parish: Parish) -> None:
    async def lodge(year: int) -> int:
        async with parish.database.unit_of_work(parish.tenant.id) as uow:
            return (await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, year))).version

    assert sorted(await asyncio.gather(*(lodge(year) for year in range(2025, 2029)))) == [1, 2, 3, 4]


async def test_an_adjusted_entry_says_so_until_the_new_version_is_lodged(parish: Parish) -> None:
    later = DAY + timedelta(days=9)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish))
        where: dict[str, Any] = {"register": "plans", "organisation_id": parish.school}
        await mark_adjusted(uow, RULEBOOK, parish.teacher, **where, on=later)
        again = await mark_adjusted(uow, RULEBOOK, parish.teacher, **where, on=later + timedelta(days=1))
        seen = (await unit_registers(uow, parish.school))["plans"]
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, 2026, later))
        after = (await unit_registers(uow, parish.school))["plans"]
    assert (again.adjusted_on, seen.adjusted_on, seen.version) == (later, later, 1)
    assert (after.adjusted_on, after.version, after.content) == (None, 2, {"year": 2026})


async def test_a_withdrawn_entry_is_gone_for_rules_and_kept_with_its_reason(parish: Parish) -> None:
    where: dict[str, Any] = {"register": "plans", "organisation_id": parish.school}
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish))
        with pytest.raises(Invalid):
            await withdraw_entry(uow, RULEBOOK, parish.teacher, **where, on=DAY, reason=" ")
        await withdraw_entry(uow, RULEBOOK, parish.teacher, **where, on=DAY, reason="单位撤并")
        assert await unit_registers(uow, parish.school) == {}
        with pytest.raises(EntryMissing):
            await current_entry(uow, RULEBOOK, parish.teacher, **where)
        kept = await history(uow, RULEBOOK, parish.teacher, **where)
    assert [(e.state, e.withdrawn_reason) for e in kept] == [("withdrawn", "单位撤并")]


async def test_a_unit_lodges_its_own_and_its_subordinates_entries_and_no_others(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        entry = await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, organisation_id=parish.nursery))
        assert entry.organisation == "白云村幼儿园"
        with pytest.raises(NotKeeper, match="本单位及下属单位"):
            await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, organisation_id=parish.clinic))
        with pytest.raises(NotKeeper, match="项目单位"):
            await lodge_entry(uow, RULEBOOK, parish.bureau, _plan(parish))
        with pytest.raises(NotAllowed):
            await lodge_entry(uow, RULEBOOK, parish.administrator, _plan(parish))


@pytest.mark.parametrize("register", ["ledger", "experts", "city_experts", "unit_findings"])
async def test_a_register_that_is_derived_or_has_its_own_way_in_refuses_writing(parish: Parish, register: str) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(RegisterDerived):
            lodging = Lodging(register=register, organisation_id=parish.office, on=DAY, content={"a": 1})
            await lodge_entry(uow, RULEBOOK, parish.bureau, lodging)


async def test_an_unknown_register_an_empty_entry_and_an_earlier_day_are_refused(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(RegisterUnknown):
            await lodge_entry(
                uow, RULEBOOK, parish.teacher, Lodging(register="x", organisation_id=parish.school, on=DAY)
            )
        with pytest.raises(Invalid, match="登记内容"):
            await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, content={}))
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish))
        with pytest.raises(Invalid, match="不能早于"):
            await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish, on=DAY - timedelta(days=1)))


async def test_a_register_of_the_tenant_is_kept_by_its_office_and_seen_by_every_rule(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        lodging = Lodging(register="scope_alias", organisation_id=parish.office, on=DAY, content={"items": ["平台"]})
        await lodge_entry(uow, RULEBOOK, parish.bureau, lodging)
        page = await list_entries(uow, RULEBOOK, parish.doctor, register="scope")
    assert [(entry.register, entry.content) for entry in page.rows] == [("scope", {"items": ["平台"]})]


async def test_pages_hold_every_entry_once_newest_first(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        for number in range(5):
            lodging = _plan(parish, on=DAY + timedelta(days=number // 2), entry_key=f"系统{number}")
            await lodge_entry(uow, RULEBOOK, parish.teacher, lodging)
        keys: list[str] = []
        after = ""
        while True:
            page = await list_entries(uow, RULEBOOK, parish.bureau, register="plans", after=after, limit=2)
            keys += [entry.entry_key for entry in page.rows]
            after = page.after
            if not after:
                break
        with pytest.raises(Invalid, match="翻页"):
            await list_entries(uow, RULEBOOK, parish.bureau, register="plans", after="%%")
    assert keys == ["系统4", "系统2", "系统3", "系统0", "系统1"]


async def test_a_unit_sees_its_own_entries_only(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await lodge_entry(uow, RULEBOOK, parish.teacher, _plan(parish))
        assert (await list_entries(uow, RULEBOOK, parish.doctor, register="plans")).rows == ()
        with pytest.raises(NotKeeper):
            await history(uow, RULEBOOK, parish.doctor, register="plans", organisation_id=parish.school)
