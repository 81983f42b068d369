"""A district whose regulation gets a second edition: compared, supposed, moved, taken back; and one without plugin."""

from datetime import date
from typing import Any

import pytest

from core.policy.rulebooks.registry import Registry
from plugins.baiyun import policy as baiyun
from tests.core.api.conftest import Caller, District
from tests.core.api.test_projects import FACTS, registered
from tests.core.api.walking import Walk
from tests.core.policy import second_baiyun

TWO = Registry({"baiyun": baiyun}, {"baiyun@2026": second_baiyun})
BETWEEN = FACTS | {"declared": 60_000_000}
JANUARY = date(2026, 1, 5)


@pytest.fixture
def second_edition(district: District) -> District:
    district.install(TWO)
    return district


async def submitted(unit: Caller, bureau: Caller) -> str:
    """A project between the two limits, under review."""
    await bureau.post("/rounds", {"plan_year": 2026, "issued_on": "2025-08-05", "title": "2026 年度申报"})
    await unit.post("/registers/asset_catalogue", {"content": {"systems": []}})
    code = await registered(unit)
    act = {"act": "submit", "stage": "plan_application", "facts": BETWEEN, "papers": [{"type": "application_form"}]}
    done = await unit.post(f"/projects/{code}/acts", act, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.text
    return code


async def test_a_running_project_is_compared_supposed_moved_and_moved_back(second_edition: District) -> None:
    walk = Walk()
    unit, bureau = await second_edition.enter("culture"), await second_edition.enter("bureau")
    code = await submitted(unit, bureau)
    compared = (await walk.call(unit, "compare_places", body={"project": code})).json()
    assert [column["track"] for column in compared["columns"]] == ["ordinary"]
    later = {"facts": BETWEEN, "on": "2026-03-02", "places": ["baiyun"]}
    assert (await unit.post("/comparison", later)).json()["columns"][0]["track"] == "micro"

    supposition: dict[str, Any] = {"thresholds": {"micro_max": 80_000_000}}
    (row,) = (await walk.call(bureau, "what_if", body=supposition)).json()["rows"]
    assert (row["code"], row["track_before"], row["track_after"]) == (code, "普通立项", "小微项目（简易立项）")
    assert "立项方案编制" in row["stages_spared"]

    wanted = {"projects": [code], "edition": "2026"}
    plan = (await walk.call(bureau, "plan_moves", body=wanted)).json()
    assert plan["rows"][0]["after"]["track"] == "micro"
    assert {one["key"] for one in plan["differences"]} == {"measures", "micro_max"}
    body = {"projects": [{"code": code, "version": 2}], "edition": "2026", "reason": "区政府常务会议纪要〔2026〕1 号"}
    (line,) = (await walk.call(bureau, "move_projects", body=body)).json()["rows"]
    assert line == {"code": code, "moved": True, "version": 3, "problems": []}
    page = (await unit.get(f"/projects/{code}")).json()
    assert (page["rulebook"]["edition"], page["track"]["key"]) == ("baiyun@2026", "micro")
    again = await bureau.post("/rule-moves", body)
    assert (again.status_code, again.json()["code"]) == (409, "stale_version")
    undone = await walk.call(bureau, "undo_move", path={"code": code}, body={"reason": "误操作"})
    assert undone.json()["version"] == 4
    page = (await unit.get(f"/projects/{code}")).json()
    assert (page["rulebook"]["edition"], page["track"]["key"]) == ("baiyun@2024", "ordinary")
    kinds = [row["kind"] for row in (await unit.get(f"/projects/{code}/timeline")).json()["rows"]]
    assert kinds[-2:] == ["project:moved", "project:move_undone"]
    auditor = await second_edition.enter("auditor")
    assert (await auditor.get("/journal/verification")).json()["flaws"] == []
    walk.keep()


async def test_of_several_projects_each_is_moved_or_told_why_not(second_edition: District) -> None:
    unit, bureau = await second_edition.enter("culture"), await second_edition.enter("bureau")
    code = await submitted(unit, bureau)
    lines = [{"code": code, "version": 2}, {"code": "BY-2026-9999", "version": 1}, {"code": code, "version": 2}]
    answer = await bureau.post("/rule-moves", {"projects": lines, "edition": "2026", "reason": "纪要"})
    assert [row["moved"] for row in answer.json()["rows"]] == [True, False, False]
    plan = (await bureau.post("/rule-moves/plan", {"projects": ["BY-2026-9999"], "edition": "2026"})).json()
    assert list(plan["missing"]) == ["BY-2026-9999"]


async def test_only_the_office_in_charge_plans_moves_and_supposes(second_edition: District) -> None:
    unit, bureau = await second_edition.enter("culture"), await second_edition.enter("bureau")
    code = await submitted(unit, bureau)
    moves = {"projects": [code], "edition": "2026"}
    assert (await unit.post("/rule-moves/plan", moves)).status_code == 403
    body = {"projects": [{"code": code, "version": 2}], "edition": "2026", "reason": "纪要"}
    assert (await unit.post("/rule-moves", body)).status_code == 403
    assert (await unit.post(f"/rule-moves/{code}/undo", {"reason": "误"})).status_code == 403
    assert (await unit.post("/what-if", {"limits": {"plan_review": 6}})).status_code == 403
    assert (await bureau.post("/what-if", {})).status_code == 422
    wrong = await bureau.post("/what-if", {"thresholds": {"nothing": 1}})
    assert [problem["field"] for problem in wrong.json()["problems"]] == ["thresholds.nothing"]
    unknown = await bureau.post("/rule-moves/plan", moves | {"edition": "2019"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "rules_missing")


async def test_new_projects_get_the_edition_in_force_and_the_editions_are_listed(second_edition: District) -> None:
    unit = await second_edition.enter("culture")
    listed = (await unit.get("/rules", day=JANUARY)).json()["rows"][0]
    assert (listed["edition"], [one["label"] for one in listed["editions"]]) == ("baiyun@2026", ["2024", "2026"])
    assert (await unit.get("/rules/baiyun")).json()["edition"] == "baiyun@2024"
    assert (await unit.get("/rules/baiyun?edition=2026")).json()["edition"] == "baiyun@2026"
    assert (await unit.get("/rules/baiyun?edition=2019")).status_code == 404
    made = await unit.post("/projects", {"title": "新平台"}, day=JANUARY)
    page = (await unit.get(f"/projects/{made.json()['code']}", day=JANUARY)).json()
    assert page["rulebook"]["edition"] == "baiyun@2026"


async def test_when_the_plugin_is_gone_old_projects_are_read_and_acting_is_refused_clearly(district: District) -> None:
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    code = await submitted(unit, bureau)
    district.install(Registry({}))
    page = (await unit.get(f"/projects/{code}")).json()
    assert (page["title"], page["rulebook"]["installed"], page["acts"]) == ("智慧文旅平台", False, [])
    assert {fact["key"]: fact["value"] for fact in page["facts"]} == BETWEEN
    for part in ("timeline", "papers", "amounts", "deadlines", "contracts", "defects", "budget", "acts", "receipts/2"):
        answer = await unit.get(f"/projects/{code}/{part}")
        assert answer.status_code == 200, f"{part}: {answer.text}"
    for path in ("/projects", "/desk", "/desk/waiting", "/session", "/projects/export/csv"):
        assert (await bureau.get(path)).status_code in (200, 404), path
    assert [row["code"] for row in (await unit.get("/projects")).json()["rows"]] == [code]
    for path in ("/", f"/projects/{code}"):
        assert (await unit.send_to("GET", path)).status_code == 200
    act = {"act": "decide", "stage": "plan_review", "outcome": "pass"}
    refused = await bureau.post(f"/projects/{code}/acts", act, headers={"If-Match": '"2"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "rules_missing")
    assert "baiyun@2024" in refused.json()["detail"]
    begun = await unit.post("/projects", {"title": "新平台"})
    assert (begun.status_code, begun.json()["code"]) == (409, "rules_missing")
