"""Postings are read, followed and answered over HTTP without signing in; what is sent in only the office reads."""

from typing import Any

import feedparser  # type: ignore[import-untyped] # it has no annotations
import httpx
import pytest

from core.policy.cases.state import Entry
from core.stages import Venues
from tests.core.api.conftest import PASSWORD, Caller, District
from tests.core.api.walking import Walk
from tests.core.calls.conftest import CODE, DAY, OTHER_CODE, Fairground, fair
from tests.core.calls.fair import REGISTRY

__all__ = ["fair"]
OBJECTION = {"name": "张三", "contact": "13800000000", "reason": "资质不符"}
ANSWER = {"name": "甲公司", "credit_code": CODE, "contact": "13900000000", "statement": "具备条件"}


@pytest.fixture
def everybody(district: District, fair: Fairground) -> Caller:
    """Somebody without an account, before an application that knows the fair."""
    transport: Any = district.client._transport
    state = transport.app.app.state
    state.venues, state.store = Venues(REGISTRY), fair.toolbox.store
    return Caller(district.client, "", {})


async def _noticed(fair: Fairground) -> str:
    code = await fair.called()
    await fair.act(code, "submit", "matching", entries=(Entry(id="e1", title="甲公司", party=CODE),))
    await fair.act(code, "publish", "notice")
    return code


async def test_everybody_reads_postings_and_their_papers_and_the_office_handles_what_comes_in(
    everybody: Caller, district: District, fair: Fairground
) -> None:
    walk = Walk()
    await fair.called()
    here = {"tenant": fair.tenant.code}
    (row,) = (await walk.call(everybody, "public_postings", params=here | {"open": "true"})).json()["rows"]
    path = {"posting_id": row["id"]}
    one = (await walk.call(everybody, "public_posting", path=path)).json()
    assert one == row
    assert one["address"].endswith(f"/public/{row['id']}")
    assert {fact["title"] for fact in one["facts"]} == {"攻关方向", "最高研发费用"}
    document = one["papers"][0]["address"].rsplit("/", 1)[-1]
    paper = await walk.call(everybody, "public_paper", path=path | {"document_id": document})
    assert paper.text == "brief 的内容"
    members = [{"name": "乙大学", "credit_code": OTHER_CODE, "kind": "university"}]
    taken = (await walk.call(everybody, "answer_call", path=path, body=ANSWER | {"members": members})).json()
    office = await district.enter("wang", tenant=fair.tenant, password=PASSWORD)
    listed = (await walk.call(office, "list_submissions", params={"kind": "answer"})).json()["rows"]
    assert [row["id"] for row in listed] == [taken["number"]]
    body = {"kind": "enterprise", "login": "jia"}
    done = (await walk.call(office, "admit_answer", path={"submission_id": taken["number"]}, body=body)).json()
    assert (done["state"], done["entry"]) == ("accepted", CODE)
    await _noticed(fair)
    (notice,) = (await everybody.get("/public/postings", params=here | {"kind": "notice"})).json()["rows"]
    at = {"posting_id": notice["id"]}
    number = (await walk.call(everybody, "lodge_objection", path=at, body=OBJECTION)).json()["number"]
    refused = await office.post(f"/submissions/{number}/refusal", {"reason": "不成立"})
    assert (refused.status_code, "公示环节" in refused.json()["detail"]) == (409, True)
    walk.keep()


