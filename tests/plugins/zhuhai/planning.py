"""An application on Zhuhai's general track on the pure engine: an act per line, read by what the last decision says."""

from datetime import date
from typing import Any

from core.kernel.money import parse_yuan
from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context, UnitRecord
from core.policy.cases.standing import Standing
from core.policy.cases.state import CaseState, Paper
from core.policy.judging.deciding import decide
from core.policy.judging.tasks import tasks_of
from core.policy.rulebooks.registry import Registry
from plugins.zhuhai import policy

REGISTRY = Registry({"zhuhai": policy})
MONDAY = date(2025, 10, 13)
FORM: dict[str, Any] = {
    "unit_level": "city",
    "built_by": "city_unified",
    "funding_source": "department_budget",
    "declared": parse_yuan("1000000"),
    "deployment": "city_gov_cloud",
    "on_gov_extranet": True,
    "connects_datacenter": True,
    "in_sharing_directory": True,
    "unified_identity": True,
}


class Application:
    """One application of a city unit; `last` is the latest decision."""

    def __init__(self, *, on: date = MONDAY, others: tuple[Standing, ...] = (), **options: Any) -> None:
        self.rules = REGISTRY.place("zhuhai").rulebook(options)
        self.unit = UnitRecord(key="culture", projects=others)
        self.state = CaseState(id="own", title="智慧文旅平台", unit="culture", created_on=on, plan_year=on.year)
        self.today = on
        self.last: Decision
        self.act("create")

    def act(self, name: str, stage: str = "", role: str = "project_unit", **more: Any) -> Decision:
        self.today = more.pop("on", self.today)
        papers = tuple(Paper(type=key, on=self.today) for key in more.pop("papers", ()))
        act = Act(name=name, stage=stage, role=role, on=self.today, papers=papers, **more)
        ruling = decide(self.rules, self.state, self._context(), act)
        self.state, self.last = ruling.after, ruling.decision
        return self.last

    def _context(self) -> Context:
        return Context(today=self.today, calendar=OFFICIAL, unit=self.unit)

    @property
    def case(self) -> Case:
        return Case(self.state, self._context(), self.rules)

    def declare(self, *, on: date | None = None, **facts: Any) -> Decision:
        papers = ("materials_set", "security_dossier", "om_fund_plan")
        return self.act("submit", "declaration", on=on or self.today, facts=FORM | facts, papers=papers)

    def approve(self, *roles: str) -> Decision:
        for role in roles or ("finance", "data_bureau"):
            self.act("opine", "joint_approval", role)
        return self.last

    def open(self) -> set[str]:
        return {run.stage for run in self.state.runs if run.is_open}

    def waits_for(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for task in tasks_of(self.case):
            found.setdefault(task.role, set()).add(task.stage)
        return found

    def gates(self) -> set[str]:
        return {finding.gate for finding in self.last.findings}
