"""The rows of the plan that live in the platform rather than in a decision."""

from collections import Counter
from uuid import uuid4

import msgspec
import pytest

from core.kernel.tenancy import Actor
from core.policy.cases.standing import standing_of
from core.policy.cases.state import WaiverUse
from core.policy.proving.graphs import Graph
from core.policy.rules.flow import Line
from core.projects.model import Project
from core.stages.rights import may_see, sight_of
from plugins.zhuhai.plan.facts import FACTS
from plugins.zhuhai.plan.stages import APPROVING, RUNNING
from tests.plugins.zhuhai.planning import MONDAY, REGISTRY, Application

BOOK = REGISTRY.place("zhuhai").rulebook()
GENERAL = ("general", "general_district")


def test_the_leading_group_reads_every_project_and_acts_nowhere() -> None:
    group = BOOK.roles["leading_group"]
    assert group.reads_all
    assert not group.acts
    assert not any("leading_group" in stage.actors for _, stage in BOOK.all_stages())
    assert sight_of(_actor("leading_group"), BOOK).everything


def test_every_stage_of_a_project_says_who_is_responsible_and_when_it_began_and_ended() -> None:
    case = Application()
    case.declare()
    case.approve()
    for run in case.state.runs:
        found = case.rules.stage(run.stage, case.state.track)
        assert found is not None
        assert found[1].actors
        assert run.opened_on <= case.today
        assert run.is_open or run.closed_on
    assert [run.stage for run in case.state.runs] == ["declaration", "joint_approval", "delivery"]


def test_the_operation_centre_runs_systems_and_approves_nothing_at_city_and_district() -> None:
    at_work = {stage.key for _, stage in BOOK.all_stages() if "operation_center" in stage.actors}
    reviewers = {r.role for _, s in BOOK.all_stages() if s.review is not None for r in s.review.reviewers}
    assert at_work == {"operation"}
    assert "operation_center" not in reviewers
    assert "operation_center" not in BOOK.options["approving_depts"]
    assert all(BOOK.stage("operation", track) is not None for track in GENERAL)


def test_the_expert_library_and_the_committee_serve_consultation_from_the_first_stage_on() -> None:
    side = BOOK.sides["expert_consultation"]
    assert side.when is None
    assert "expert_committee" in side.stages[0].actors
    assert BOOK.registers["expert_library"].library
    assert BOOK.papers["expert_advice"].from_roles[0] == "expert_committee"


@pytest.mark.parametrize("track", GENERAL)
def test_each_fact_of_the_form_is_asked_by_one_stage_of_a_track(track: str) -> None:
    stages = {stage.key: stage for _, stage in BOOK.line(track)}
    asked = Counter(key for stage in stages.values() for key in stage.asks)
    assert max(asked.values()) == 1
    assert {fact.asked_at for fact in FACTS} <= {*stages, "", "plan_preparation"}
    assert BOOK.tracks[track].asked_once is not None


def test_a_decider_sees_the_declaration_itself_and_is_asked_nothing_of_it_again() -> None:
    case = Application()
    case.declare(system_name="智慧文旅")
    found = case.rules.stage("joint_approval", "general")
    assert found is not None
    assert found[1].asks == ()
    assert case.case.fact("system_name") == "智慧文旅"
    decision = case.act("opine", "joint_approval", "finance", facts={"system_name": "另一名称"})
    assert not decision.accepted
    assert case.gates() == {"fact_not_yours"}


def test_every_stage_is_done_online_by_a_role_that_can_close_it() -> None:
    for stage in (*APPROVING, *RUNNING):
        assert stage.actors, stage.key
        assert all(BOOK.roles[role].acts for role in stage.actors), stage.key
        assert stage.outcomes, stage.key


def _actor(role: str) -> Actor:
    return Actor(user_id=uuid4(), name=role, tenant_id=uuid4(), roles=frozenset({role}))


def _project(case: Application) -> Project:
    return Project(
        id=uuid4(),
        code="ZH-2025-0001",
        unit_id=uuid4(),
        unit_code="culture",
        subordinate_id=None,
        system_id=None,
        jurisdiction="zhuhai",
        edition=case.rules.edition,
        rulebook=case.rules.digest,
        options={},
        version=1,
        state=case.state,
    )