async def test_a_party_that_was_admitted_signs_in_and_sees_its_own_entry_and_no_other_project(
    everybody: Caller, district: District, fair: Fairground
) -> None:
    code, other = await fair.called(), await fair.called()
    postings = (await everybody.get("/public/postings", params={"tenant": fair.tenant.code})).json()["rows"]
    office = await district.enter("wang", tenant=fair.tenant, password=PASSWORD)
    for name, credit_code, login in (("甲公司", CODE, "jia"), ("乙大学", OTHER_CODE, "yi")):
        body = ANSWER | {"name": name, "credit_code": credit_code}
        number = (await everybody.post(f"/public/postings/{postings[1]['id']}/answers", body)).json()["number"]
        admitted = await office.post(f"/submissions/{number}/admission", {"login": login})
        assert admitted.status_code == 200, admitted.text
    account = admitted.json()["account_id"]
    security = await district.enter("security", tenant=fair.tenant, password=PASSWORD)
    given = (await security.post(f"/accounts/{account}/activation")).json()["initial_password"]
    party = await district.enter("yi", tenant=fair.tenant, password=given)
    changed = await party.post("/session/password", {"present": given, "wanted": "Another-Horse-8"})
    assert changed.status_code == 200, changed.text
    party = await district.enter("yi", tenant=fair.tenant, password="Another-Horse-8")
    seen = await party.get(f"/projects/{code}")
    assert seen.status_code == 200, seen.text
    assert ("乙大学" in seen.text, "甲公司" in seen.text) == (True, False)
    assert (await party.get(f"/projects/{other}")).status_code == 404
    assert (await party.get("/submissions?kind=answer")).status_code == 403


async def test_an_office_publishes_corrects_and_withdraws_a_text_of_its_own(
    everybody: Caller, district: District, fair: Fairground
) -> None:
    walk = Walk()
    office = await district.enter("wang", tenant=fair.tenant, password=PASSWORD)
    text = {"kind": "notice", "title": "关于专家名单的公示", "body": "名单如下。", "closes_on": "2025-09-12"}
    draft = (await walk.call(office, "write_posting", body=text)).json()
    assert (await everybody.get(f"/public/postings/{draft['id']}")).status_code == 404
    posting = (await walk.call(office, "publish_posting", path={"draft_id": draft["id"]})).json()
    at = {"posting_id": posting["id"]}
    sent = [(await everybody.post(f"/public/postings/{posting['id']}/objections", OBJECTION)).json() for _ in "ab"]
    await walk.call(
        office, "refuse_submission", path={"submission_id": sent[0]["number"]}, body={"reason": "经核实不成立"}
    )
    await walk.call(office, "uphold_objection", path={"submission_id": sent[1]["number"]}, body={"reason": "属实"})
    await walk.call(office, "correct_posting", path=at, body={"reason": "漏列一人", "body": "名单如下，共三人。"})
    gone = (await walk.call(office, "withdraw_posting", path=at, body={"reason": "重新公示"})).json()
    assert [h["what"] for h in gone["history"]] == ["published", "corrected", "withdrawn"]
    assert (await everybody.get(f"/public/postings/{posting['id']}")).json()["state"] == "withdrawn"
    rows = (await walk.call(office, "list_postings")).json()["rows"]
    assert [row["state"] for row in rows] == ["withdrawn"]
    walk.keep()


async def test_pages_follow_one_another_without_gap_or_repetition(everybody: Caller, fair: Fairground) -> None:
    for _ in range(5):
        await fair.called()
    seen: list[str] = []
    after = ""
    for _ in range(3):
        query = {"tenant": fair.tenant.code, "limit": "2", "after": after}
        page = (await everybody.get("/public/postings", params=query)).json()
        seen += [row["id"] for row in page["rows"]]
        after = page["after"]
    assert (len(seen), len(set(seen)), after) == (5, 5, "")
    assert (await everybody.get("/public/postings", params={"after": "nonsense"})).status_code == 422


