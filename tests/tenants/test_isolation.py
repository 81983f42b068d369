"""Every route of the API, walked by strangers: another tenant's object is like none, and no right is taken on trust."""

from typing import Any

import httpx
import yaml

from core.api.openapi import PUBLIC
from core.kernel.identity import new_id
from core.kernel.tenancy import Tenant
from tests.core.api.conftest import DAY, Caller, District, district, seed
from tests.core.api.walking import EXAMPLES, described, operations

__all__ = ["district"]


def parameters_of(path: str) -> set[str]:
    return {part[1:-1] for part in path.split("/") if part.startswith("{")}


OPERATIONS = operations(described())
EXAMPLES_OF: dict[str, dict[str, Any]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
# What a path parameter names, and how to find one of another tenant.
OBJECTS = {
    "account_id": "SELECT id::text FROM account WHERE tenant_id = $1 AND login = 'health'",
    "binding_id": "SELECT id::text FROM role_binding WHERE tenant_id = $1 LIMIT 1",
    "code": "SELECT code FROM project WHERE tenant_id = $1 AND code LIKE '%0002'",
    "delegation_id": "SELECT id::text FROM delegation WHERE tenant_id = $1 LIMIT 1",
    "document_id": "SELECT id::text FROM document WHERE tenant_id = $1 LIMIT 1",
    "draft_id": "SELECT id::text FROM posting_draft WHERE tenant_id = $1 LIMIT 1",
    "draw_id": "SELECT id::text FROM draw WHERE tenant_id = $1 LIMIT 1",
    "expert_id": "SELECT id::text FROM expert WHERE tenant_id = $1 LIMIT 1",
    "finding_id": "SELECT id::text FROM unit_finding WHERE tenant_id = $1 LIMIT 1",
    "membership_id": "SELECT id::text FROM membership WHERE tenant_id = $1 LIMIT 1",
    "organisation_id": "SELECT id::text FROM organisation WHERE tenant_id = $1 AND code = 'health'",
    "posting_id": "SELECT id::text FROM posting WHERE publisher_id = $1 LIMIT 1",
    "session_id": "SELECT id::text FROM sign_in_session WHERE tenant_id = $1 LIMIT 1",
    "submission_id": "SELECT id::text FROM submission WHERE tenant_id = $1 LIMIT 1",
    "subscription_id": "SELECT id::text FROM webhook_subscription WHERE tenant_id = $1 LIMIT 1",
    "token_id": "SELECT id::text FROM api_token WHERE tenant_id = $1 LIMIT 1",
}
# No object of a tenant, but a key of the regulation, the place itself, or a number within a project.
OF_THE_REGULATION = {"key", "paper", "place", "version"}
ON_OBJECTS = sorted(
    name
    for name, (path, _, _) in OPERATIONS.items()
    if parameters_of(path) - OF_THE_REGULATION and name not in PUBLIC  # what is public is public for strangers too
)
CHANGES = sorted(name for name, (_, method, _) in OPERATIONS.items() if method != "get")
# Everybody may arrange their own affairs, and send in what the public may; asking beforehand changes nothing; and a
# deed on a project one cannot see is answered as if there were none.
ONES_OWN = {
    *("sign_in", "sign_out", "give_factor", "change_password", "begin_factor", "confirm_factor", "choose_seat"),
    *("switch_tenant", "end_own_session", "create_token", "revoke_token", "revoke_delegation"),
    *("lodge_objection", "answer_call", "compare_places", "what_if"),
}
LOGINS = ("culture", "bureau", "sysadmin", "security", "auditor")


async def populated(district: District, tenant: Tenant) -> dict[str, str]:
    """A tenant with one of each object a path can name; the answer is how they are called."""
    unit, bureau = [await district.enter(login, tenant=tenant) for login in ("culture", "bureau")]
    await unit.post("/projects", {"title": "一"})
    code = (await unit.post("/projects", {"title": "二"})).json()["code"]
    paper = {"act": "hand_in", "stage": "plan_application", "papers": [{"type": "application_form"}]}
    await unit.post(f"/projects/{code}/acts", paper, headers={"If-Match": '"1"'})
    await unit.post("/session/tokens", {"name": "共享平台", "scopes": ["projects:read"]})
    people = (await unit.get("/organisations")).json()["rows"]
    culture, health = [next(row["id"] for row in people if row["code"] == name) for name in ("culture", "health")]
    others = (await unit.get(f"/organisations/{culture}")).json()["people"]
    colleague = next(row["account_id"] for row in others if row["name"] == "culture同事")
    days = {"from_on": DAY.isoformat(), "to_on": DAY.isoformat()}
    await unit.post(
        "/session/delegations", days | {"to_account_id": colleague, "roles": ["project_unit"], "reason": "出差"}
    )
    await bureau.post("/findings", {"organisation_id": health, "kind": "late_filing", "reason": "迟报"})
    expert = {"library": "expert_library", "specialty": "软件", "employer": "某大学", "active_from_on": "2020-01-01"}
    for number in range(4):
        await bureau.post("/experts", expert | {"name": f"专家{number}"})
    system = await district.enter("sysadmin", tenant=tenant)
    await system.post("/webhooks", {"title": "共享平台", "url": "https://93.184.216.34/events"})
    text = {"kind": "notice", "title": "公示", "body": "名单。"}
    draft = (await bureau.post("/postings/drafts", text)).json()["id"]
    await bureau.post(f"/postings/drafts/{draft}/publication")
    await unit.post(f"/public/postings/{draft}/objections", {"name": "张三", "contact": "1", "reason": "不符"})
    draw = {"project": code, "stage": "plan_review", "library": "expert_library", "purpose": "评审", "size": 3}
    await bureau.post("/draws", draw)
    async with district.database.unit_of_work(tenant.id, read_only=True) as uow:
        return {name: await uow.fetchval(sql, tenant.id) for name, sql in OBJECTS.items()}


def address(name: str, objects: dict[str, str]) -> str:
    path, _, _ = OPERATIONS[name]
    known = {"key": "asset_catalogue", "paper": "application_form", "place": "baiyun", "version": 1}
    return path.format(**(known | objects))


async def ask(caller: Caller, name: str, objects: dict[str, str]) -> httpx.Response:
    _, method, operation = OPERATIONS[name]
    values: dict[str, Any] = {"headers": {"If-Match": '"1"'}}
    if "requestBody" in operation and name != "upload_file":
        values["json"] = EXAMPLES_OF[name]["request"]
    if name == "upload_file":
        values |= {"content": b"x", "params": {"name": "a.pdf"}}
    if name == "coming_deadlines":
        values["params"] = {"until": DAY.isoformat()}
    if name == "list_submissions":
        values["params"] = {"kind": "answer"}
    if name == "list_experts":
        values["params"] = {"library": "expert_library"}
    return await caller.send_to(method.upper(), address(name, objects), **values)


def said(answer: httpx.Response, objects: dict[str, str]) -> tuple[int, str, str]:
    """An answer without the names it repeats."""
    body = answer.json() if answer.content else {}
    text = body.get("detail", "")
    for name in objects.values():
        text = text.replace(name, "…")
    return answer.status_code, body.get("code", ""), text


async def test_another_tenants_object_is_answered_like_one_that_does_not_exist(district: District) -> None:
    foreign = await populated(district, district.tenant)
    assert all(foreign.values()), foreign
    missing = dict.fromkeys(OBJECTS, str(new_id())) | {"code": "BY-2026-0099"}
    elsewhere = await seed(district.database)
    different = []
    for login in LOGINS:
        stranger = await district.enter(login, tenant=elsewhere)
        for name in ON_OBJECTS:
            one, other = await ask(stranger, name, foreign), await ask(stranger, name, missing)
            if said(one, foreign) != said(other, missing) or one.status_code not in {403, 404, 422}:
                different.append((login, name, said(one, foreign), said(other, missing)))
    assert different == []


async def test_every_path_parameter_is_one_this_walk_knows() -> None:
    used = {parameter for path, _, _ in OPERATIONS.values() for parameter in parameters_of(path)}
    assert used == set(OBJECTS) | OF_THE_REGULATION


async def test_nobody_gets_an_answer_without_signing_in(district: District) -> None:
    nobody = Caller(district.client, "", {})
    objects = dict.fromkeys(OBJECTS, str(new_id()))
    answered = {name: await ask(nobody, name, objects) for name in set(OPERATIONS) - PUBLIC}
    codes = {name: (answer.status_code, answer.json()["code"]) for name, answer in answered.items()}
    assert {name: code for name, code in codes.items() if code != (401, "sign_in_needed")} == {}


async def test_a_reader_without_roles_changes_nothing(district: District) -> None:
    objects = await populated(district, district.tenant)
    reader = await district.enter("reader")
    allowed = {}
    for name in CHANGES:
        if name not in ONES_OWN:
            answer = await ask(reader, name, objects)
            if answer.status_code not in {403, 404}:
                allowed[name] = (answer.status_code, answer.text[:200])
    assert allowed == {}


async def test_administrators_do_no_business_and_officers_do_not_administer(district: District) -> None:
    objects = await populated(district, district.tenant)
    administrators = [await district.enter(login) for login in ("sysadmin", "security", "auditor")]
    for caller in administrators:
        answer = await caller.post("/projects", {"title": "平台"})
        assert answer.status_code == 403
    head = await district.enter("bureau")
    for name in (
        "propose_account",
        "activate_account",
        "found_organisation",
        "bind_role",
        "read_journal",
        "list_tokens",
    ):
        assert (await ask(head, name, objects)).status_code == 403, name
