"""The plan's half is whole: rows, gates and papers are those of the sheet, and tenants settle what it leaves open."""

from pathlib import Path

import pytest

from core.kernel.workdays import OFFICIAL
from core.policy.comparing import compare
from core.policy.printing.telling import tell
from plugins.zhuhai import plan, policy
from plugins.zhuhai.regulations import PLAN
from tests.plugins.zhuhai.planning import FORM, MONDAY, REGISTRY, Application

HALF = Path(plan.__file__).parent


def test_every_row_of_the_plan_is_listed_once() -> None:
    rows = [row.id for row in policy.rule_index() if row.id.startswith("ZHP-")]
    assert len(rows) == len(set(rows)) == 113


def test_all_gates_of_the_sheet_are_there_and_the_twenty_first_is_a_lint() -> None:
    codes = {gate.code for gate in plan.GATES}
    assert {f"ZHP-G{n:02}" for n in range(1, 21)} <= codes
    assert "ZHP-G21" not in codes
    assert all(track.asked_once is not None for track in plan.TRACKS)


def test_every_demand_of_the_plan_lapses_with_it_save_secrecy_and_words_beside_the_form() -> None:
    bound = {gate.key for gate in plan.GATES if gate.regulation == PLAN}
    free = {gate.key for gate in plan.GATES if gate.regulation != PLAN and gate.severity.value == "block"}
    assert "classified_content" not in bound
    assert free == {"classified_content", "project_evaluation_missing", "entrance_changed"}


def test_all_eight_papers_of_the_sheet_are_there() -> None:
    assert {f"ZH-D{n}" for n in range(32, 40)} <= {paper.code for paper in plan.PAPERS}


def test_no_paper_of_the_plan_asks_for_a_seal_and_no_period_runs() -> None:
    assert not any(paper.sealed for paper in plan.PAPERS)
    assert plan.LIMITS == ()


def test_an_option_that_offers_a_choice_is_read_somewhere() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in HALF.rglob("*.py") if p.name != "options.py")
    code += (HALF.parent / "regulations.py").read_text(encoding="utf-8")
    idle = [o.key for o in plan.OPTIONS if len(o.values) > 1 and f'"{o.key}"' not in code]
    assert idle == []


@pytest.mark.parametrize("value", [[], (), "finance", ["opera"]])
def test_a_list_of_approvers_that_is_empty_or_names_nobody_known_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="approving_depts"):
        REGISTRY.place("zhuhai").rulebook({"approving_depts": value})


def test_a_district_goes_through_the_same_stages_with_its_own_bodies() -> None:
    book = REGISTRY.place("zhuhai").rulebook()
    city, district = ([stage for _, stage in book.line(track)] for track in ("general", "general_district"))
    assert [stage.key for stage in city] == [stage.key for stage in district]
    assert "data_bureau" in city[1].actors
    assert district[1].actors == ("district_data_bureau",)
    assert district[-1].actors == ("district_data_bureau",)


@pytest.mark.parametrize(
    ("level", "told"),
    [(2, {"mlps_below_three"}), (3, {"crypto_missing"}), (4, {"crypto_missing"})],
)
def test_level_three_is_enough_for_a_base_platform_and_from_level_three_on_cryptography_is_asked(
    level: int, told: set[str]
) -> None:
    case = Application()
    case.declare(is_base_platform=True, mlps_level=level)
    assert case.gates() & {"mlps_below_three", "crypto_missing"} == told


def test_the_printed_map_of_a_district_names_the_districts_bodies_and_the_list_of_approvers_by_title() -> None:
    printed = tell(REGISTRY.place("zhuhai").rulebook({"approving_depts": ["finance", "drc"]}), on=MONDAY)
    maps = {path.key: "".join(str(one) for one in path.maps) for path in printed.paths}
    assert "区政务服务数据管理局" in maps["general_district"]
    assert "市政务和数据局" not in maps["general_district"]
    assert "市政务和数据局" in maps["general"]
    (approvers,) = (choice for choice in printed.options if choice.key == "approving_depts")
    assert approvers.value == "市财政局、发展改革部门"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("new_project", "“十四五”规划（珠政数管〔2022〕18号）"), ("jiebang", "工作指引（试行）（珠政数管〔2025〕119号）")],
)
def test_beside_other_places_each_path_is_shown_with_the_text_it_rests_on(kind: str, text: str) -> None:
    book = REGISTRY.place("zhuhai").rulebook()
    (column,) = compare([book], FORM | {"application_kind": kind}, on=MONDAY, calendar=OFFICIAL).columns
    assert column.title.endswith(text)
