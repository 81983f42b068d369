"""The plain pages: read without a script, safe from other sites, and in the words of an office."""

import httpx

from tests.core.api.conftest import PASSWORD, District

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def _entered(district: District, login: str = "culture") -> httpx.AsyncClient:
    data = {"tenant": district.tenant.code, "login": login, "password": PASSWORD, "next": "/projects"}
    answer = await district.client.post("/login", data=data)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/projects"
    district.client.cookies.update(answer.cookies)
    return district.client


async def test_whoever_is_not_signed_in_is_shown_the_door_and_brought_back(district: District) -> None:
    answer = await district.client.get("/projects/BY-2026-0001")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fprojects%2FBY-2026-0001"
    page = await district.client.get(answer.headers["location"])
    assert 'value="/projects/BY-2026-0001"' in page.text
    assert district.tenant.name in page.text


async def test_the_door_never_leads_to_another_site(district: District) -> None:
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        data = {"tenant": district.tenant.code, "login": "culture", "password": PASSWORD, "next": elsewhere}
        answer = await district.client.post("/login", data=data)
        assert answer.headers["location"] == "/"


async def test_a_wrong_password_keeps_the_account_and_says_how_many_tries_are_left(district: District) -> None:
    data = {"tenant": district.tenant.code, "login": "culture", "password": "Wrong-Horse-7"}
    answer = await district.client.post("/login", data=data)
    assert answer.status_code == 401
    assert "还可尝试 4 次" in answer.text
    assert 'value="culture"' in answer.text
    assert "Wrong-Horse-7" not in answer.text


async def test_a_form_sent_by_another_site_opens_no_door(district: District) -> None:
    data = {"tenant": district.tenant.code, "login": "culture", "password": PASSWORD}
    answer = await district.client.post("/login", data=data, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 401
    assert "其他网站" in answer.text
    assert not answer.cookies


async def test_a_project_page_says_who_has_it_what_is_missing_and_how_the_limit_was_reckoned(
    district: District,
) -> None:
    caller = await district.enter("culture")
    code = (await caller.post("/projects", {"title": "智慧文旅平台"})).json()["code"]
    client = await _entered(district)
    listed = await client.get("/projects")
    assert "智慧文旅平台" in listed.text
    page = await client.get(f"/projects/{code}")
    assert page.status_code == 200
    for words in ("现在：正由项目单位办理", "所需材料", "第十五条", "办理路线", "智慧文旅平台", "区文化广电旅游体育局"):
        assert words in page.text
    assert "<script" not in page.text
    missing = await client.get("/projects/BY-2026-9999")
    assert missing.status_code == 404
    assert "没有编号为" in missing.text


async def test_signing_out_needs_the_pages_own_token_and_ends_the_session(district: District) -> None:
    client = await _entered(district)
    assert (await client.post("/logout", data={"csrf": "x"})).status_code == 403
    token = client.cookies["lixiang_csrf"]
    answer = await client.post("/logout", data={"csrf": token})
    assert answer.status_code == 303
    client.cookies.update({"lixiang_session": "gone"})
    assert (await client.get("/projects")).status_code == 303


async def test_unknown_pages_are_pages_and_unknown_addresses_of_the_api_are_documents(district: District) -> None:
    page = await district.client.get("/nowhere")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    answer = await district.client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
