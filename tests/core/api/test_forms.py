"""A unit takes its form as data, Word or PDF without typing a fact twice, and hands the generated file in."""

import io
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.people.seeding import create_people
from core.policy.rulebooks.registry import Registry
from core.stages import Venues
from tests.core.api.conftest import DAY, PLAN, Caller, District
from tests.core.api.walking import Walk
from tests.core.documents.hamlet import Hamlet
from tests.factories import make_tenant

KNOWN = {"site": "村东", "declared": 1_234_567_89, "project_kind": "om", "need": "依据"}


@pytest.fixture
async def unit(database: Database, district: District) -> Caller:
    """The culture bureau of a tenant that lives by the hamlet's regulation."""
    tenant = await make_tenant(database, jurisdiction="hamlet")
    async with database.unit_of_work(tenant.id) as uow:
        await create_people(uow, PLAN, clock=FixedClock(DAY))
    transport: Any = district.client._transport
    transport.app.app.state.venues = Venues(Registry({"hamlet": Hamlet()}))
    return await district.enter("culture", tenant=tenant)


async def _project(unit: Caller, facts: dict[str, Any]) -> str:
    registered = await unit.post("/projects", {"title": "智慧水井", "facts": facts})
    assert registered.status_code == 201, registered.text
    code: str = registered.json()["code"]
    return code


async def test_a_form_is_read_taken_and_handed_in_with_nothing_typed_again(unit: Caller) -> None:
    walk = Walk()
    code = await _project(unit, KNOWN)
    here = {"code": code, "paper": "sheet"}
    rows = (await walk.call(unit, "project_forms", path={"code": code})).json()["rows"]
    assert [(row["paper"], row["official"], row["missing"]) for row in rows] == [
        ("sheet", True, 0),
        ("plan", False, 2),
    ]
    shown = (await walk.call(unit, "project_form", path=here)).json()
    assert {i["key"]: i["value"] for s in shown["sections"] for i in s["items"]}["applicant"] == "区文化广电旅游体育局"
    word = await walk.call(unit, "project_form_docx", path=here)
    cells = [cell.text for table in Document(io.BytesIO(word.content)).tables for cell in table._cells]
    assert "1,234,567.89 元" in cells
    pdf = await walk.call(unit, "project_form_pdf", path=here)
    assert "智慧水井" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "pdf" in pdf.headers["content-disposition"]
    staged = (await walk.call(unit, "stage_form", path=here, body={"format": "docx"})).json()
    act = {"act": "submit", "stage": "apply", "papers": [staged["paper"] | {"sealed": True}]}
    done = await unit.post(f"/projects/{code}/acts", act, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.text
    (paper,) = (await unit.get(f"/projects/{code}/papers")).json()["rows"]
    assert paper["file"]["sha256"] == staged["sha256"]
    kept = await unit.get(f"/projects/{code}/papers/{paper['document_id']}/file")
    assert Document(io.BytesIO(kept.content)).core_properties.title == "某村数字化项目申报表"
    walk.keep()


async def test_what_is_missing_is_told_before_anybody_hands_in_a_half_form(unit: Caller) -> None:
    code = await _project(unit, {key: value for key, value in KNOWN.items() if key != "site"})
    staged = (await unit.post(f"/projects/{code}/forms/sheet/uploads", {"format": "pdf"})).json()
    assert [(missing["key"], missing["asked_at"]) for missing in staged["missing"]] == [("site", "申报")]


async def test_parts_that_are_complete_go_along_with_the_paper(unit: Caller) -> None:
    code = await _project(unit, KNOWN | {"plan": {"goal": "不断水"}})
    staged = (await unit.post(f"/projects/{code}/forms/plan/uploads", {"format": "docx"})).json()
    assert staged["paper"]["parts"] == ["overview"]


async def test_a_paper_without_a_form_and_a_strangers_project_answer_not_found(unit: Caller) -> None:
    code = await _project(unit, KNOWN)
    letter = await unit.get(f"/projects/{code}/forms/letter/pdf")
    assert (letter.status_code, letter.json()["detail"]) == (404, "办法没有为该材料规定表样")
    assert (await unit.get("/projects/H-2025-0999/forms/sheet")).status_code == 404
