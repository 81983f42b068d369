"""The plugin is whole: every row of the sheet, every paper, gate and reading has its place."""

from core.policy.rulebooks.registry import Registry, installed
from plugins.zhejiang import policy

MARKET_GATES = {"ZJ-G43", "ZJ-G47", "ZJ-G48", "ZJ-G49", "ZJ-G55"}


def test_the_plugin_composes_without_a_problem() -> None:
    registry = Registry({"zhejiang": policy})
    assert not registry.refused
    assert registry.place("zhejiang").rulebook().edition == "zhejiang@trial"


def test_every_row_of_the_sheet_is_listed_once_and_in_words_of_its_own() -> None:
    rows = policy.rule_index()
    assert len(rows) == len({row.id for row in rows}) == 130
    assert all(row.text.endswith("。") for row in rows)
    assert [row.id for row in rows if row.kind in ("reference", "market") and not row.note] == []


def test_only_acquisition_and_open_listing_wait_for_the_market() -> None:
    waiting = {row.id for row in policy.rule_index() if row.kind == "market"}
    assert waiting == {"ZJ-3-7-d", *(f"ZJ-3-8-{letter}" for letter in "hjlmnopq")}


def test_the_text_has_no_number_and_no_dates_and_none_are_made_up() -> None:
    (text,) = policy.regulations()
    assert (text.number, text.effective_on, text.expires_on) == ("", None, None)
    assert "试行" in text.title


def test_all_papers_of_the_sheet_are_there_and_none_is_sealed() -> None:
    papers = policy.papers()
    assert {f"ZJ-D{n:02}" for n in range(1, 35)} <= {paper.code for paper in papers}
    assert not any(paper.sealed for paper in papers)


def test_all_gates_of_the_sheet_are_there_save_those_of_the_market() -> None:
    codes = {gate.code for gate in policy.gates()[0]}
    assert {f"ZJ-G{n:02}" for n in range(1, 56)} - codes == MARKET_GATES


def test_an_option_that_offers_a_choice_is_read_somewhere() -> None:
    folder = installed().place("zhejiang").folder
    code = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py") if p.name != "options.py")
    idle = [o.key for o in policy.openings().options if len(o.values) > 1 and f'"{o.key}"' not in code]
    assert idle == []


def test_no_figure_in_yuan_decides_anything() -> None:
    assert {threshold.unit for threshold in policy.thresholds()} == {"count", "months"}


def test_one_gate_and_the_registers_of_the_province_reach_every_tenant_below() -> None:
    gates, _ = policy.gates()
    registers, _ = policy.registers()
    assert [gate.key for gate in gates if gate.reach == "descendants"] == ["rebuild_ban"]
    shared = {register.key for register in registers if register.reach == "descendants"}
    assert shared == {"major_ledger", "project_library", "confirmed_subjects", "app_market"}
