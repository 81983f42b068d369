"""Opening a tenant and checking its journal by command, on servers of the test's own."""

import json
import re
from pathlib import Path

import pytest

from tests.tenants.test_processes import folder, lixiang

pytestmark = pytest.mark.slow
PEOPLE = ("--system", "张三", "--security", "李四", "--audit", "王五")

__all__ = ["folder"]


def test_a_tenant_opens_with_three_initial_passwords_a_sound_journal_and_the_edition_it_wants(
    folder: Path, tmp_path: Path
) -> None:
    assert lixiang(folder, "migrate").returncode == 0
    opened = lixiang(folder, "tenant", "open", "haizhu", "海珠区", "--place", "baiyun", *PEOPLE)
    assert opened.returncode == 0, opened.stderr
    shown = re.findall(r"^(\w+_admin)  (\S{10,})$", opened.stdout, re.MULTILINE)
    assert [login for login, _ in shown] == ["system_admin", "security_admin", "audit_admin"]
    assert len({password for _, password in shown}) == 3
    assert "haizhu  海珠区" in lixiang(folder, "tenant", "list").stdout
    sound = lixiang(folder, "journal", "verify", "--tenant", "haizhu")
    assert sound.returncode == 0
    assert "异常 0 处" in sound.stdout
    kept = tmp_path / "roots"
    kept.write_text(json.dumps({"day": "2020-01-01", "root": "00" * 32}), encoding="utf-8")
    forged = lixiang(folder, "journal", "verify", "--tenant", "haizhu", "--roots", str(kept))
    assert forged.returncode == 1
    held = lixiang(folder, "tenant", "edition", "haizhu", "--hold", "2024")
    assert (held.returncode, held.stdout.strip()) == (0, "haizhu  hold  baiyun@2024"), held.stderr
    assert lixiang(folder, "tenant", "edition", "haizhu", "--follow").stdout.strip() == "haizhu  follow"
    unknown = lixiang(folder, "tenant", "edition", "haizhu", "--hold", "2019")
    assert (unknown.returncode, "没有这一版本" in unknown.stderr) == (6, True)
    twice = lixiang(folder, "tenant", "open", "haizhu", "海珠区", "--place", "baiyun", *PEOPLE)
    assert twice.returncode != 0
    assert "已被使用" in twice.stderr


def test_a_province_that_only_takes_part_is_opened_above_a_city(folder: Path) -> None:
    assert lixiang(folder, "migrate").returncode == 0
    above = ("tenant", "open", "mousheng", "某省", "--place", "baiyun", "--level", "province", "--takes-part")
    assert lixiang(folder, *above, *PEOPLE).returncode == 0
    below = ("tenant", "open", "moushi", "某市", "--place", "baiyun", "--level", "city", "--parent", "mousheng")
    assert lixiang(folder, *below, *PEOPLE).returncode == 0
    assert "mousheng  某省" in lixiang(folder, "tenant", "list").stdout


def test_a_wrong_place_and_one_person_in_two_offices_are_told_together(folder: Path) -> None:
    answer = lixiang(folder, "tenant", "open", "x", "某区", "--place", "nowhere", *PEOPLE[:-1], "张三")
    assert answer.returncode != 0
    assert "nowhere" in answer.stderr
    assert "三人分别担任" in answer.stderr
    assert not list(folder.iterdir())
