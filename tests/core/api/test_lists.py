"""Lists and what is made of them: filters, sums, exports, errors that say everything, and counted round trips."""

import csv
import io
from typing import Any

from openpyxl.reader.excel import load_workbook

from core.api.exports import harmless
from tests.core.api.conftest import District
from tests.core.api.test_projects import FACTS, registered


async def test_the_export_has_the_conditions_the_rows_and_the_sum_of_the_list(district: District) -> None:
    unit = await district.enter("culture")
    await unit.post("/projects", {"title": "=HYPERLINK(1)", "facts": {}})
    await registered(unit)
    answer = await unit.get("/exports/projects/csv", params={"q": "HYPERLINK"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["条件：文字：HYPERLINK"]
    assert lines[2][1] == "'=HYPERLINK(1)"
    assert lines[-1][0] == "合计 1 项"
    workbook = await unit.get("/exports/projects/xlsx")
    sheet = load_workbook(io.BytesIO(workbook.content)).active
    assert sheet is not None
    cells = [row[1] for row in sheet.iter_rows(values_only=True)]
    assert "=HYPERLINK(1)" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_only_texts_that_look_like_formulas_get_an_apostrophe() -> None:
    assert [harmless(cell) for cell in ("=1", "+1", "-1", "@a", "\t1", "平台", 1.5)] == [
        *("'=1", "'+1", "'-1", "'@a", "'\t1", "平台"),
        1.5,
    ]


async def test_the_ledger_goes_page_by_page_and_its_sum_is_that_of_the_whole_list(district: District) -> None:
    unit = await district.enter("culture")
    for _ in range(3):
        await registered(unit)
    first = (await unit.get("/projects", params={"limit": 2})).json()
    second = (await unit.get("/projects", params={"limit": 2, "after": first["after"]})).json()
    codes = [row["code"] for page in (first, second) for row in page["rows"]]
    assert len(set(codes)) == 3
    assert second["after"] == ""
    assert first["totals"]["projects"] == 3
    none = (await unit.get("/projects", params={"q": "没有这样的项目"})).json()
    assert none["rows"] == []
    assert none["totals"]["projects"] == 0


async def test_everything_that_is_wrong_with_a_body_is_said_at_once_and_in_words(district: District) -> None:
    unit = await district.enter("culture")
    body: dict[str, Any] = {"titel": "平台", "plan_year": "两千", "facts": [], "on": "2025-13-01"}
    answer = await unit.post("/projects", body)
    assert answer.status_code == 400
    fields = {problem["field"] for problem in answer.json()["problems"]}
    assert fields == {"title", "titel", "plan_year", "facts", "on"}
    assert {"field": "title", "message": "缺少必填项“title”"} in answer.json()["problems"]


async def test_a_body_that_is_no_json_is_refused_as_such(district: District) -> None:
    unit = await district.enter("culture")
    headers = {"Content-Type": "application/json"}
    answer = await unit.send("POST", "/projects", content=b"{", headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_an_unknown_method_is_a_problem_too(district: District) -> None:
    answer = await district.client.patch("/api/v1/projects")
    assert (answer.status_code, answer.json()["title"]) == (405, "不支持的操作")


async def test_a_value_no_column_can_hold_is_refused_and_not_an_error_of_ours(district: District) -> None:
    unit = await district.enter("culture")
    answer = await unit.post("/projects", {"title": "平\x00台"})
    assert answer.status_code == 422
    answer = await unit.get("/projects", params={"plan_year": 2**40})
    assert answer.status_code == 422


async def test_a_form_with_a_file_is_taken_in_as_it_arrives(district: District) -> None:
    unit = await district.enter("culture")
    content = b"%PDF-1.4\n" + b"x" * 200_000 + b"\n%%EOF\n"
    answer = await unit.send("POST", "/uploads", files={"file": ("申报表.pdf", content)}, data={"note": "v1"})
    assert answer.status_code == 201, answer.text
    assert (answer.json()["name"], answer.json()["size"]) == ("申报表.pdf", len(content))
    empty = await unit.send("POST", "/uploads", data={"note": "v1"}, files={"other": (None, "x")})
    assert empty.status_code == 422


async def test_reading_a_project_and_acting_on_it_stay_within_their_round_trips(district: District) -> None:
    unit = await district.enter("culture")
    code = await registered(unit)
    await unit.get(f"/projects/{code}")
    read = await unit.get(f"/projects/{code}")
    assert int(read.headers["x-lixiang-round-trips"]) <= 4
    body = {"act": "record", "facts": {"declared": FACTS["declared"]}}
    acted = await unit.post(f"/projects/{code}/acts", body, headers={"If-Match": '"1"'})
    assert acted.status_code == 200, acted.text
    assert int(acted.headers["x-lixiang-round-trips"]) <= 9


async def test_empty_names_are_named_and_never_reach_the_database(district: District) -> None:
    system = await district.enter("sysadmin")
    answer = await system.post("/accounts", {"login": "", "name": " ", "posts": []})
    assert answer.status_code == 400
    assert {problem["field"] for problem in answer.json()["problems"]} == {"login", "name"}
    answer = await system.post(
        "/organisations", {"code": "大", "kind": "office", "name": "局", "from_on": "2025-01-01"}
    )
    assert answer.json()["problems"] == [{"field": "code", "message": "格式不符合要求"}]
