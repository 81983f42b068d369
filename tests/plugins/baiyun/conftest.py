"""A project of Baiyun on the pure engine: done to by a line per act, read by what the last decision says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from core.kernel.money import parse_yuan
from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Act, Decision
from core.policy.cases.context import Context, RegisterEntry, Round, UnitRecord
from core.policy.cases.standing import Standing
from core.policy.cases.state import CaseState, Panel, Paper
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook

SEPTEMBER = date(2025, 9, 2)


def unit_in_order(**changes: Any) -> UnitRecord:
    """A first-level unit with its catalogues and plan on file."""
    keys = ("asset_catalogue", "unit_data_catalogue", "development_plans")
    registers = {key: RegisterEntry(register=key, on=date(2025, 1, 10)) for key in keys}
    return msgspec.structs.replace(UnitRecord(key="culture", registers=registers), **changes)


class Project:
    """One project on the way through the establishment half; `last` is the latest decision."""

    def __init__(
        self, *, others: tuple[Standing, ...] = (), unit: dict[str, Any] | None = None, **options: Any
    ) -> None:
        self.rules: Rulebook = installed().place("baiyun").rulebook(options)
        self.unit = unit_in_order(projects=others, **(unit or {}))
        self.state = CaseState(
            id="own", title="智慧文旅平台", unit="culture", created_on=date(2025, 9, 1), plan_year=2026
        )
        self.last: Decision
        self.act("create", "", on=date(2025, 9, 1))

    def act(self, name: str, stage: str, *, on: date = SEPTEMBER, role: str = "project_unit", **more: Any) -> Decision:
        more["papers"] = tuple(self.paper(key, on) for key in more.get("papers", ()))
        act = Act(name=name, stage=stage, role=role, on=on, **more)
        round_ = Round(plan_year=2026, issued_on=date(2025, 8, 5), closes_on=date(2025, 10, 9))
        context = Context(today=on, calendar=OFFICIAL, unit=self.unit, round=round_)
        ruling = decide(self.rules, self.state, context, act)
        self.state, self.last = ruling.after, ruling.decision
        return self.last

    def paper(self, key: str, on: date) -> Paper:
        return Paper(type=key, on=on, sealed=self.rules.papers[key].sealed)

    def submit(
        self, *, kind: str = "build", declared: str = "800000", papers: tuple[str, ...] = (), **facts: Any
    ) -> Decision:
        given = {"project_kind": kind, "funding_source": "district_general_budget", "declared": parse_yuan(declared)}
        return self.act("submit", "plan_application", facts=given | facts, papers=("application_form", *papers))

    def decide(self, stage: str, outcome: str = "pass", *, on: date = date(2025, 9, 5), **more: Any) -> Decision:
        found = self.rules.stage(stage, self.state.track)
        review = found[1].review if found is not None else None
        items = {key: "pass" for key, _, _ in review.items} if review is not None else {}
        return self.act("decide", stage, on=on, role="data_bureau", outcome=outcome, items=items, **more)

    def pass_plan(self, confirmed: str = "800000", **application: Any) -> Decision:
        self.submit(**({"declared": confirmed} | application))
        return self.decide("plan_review", facts={"confirmed": parse_yuan(confirmed)})

    def hand_in_scheme(self, estimate: str = "800000", *, on: date = date(2025, 9, 8), **facts: Any) -> Decision:
        given = {"estimate": parse_yuan(estimate)} | facts
        return self.act("submit", "scheme_preparation", on=on, facts=given, papers=("scheme", "need_self_check"))

    def cost(self, amount: str = "800000", *, on: date = date(2025, 9, 18)) -> Decision:
        """Initial and expert review passed, cost review done."""
        self.decide("scheme_initial_review", on=date(2025, 9, 12))
        panel = Panel(library="expert_library", random=True, size=5)
        self.decide("scheme_expert_review", on=date(2025, 9, 15), papers=("expert_review_opinion",), panel=panel)
        facts = {"cost_reviewed": parse_yuan(amount)}
        return self.decide("scheme_cost_review", "done", on=on, facts=facts, papers=("cost_review_report",))

    def gates(self) -> set[str]:
        return {finding.gate for finding in self.last.findings}

    def blocked_by(self) -> set[str]:
        return {finding.gate for finding in self.last.blocked_by}

    def open_stages(self) -> set[str]:
        return {run.stage for run in self.state.runs if run.is_open}


@pytest.fixture
def project() -> Callable[..., Project]:
    return Project


@pytest.fixture
def standing() -> Callable[..., Standing]:
    def make(**values: Any) -> Standing:
        given: dict[str, Any] = {
            "id": "P1",
            "code": "BY-1",
            "title": "一期",
            "created_on": date(2025, 1, 1),
            "plan_year": 2026,
        }
        return Standing(**(given | values))

    return make
