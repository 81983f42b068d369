"""Playing one case of Toytown: an act per line, read by what the last decision says."""

from datetime import date
from typing import Any

from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context, UnitRecord
from core.policy.cases.standing import Standing
from core.policy.cases.state import CaseState, Lot, Paper
from core.policy.judging.deciding import decide
from core.policy.judging.receipts import Receipt, make_receipt
from core.policy.rulebooks.registry import Registry
from tests.core.policy.toytown import policy

REGISTRY = Registry({"toytown": policy})
MONDAY = date(2025, 9, 1)
SMALL = 50_000_00
LARGE = 500_000_00
ITEMS = {"need": "pass", "cost": "pass"}


class Played:
    """One case on the pure engine, with the receipts of everything asked of it."""

    def __init__(self, *, others: tuple[Standing, ...] = (), options: dict[str, Any] | None = None) -> None:
        self.rules = REGISTRY.place("toytown").rulebook(options)
        self.unit = UnitRecord(key="school", projects=others)
        self.blank = CaseState(id="own", title="智慧校园", unit="school", created_on=MONDAY, plan_year=2026)
        self.state = self.blank
        self.today = MONDAY
        self.receipts: list[Receipt] = []
        self.last: Decision

    def act(self, name: str, stage: str = "", role: str = "project_unit", **more: Any) -> Decision:
        self.today = more.pop("on", self.today)
        context = Context(today=self.today, calendar=OFFICIAL, unit=self.unit)
        act = Act(name=name, stage=stage, role=role, on=self.today, **more)
        ruling = decide(self.rules, self.state, context, act)
        self.receipts.append(make_receipt(self.rules, self.state, context, act, ruling))
        self.state, self.last = ruling.after, ruling.decision
        return self.last

    def create(self, **facts: Any) -> "Played":
        self.act("create", facts=facts)
        return self

    def apply(self, declared: int = SMALL, **more: Any) -> Decision:
        facts = {"project_kind": "build", "declared": declared} | more.pop("facts", {})
        return self.act("submit", "apply", facts=facts, papers=more.pop("papers", self.papers("form")), **more)

    def to_review(self, declared: int = SMALL, **facts: Any) -> "Played":
        self.create().apply(declared, facts=facts)
        self.act("opine", "screening", "data_bureau")
        if declared >= LARGE:
            for role in ("north", "south", "east"):
                self.act("opine", "voting", role)
        return self

    def pass_review(self, **more: Any) -> Decision:
        given = {"items": ITEMS, "papers": self.papers("minutes")} | more
        return self.act("decide", "review", "data_bureau", outcome="pass", **given)

    def to_works(self, *lots: str, **facts: Any) -> "Played":
        self.to_review(**facts).pass_review(lots=tuple(Lot(id=lot) for lot in lots))
        self.act("opine", "signing", "mayor")
        self.act("opine", "signing", "finance")
        return self

    def papers(self, *keys: str) -> tuple[Paper, ...]:
        return tuple(Paper(type=key, on=self.today, sealed=self.rules.papers[key].sealed) for key in keys)

    @property
    def case(self) -> Case:
        context = Context(today=self.today, calendar=OFFICIAL, unit=self.unit)
        return Case(self.state, context, self.rules)

    def open(self) -> set[str]:
        return {run.stage + (f"@{run.ref}" if run.ref else "") for run in self.state.runs if run.is_open}

    def ended(self) -> str:
        return self.state.end.kind if self.state.end is not None else ""

    def gates(self) -> set[str]:
        return {finding.gate for finding in self.last.findings}

    def due(self, limit: str) -> date | None:
        due = self.case.due(limit)
        return due.due_on if due is not None else None
