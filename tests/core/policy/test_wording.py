"""Every code of the engine has one official word, and nobody keeps words of his own beside it."""

import ast
from pathlib import Path

import pytest

import core
from core.policy import wording
from core.policy.cases.acts import ACT_NAMES
from core.policy.rules.citations import ROW_KINDS
from core.policy.rules.flow import Ends
from core.policy.rules.papers import Severity

ROOT = Path(core.__file__).parents[1]


def test_every_end_act_and_severity_has_its_word() -> None:
    assert wording.ENDED.keys() == wording.TOLD_ENDED.keys() == {end.value for end in Ends}
    assert wording.ACTS.keys() == ACT_NAMES
    assert wording.ROWS.keys() == ROW_KINDS
    assert wording.SEVERITIES.keys() == {severity.value for severity in Severity}


@pytest.mark.parametrize(("status", "said"), [("running", "在办"), ("completed", "办结"), ("rejected", "不予立项")])
def test_a_list_names_the_status_of_a_case(status: str, said: str) -> None:
    assert wording.status_word(status) == said


def test_no_other_module_keeps_a_table_of_ends_acts_or_severities() -> None:
    tables = ({end.value for end in Ends}, {severity.value for severity in Severity}, set(wording.ACTS))
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (p for floor in ("core", "tenants") for p in sorted((ROOT / floor).rglob("*.py")))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict) and _says_chinese(node) and any(_keys(node) >= table for table in tables)
    ]
    here = "core/policy/wording.py"
    assert [place for place in found if not place.startswith(here)] == []
    assert len(found) == 4


def _keys(node: ast.Dict) -> set[str]:
    return {key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


def _says_chinese(node: ast.Dict) -> bool:
    return any("\u4e00" <= mark <= "\u9fff" for mark in ast.unparse(node))
