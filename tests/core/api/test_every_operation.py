"""Every operation is called once by whoever it is for, and its answer is what its description says."""

from datetime import timedelta
from typing import Any

from tests.core.api.conftest import DAY, PASSWORD, Caller, District
from tests.core.api.test_projects import FACTS
from tests.core.api.walking import Walk

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_NEW = "Another-Horse-8"


async def _public(walk: Walk, unit: Caller) -> None:
    await walk.call(unit, "list_tenants")
    await walk.call(unit, "list_places")
    for name in ("get_rulebook", "get_handbook", "print_handbook"):
        await walk.call(unit, name, path={"place": "baiyun"})
    await walk.call(unit, "own_rulebook")


async def _project(walk: Walk, unit: Caller, bureau: Caller) -> str:
    await walk.call(bureau, "open_round", body={"plan_year": 2026, "issued_on": "2025-08-05", "title": "2026 年度申报"})
    await walk.call(bureau, "list_rounds")
    await walk.call(unit, "lodge_entry", path={"key": "asset_catalogue"}, body={"content": {"systems": []}})
    await walk.call(unit, "list_register", path={"key": "asset_catalogue"})
    await walk.call(unit, "register_history", path={"key": "asset_catalogue"})
    body: dict[str, Any] = {"title": "智慧文旅平台"}
    code: str = (await walk.call(unit, "register_project", body=body)).json()["code"]
    here = {"code": code}
    up = await walk.call(
        unit, "upload_file", params={"name": "申报表.pdf"}, content=PDF, headers={"Content-Type": "application/pdf"}
    )
    paper = {"type": "application_form", "upload_id": up.json()["id"]}
    act = {"act": "submit", "stage": "plan_application", "facts": FACTS, "papers": [paper]}
    await walk.call(unit, "possible_acts", path=here)
    await walk.call(unit, "preview_act", path=here, body=act)
    await walk.call(unit, "act_on_project", path=here, body=act, headers={"If-Match": '"1"'})
    lines = [{"title": "平台软件", "category": "software", "amount_fen": FACTS["declared"]}]
    await walk.call(unit, "set_budget", path=here, body={"basis": "declared", "lines": lines})
    reads = ("get_project", "project_timeline", "project_papers", "project_deadlines", "project_amounts")
    for name in (*reads, "project_contracts", "project_defects", "project_budget"):
        await walk.call(unit, name, path=here)
    await walk.call(unit, "project_receipt", path={"code": code, "version": 2})
    (row,) = (await unit.get(f"/projects/{code}/papers")).json()["rows"]
    await walk.call(unit, "download_paper", path={"code": code, "document_id": row["document_id"]})
    return code


async def _lists(walk: Walk, unit: Caller, bureau: Caller) -> None:
    for name in ("list_projects", "my_desk", "my_waiting", "export_projects_csv", "export_projects_xlsx"):
        await walk.call(bureau if name == "my_desk" else unit, name)
    await walk.call(bureau, "coming_deadlines", params={"until": "2025-12-31"})


async def _experts(walk: Walk, bureau: Caller, code: str) -> None:
    person = {"library": "expert_library", "name": "陈工", "specialty": "软件", "employer": "某大学"}
    made = [
        (
            await walk.call(bureau, "add_expert", body=person | {"name": f"专家{n}", "active_from_on": "2020-01-01"})
        ).json()
        for n in range(6)
    ]
    await walk.call(bureau, "list_experts", params={"library": "expert_library"})
    last = {"last_on": DAY.isoformat()}
    await walk.call(bureau, "retire_expert", path={"expert_id": made[0]["id"]}, body=last)
    wanted = {"project": code, "stage": "plan_review", "library": "expert_library", "purpose": "方案评审"}
    draw = (await walk.call(bureau, "prepare_draw", body=wanted | {"size": 3})).json()
    await walk.call(bureau, "cancel_draw", path={"draw_id": draw["id"]}, body={"reason": "评审改期"})
    draw = (await walk.call(bureau, "prepare_draw", body=wanted | {"size": 3, "reason": "评审改期后重新抽取"})).json()
    await walk.call(bureau, "run_draw", path={"draw_id": draw["id"]})
    await walk.call(bureau, "get_draw", path={"draw_id": draw["id"]})
    await walk.call(bureau, "project_draws", path={"code": code})


