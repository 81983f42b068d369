"""Getting in and going across: second factors, API tokens, other tenants, and what foreign pages cannot do."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp

from core.kernel.clock import FixedClock
from core.people import Moment, access
from tests.core.api.conftest import DAY, PASSWORD, Caller, District, seed
from tests.core.api.walking import Walk


def _code(secret: str, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


async def test_a_second_factor_is_enrolled_and_then_asked_for(district: District) -> None:
    walk = Walk()
    unit = await district.enter("culture")
    address = (await walk.call(unit, "begin_factor")).json()["otpauth"]
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    await walk.call(unit, "confirm_factor", body={"code": _code(secret)})
    body = {"tenant": district.tenant.code, "login": "culture", "password": PASSWORD}
    half = await district.client.post("/api/v1/session", json=body)
    assert half.json()["door"] == "factor_needed"
    waiting = Caller(district.client, half.json()["csrf"], dict(half.cookies))
    district.client.cookies.clear()
    refused = await waiting.get("/projects")
    assert (refused.status_code, refused.json()["code"]) == (403, "must_give_factor")
    wrong = await waiting.post("/session/factor", {"code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_refused")
    inside = await walk.call(waiting, "give_factor", body={"code": _code(secret, steps=1)})
    assert inside.cookies["lixiang_session"] != waiting.cookies["lixiang_session"]
    walk.examples["confirm_factor"]["request"] = walk.examples["give_factor"]["request"] = {"code": "492039"}
    walk.keep()


async def test_a_linked_account_is_reached_without_another_password(district: District) -> None:
    walk = Walk()
    elsewhere = await seed(district.database)
    here, there = await district.enter("culture"), await district.enter("culture", tenant=elsewhere)
    refused = await here.post("/session/tenant", {"tenant": elsewhere.code})
    assert refused.status_code == 403
    moment = Moment.of(FixedClock(DAY))
    stood = []
    for caller, tenant in ((here, district.tenant), (there, elsewhere)):
        async with district.database.unit_of_work(tenant.id) as uow:
            stood.append(await access.resolve_session(uow, caller.cookies["lixiang_session"], moment=moment))
    one, other = stood
    assert one is not None
    assert other is not None
    await access.link_accounts(district.database, here=one, there=other, moment=moment)
    crossed = await walk.call(here, "switch_tenant", body={"tenant": elsewhere.code})
    assert crossed.json()["tenant"] == elsewhere.code
    assert (await here.get("/session")).status_code == 401
    walk.examples["switch_tenant"]["request"] = {"tenant": "huangpu"}
    walk.keep()


async def test_a_token_does_what_its_scopes_say_and_nothing_else(district: District) -> None:
    unit = await district.enter("culture")
    made = (await unit.post("/session/tokens", {"name": "共享平台", "scopes": ["projects:read"]})).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    read = await district.client.get("/api/v1/projects", headers=headers)
    assert read.status_code == 200
    key = headers | {"Idempotency-Key": "token"}
    refused = await district.client.post("/api/v1/projects", json={"title": "平台"}, headers=key)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    other = (await unit.post("/session/tokens", {"name": "材料库", "scopes": ["documents:read"]})).json()
    narrow = {"Authorization": f"Bearer {other['secret']}"}
    assert (await district.client.get("/api/v1/projects", headers=narrow)).status_code == 403
    await unit.send("DELETE", f"/session/tokens/{made['id']}")
    assert (await district.client.get("/api/v1/projects", headers=headers)).status_code == 401


async def test_a_session_is_worth_nothing_at_the_address_of_another_tenant(district: District) -> None:
    unit = await district.enter("culture")
    elsewhere = await seed(district.database)
    named = await unit.get("/session", headers={"X-Lixiang-Tenant": elsewhere.code})
    assert named.status_code == 401
    assert (await unit.get("/session", headers={"X-Lixiang-Tenant": district.tenant.code})).status_code == 200


async def test_a_page_of_another_site_can_neither_sign_in_nor_act(district: District) -> None:
    unit = await district.enter("culture")
    foreign = {"Origin": "https://evil.example"}
    body = {"tenant": district.tenant.code, "login": "culture", "password": PASSWORD}
    assert (await district.client.post("/api/v1/session", json=body, headers=foreign)).status_code == 403
    assert (await unit.post("/projects", {"title": "平台"}, headers=foreign)).status_code == 403
    assert (await unit.post("/projects", {"title": "平台"}, headers={"Origin": "http://testserver"})).status_code == 201


async def test_wrong_passwords_are_counted_and_then_nobody_gets_in(district: District) -> None:
    body = {"tenant": district.tenant.code, "login": "culture", "password": "Wrong-Horse-7"}
    answers = [await district.client.post("/api/v1/session", json=body) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 4 + [429] * 2
    right = await district.client.post("/api/v1/session", json=body | {"password": PASSWORD})
    assert (right.status_code, right.json()["code"]) == (429, "sign_in_locked")


async def test_a_planted_session_cookie_never_becomes_a_session(district: District) -> None:
    planted = {"Cookie": "lixiang_session=planted.secret; lixiang_csrf=x"}
    body = {"tenant": district.tenant.code, "login": "culture", "password": PASSWORD}
    answer = await district.client.post("/api/v1/session", json=body, headers=planted)
    assert answer.cookies["lixiang_session"] != "planted.secret"
    district.client.cookies.clear()
    assert (await district.client.get("/api/v1/session", headers=planted)).status_code == 401


async def test_signing_out_takes_the_session_and_both_cookies(district: District) -> None:
    unit = await district.enter("culture")
    answer = await unit.post("/session/end")
    assert answer.status_code == 204
    taken = answer.headers.get_list("set-cookie")
    assert len(taken) == 2
    assert all("Max-Age=0" in cookie and "SameSite=lax" in cookie for cookie in taken)
    assert (await unit.get("/session")).status_code == 401


async def test_the_process_says_whether_it_lives_can_serve_and_what_it_counted(district: District) -> None:
    walk = Walk()
    unit = await district.enter("culture")
    for name in ("healthz", "readyz", "metrics"):
        await walk.call(unit, name)
    ready = (await unit.send_to("GET", "/readyz")).json()
    assert ready == {"status": "ready", "database": True, "queue": True, "storage": True}
    counted = (await unit.send_to("GET", "/metrics")).text
    assert 'route="/api/v1/session"' in counted
    walk.keep()
