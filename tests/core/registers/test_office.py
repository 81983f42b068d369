"""Registers on a real database: who keeps what, what a draw leaves out and why, and what a review may believe."""

from datetime import date

import pytest

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.tenancy import Actor, Tenant
from core.kernel.workdays import OFFICIAL
from core.people.permissions import FUNCTION_SCOPES
from core.people.seeding import OrganisationPlan, People, PeoplePlan, create_people
from core.policy.registry import installed
from core.policy.rulebook import Rulebook
from core.projects import get_project
from core.registers import (
    DrawNotPossible,
    NotKeeper,
    add_expert,
    current_entries,
    lift_finding,
    list_findings,
    lodge_entry,
    open_round,
    panel_of,
    prepare_draw,
    record_finding,
    run_draw,
)
from core.stages import NewProject, Venues, begin
from tests.factories import make_actor, make_tenant

DAY = date(2025, 9, 1)
PLAN = PeoplePlan(
    organisations=(
        OrganisationPlan(code="culture", name="文化广电旅游局", roles=("project_unit",)),
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=("data_bureau",)),
    )
)


class Office:
    """A district under Baiyun's rulebook."""

    def __init__(self, database: Database, tenant: Tenant, people: People) -> None:
        self.database, self.tenant, self.people = database, tenant, people
        self.rules: Rulebook = installed().place("baiyun").rulebook()

    def officer(self, code: str, role: str) -> Actor:
        body = self.people.organisations[code]
        return make_actor(
            self.tenant,
            roles=(role,),
            scopes=FUNCTION_SCOPES["head"],
            organisation_id=body.id,
            organisation=body.name,
        )


@pytest.fixture
async def office(database: Database) -> Office:
    tenant = await make_tenant(database)
    async with database.unit_of_work(tenant.id) as uow:
        people = await create_people(uow, PLAN, clock=FixedClock(DAY))
    return Office(database, tenant, people)


async def test_a_new_version_takes_the_place_of_the_old_one_which_stays_on_record(office: Office) -> None:
    unit = office.officer("culture", "project_unit")
    body = office.people.organisations["culture"].id
    async with office.database.unit_of_work(office.tenant.id) as uow:
        for number in (1, 2):
            version = await lodge_entry(
                uow,
                office.rules,
                actor=unit,
                register="asset_catalogue",
                organisation_id=body,
                content={"systems": number},
                on=DAY,
            )
            assert version == number
        current = await current_entries(uow, office.rules, register="asset_catalogue")
        every = await current_entries(uow, office.rules, register="asset_catalogue", all_versions=True)
    assert [entry.content for entry in current] == [{"systems": 2}]
    assert [entry.state for entry in every] == ["superseded", "current"]


async def test_only_the_bureau_keeps_the_library_and_records_about_units(office: Office) -> None:
    unit = office.officer("culture", "project_unit")
    body = office.people.organisations["culture"].id
    async with office.database.unit_of_work(office.tenant.id) as uow:
        with pytest.raises(NotKeeper):
            await add_expert(
                uow,
                office.rules,
                actor=unit,
                library="expert_library",
                name="甲",
                specialty="软件",
                employer="某校",
                on=DAY,
            )
        with pytest.raises(NotKeeper):
            await record_finding(
                uow, office.rules, actor=unit, organisation_id=body, kind="security_hazard", reason="无", on=DAY
            )


async def test_a_lifted_record_stays_visible_as_lifted(office: Office) -> None:
    bureau = office.officer("bureau", "data_bureau")
    body = office.people.organisations["culture"].id
    async with office.database.unit_of_work(office.tenant.id) as uow:
        found = await record_finding(
            uow, office.rules, actor=bureau, organisation_id=body, kind="behind_schedule", reason="停滞", on=DAY
        )
        await lift_finding(uow, office.rules, actor=bureau, finding_id=found.id, reason="已推进", on=date(2025, 9, 8))
        (row,) = await list_findings(uow, body)
    assert row.lifted_on == date(2025, 9, 8)


async def test_the_window_of_a_round_closes_on_the_day_the_regulation_reckons(office: Office) -> None:
    bureau = office.officer("bureau", "data_bureau")
    async with office.database.unit_of_work(office.tenant.id) as uow:
        row = await open_round(
            uow,
            office.rules,
            OFFICIAL,
            actor=bureau,
            plan_year=2026,
            issued_on=date(2025, 8, 5),
            title="2026 年度申报通知",
        )
    assert row.closes_on == date(2025, 10, 9)


async def test_a_draw_leaves_out_who_is_tied_to_the_project_and_a_redraw_needs_a_reason(office: Office) -> None:
    bureau, unit = office.officer("bureau", "data_bureau"), office.officer("culture", "project_unit")
    async with office.database.unit_of_work(office.tenant.id) as uow:
        venue = await Venues(installed()).of(uow, office.tenant, DAY)
        begun = await begin(uow, venue, actor=unit, request=NewProject(title="智慧文旅平台"))
        project = await get_project(uow, begun.code)
        for number, employer in enumerate(("某大学", "文化广电旅游局", "", "某研究院", "某学会")):
            await add_expert(
                uow,
                office.rules,
                actor=bureau,
                library="expert_library",
                name=f"专家{number}",
                specialty="软件",
                employer=employer,
                on=DAY,
            )
        values = {"project_id": project.id, "stage": "scheme_expert_review", "library": "expert_library"}
        draw = await prepare_draw(uow, office.rules, actor=bureau, quotas={"": 3}, on=DAY, **values)
        assert {(e.name, e.reason) for e in draw.exclusions} == {
            ("专家1", "现任职单位为项目单位"),
            ("专家2", "任职单位不明，无法判断回避"),
        }
        with pytest.raises(DrawNotPossible):
            await panel_of(uow, draw.id, project_id=project.id, stage="scheme_expert_review")
        done = await run_draw(uow, office.rules, actor=bureau, draw_id=draw.id, on=DAY)
        again = await run_draw(uow, office.rules, actor=bureau, draw_id=draw.id, on=DAY)
        assert done.drawn == again.drawn
        panel = await panel_of(uow, draw.id, project_id=project.id, stage="scheme_expert_review")
        assert (panel.random, panel.size) == (True, 3)
        with pytest.raises(DrawNotPossible):
            await panel_of(uow, draw.id, project_id=project.id, stage="final_acceptance")
        with pytest.raises(DrawNotPossible):
            await prepare_draw(uow, office.rules, actor=bureau, quotas={"": 3}, on=DAY, **values)
