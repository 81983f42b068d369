"""One entrance, one form, one set of papers, all departments at once: what scenarios do not say of it."""

from datetime import date
from itertools import permutations

import msgspec
import pytest

from core.policy.cases.standing import Standing, standing_of
from core.policy.cases.state import WaiverUse
from tests.plugins.zhuhai.planning import Application

THREE = ("finance", "drc", "data_bureau")


@pytest.mark.parametrize("order", list(permutations(THREE)))
def test_in_whatever_order_departments_agree_the_next_stage_opens_with_the_last(order: tuple[str, ...]) -> None:
    case = Application(approving_depts=("finance", "drc"))
    case.declare()
    assert {role for role, stages in case.waits_for().items() if "joint_approval" in stages} == set(THREE)
    case.approve(*order[:-1])
    assert case.open() == {"joint_approval"}
    case.approve(order[-1])
    assert case.open() == {"delivery"}


def test_after_a_return_every_department_is_asked_anew_and_what_was_said_stays_on_record() -> None:
    case = Application()
    case.declare()
    case.act("opine", "joint_approval", "finance", outcome="return", reason="预算偏高")
    case.approve("data_bureau")
    case.declare(declared=900_000_00)
    assert {"finance", "data_bureau"} <= case.waits_for().keys()
    first, second = case.case.runs("joint_approval")
    assert [o.text for o in first.opinions] == ["预算偏高", ""]
    assert second.opinions == ()


def test_an_exception_granted_for_one_rule_lifts_no_other() -> None:
    case = Application()
    case.declare(deployment="other", builds_or_leases_data_room=True)
    granted = tuple(
        WaiverUse(gate=key, role="data_bureau", reason="专用设备") for key in ("not_on_gov_cloud", "own_data_room")
    )
    case.act("opine", "joint_approval", "data_bureau", waivers=granted)
    case.approve("finance")
    assert case.open() == {"joint_approval"}
    assert {f.gate for f in case.last.blocked_by} == {"own_data_room"}


def test_a_purchase_of_data_alone_is_asked_nothing_of_a_system() -> None:
    case = Application()
    case.declare(deployment="none", on_gov_extranet=False, connects_datacenter=False, unified_identity=False)
    assert not case.gates() & {"not_on_extranet", "datacentre_not_connected", "unified_identity_missing"}


@pytest.mark.parametrize(
    ("created", "severity"),
    [(date(2025, 12, 30), "block"), (date(2025, 12, 31), "block"), (date(2026, 1, 1), "warn")],
)
def test_the_force_of_the_plan_hangs_on_the_day_the_record_was_created(created: date, severity: str) -> None:
    case = Application(on=created)
    case.declare(on=date(2026, 1, 5), builds_or_leases_data_room=True)
    case.approve()
    (found,) = (f for f in case.last.findings if f.gate == "own_data_room")
    assert found.severity.value == severity
    assert ("规划期限2021—2025年已届满" in found.message) is (severity == "warn")


def test_every_years_evaluation_stays_with_the_project_though_the_form_shows_the_latest() -> None:
    case = Application(on=date(2024, 3, 4))
    case.declare()
    case.approve()
    case.act("submit", "delivery")
    case.act("decide", "general_acceptance", outcome="pass")
    for year, grade in ((2024, "unqualified"), (2025, "qualified")):
        day = date(year, 11, 20)
        case.act("submit", "operation", outcome="year_closed", on=day)
        facts = {"grade": grade, "evaluated_on": day.isoformat()}
        role = "data_bureau"
        case.act("decide", "project_evaluation", role, outcome="recorded", facts=facts, papers=("project_evaluation",))
    earlier = msgspec.structs.replace(case.state, id="earlier")
    standing = standing_of(earlier, case.rules.standing_facts)
    assert standing.fact("grade") == "qualified"
    assert [said.facts["grade"] for said in standing.earlier if said.stage == "project_evaluation"] == ["unqualified"]
    later = Application(others=(standing,))
    later.declare()
    later.approve()
    assert {f.gate for f in later.last.blocked_by} == {"evaluation_not_weighed"}


@pytest.mark.parametrize(
    ("grade", "poor_levels", "marked"),
    [("unqualified", ("unqualified",), True), ("qualified", ("unqualified",), False), ("unqualified", (), False)],
)
def test_a_poor_evaluation_is_marked_as_such_where_the_tenant_counts_it_so_and_any_must_be_weighed(
    grade: str, poor_levels: tuple[str, ...], marked: bool
) -> None:
    facts = {"grade": grade, "evaluated_on": "2024-11-20"}
    earlier = Standing(id="P1", title="智慧图书馆", created_on=date(2024, 1, 8), facts=facts)
    case = Application(others=(earlier,), poor_levels=poor_levels)
    case.declare()
    case.approve()
    (found,) = case.last.blocked_by
    assert found.gate == "evaluation_not_weighed"
    assert ("评价不佳" in found.message) is marked
    assert found.evidence["poor"] is marked
