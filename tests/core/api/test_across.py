"""Over HTTP: a city's officer works on a county's project, and outside parties see their own entry and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.api.openapi import PUBLIC
from core.kernel.database import Database
from core.kernel.identity import new_id
from tests.core.api.conftest import Caller
from tests.core.api.region import Region, build_region
from tests.core.api.walking import Walk
from tests.core.stages.contest import REGISTRY
from tests.tenants.test_isolation import (
    EXAMPLES_OF,
    OF_THE_REGULATION,
    ONES_OWN,
    OPERATIONS,
    ask,
    parameters_of,
)

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OF_A_PARTY = {
    *("get_project", "possible_acts", "project_papers", "project_deadlines", "project_defects", "download_paper"),
    *("act_on_project", "preview_act", "upload_file", "my_desk", "who_am_i", "list_own_sessions"),
}
OBJECTS = {name for path, _, _ in OPERATIONS.values() for name in parameters_of(path)} - OF_THE_REGULATION
ON_A_PROJECT = sorted(name for name, (path, _, _) in OPERATIONS.items() if "code" in parameters_of(path))


@pytest.fixture
async def region(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with build_region(database, tmp_path, REGISTRY) as built:
        yield built


async def entered(region: Region, code: str, entry: str) -> Caller:
    """A party that has entered a contest."""
    party = await region.party(entry, code)
    enters = {"act": "record", "stage": "call", "entries": [{"id": entry, "title": f"{entry}公司"}]}
    await region.done(party, code, enters)
    return party


async def planned(region: Region, code: str, party: Caller, entry: str, *, price: int) -> str:
    """The plan of an entry, as a real file; the answer is its id."""
    up = await party.send("POST", "/uploads", params={"name": f"{entry}的方案.pdf", "project": code}, content=PDF)
    body = {
        "act": "submit",
        "stage": "plan",
        "ref": entry,
        "facts": {"price": price},
        "papers": [{"type": "plan", "upload_id": up.json()["id"]}],
    }
    await region.done(party, code, body)
    (paper,) = (await party.get(f"/projects/{code}/papers")).json()["rows"]
    return str(paper["document_id"])


@pytest.fixture
async def contest(region: Region) -> tuple[str, Caller, Caller, str]:
    """Two rivals, `alpha` and `bravo`, have handed in plans: the project, both parties, and the plan of `bravo`."""
    code = await region.begun()
    first = await entered(region, code, "alpha")
    second = await entered(region, code, "bravo")
    bureau = await region.at("city", "bureau")
    await region.done(bureau, region.named(code), {"act": "submit", "stage": "call"})
    await planned(region, code, first, "alpha", price=100)
    paper = await planned(region, code, second, "bravo", price=7654321)
    return code, first, second, paper


async def test_a_citys_officer_finds_reads_and_decides_a_countys_project(region: Region) -> None:
    code = await region.begun()
    bureau, name = await region.at("city", "bureau"), region.named(code)
    walk = Walk()
    answer = await walk.call(bureau, "list_referrals")
    walk.keep()
    (row,) = answer.json()["rows"]
    assert (row["project"], row["stage_title"], row["role_title"]) == (name, "发榜", "市数据局")
    (line,) = (await bureau.get("/desk")).json()["rows"]
    assert (line["code"], line["stage_title"], line["owner_name"]) == (name, "发榜", region.levels["county"].name)
    for path in ("", "/timeline", "/papers", "/deadlines", "/amounts", "/contracts", "/defects", "/acts"):
        assert (await bureau.get(f"/projects/{name}{path}")).status_code == 200, path
    acts = (await bureau.get(f"/projects/{name}")).json()["acts"]
    assert [(act["act"], act["role"]) for act in acts] == [("submit", "data_bureau")]
    await region.done(bureau, name, {"act": "submit", "stage": "call"})


async def test_a_party_is_shown_its_own_entry_and_the_office_every_one(
    region: Region, contest: tuple[str, Caller, Caller, str]
) -> None:
    code, first, _, _ = contest
    bureau = await region.at("city", "bureau")
    shown = {}
    for who, caller, name in (("party", first, code), ("office", bureau, region.named(code))):
        entries = (await caller.get(f"/projects/{name}")).json()["entries"]
        shown[who] = {e["id"]: [fact["value"] for fact in e["facts"]] for e in entries}
    assert shown == {"party": {"alpha": [100]}, "office": {"alpha": [100], "bravo": [7654321]}}


async def test_a_paper_that_an_office_elsewhere_hands_in_lies_with_the_project(region: Region) -> None:
    code = await region.begun()
    bureau, name = await region.at("city", "bureau"), region.named(code)
    up = await bureau.send("POST", "/uploads", params={"name": "通知.pdf", "project": name}, content=PDF)
    body = {"act": "hand_in", "stage": "call", "papers": [{"type": "plan", "upload_id": up.json()["id"]}]}
    await region.done(bureau, name, body)
    (paper,) = [row for row in (await bureau.get(f"/projects/{name}/papers")).json()["rows"] if row["type"] == "plan"]
    unit = await region.at("county", "school")
    for caller, called in ((unit, code), (bureau, name)):
        got = await caller.get(f"/projects/{called}/papers/{paper['document_id']}/file")
        assert got.content == PDF


async def test_a_project_not_referred_is_answered_like_one_that_does_not_exist(region: Region) -> None:
    code = await region.begun()
    there, missing = region.named(code), region.named("V-2026-0099")
    strangers = [await region.at("province", "water"), await region.at("city", "water")]
    different = []
    for stranger in strangers:
        for name in ON_A_PROJECT:
            objects = dict.fromkeys(OBJECTS, str(new_id()))
            answers = [await ask(stranger, name, objects | {"code": called}) for called in (there, missing)]
            told = [
                (a.status_code, a.json()["detail"].replace(c, "…"))
                for a, c in zip(answers, (there, missing), strict=True)
            ]
            if told[0] != told[1] or answers[0].status_code not in {403, 404, 422}:
                different.append((name, told))
    assert different == []


async def test_a_call_reaches_units_anywhere_and_what_waits_for_an_entry_waits_where_it_came_from(
    region: Region,
) -> None:
    code = await region.begun()
    park, name = await region.at("city", "park"), region.named(code)
    (row,) = (await park.get("/referrals")).json()["rows"]
    assert (row["project"], row["stage"], row["act"]) == (name, "call", "record")
    await region.done(park, name, {"act": "record", "stage": "call", "entries": [{"id": "p", "title": "园区"}]})
    await region.done(await region.at("city", "bureau"), name, {"act": "submit", "stage": "call"})
    await region.relay()
    desk = [(line["code"], line["stage"], line["ref"]) for line in (await park.get("/desk")).json()["rows"]]
    assert desk == [(name, "plan", "p")]
    at_home = (await (await region.at("county", "park")).get("/desk")).json()["rows"]
    assert at_home == []
    up = await park.send("POST", "/uploads", params={"name": "方案.pdf", "project": name}, content=PDF)
    papers = [{"type": "plan", "upload_id": up.json()["id"]}]
    plan = {"act": "submit", "stage": "plan", "ref": "p", "role": "visitor", "facts": {"price": 5}, "papers": papers}
    await region.done(park, name, plan)
    for path in ("/timeline", "/amounts", "/receipts/2"):
        assert (await park.get(f"/projects/{name}{path}")).status_code == 403
    taken = {"act": "record", "stage": "call", "entries": [{"id": "p", "title": "冒名"}], "version": 1}
    assert (await (await region.at("province", "park")).post(f"/projects/{name}/acts", taken)).status_code == 403


async def test_an_outside_party_is_refused_every_route_that_is_not_its_own(
    region: Region, contest: tuple[str, Caller, Caller, str]
) -> None:
    code, first, _, paper = contest
    objects = dict.fromkeys(OBJECTS, str(new_id())) | {"code": code, "document_id": paper}
    open_to_it = {}
    for name in sorted(set(OPERATIONS) - PUBLIC - ONES_OWN - OF_A_PARTY):
        answer = await ask(first, name, objects)
        if answer.status_code not in {400, 403, 404}:
            open_to_it[name] = (answer.status_code, answer.text[:200])
    assert open_to_it == {}
    assert set(EXAMPLES_OF) >= OF_A_PARTY


async def test_an_outside_party_never_sees_a_rival_wherever_it_looks(
    region: Region, contest: tuple[str, Caller, Caller, str]
) -> None:
    code, first, second, paper = contest
    shown: dict[str, Any] = {}
    for path in (f"/projects/{code}", *(f"/projects/{code}/{p}" for p in ("acts", "papers", "deadlines", "defects"))):
        shown[path] = (await first.get(path)).text
    shown["/desk"] = (await first.get("/desk")).text
    preview = {"act": "submit", "stage": "plan", "ref": "alpha", "facts": {"price": 1}}
    shown["preview"] = (await first.post(f"/projects/{code}/preview", preview)).text
    assert {path for path, text in shown.items() if "bravo" in text or "7654321" in text} == set()
    assert "alpha" in shown[f"/projects/{code}/papers"]
    assert (await first.get(f"/projects/{code}/papers/{paper}/file")).status_code == 404
    assert (await second.get(f"/projects/{code}/papers/{paper}/file")).status_code == 200


async def test_an_outside_party_acts_for_its_own_entry_alone(
    region: Region, contest: tuple[str, Caller, Caller, str]
) -> None:
    code, first, _, _ = contest
    version = (await first.get(f"/projects/{code}")).json()["version"]
    for body in (
        {"act": "submit", "stage": "plan", "ref": "bravo", "facts": {"price": 1}},
        {"act": "record", "stage": "call", "entries": [{"id": "bravo", "title": "冒名"}]},
        {"act": "decide", "stage": "choice", "outcome": "pass"},
    ):
        answer = await first.post(f"/projects/{code}/acts", body | {"version": version})
        assert answer.status_code == 403, answer.text


async def test_an_outside_party_of_one_project_knows_of_no_other(region: Region) -> None:
    one, other = await region.begun("一"), await region.begun("二")
    party = await region.party("alpha", one)
    missing = await party.get("/projects/V-2026-0099")
    hidden = await party.get(f"/projects/{other}")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.json()["detail"].replace(other, "") == missing.json()["detail"].replace("V-2026-0099", "")
