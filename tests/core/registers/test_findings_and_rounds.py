"""What an office records about units, and the yearly windows it opens."""

from datetime import date
from typing import Any

import pytest

from core import journal
from core.kernel.errors import Invalid
from core.kernel.workdays import OFFICIAL
from core.projects import ProjectMissing
from core.registers import (
    FindingMissing,
    NewFinding,
    NewRound,
    NotKeeper,
    RoundExists,
    RoundMissing,
    change_round,
    current_round,
    lift_finding,
    list_findings,
    open_round,
    record_finding,
    unit_findings,
)
from core.registers.rounds import closing_day
from tests.core.registers.conftest import DAY, Parish
from tests.core.registers.parish import REGISTRY, RULEBOOK


async def test_only_the_office_records_and_lifts_what_is_said_of_a_unit(parish: Parish) -> None:
    new = NewFinding(organisation_id=parish.school, kind="data_not_shared", reason="未汇聚数据", on=DAY)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(NotKeeper, match="数据局"):
            await record_finding(uow, RULEBOOK, parish.teacher, new)
        finding = await record_finding(uow, RULEBOOK, parish.bureau, new)
        with pytest.raises(NotKeeper):
            await lift_finding(uow, RULEBOOK, parish.teacher, finding_id=finding.id, on=DAY, reason="已整改")
        assert [f.lifted_on for f in await unit_findings(uow, parish.school)] == [None]
        await lift_finding(uow, RULEBOOK, parish.bureau, finding_id=finding.id, on=DAY, reason="已整改")
        with pytest.raises(FindingMissing):
            await lift_finding(uow, RULEBOOK, parish.bureau, finding_id=finding.id, on=DAY, reason="再次")
        seen = await unit_findings(uow, parish.school)
        told = [e.kind for e in await journal.timeline(uow, None) if e.kind.startswith("finding:")]
    assert [(f.kind, f.lifted_on) for f in seen] == [("data_not_shared", DAY)]
    assert told == ["finding:recorded", "finding:lifted"]


async def test_a_finding_names_a_reason_a_proper_kind_and_a_project_that_exists(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        for wrong in ({"reason": " "}, {"kind": "数据"}):
            values: dict[str, Any] = {
                "organisation_id": parish.school,
                "kind": "late",
                "reason": "逾期",
                "on": DAY,
            } | wrong
            with pytest.raises(Invalid):
                await record_finding(uow, RULEBOOK, parish.bureau, NewFinding(**values))
        with pytest.raises(ProjectMissing):
            new = NewFinding(organisation_id=parish.school, kind="late", reason="逾期", on=DAY, project_code="V-1")
            await record_finding(uow, RULEBOOK, parish.bureau, new)


async def test_a_unit_reads_what_is_recorded_of_it_and_nothing_of_others(parish: Parish) -> None:
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        await record_finding(
            uow, RULEBOOK, parish.bureau, NewFinding(organisation_id=parish.school, kind="late", reason="逾期", on=DAY)
        )
        own = await list_findings(uow, RULEBOOK, parish.teacher, organisation_id=parish.school)
        with pytest.raises(NotKeeper):
            await list_findings(uow, RULEBOOK, parish.doctor, organisation_id=parish.school)
    assert [f.kind for f in own] == ["late"]


@pytest.mark.parametrize(
    ("issued_on", "closes_on"),
    [
        (date(2025, 8, 4), date(2025, 10, 9)),  # the 4th of October is a holiday
        (date(2025, 8, 5), date(2025, 10, 9)),
        (date(2025, 8, 9), date(2025, 10, 9)),
        (date(2025, 8, 10), date(2025, 10, 10)),
        (date(2025, 8, 11), date(2025, 10, 11)),  # a make-up Saturday is a day like others
        (date(2025, 8, 12), date(2025, 10, 13)),
        (date(2025, 12, 31), date(2026, 2, 28)),  # a make-up Saturday again, and the month's last day
    ],
)
def test_a_window_of_two_months_ends_on_a_workday(issued_on: date, closes_on: date) -> None:
    assert closing_day(OFFICIAL, issued_on, 2) == closes_on


async def test_a_round_takes_its_months_from_the_tenants_option_unless_told_otherwise(parish: Parish) -> None:
    august = date(2025, 8, 5)
    rules = REGISTRY.place("village").rulebook({"window_months": 1})
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        usual = NewRound(plan_year=2026, issued_on=august)
        opened = await open_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=usual, on=august)
        with pytest.raises(RoundExists):
            await open_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=usual, on=august)
        other = NewRound(plan_year=2027, issued_on=august)
        shorter = await open_round(uow, rules, parish.bureau, calendar=OFFICIAL, new=other, on=august)
        with pytest.raises(NotKeeper):
            await open_round(uow, RULEBOOK, parish.teacher, calendar=OFFICIAL, new=usual, on=august)
    assert (opened.closes_on, opened.months, shorter.closes_on) == (date(2025, 10, 9), 2, date(2025, 9, 5))


async def test_a_changed_round_is_reckoned_again_and_journals_what_changed(parish: Parish) -> None:
    august = date(2025, 8, 5)
    new = NewRound(plan_year=2026, issued_on=august)
    longer = NewRound(plan_year=2026, issued_on=august, months=3)
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(RoundMissing):
            await change_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=new, on=DAY, reason="延长")
        await open_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=new, on=august)
        changed = await change_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=longer, on=DAY, reason="延长")
        before, within = await current_round(uow, date(2025, 8, 4)), await current_round(uow, DAY)
        entry = next(e for e in await journal.timeline(uow, None) if e.kind == "round:changed")
    assert before is None
    assert within == changed
    assert [changed.is_open(d) for d in (date(2025, 8, 4), august, date(2025, 11, 5), date(2025, 11, 6))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert entry.detail["before"] == {"closes_on": "2025-10-09", "months": 2}
    assert entry.detail["after"] == {"closes_on": "2025-11-05", "months": 3}


@pytest.mark.parametrize("values", [{"months": 25}, {"plan_year": 2024}, {"plan_year": 2028}])
async def test_a_window_out_of_measure_is_refused(parish: Parish, values: dict[str, int]) -> None:
    fields: dict[str, Any] = {"plan_year": 2026, "issued_on": date(2025, 8, 5)}
    async with parish.database.unit_of_work(parish.tenant.id) as uow:
        with pytest.raises(Invalid):
            new = NewRound(**fields | values)
            await open_round(uow, RULEBOOK, parish.bureau, calendar=OFFICIAL, new=new, on=DAY)