@pytest.mark.parametrize("form", ["atom", "rss"])
async def test_a_feed_is_sent_again_only_when_there_is_news(everybody: Caller, fair: Fairground, form: str) -> None:
    await fair.called()
    walk, here = Walk(), {"tenant": fair.tenant.code}
    first = await walk.call(everybody, f"public_{form}", params=here)
    assert not feedparser.parse(first.content).bozo
    assert len(feedparser.parse(first.content).entries) == 1
    for header, name in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = await everybody.get(f"/public/{form}", params=here, headers={header: first.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
    await fair.called()
    news = await everybody.get(f"/public/{form}", params=here, headers={"If-None-Match": first.headers["etag"]})
    assert (news.status_code, len(feedparser.parse(news.content).entries)) == (200, 2)
    elsewhere = await everybody.get(f"/public/{form}", params={"tenant": "nowhere"})
    assert feedparser.parse(elsewhere.content).entries == []
    assert "max-age" in first.headers["cache-control"]
    walk.keep()


async def test_what_is_wrong_is_told_field_by_field_and_too_much_is_refused(
    everybody: Caller, fair: Fairground
) -> None:
    await fair.called()
    (row,) = (await everybody.get("/public/postings", params={"tenant": fair.tenant.code})).json()["rows"]
    address = f"/public/postings/{row['id']}"
    wrong = await everybody.post(f"{address}/answers", ANSWER | {"credit_code": "123"})
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "credit_code")
    objection = await everybody.post(f"{address}/objections", OBJECTION)
    assert (objection.status_code, objection.json()["detail"]) == (409, "该信息不接受异议，或已经结束")
    for _ in range(10):
        assert (await everybody.post(f"{address}/answers", ANSWER)).status_code == 201
    assert (await everybody.post(f"{address}/answers", ANSWER)).status_code == 429
    foreign = await everybody.post(f"{address}/answers", ANSWER, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403


async def test_what_people_send_in_is_not_for_everybody(everybody: Caller) -> None:
    for path in ("/submissions?kind=objection", "/postings/drafts"):
        assert (await everybody.get(path)).status_code == 401


async def _form(client: httpx.AsyncClient, address: str, **fields: str) -> httpx.Response:
    return await client.post(address, data=fields, headers={"X-Lixiang-Date": DAY.isoformat()})


async def test_pages_show_a_posting_and_take_an_objection_without_a_script(everybody: Caller, fair: Fairground) -> None:
    await _noticed(fair)
    client, day = everybody.client, {"X-Lixiang-Date": DAY.isoformat()}
    listing = await client.get(f"/public?tenant={fair.tenant.code}&open=true", headers=day)
    (notice,) = await fair.postings("notice")
    assert f'href="/public/{notice.id}"' in listing.text
    assert 'type="application/atom+xml"' in listing.text
    assert 'href="/public"' in (await client.get("/login")).text
    page = await client.get(f"/public/{notice.id}", headers=day)
    for words in ("拟揭榜单位公示：手术机器人攻关", "甲公司", "第三条", "2025年9月8日（周一）（含当日）", "提出异议"):
        assert words in page.text
    address = f"/public/{notice.id}/objections"
    wrong = await _form(client, address, name="<张三>", contact="", body="资质不符")
    assert wrong.status_code == 422
    assert "请填写联系方式" in wrong.text
    assert 'value="&lt;张三&gt;"' in wrong.text
    assert "资质不符</textarea>" in wrong.text
    sent = await _form(client, address, name="张三", contact="13800000000", body="资质不符")
    assert "已收到，受理编号" in sent.text
    assert "13800000000" not in (await client.get(f"/public/{notice.id}", headers=day)).text


async def test_a_consortium_answers_on_the_page(everybody: Caller, fair: Fairground) -> None:
    await fair.called()
    (call,) = await fair.postings("call")
    fields = {"name": "甲公司", "credit_code": CODE, "contact": "1", "body": "具备条件"}
    address = f"/public/{call.id}/answers"
    wrong = await _form(everybody.client, address, **fields, member_0="乙大学", code_0="123")
    assert (wrong.status_code, 'value="乙大学"' in wrong.text) == (422, True)
    sent = await _form(everybody.client, address, **fields, member_0="乙大学", code_0=OTHER_CODE)
    assert "已收到" in sent.text


async def test_an_address_that_never_was_is_a_page_not_found(everybody: Caller) -> None:
    answer = await everybody.client.get("/public/00000000-0000-0000-0000-000000000001")
    assert answer.status_code == 404
    assert "请核对地址" in answer.text
