"""The API as a stranger with curl meets it: one project on its way, and everything that may go wrong."""

from datetime import date

from tests.core.api.conftest import PASSWORD, Caller, District, seed

FACTS = {"project_kind": "build", "funding_source": "district_general_budget", "declared": 80_000_000}


async def registered(caller: Caller) -> str:
    answer = await caller.post("/projects", {"title": "智慧文旅平台"})
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


async def test_nobody_gets_in_without_signing_in_and_a_wrong_password_says_nothing_about_the_account(
    district: District,
) -> None:
    answer = await district.client.get("/api/v1/projects")
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
    said = []
    for login in ("culture", "nobody"):
        body = {"login": login, "password": "Wrong-Horse-7", "tenant": district.tenant.code}
        refused = await district.client.post("/api/v1/session", json=body)
        assert refused.status_code == 401
        said.append(refused.json()["message"])
    assert said[0].replace("4", "") == said[1].replace("4", "")


async def test_who_am_i_names_the_organisation_and_its_roles(district: District) -> None:
    bureau = await district.enter("bureau")
    me = (await bureau.get("/session")).json()
    assert me["organisation"] == "区政务服务和数据管理局"
    assert [role["title"] for role in me["roles"]] == ["区政务服务和数据管理局"]
    assert me["today"] == "2025-09-02"


async def test_a_project_is_registered_submitted_and_waits_on_the_bureaus_desk(district: District) -> None:
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    code = await registered(unit)
    act = {"act": "submit", "stage": "plan_application", "facts": FACTS, "papers": [{"type": "application_form"}]}
    await bureau.post("/rounds", {"plan_year": 2026, "issued_on": "2025-08-05", "title": "2026 年度申报"})
    await unit.post("/registers/asset_catalogue", {"content": {"systems": []}})
    refused = await unit.post(f"/projects/{code}/acts", act | {"papers": []}, headers={"If-Match": '"1"'})
    assert refused.status_code == 422
    problems = refused.json()["problems"]
    assert {(p["rule"], p["article"]) for p in problems} >= {("application_incomplete", "第十五条")}
    done = await unit.post(f"/projects/{code}/acts", act, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.text
    assert done.headers["etag"] == '"2"'
    desk = (await bureau.get("/desk")).json()["rows"]
    assert [(row["code"], row["stage_title"], row["due_on"]) for row in desk] == [(code, "立项计划审核", "2025-09-09")]
    page = (await unit.get(f"/projects/{code}")).json()
    assert page["status"] == {"key": "running", "applicant": "正由区政务服务和数据管理局办理", "office": "立项计划审核"}
    assert [step["state"] for step in page["route"]][:2] == ["done", "open"]
    timeline = (await unit.get(f"/projects/{code}/timeline")).json()["rows"]
    assert [row["kind"] for row in timeline][:2] == ["project:registered", "stage:submitted"]
    receipt = (await unit.get(f"/projects/{code}/receipts/2")).json()
    assert receipt["decision"]["accepted"] is True


async def test_an_act_without_key_or_version_is_told_which_header_is_missing(district: District) -> None:
    unit = await district.enter("culture")
    code = await registered(unit)
    act = {"act": "withdraw"}
    answer = await unit.post(f"/projects/{code}/acts", act)
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["detail"]
    answer = await unit.post(f"/projects/{code}/acts", act, headers={"If-Match": '"1"', "Idempotency-Key": ""})
    assert answer.status_code == 428
    assert "Idempotency-Key" in answer.json()["detail"]


async def test_a_repeated_request_is_answered_again_and_a_stale_one_is_told_who_was_faster(district: District) -> None:
    unit = await district.enter("culture")
    code = await registered(unit)
    headers = {"If-Match": '"1"', "Idempotency-Key": "once"}
    first = await unit.post(f"/projects/{code}/acts", {"act": "withdraw", "reason": "合并"}, headers=headers)
    again = await unit.post(f"/projects/{code}/acts", {"act": "withdraw", "reason": "合并"}, headers=headers)
    assert first.status_code == again.status_code == 200
    assert again.headers["idempotent-replayed"] == "true"
    assert first.json() == again.json()
    stale = await unit.post(f"/projects/{code}/acts", {"act": "withdraw"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 409
    assert "culture经办" in stale.json()["detail"]


async def test_another_unit_and_another_tenant_get_the_answer_of_a_project_that_does_not_exist(
    district: District,
) -> None:
    unit, other = await district.enter("culture"), await district.enter("health")
    code = await registered(unit)
    missing = await other.get("/projects/BY-2026-9999")
    foreign = await other.get(f"/projects/{code}")
    assert missing.status_code == foreign.status_code == 404
    assert missing.json()["code"] == foreign.json()["code"]


async def test_another_tenants_project_is_not_found_by_its_code(district: District) -> None:
    unit = await district.enter("culture")
    code = await registered(unit)
    elsewhere = await seed(district.database)
    stranger = await district.enter("bureau", tenant=elsewhere)
    assert (await stranger.get(f"/projects/{code}")).status_code == 404


async def test_a_change_without_the_csrf_token_is_refused(district: District) -> None:
    unit = await district.enter("culture")
    answer = await unit.post("/projects", {"title": "平台"}, headers={"X-CSRF-Token": "x"})
    assert answer.status_code == 403


async def test_an_unknown_field_is_named_and_a_nonsense_day_is_refused(district: District) -> None:
    unit = await district.enter("culture")
    answer = await unit.post("/projects", {"title": "平台", "titel": "x"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"
    answer = await unit.get("/projects", headers={"X-Lixiang-Date": "2025-02-30"})
    assert answer.status_code == 422


async def test_every_answer_carries_the_security_headers_errors_too(district: District) -> None:
    for path in ("/healthz", "/api/v1/projects", "/nowhere"):
        answer = await district.client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert len(answer.headers["x-request-id"]) == 32


async def test_a_file_is_taken_in_handed_in_and_given_out_again(district: District) -> None:
    unit = await district.enter("culture")
    code = await registered(unit)
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    headers = {"Content-Type": "application/octet-stream"}
    up = await unit.send("POST", "/uploads?name=申报表.pdf", content=content, headers=headers)
    assert up.status_code == 201, up.text
    paper = {"type": "application_form", "upload_id": up.json()["id"]}
    act = {"act": "hand_in", "stage": "plan_application", "papers": [paper]}
    done = await unit.post(f"/projects/{code}/acts", act, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.text
    (row,) = (await unit.get(f"/projects/{code}/papers")).json()["rows"]
    down = await unit.get(f"/projects/{code}/papers/{row['document_id']}/file")
    assert down.content == content
    assert "attachment" in down.headers["content-disposition"]


async def test_the_rulebook_is_read_without_signing_in(district: District) -> None:
    answer = await district.client.get("/api/v1/rules/baiyun")
    assert answer.status_code == 200
    body = answer.json()
    assert len(body["rows"]) == 228
    assert {track["key"] for track in body["tracks"]} == {"micro", "simplified_om", "ordinary"}
    assert (await district.client.get("/api/v1/rules/atlantis")).status_code == 404


async def test_the_day_may_be_named_only_where_it_is_not_production(district: District) -> None:
    unit = await district.enter("culture")
    me = (await unit.get("/session", day=date(2025, 12, 1))).json()
    assert me["today"] == "2025-12-01"
    assert PASSWORD not in (await unit.get("/session")).text