async def _units(walk: Walk, unit: Caller, bureau: Caller, system: Caller) -> str:
    rows = (await walk.call(unit, "list_organisations")).json()["rows"]
    health = next(row["id"] for row in rows if row["code"] == "health")
    await walk.call(unit, "mark_adjusted", path={"key": "asset_catalogue"}, body={"on": DAY.isoformat()})
    body = {"organisation_id": health, "kind": "late_filing", "reason": "未按期备案"}
    finding = (await walk.call(bureau, "record_finding", body=body)).json()
    await walk.call(bureau, "list_findings", params={"organisation_id": health})
    await walk.call(bureau, "lift_finding", path={"finding_id": finding["id"]}, body={"reason": "已补正"})
    made = {"code": "museum", "kind": "subordinate", "name": "区博物馆", "from_on": "2025-01-01"}
    museum = (await walk.call(system, "found_organisation", body=made)).json()["id"]
    here = {"organisation_id": museum}
    await walk.call(system, "rename_organisation", path=here, body={"name": "区文化博物馆", "from_on": "2025-09-01"})
    await walk.call(system, "place_organisation", path=here, body={"parent_id": health})
    bound = await walk.call(system, "bind_role", path=here, body={"role": "project_unit", "from_on": "2025-09-01"})
    await walk.call(system, "get_organisation", path=here)
    last = {"last_on": "2025-12-31"}
    await walk.call(system, "release_role", path={"binding_id": bound.json()["id"]}, body=last)
    await walk.call(system, "close_organisation", path=here, body=last)
    return str(health)


async def _accounts(walk: Walk, system: Caller, security: Caller, health: str) -> None:
    post = {"organisation_id": health, "functions": ["handler"], "from_on": "2025-09-01"}
    account = (
        await walk.call(system, "propose_account", body={"login": "zhao", "name": "赵芳", "posts": [post]})
    ).json()
    here = {"account_id": account["id"]}
    await walk.call(security, "activate_account", path=here)
    second = (
        await walk.call(system, "propose_post", path=here, body=post | {"is_primary": False, "from_on": "2025-10-01"})
    ).json()
    await walk.call(security, "confirm_post", path={"membership_id": second["id"]})
    await walk.call(security, "end_post", path={"membership_id": second["id"]}, body={"last_on": "2025-12-31"})
    await walk.call(system, "list_accounts")
    await walk.call(system, "get_account", path=here)
    for name in ("reset_password", "unlock_account", "reset_factor"):
        await walk.call(security, name, path=here)
    await walk.call(security, "suspend_account", path=here, body={"reason": "借调外单位"})
    await walk.call(system, "close_account", path=here, body={"reason": "调离"})
    await walk.call(security, "list_sessions")
    await walk.call(security, "list_tokens")


async def _governing(walk: Walk, system: Caller, security: Caller, audit: Caller, bureau: Caller) -> None:
    rules = (await bureau.get("/rulebook")).json()
    option = next(o for o in rules["options"] if len(o["values"]) > 1 and o["values"][0] != o["values"][1])
    chosen = {"key": option["key"], "value": option["values"][1], "reason": "局务会议纪要〔2025〕8 号"}
    await walk.call(system, "choose_option", body=chosen | {"from_on": DAY.isoformat()})
    listed = {"key": "scope_catalogue", "value": ["政务应用"], "reason": "年度通知", "from_on": DAY.isoformat()}
    await walk.call(bureau, "set_parameter", body=listed)
    renewed = {"regulation": "measures", "number": "云府办〔2029〕8 号", "from_on": "2029-10-29"}
    await walk.call(system, "record_renewal", body=renewed)
    days = {"changes": [{"on": "2025-09-26", "works": False, "reason": "台风停工"}], "source": "区应急办通告"}
    await walk.call(system, "preview_calendar", body=days)
    await walk.call(system, "amend_calendar", body=days)
    await walk.call(system, "confirm_year", body={"year": 2027, "source": "国办发明电〔2026〕7 号"})
    await walk.call(system, "list_choices")
    policy = (await walk.call(system, "get_sign_in_policy")).json()
    await walk.call(security, "set_sign_in_policy", body=policy | {"attempts": 6})
    told = {"title": "区大数据平台", "url": "https://8.8.8.8/lixiang", "events": ["stage:*"]}
    hook = {"subscription_id": (await walk.call(system, "subscribe_webhook", body=told)).json()["subscription"]["id"]}
    await walk.call(system, "pause_webhook", path=hook)
    await walk.call(system, "resume_webhook", path=hook)
    await walk.call(system, "list_webhooks")
    for name in ("read_journal", "read_sign_ins", "verify_journal", "list_roots"):
        await walk.call(audit, name)


