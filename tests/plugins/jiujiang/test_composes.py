"""The plugin is whole: every row once, every gate and limit of the sheet, nothing of another place."""

from pathlib import Path

from core.policy.rulebooks.registry import installed
from plugins.jiujiang import policy


def test_every_row_of_the_sheet_is_listed_once() -> None:
    rows = policy.rule_index()
    assert len(rows) == len({row.id for row in rows}) == 163


def test_a_row_without_behaviour_says_why() -> None:
    for row in policy.rule_index():
        assert row.text.endswith("。"), row.id
        if row.kind in ("reference", "slot"):
            assert row.note, row.id


def test_all_gates_of_the_sheet_but_the_validity_of_the_text_are_there() -> None:
    """Gate 52 is core's own: it reads the dates of the regulation."""
    gates, _ = policy.gates()
    assert {f"JJ-G{n:02}" for n in range(1, 54)} - {"JJ-G52"} <= {gate.code for gate in gates}


def test_all_limits_and_papers_of_the_sheet_are_there() -> None:
    assert {f"JJ-L{n:02}" for n in range(1, 27)} <= {limit.code for limit in policy.limits()}
    assert {f"JJ-D{n:02}" for n in range(1, 61)} <= {paper.code for paper in policy.papers()}


def test_an_option_that_offers_a_choice_is_read_somewhere() -> None:
    folder = installed().place("jiujiang").folder
    code = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py") if p.name != "options.py")
    idle = [o.key for o in policy.openings().options if len(o.values) > 1 and f'"{o.key}"' not in code]
    assert idle == []


def test_demo_and_scenarios_share_the_same_openings() -> None:
    folder = Path(installed().place("jiujiang").folder)
    for opening in (folder / "demo" / "shared").glob("*.yaml"):
        assert opening.read_bytes() == (folder / "scenarios" / "shared" / opening.name).read_bytes(), opening.name
