"""The same by command: a second edition comes from a distribution of its own, and a person moves projects to it."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.cli import build, run
from core.cli.boundary import EXIT_STATUS
from core.kernel.clock import FixedClock
from core.kernel.errors import Forbidden, Invalid, NotFound
from core.policy.rulebooks.registry import installed
from tests.core.api.conftest import DAY, District
from tests.core.api.test_moves import BETWEEN, submitted
from tests.core.cli.installing import on_database

ENTRY_POINTS = "[lixiang.editions]\nbaiyun@2026 = tests.core.policy.second_baiyun\n"
WHY = "区政府常务会议纪要〔2026〕1 号"


@pytest.fixture
def second_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A distribution that brings the second edition, installed for the length of a test."""
    metadata = tmp_path / "second_baiyun-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: second-baiyun\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    installed.cache_clear()
    yield
    monkeypatch.undo()
    installed.cache_clear()


class Terminal:
    """Somebody at a terminal of the machine the district is served from."""

    def __init__(self, district: District, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.district, self.database_url, self.capsys = district, database_url, capsys

    async def __call__(self, *words: str) -> tuple[int, str]:
        place = on_database(self.database_url, FixedClock(DAY))
        self.capsys.readouterr()
        status = await asyncio.to_thread(run, build(), place, ["policy", *words])
        said = self.capsys.readouterr()
        return status, said.out + said.err

    async def read(self, *words: str) -> Any:
        status, said = await self(*words, "--json")
        assert status == 0, said
        return json.loads(said)


@pytest.fixture
def terminal(
    district: District, database_url: str, capsys: pytest.CaptureFixture[str], second_edition: None
) -> Terminal:
    district.install(installed())
    return Terminal(district, database_url, capsys)


async def test_the_edition_of_another_distribution_is_found_beside_the_plugins_own(terminal: Terminal) -> None:
    assert list(installed().place("baiyun").editions) == ["2024", "2026"]
    status, said = await terminal("list")
    assert (status, "baiyun@2026" in said, "baiyun@2024" in said) == (0, True, True)
    for place, edition in (("baiyun", "baiyun@2026"), ("baiyun@2024", "baiyun@2024")):
        status, said = await terminal("check", place)
        assert (status, said.split()[0]) == (0, edition)
    assert (await terminal("check", "baiyun@2019"))[0] == EXIT_STATUS[NotFound]


async def test_a_person_plans_moves_and_takes_back_by_command(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = terminal.district
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    code = await submitted(unit, bureau)
    here = ("move", "--tenant", district.tenant.code)
    assert (await terminal(*here, "--to", "2026", "--all", "--reason", WHY))[0] == EXIT_STATUS[Forbidden]
    wanted = {"name": "命令行", "scopes": ["projects:read", "projects:decide"]}
    secret = (await bureau.post("/session/tokens", wanted)).json()["secret"]
    monkeypatch.setenv("LIXIANG_TOKEN", secret)

    status, said = await terminal(*here, "--to", "2026", "--all", "--dry-run")
    assert status == 0, said
    assert "可以调整 1 个" in said
    plan = (await terminal.read(*here, "--to", "2026", "--all", "--dry-run"))["rows"][0]["plan"]
    assert (plan["before"]["track"], plan["after"]["track"]) == ("ordinary", "micro")
    assert (await unit.get(f"/projects/{code}")).json()["rulebook"]["edition"] == "baiyun@2024"

    moved = await terminal.read(*here, "--to", "2026", "--project", code, "--reason", WHY)
    assert [(row["code"], row["done"], row["version"]) for row in moved["rows"]] == [(code, True, 3)]
    last = (await unit.get(f"/projects/{code}/timeline")).json()["rows"][-1]
    assert (last["kind"], last["actor_name"], last["channel"]) == ("project:moved", "bureau经办", "cli")
    assert (await terminal.read(*here, "--to", "2026", "--all", "--reason", WHY))["rows"] == []

    undone = await terminal.read(*here, "--undo", "--project", code, "--reason", "误操作")
    assert undone["rows"][0]["version"] == 4
    assert (await unit.get(f"/projects/{code}")).json()["rulebook"]["edition"] == "baiyun@2024"


async def test_what_cannot_be_moved_ends_with_one_and_says_why(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = terminal.district
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    code = await submitted(unit, bureau)
    wanted = {"name": "命令行", "scopes": ["projects:read", "projects:decide"]}
    monkeypatch.setenv("LIXIANG_TOKEN", (await bureau.post("/session/tokens", wanted)).json()["secret"])
    here = ("move", "--tenant", district.tenant.code, "--project", code, "--reason", WHY)
    status, said = await terminal(*here, "--to", "2024")
    assert (status, "已按该版本办理" in said) == (1, True)
    assert (await terminal(*here))[0] == EXIT_STATUS[Invalid]
    assert (await terminal(*here, "--all", "--to", "2026"))[0] == EXIT_STATUS[Invalid]


async def test_projects_are_supposed_and_compared_by_command(terminal: Terminal, tmp_path: Path) -> None:
    district = terminal.district
    unit, bureau = await district.enter("culture"), await district.enter("bureau")
    code = await submitted(unit, bureau)
    tenant = ("--tenant", district.tenant.code)
    found = await terminal.read("what-if", *tenant, "--threshold", "micro_max=800000")
    assert [(row["code"], row["track_after"]) for row in found["rows"]] == [(code, "小微项目（简易立项）")]
    status, said = await terminal("what-if", *tenant, "--edition", "2026")
    assert (status, "推演 1 个项目，1 个会走另一条路。" in said) == (0, True)
    for wrong in ("micro_max", "micro_max=", "nothing=1"):
        assert (await terminal("what-if", *tenant, "--threshold", wrong))[0] == EXIT_STATUS[Invalid]

    compared = await terminal.read("compare", *tenant, "--project", code, "--place", "baiyun")
    assert compared["columns"][0]["track"] == "ordinary"
    facts = tmp_path / "facts.yaml"
    facts.write_text('title: 新平台\non: 2026-03-02\nfacts: {project_kind: build, declared: "600000"}\n', "utf-8")
    compared = await terminal.read("compare", str(facts), "--place", "baiyun")
    assert compared["columns"][0]["track"] == "micro"
    assert compared["facts"]["declared"] == BETWEEN["declared"]
    status, said = await terminal("compare", str(facts), "--place", "baiyun")
    assert (status, "资金来源" in said, "小微项目" in said) == (0, True, True)
    assert (await terminal("compare", str(facts), "--place", "nowhere"))[0] == EXIT_STATUS[NotFound]
    assert (await terminal("compare"))[0] == EXIT_STATUS[Invalid]
    facts.write_text("- nothing", encoding="utf-8")
    assert (await terminal("compare", str(facts)))[0] == EXIT_STATUS[Invalid]
