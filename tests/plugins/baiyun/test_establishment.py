"""From the application to the signed contract: the two short ways and the ordinary one, and what bars them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.kernel.money import parse_yuan
from core.policy.cases.context import UnitFinding
from core.policy.cases.standing import DueMark, StageMark
from core.policy.cases.state import Contract, Defect, End, WaiverUse
from core.policy.rules.papers import Severity

Make = Callable[..., Any]
DEFECT = (Defect(id="e1", item="scope", text="范畴不清"),)
TERMS = {
    "has_data_terms": True,
    "states_ip_ownership": True,
    "ip_owner": "unit",
    "warranty_software_months": 12,
    "warranty_hardware_months": 36,
}


def main_contract(**changes: Any) -> Contract:
    given: dict[str, Any] = {
        "id": "main",
        "supplier": "甲公司",
        "amount_fen": parse_yuan("390000"),
        "signed_on": date(2025, 10, 15),
    }
    return Contract(**({**given, "terms": TERMS} | changes))


def test_a_micro_project_procures_at_once_and_files_beside_it(project: Make) -> None:
    case = project()
    case.pass_plan("400000")
    assert case.open_stages() == {"procurement", "micro_filing"}
    case.act("lodge", "micro_filing", papers=("micro_filing_form",))
    assert case.open_stages() == {"procurement"}
    case.act("submit", "procurement", on=date(2025, 10, 15), contracts=(main_contract(),))
    due = next(d for d in case.state.dues if d.limit == "contract_filing")
    assert due.due_on == date(2025, 10, 22)
    case.act("lodge", "contract_filing", on=date(2025, 10, 22), papers=("procurement_documents", "contract", "nda"))
    assert case.last.accepted
    assert "late_filing" not in case.gates()
    assert case.open_stages() == {"implementation"}


def test_a_contract_may_be_filed_without_the_micro_form_with_a_warning(project: Make) -> None:
    case = project()
    case.pass_plan("400000")
    case.act("submit", "procurement", on=date(2025, 10, 15), contracts=(main_contract(),))
    case.act("lodge", "contract_filing", on=date(2025, 10, 16), papers=("procurement_documents", "contract", "nda"))
    assert case.last.accepted
    assert "micro_form_missing" in case.gates()


def test_an_ordinary_project_reaches_procurement_through_four_reviews_and_two_filings(project: Make) -> None:
    case = project()
    case.pass_plan()
    case.hand_in_scheme()
    case.cost()
    facts = {"approved": parse_yuan("800000"), "approved_on": "2025-09-25"}
    case.decide("scheme_approval", "approved", on=date(2025, 9, 25), facts=facts, papers=("approval_document",))
    assert case.open_stages() == {"scheme_filing"}
    received = {"opinion_received_on": "2025-09-26"}
    case.act("lodge", "scheme_filing", on=date(2025, 9, 28), facts=received, papers=("final_scheme_scan",))
    case.act(
        "lodge", "procurement_need_filing", on=date(2025, 9, 29), facts={"need_matches_scheme": True},
        papers=("procurement_self_check",),
    )  # fmt: skip
    assert case.last.accepted
    assert case.open_stages() == {"procurement"}


def approved(project: Make) -> Any:
    case = project()
    case.pass_plan()
    case.hand_in_scheme()
    case.cost()
    facts = {"approved": parse_yuan("800000"), "approved_on": "2025-09-25"}
    case.decide("scheme_approval", "approved", on=date(2025, 9, 25), facts=facts, papers=("approval_document",))
    received = {"opinion_received_on": "2025-09-26"}
    case.act("lodge", "scheme_filing", on=date(2025, 9, 28), facts=received, papers=("final_scheme_scan",))
    case.act(
        "lodge", "procurement_need_filing", on=date(2025, 9, 29), facts={"need_matches_scheme": True},
        papers=("procurement_self_check",),
    )  # fmt: skip
    return case


# The approval of 2025-09-25 runs out on 2026-09-25, a day of the Mid-Autumn holiday, hence on the next workday.
@pytest.mark.parametrize(("days", "lapsed"), [(-1, False), (0, False), (1, True)])
def test_procurement_begins_within_the_year_of_the_approval(project: Make, days: int, lapsed: bool) -> None:
    case = approved(project)
    due = next(d for d in case.state.dues if d.limit == "approval_validity").due_on
    assert due > date(2026, 9, 25)
    on = date.fromordinal(due.toordinal() + days)
    case.act("record", "procurement", on=on, facts={"procurement_started_on": on.isoformat()})
    assert ("approval_lapsed" in case.blocked_by()) is lapsed


def test_the_third_plan_review_that_fails_ends_the_project(project: Make) -> None:
    case = project()
    case.submit()
    for attempt in range(3):
        case.decide("plan_review", "not_pass", reason="范畴不清", defects=DEFECT)
        assert (case.state.end is None) is (attempt < 2)
        if attempt < 2:
            case.act(
                "submit", "plan_revision", papers=("application_form",), answers={"e1": "已补"}, on=date(2025, 9, 5)
            )
    assert case.state.end.kind == "rejected"
    assert "BY-22-11" in case.state.end.rows


def test_every_reason_not_to_establish_shows_at_once(project: Make, standing: Make) -> None:
    overdue = standing(dues=(DueMark(limit="acceptance_filing", due_on=date(2025, 8, 1)),), open=("acceptance_filing",))
    findings = tuple(UnitFinding(kind=kind, on=date(2025, 8, 1)) for kind in ("behind_schedule", "security_hazard"))
    case = project(others=(overdue,), unit={"findings": findings, "registers": {}})
    case.submit()
    assert {
        "asset_catalogue_missing",
        "unit_behind_schedule",
        "unit_security_hazard",
        "unit_acceptance_filing_default",
    } <= case.blocked_by()


@pytest.mark.parametrize(("lifted", "barred"), [(None, True), (date(2025, 9, 2), False), (date(2025, 9, 3), True)])
def test_a_record_of_missing_data_bars_until_the_day_it_is_lifted(
    project: Make, lifted: date | None, barred: bool
) -> None:
    finding = UnitFinding(kind="data_not_shared", on=date(2025, 8, 1), lifted_on=lifted)
    case = project(unit={"findings": (finding,)})
    case.submit()
    assert ("unit_data_not_aggregated" in case.blocked_by()) is barred


@pytest.mark.parametrize(("choice", "severity"), [(False, Severity.WARN), (True, Severity.BLOCK)])
def test_a_filing_being_put_right_warns_or_bars_as_the_tenant_reads_it(
    project: Make, standing: Make, choice: bool, severity: Severity
) -> None:
    due = DueMark(limit="acceptance_filing_rectification", due_on=date(2025, 9, 10))
    earlier = standing(
        open=("acceptance_filing_rectification",), dues=(due,),
        last={"acceptance_filing_review": StageMark(outcome="deficient", on=date(2025, 8, 27))},
    )  # fmt: skip
    case = project(others=(earlier,), bar_during_rectification=choice)
    case.submit()
    found = [f.severity for f in case.last.findings if f.gate == "unit_acceptance_filing_default"]
    assert found == [severity]


@pytest.mark.parametrize(("mode", "accepted"), [("block", False), ("block_with_reasoned_override", True)])
def test_the_ban_after_an_unqualified_result_may_be_lifted_only_where_the_tenant_allows_it(
    project: Make, standing: Make, mode: str, accepted: bool
) -> None:
    facts = {
        "project_kind": "build",
        "grade": "unqualified",
        "result_published_on": "2024-12-01",
        "data_aggregated": True,
    }
    case = project(others=(standing(facts=facts),), in_principle_mode=mode)
    assert not case.submit().accepted
    assert case.blocked_by() == {"unqualified_ban"}
    waiver = WaiverUse(gate="unqualified_ban", role="data_bureau", reason="区政府专题会议要求")
    case.act("record", "", role="data_bureau", waivers=(waiver,))
    assert case.submit().accepted is accepted


@pytest.mark.parametrize("first", ["main", "supervision"])
def test_a_supplier_may_not_build_what_it_supervises_whichever_contract_comes_first(project: Make, first: str) -> None:
    case = project()
    case.pass_plan("400000")
    support = Contract(id="support", kind="supervision", supplier="甲公司", amount_fen=1, signed_on=date(2025, 10, 16))
    if first == "supervision":
        case.act("record", "procurement", contracts=(support,))
        case.act("submit", "procurement", on=date(2025, 10, 15), contracts=(main_contract(),))
        case.act("lodge", "contract_filing", on=date(2025, 10, 16), papers=("procurement_documents", "contract", "nda"))
    else:
        case.act("submit", "procurement", on=date(2025, 10, 15), contracts=(main_contract(),))
        case.act("lodge", "contract_filing", on=date(2025, 10, 16), papers=("procurement_documents", "contract", "nda"))
        assert case.last.accepted
        case.act("record", "implementation", on=date(2025, 10, 17), contracts=(support,))
    assert "supplier_conflict" in case.blocked_by()


def test_a_project_may_be_withdrawn_until_the_approval_and_not_after(project: Make) -> None:
    early = project()
    early.submit()
    assert early.act("withdraw", "", reason="计划调整").accepted
    late = approved(project)
    assert not late.act("withdraw", "", on=date(2025, 10, 9), reason="计划调整").accepted


def test_similar_micro_projects_of_one_year_are_suspected_unless_one_was_given_up(
    project: Make, standing: Make
) -> None:
    facts = {"system_name": "文旅", "declared": parse_yuan("300000")}
    running = standing(facts=facts)
    given_up = standing(id="P2", facts=facts, end=End(kind="withdrawn", on=date(2025, 8, 20)))
    suspected = project(others=(running,))
    suspected.submit(declared="300000", system_name="文旅")
    assert "split_project" in suspected.gates()
    assert suspected.last.accepted
    clear = project(others=(given_up,))
    clear.submit(declared="300000", system_name="文旅")
    assert "split_project" not in clear.gates()
