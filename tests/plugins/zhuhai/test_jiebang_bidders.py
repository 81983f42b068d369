"""Several bidders on one demand, where the list of the day or the order among equals decides."""

from datetime import date
from pathlib import Path
from typing import Any

from core.policy.cases.state import Paper
from core.policy.rules.papers import Severity
from tests.plugins.zhuhai.bidding import Challenge, gates

DAY = date(2026, 1, 6)


def test_between_equals_the_one_with_own_results_comes_first_and_a_better_score_before_both(tmp_path: Path) -> None:
    challenge = Challenge(tmp_path, "jiebang_planned")
    order = _order(challenge)
    assert order == ["e1", "e2"]
    states = challenge.player.states
    entries = tuple(_with(entry, own_ip_or_cases=entry.id == "e2") for entry in states["main"].entries)
    states["main"] = _replaced(states["main"], entries=entries)
    assert _order(challenge) == ["e2", "e1"]
    entries = tuple(_with(entry, plan_score=90 if entry.id == "e1" else 80) for entry in states["main"].entries)
    states["main"] = _replaced(states["main"], entries=entries)
    assert _order(challenge) == ["e1", "e2"]


def _order(challenge: Challenge) -> list[str]:
    found = challenge.player.rules.stage("adoption_report", "jiebang")
    assert found is not None
    assert found[1].competition is not None
    return [entry.id for entry in found[1].competition.order(challenge.case)]


def _with(entry: Any, **facts: Any) -> Any:
    return _replaced(entry, facts={**entry.facts, **facts})


def _replaced(value: Any, **more: Any) -> Any:
    return type(value)(**{name: getattr(value, name) for name in value.__struct_fields__} | more)


def test_the_project_is_over_with_its_acceptance_and_both_may_still_apply(tmp_path: Path) -> None:
    challenge = Challenge(tmp_path, "jiebang_both_signed")
    papers = (Paper(type="acceptance_conclusion", on=date(2026, 7, 10)),)
    passed = challenge.act("decide", "acceptance", "project_unit", date(2026, 7, 10), outcome="pass", papers=papers)
    assert passed.end is not None
    assert {ref.ref for ref in passed.opened if ref.stage == "subsidy_application"} == {"e1", "e2"}


def test_who_is_listed_after_signing_is_told_and_not_stopped(tmp_path: Path) -> None:
    challenge = Challenge(tmp_path, "jiebang_both_signed")
    challenge.parameters["dishonesty_list"] = ("yunzhi",)
    day = date(2026, 7, 10)
    papers = (Paper(type="acceptance_conclusion", on=day),)
    decision = challenge.act("decide", "acceptance", "project_unit", day, outcome="pass", papers=papers)
    assert decision.accepted
    assert [f.severity for f in decision.findings if f.gate == "bidder_dishonest"] == [Severity.WARN]


def test_who_is_listed_before_signing_is_stopped_then(tmp_path: Path) -> None:
    challenge = Challenge(tmp_path, "jiebang_both_announced")
    challenge.parameters["dishonesty_list"] = ("南方数字研究院",)
    assert "bidder_dishonest" in gates(challenge.act("submit", "agreement_signing", "project_unit", DAY))


def test_who_is_listed_when_the_plan_is_filed_is_stopped_there(tmp_path: Path) -> None:
    challenge = Challenge(tmp_path, "jiebang_planned")
    day = date(2025, 12, 5)
    opinion = (Paper(type="initial_opinion", on=day),)
    for ref, outcome in (("e1", "adopt"), ("e2", "not_adopt")):
        more = {"ref": ref, "outcome": outcome, "reason": "比较两家", "papers": opinion}
        challenge.act("decide", "plan_opinion", "project_unit", day, **more)
    papers = (Paper(type="adoption_report", on=day),)
    challenge.act("submit", "adoption_report", "project_unit", day, outcome="submit", papers=papers)
    challenge.parameters["dishonesty_list"] = ("珠海云智科技有限公司",)
    filing = {"outcome": "filed", "facts": {"filing_number": "备1"}}
    assert gates(challenge.act("decide", "plan_filing_review", "data_bureau", day, **filing)) == {"bidder_dishonest"}
    challenge.parameters["dishonesty_list"] = ("henghai",)
    assert gates(challenge.act("decide", "plan_filing_review", "data_bureau", day, **filing)) == set()
