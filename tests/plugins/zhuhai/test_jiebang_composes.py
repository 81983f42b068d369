"""The challenge half is whole: rows, gates and papers are those of the sheet, and nothing is invented beside them."""

from core.policy.rules.actors import Seat
from core.policy.rules.citations import Provenance
from core.policy.rules.flow import Stage
from plugins.zhuhai import jiebang, policy
from plugins.zhuhai.jiebang.thresholds import NOTICE_WORKDAYS, SUBSIDY_MONTHS
from plugins.zhuhai.regulations import GUIDELINES

# Gates that core asks itself: a creation outside the validity, a finance opinion and a consent that are outstanding.
BY_CORE = {"ZH-G51"}


def stages() -> dict[str, Stage]:
    """Every stage of the half, by key."""
    on_line = {stage.key: stage for segment in jiebang.SEGMENTS for stage in segment.stages}
    return on_line | {stage.key: stage for side in jiebang.SIDES for stage in side.stages}


def test_every_row_of_the_guidelines_is_listed_once() -> None:
    rows = [row.id for row in policy.rule_index() if row.id.startswith("ZH-")]
    assert len(rows) == len(set(rows)) == 84


def test_all_gates_of_the_sheet_are_there() -> None:
    codes = [gate.code for gate in jiebang.GATES]
    assert len(codes) == len(set(codes))
    assert {f"ZH-G{n:02}" for n in range(1, 55)} - BY_CORE <= set(codes)


def test_all_papers_of_the_sheet_are_there_and_none_asks_for_a_seal() -> None:
    assert [paper.code for paper in jiebang.PAPERS] == [f"ZH-D{n:02}" for n in range(1, 32)]
    assert not any(paper.sealed for paper in jiebang.PAPERS)
    assert not any(demand.sealed for stage in stages().values() for demand in stage.papers)


def test_only_three_periods_run_and_a_fourth_waits_for_another_text() -> None:
    figures = {limit.key: limit.amount for limit in jiebang.LIMITS}
    assert figures == {
        "public_notice": NOTICE_WORKDAYS,
        "subsidy_application": SUBSIDY_MONTHS,
        "implementation_period": 0,
        "acceptance_report": 0,
    }
    reporting = next(limit for limit in jiebang.LIMITS if limit.key == "acceptance_report")
    assert reporting.citation.provenance is Provenance.EXTERNAL


def test_no_attempt_is_counted_and_no_stage_may_stop_its_clock() -> None:
    assert jiebang.COUNTERS == ()
    assert all(limit.pauses == () for limit in jiebang.LIMITS)
    assert all(stage.unbounded for stage in stages().values())


def test_what_the_text_does_not_name_is_shown_as_our_default_or_reading() -> None:
    silent = {"withdrawn", "return", "revise", "none_adopted", "no_taker", "drop", "reject", "closed", "refuse"}
    for stage in stages().values():
        for outcome in stage.outcomes:
            if outcome.key in silent and (stage.key, outcome.key) != ("plan_opinion", "revise"):
                assert outcome.citation.provenance is not Provenance.TEXT, (stage.key, outcome.key)


def test_outside_parties_act_in_roles_of_their_own_and_winning_is_decided() -> None:
    outside = {role.key: role for role in jiebang.ROLES if role.seat is Seat.EXTERNAL}
    assert outside.keys() == {"intending_bidder", "bidder", "public"}
    assert [key for key, role in outside.items() if role.from_outcome] == ["bidder"]
    assert all(stage.scope == "entry" for stage in stages().values() if set(stage.actors) <= outside.keys())


def test_the_track_belongs_to_the_guidelines_and_expires_with_them() -> None:
    assert [track.regulation for track in jiebang.TRACKS] == [GUIDELINES]
    guidelines = next(text for text in policy.regulations() if text.key == GUIDELINES)
    assert guidelines.expires_on is not None
    assert guidelines.effective_on is not None
    assert (guidelines.expires_on - guidelines.effective_on).days == 729


def test_every_stand_in_for_the_measures_is_a_slot() -> None:
    assert {slot.key for slot in jiebang.SLOTS} == {
        "zhm_demand_pool_entry",
        "zhm_workgroup",
        "zhm_change",
        "zhm_process",
        "zhm_acceptance",
        "zhm_acceptance_report_limit",
        "zhm_result_procurement",
    }
