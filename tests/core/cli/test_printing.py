"""`lixiang policy print`: page, text or values; for anybody, or as one tenant has chosen."""

import json
from datetime import date
from pathlib import Path

import pytest

from core.cli import build, printing, run
from core.cli.boundary import EXIT_STATUS
from core.cli.printing import _settled
from core.kernel.choices import Choice, ChoiceKind, choose
from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.errors import Invalid, NotFound
from core.kernel.tenancy import system_actor
from core.policy.rulebooks.registry import Registry, installed
from plugins.baiyun import policy as baiyun
from tests.core.cli.installing import nowhere, on_database
from tests.core.policy import second_baiyun
from tests.factories import make_tenant

PLACE = installed().places()[0]
DAY = date(2026, 3, 2)


def _run(*words: str) -> int:
    return run(build(), nowhere(), ["policy", "print", *words])


def test_a_page_is_written_to_a_file_with_what_the_scenarios_exercise(tmp_path: Path) -> None:
    file = tmp_path / "book.html"
    assert _run(PLACE, "--output", str(file)) == 0
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert installed().place(PLACE).rulebook().digest in page
    assert ".yaml" in page
    assert "<strong>缺失</strong>" not in page


@pytest.mark.parametrize("form", ["--markdown", "--json"])
def test_text_and_values_go_to_the_terminal(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(PLACE, "--quick", form) == 0
    said = capsys.readouterr().out
    if form == "--json":
        values = json.loads(said)
        assert values["edition"] == installed().place(PLACE).newest.name
        assert values["paths"][0]["maps"][0].startswith("<svg")
    else:
        assert said.startswith("# ")


def test_a_place_or_edition_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("nowhere") == EXIT_STATUS[NotFound]
    for words in ((PLACE, "--edition", "1900"), (f"{PLACE}@1900",)):
        assert _run(*words) == EXIT_STATUS[Invalid]
        assert "1900" in capsys.readouterr().err


def test_an_edition_may_be_named_with_the_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    two = Registry({"baiyun": baiyun}, {"baiyun@2026": second_baiyun})
    monkeypatch.setattr(printing, "installed", lambda: two)
    for words, name in (
        (("baiyun",), "baiyun@2026"),
        (("baiyun@2024",), "baiyun@2024"),
        (("baiyun@2026", "--edition", "2024"), "baiyun@2024"),
    ):
        assert _run(*words, "--quick", "--json") == 0
        assert json.loads(capsys.readouterr().out)["edition"] == name


async def test_a_tenants_choices_are_read_with_reason_and_day_and_later_ones_rule(
    database: Database, database_url: str
) -> None:
    tenant = await make_tenant(database, jurisdiction=PLACE)
    option = next(o for o in installed().place(PLACE).answers.openings.options if len(o.values) > 1)
    key, (first, second, *_) = option.key, option.values
    rows = [
        Choice(kind=ChoiceKind.OPTION, key=key, from_on=date(2025, 1, 1), value=first, source="旧依据"),
        Choice(kind=ChoiceKind.OPTION, key=key, from_on=DAY, value=second, source="会议纪要"),
        Choice(kind=ChoiceKind.OPTION, key=key, from_on=date(2027, 1, 1), value=first, source="以后"),
        Choice(kind=ChoiceKind.PARAMETER, key="total", from_on=DAY, value=5, source="预算"),
    ]
    async with database.unit_of_work(tenant.id) as uow:
        for row in rows:
            await choose(uow, row, actor=system_actor(tenant.id, name="测试"))
    found = await _settled(on_database(database_url, FixedClock(DAY)), PLACE, tenant.code, DAY)
    assert found.name == tenant.name
    assert (found.options[key].value, found.options[key].reason, found.options[key].from_on) == (
        second,
        "会议纪要",
        DAY,
    )
    assert found.parameters["total"].value == 5
    assert found.rules is not None
    assert found.rules.options[key] == second


async def test_a_tenant_of_another_place_is_refused(database: Database, database_url: str) -> None:
    tenant = await make_tenant(database, jurisdiction="elsewhere")
    with pytest.raises(Invalid, match="elsewhere"):
        await _settled(on_database(database_url, FixedClock(DAY)), PLACE, tenant.code, DAY)
