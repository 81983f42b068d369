"""A project of Baiyun from its approval to its end: contracts, lots, acceptance, filing, evaluation, a line per act."""

from datetime import date
from typing import Any

from core.kernel.money import parse_yuan
from core.kernel.workdays import OFFICIAL
from core.policy.cases.acts import Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import Contract, Lot, Panel, Paper
from core.policy.judging.tasks import tasks_of
from tests.plugins.baiyun.conftest import Project

TERMS = {
    "has_data_terms": True,
    "states_ip_ownership": True,
    "warranty_software_months": 12,
    "warranty_hardware_months": 36,
}
PARTS = {
    "system_logs": ("login_log", "operation_log"),
    "self_evaluation_report": ("ip_plan", "rights_transfer", "later_operation"),
    "third_party_evaluation_report": ("ip_plan", "rights_transfer", "later_operation"),
    "off_window_consent": ("finance", "district_leader"),
}
FINAL = ("final_acceptance_materials", "final_acceptance_conclusion", "mlps_report")
EXPERTS = Panel(library="expert_library", size=5)
INTERNAL = Panel(form="internal")


class Delivered(Project):
    """One project on the way from its approval to its end; `until` stops it earlier, at "application" or "cost"."""

    def __init__(
        self,
        *,
        kind: str = "build",
        declared: str = "4000000",
        lots: tuple[str, ...] = (),
        until: str = "approval",
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.kind = kind
        self.lots = tuple(Lot(id=lot) for lot in lots)
        if until == "application":
            self.submit(declared=declared, kind=kind)
            return
        self.pass_plan(declared, kind=kind)
        if self.state.track == "ordinary":
            self.hand_in_scheme(declared)
            self.cost(declared)
        if self.state.track == "ordinary" and until == "approval":
            self.approve(declared)
            received = {"opinion_received_on": "2025-09-26"}
            self.act("lodge", "scheme_filing", on=date(2025, 9, 28), facts=received, papers=("final_scheme_scan",))

    def approve(self, amount: str, *, on: date = date(2025, 9, 25)) -> Decision:
        facts = {"approved": parse_yuan(amount), "approved_on": on.isoformat()}
        return self.decide("scheme_approval", "approved", on=on, facts=facts, papers=("approval_document",))

    def paper(self, key: str, on: date) -> Paper:
        sealed = self.rules.papers[key].sealed
        return Paper(type=key, on=on, sealed=sealed, parts=PARTS.get(key, ()))

    def file_need(self) -> "Delivered":
        facts = {"need_matches_scheme": True}
        papers = ("procurement_self_check",)
        self.act("lodge", "procurement_need_filing", on=date(2025, 9, 29), facts=facts, papers=papers, lots=self.lots)
        return self

    def sign(self, *amounts: str, ref: str = "", **terms: Any) -> "Delivered":
        """Sign one main contract per amount and file them."""
        contracts = tuple(
            Contract(
                id=f"c{ref}{n}",
                lot=ref,
                supplier="甲公司",
                amount_fen=parse_yuan(amount),
                signed_on=date(2025, 10, 15),
                terms=TERMS | terms,
            )
            for n, amount in enumerate(amounts)
        )
        facts = {"procurement_method": "公开招标"}
        self.act("submit", "procurement", on=date(2025, 10, 15), ref=ref, facts=facts, contracts=contracts)
        papers = ("procurement_documents", "contract", "nda")
        self.act("lodge", "contract_filing", on=date(2025, 10, 16), ref=ref, papers=papers)
        return self

    def build(self, ref: str = "", **facts: Any) -> Decision:
        given = {"data_aggregated": True} | facts
        return self.act("submit", "implementation", on=date(2025, 12, 15), ref=ref, facts=given)

    def accept_first(
        self, outcome: str = "pass", *, on: date = date(2025, 12, 19), ref: str = "", **more: Any
    ) -> Decision:
        reason = "" if outcome == "pass" else "功能缺失"
        given: dict[str, Any] = {"panel": EXPERTS, "reason": reason} | more
        return self.act("decide", "initial_acceptance", on=on, ref=ref, outcome=outcome, **given)

    def ask(self, ref: str = "", *, on: date = date(2026, 3, 23)) -> Decision:
        extra = "system_logs" if self.kind == "build" else "self_evaluation_report"
        papers = ("pre_final_request", "security_evidence", extra)
        return self.act("submit", "pre_final_request", on=on, ref=ref, papers=papers)

    def to_final(self, ref: str = "") -> "Delivered":
        """Everything up to the agreeing opinion before final acceptance."""
        self.build(ref)
        if self.kind == "build":
            self.accept_first(ref=ref)
            self.act("complete", "trial_run", on=date(2026, 3, 20), ref=ref)
        self.ask(ref)
        self.decide("pre_final_review", "agree", on=date(2026, 3, 30), ref=ref, papers=("pre_final_opinion",))
        return self

    def accept(self, outcome: str = "pass", *, on: date = date(2026, 4, 10), ref: str = "", **more: Any) -> Decision:
        items = dict.fromkeys(("xinchuang", "crypto", "network_security", "data_security", "ip_check"), "pass")
        reason = "" if outcome == "pass" else "未达合同要求"
        given: dict[str, Any] = {"panel": EXPERTS, "papers": FINAL, "items": items, "reason": reason} | more
        return self.act("decide", "final_acceptance", on=on, ref=ref, outcome=outcome, **given)

    def file(self, ref: str = "", *, on: date = date(2026, 4, 15)) -> Decision:
        return self.act("lodge", "acceptance_filing", on=on, ref=ref, papers=("acceptance_filing_application",))

    def evaluate(self, stage: str, *, on: date, **facts: Any) -> Decision:
        given = {"grade": "qualified", "result_published_on": on.isoformat()} | facts
        papers = ("third_party_evaluation_report",)
        return self.decide(stage, "published", on=on, facts=given, papers=papers)

    def self_evaluate(self, *, on: date = date(2026, 5, 8)) -> Decision:
        return self.act("submit", "self_evaluation", on=on, papers=("self_evaluation_report",))

    def opens(self, side: str, *, on: date, role: str = "project_unit", ref: str = "", **facts: Any) -> Decision:
        return self.act("open", "", side=side, on=on, role=role, ref=ref, facts=facts)

    def case(self, on: date) -> Case:
        return Case(self.state, Context(today=on, calendar=OFFICIAL, unit=self.unit), self.rules)

    def effects(self, on: date) -> set[str]:
        """What this project brings about on a day, on itself or on the unit's others."""
        return set(self.rules.effects_from(self.case(on)))

    def due_on(self, limit: str, ref: str = "") -> date | None:
        due = self.case(date(2025, 9, 1)).due(limit, ref)
        return due.due_on if due is not None else None

    def desk(self, role: str) -> set[str]:
        return {task.stage for task in tasks_of(self.case(date(2026, 4, 1))) if task.role == role}

    def open_at(self) -> set[str]:
        return {run.stage + (f"@{run.ref}" if run.ref else "") for run in self.state.runs if run.is_open}

    def ended(self) -> tuple[str, date] | None:
        return (self.state.end.kind, self.state.end.on) if self.state.end is not None else None
