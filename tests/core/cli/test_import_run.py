"""Importing into a real tenant: all or nothing, row by row, twice, and through the regulation like anybody else."""

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core import journal
from core.cli import build, importing, run
from core.cli.import_run import Import, Report, Wish
from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.tenancy import Tenant
from core.people import list_organisations
from core.people.seeding import OrganisationPlan, PeoplePlan, create_people
from core.projects import ProjectFilter, get_project, list_projects
from core.projects.finding import Sight
from tests.core.cli.installing import on_database
from tests.core.stages.village import REGISTRY
from tests.factories import make_tenant

PUBLIC = Path(__file__).parents[2] / "data" / "projects-public.csv"
CLOCK = FixedClock(date(2025, 9, 25))
HEADER = "项目名称,建设单位,金额(万元),类型,年度,备注\n"


@pytest.fixture
async def village(database: Database) -> Tenant:
    tenant = await make_tenant(database, jurisdiction="village")
    plan = PeoplePlan(organisations=(OrganisationPlan(code="school", name="小学", roles=("project_unit",)),))
    async with database.unit_of_work(tenant.id) as uow:
        await create_people(uow, plan, clock=CLOCK)
    return tenant


async def _import(database: Database, tenant: Tenant, file: Path, **values: Any) -> Report:
    return await Import(database, REGISTRY, tenant, CLOCK, Wish(file=file, **values)).run()


async def _titles(database: Database, tenant: Tenant) -> list[str]:
    async with database.unit_of_work(tenant.id) as uow:
        page = await list_projects(uow, Sight(everything=True), ProjectFilter(), sort="oldest", limit=200)
    return [row.title for row in page.rows]


def _file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="gb18030")
    return path


async def test_a_row_becomes_a_project_at_its_first_stage_with_its_facts_and_its_origin(
    database: Database, village: Tenant, tmp_path: Path
) -> None:
    report = await _import(database, village, _file(tmp_path, "校园平台,小学,49.9999,运维,2027,机房搬迁"))
    (made,) = report.created
    assert (report.bad, made.code, report.kept) == ([], "V-2027-0001", True)
    async with database.unit_of_work(village.id) as uow:
        project = await get_project(uow, made.code)
        told = await journal.timeline(uow, project.id)
    assert project.state.facts == {"declared": 49_999_900, "project_kind": "om"}
    assert [run.stage for run in project.state.runs] == ["apply"]
    assert [entry.kind for entry in told] == ["project:registered", "project:imported"]
    assert (told[1].detail["note"], told[1].detail["line"]) == ("机房搬迁", 2)


async def test_one_bad_row_keeps_everything_out_and_every_bad_row_is_named(
    database: Database, village: Tenant, tmp_path: Path
) -> None:
    lines = ("好项目,小学,1,建设,2026,", ",小学,x,建设,2026,", "别的,医院,1,建设,2026,", "设备,小学,1,设备,2026,")
    report = await _import(database, village, _file(tmp_path, *lines))
    assert not report.kept
    assert await _titles(database, village) == []
    assert sorted((cell.line, cell.column) for cell in report.bad) == [
        (3, "金额(万元)"), (3, "项目名称"), (4, "建设单位"), (5, "类型"),
    ]  # fmt: skip


async def test_row_by_row_the_good_ones_get_in_and_a_repetition_finds_them_there(
    database: Database, village: Tenant, tmp_path: Path
) -> None:
    lines = [f"平台{n},小学,1,建设,2026," for n in range(120)]
    first = await _import(database, village, _file(tmp_path, *lines, "坏,,1,建设,2026,"), atomic=False)
    again = await _import(database, village, _file(tmp_path, *lines, "坏,小学,1,建设,2026,"), atomic=False)
    assert (len(first.created), len(first.bad), first.already_there) == (120, 1, 0)
    assert (len(again.created), len(again.bad), again.already_there) == (1, 0, 120)
    assert len(await _titles(database, village)) == 121


async def test_a_refusal_of_the_regulation_is_a_bad_row_with_its_words(database: Database, tmp_path: Path) -> None:
    tenant = await make_tenant(database, jurisdiction="village")
    early = FixedClock(date(2023, 12, 31))
    work = Import(
        database, REGISTRY, tenant, early, Wish(file=_file(tmp_path, "平台,小学,1,建设,2026,"), create_units=True)
    )
    report = await work.run()
    assert "施行" in report.bad[0].reason
    assert report.created_units == []


async def test_units_are_founded_when_asked_and_found_again(
    database: Database, village: Tenant, tmp_path: Path
) -> None:
    file = _file(tmp_path, "甲平台,卫生所,1,建设,2026,", "乙平台,卫 生 所,1,建设,2026,", "丙平台,school,1,建设,2026,")
    refused = await _import(database, village, file)
    assert [cell.value for cell in refused.bad] == ["卫生所", "卫 生 所"]
    report = await _import(database, village, file, create_units=True)
    again = await _import(database, village, file, create_units=True)
    async with database.unit_of_work(village.id) as uow:
        units = [body.name for body in await list_organisations(uow, CLOCK.today())]
    assert (report.created_units, len(report.created)) == (["卫生所"], 3)
    assert (again.created_units, again.already_there) == ([], 3)
    assert sorted(units) == ["卫生所", "小学"]


@pytest.mark.parametrize("atomic", [True, False])
async def test_a_dry_run_says_the_same_and_leaves_no_trace(
    database: Database, village: Tenant, tmp_path: Path, atomic: bool
) -> None:
    file = _file(tmp_path, "平台,卫生所,1,建设,2026,", ",卫生所,1,建设,2026,")
    report = await _import(database, village, file, create_units=True, dry_run=True, atomic=atomic)
    assert (len(report.created), len(report.bad), report.kept) == (1, 1, False)
    assert await _titles(database, village) == []
    async with database.unit_of_work(village.id) as uow:
        assert [body.name for body in await list_organisations(uow, CLOCK.today())] == ["小学"]


async def test_the_public_projects_get_in_and_a_second_run_adds_nothing(database: Database) -> None:
    tenant = await make_tenant(database, jurisdiction="village")
    kinds = {"服务": "om", "软硬件采购": "build"}  # the village knows two kinds only
    wish: dict[str, Any] = {"create_units": True, "default_unit": "规划编制组", "kinds": kinds}
    first, second = [await _import(database, tenant, PUBLIC, **wish) for _ in range(2)]
    assert (first.rows, len(first.created), first.bad) == (170, 170, [])
    assert (len(second.created), second.already_there) == (0, 170)


async def test_the_command_reports_to_programs_and_ends_with_the_status_of_a_bad_file(
    database_url: str,
    village: Tenant,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "installed", lambda: REGISTRY)
    place = on_database(database_url, CLOCK)

    def command(*arguments: str) -> int:
        return run(build(), place, ["import", "projects", *arguments])

    good, bad = _file(tmp_path, "[平台],小学,1,建设,2026,"), tmp_path / "bad.csv"
    bad.write_text(HEADER + ",小学,1,建设,2026,\n", encoding="utf-8")

    async def in_thread(*arguments: str) -> int:
        return await asyncio.to_thread(command, *arguments)

    assert await in_thread(str(good), "--tenant", village.code, "--json") == 0
    assert json.loads(capsys.readouterr().out)["created"][0]["title"] == "[平台]"
    assert await in_thread(str(bad), "--tenant", village.code) == 3
    assert "不能为空" in capsys.readouterr().out
    assert await in_thread(str(good), "--tenant", "nowhere") == 4
    assert await in_thread(str(good), "--tenant", village.code, "--map", "备注") == 3