async def _own(walk: Walk, district: District, unit: Caller, culture_id: str) -> None:
    await walk.call(unit, "who_am_i")
    colleague = (await (await district.enter("culture2")).get("/session")).json()
    assert colleague["organisation"] == "区文化广电旅游体育局"
    token = (await walk.call(unit, "create_token", body={"name": "共享平台", "scopes": ["projects:read"]})).json()
    await walk.call(unit, "list_own_tokens")
    await walk.call(unit, "revoke_token", path={"token_id": token["id"]})
    rows = (await walk.call(unit, "list_own_sessions")).json()["rows"]
    other = await district.enter("culture")
    both = (await other.get("/session/open")).json()["rows"]
    (fresh,) = {row["id"] for row in both} - {row["id"] for row in rows}
    await walk.call(unit, "end_own_session", path={"session_id": fresh})
    until = (DAY + timedelta(days=7)).isoformat()
    body = {"to_account_id": culture_id, "roles": ["project_unit"], "reason": "出差", "from_on": DAY.isoformat()}
    delegation = (await walk.call(unit, "delegate", body=body | {"to_on": until})).json()
    await walk.call(unit, "list_delegations")
    await walk.call(unit, "revoke_delegation", path={"delegation_id": delegation["id"]})
    await walk.call(unit, "choose_seat", body={"organisation_id": delegation["organisation_id"]})


async def test_every_operation_answers_as_its_description_says(district: District) -> None:
    walk = Walk()
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    system, security, audit = [await district.enter(login) for login in ("sysadmin", "security", "auditor")]
    await _public(walk, unit)
    code = await _project(walk, unit, bureau)
    await _lists(walk, unit, bureau)
    await _experts(walk, bureau, code)
    health = await _units(walk, unit, bureau, system)
    await _accounts(walk, system, security, health)
    await _governing(walk, system, security, audit, bureau)
    accounts = (await system.get("/accounts")).json()["rows"]
    await _own(walk, district, unit, next(row["id"] for row in accounts if row["login"] == "culture2"))
    await _door(walk, district, unit)
    walk.keep()
    assert set(walk.operations) - set(walk.examples) == _ELSEWHERE


# Tried in tests/core/api/test_forms.py, in a place whose regulation attaches forms.
_FORMS = {"project_forms", "project_form", "project_form_docx", "project_form_pdf", "stage_form"}
# Tried in tests/core/api/test_moves.py, where the regulation has a second edition.
_MOVES = {"compare_places", "plan_moves", "move_projects", "undo_move", "what_if"}
# Tried in tests/core/api/test_public.py, in a place whose regulation publishes.
_POSTINGS = {"public_postings", "public_posting", "public_paper", "public_atom", "public_rss", "lodge_objection"}
_POSTINGS |= {"answer_call", "list_submissions", "admit_answer", "refuse_submission", "uphold_objection"}
_POSTINGS |= {"list_postings", "write_posting", "publish_posting", "correct_posting", "withdraw_posting"}
# The rest is tried in tests/core/api/test_doors.py, where a second tenant and an authenticator are at hand.
_ELSEWHERE = (
    {
        *("healthz", "readyz", "metrics", "switch_tenant", "give_factor", "confirm_factor", "list_referrals"),
    }
    | _FORMS
    | _MOVES
    | _POSTINGS
)


async def _door(walk: Walk, district: District, unit: Caller) -> None:
    await walk.call(unit, "begin_factor")
    await walk.call(unit, "change_password", body={"present": PASSWORD, "wanted": _NEW})
    body = {"tenant": district.tenant.code, "login": "culture", "password": _NEW}
    again = await district.enter("culture", password=_NEW)
    await walk.call(again, "sign_in", body=body)
    await walk.call(await district.enter("culture", password=_NEW), "sign_out")