def test_every_department_on_the_list_reads_the_project_with_what_the_others_have_said() -> None:
    case = Application(approving_depts=("drc", "cyberspace_office"))
    case.declare()
    case.act("opine", "joint_approval", "drc", outcome="return", reason="请补充测算")
    run = case.case.run("joint_approval")
    assert run is not None
    assert [(o.role, o.result, o.text) for o in run.opinions] == [("drc", "return", "请补充测算")]
    assert may_see(_actor("cyberspace_office"), case.rules, _project(case), case.case)
    assert may_see(_actor("data_bureau"), case.rules, _project(case), case.case)


def test_a_department_that_is_not_on_the_list_does_not_see_the_project() -> None:
    case = Application(approving_depts=("drc",))
    case.declare()
    assert not may_see(_actor("public_security"), case.rules, _project(case), case.case)


def test_a_chief_data_officer_of_a_unit_sees_that_units_projects_and_no_others() -> None:
    case = Application()
    case.declare()
    own, other = _project(case), _project(case)
    officer = msgspec.structs.replace(_actor("dept_cdo"), organisation_id=own.unit_id)
    assert may_see(officer, case.rules, own, case.case)
    assert not may_see(officer, case.rules, other, case.case)
    assert case.rules.roles["gov_cdo"].reads_all
    assert not case.rules.roles["dept_cdo"].reads_all


def test_what_is_bought_is_shared_with_the_amount_so_that_its_share_can_be_counted_by_year() -> None:
    standings = []
    for kind, amount in (("technology", 100), ("data_service", 200), ("data_service", 300)):
        case = Application()
        case.declare(purchase_kind=kind, declared=amount)
        standings.append(standing_of(case.state, case.rules.standing_facts))
    assert Counter(s.fact("purchase_kind") for s in standings) == {"technology": 1, "data_service": 2}
    assert sum(s.fact("declared") for s in standings if s.fact("purchase_kind") == "data_service") == 500
    assert {s.plan_year for s in standings} == {2025}


def test_an_exception_stays_on_the_record_with_role_reason_and_day_for_whoever_counts_them() -> None:
    case = Application()
    case.declare(deployment="other")
    case.act("opine", "joint_approval", "data_bureau", waivers=(_exception(),))
    case.act("opine", "joint_approval", "finance")
    (use,) = case.state.waivers
    assert (use.gate, use.role, use.reason, use.on) == ("not_on_gov_cloud", "data_bureau", "专用设备", MONDAY)
    assert case.open() == {"delivery"}


def _exception() -> WaiverUse:
    return WaiverUse(gate="not_on_gov_cloud", role="data_bureau", reason="专用设备")


def test_the_books_of_the_plan_are_kept_by_units_and_read_by_the_bureau() -> None:
    for key in ("data_resource_book", "data_catalogue"):
        register = BOOK.registers[key]
        assert register.kept_by == ("project_unit",)
        assert {"data_bureau", "district_data_bureau"} <= set(register.read_by)
        assert register.versioned
    assert BOOK.registers["evaluation_results"].derived
    assert BOOK.registers["unified_systems"].reach == "descendants"
    assert BOOK.papers["data_resource_registration"].register == "data_resource_book"


@pytest.mark.parametrize("track", GENERAL)
def test_a_project_can_only_end_in_a_defined_end(track: str) -> None:
    assert Graph(BOOK, track).dead_ends() == ()
    ends = {o.ends for _, s in BOOK.line(track) if s.line is Line.MAIN for o in s.outcomes if o.ends is not None}
    assert {end.value for end in ends} == {"completed", "rejected", "terminated"}


def test_every_kind_of_application_has_one_entrance() -> None:
    fact = BOOK.facts["application_kind"]
    assert fact.choices == ("new_project", "system_upgrade", "om_fund", "jiebang")
    assert {track.case_kind for track in BOOK.tracks.values()} == {"project"}
