"""From a scenario's words to the engine's: acts, papers, contracts and values in fen."""

from datetime import date
from typing import Any

from core.kernel.money import parse_yuan
from core.policy.cases.acts import Act
from core.policy.cases.state import Contract, Defect, Entry, Lot, Member, Objection, Panel, Paper, WaiverUse
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import OutcomeKind
from core.policy.rules.values import FactType
from core.policy.scenarios.format import ContractGiven, PaperGiven, Step
from core.policy.scenarios.parties import EntryGiven


class Speaker:
    """Says a scenario's steps in the words of one rulebook."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def act_of(self, step: Step, track: str) -> Act:
        """The act a step means on a case of that track; role and outcome are the usual ones unless said."""
        verb, _, place = step.do.partition(" ")
        found = self.rules.stage(place, track) if verb != "open" else None
        stage = found[1] if found is not None else None
        side = self.rules.side(place) if verb == "open" else None
        role = step.by or (stage.actors[0] if stage is not None else "")
        role = role or (side.opened_by[0] if side is not None else "project_unit")
        outcome = step.outcome
        if not outcome and stage is not None and verb == "decide":
            outcome = next(o.key for o in stage.outcomes if o.kind is OutcomeKind.FORWARD)
        items = step.items
        if items == "all pass":
            items = {key: "pass" for key, _, _ in stage.review.items} if stage is not None and stage.review else {}
        return Act(
            name=verb,
            role=role,
            on=step.on,
            stage="" if verb == "open" else place,
            side=place if verb == "open" else "",
            ref=step.ref,
            outcome=outcome,
            pause=step.pause,
            facts=self.facts_of(step.facts),
            papers=tuple(_paper(paper, step.on) for paper in step.papers),
            contracts=tuple(_contract(contract) for contract in step.contracts),
            lots=tuple(Lot(id=lot) for lot in step.lots),
            entries=tuple(_entry(entry) for entry in step.entries),
            objections=tuple(Objection(**objection.model_dump()) for objection in step.objections),
            items=dict(items),
            reason=step.reason,
            defects=tuple(Defect(id=d.id, item=d.item, text=d.text, late_reason=d.late_reason) for d in step.defects),
            answers=step.answers,
            panel=Panel(**step.panel.model_dump()) if step.panel is not None else None,
            to=step.to,
            invites=step.invites,
            waivers=tuple(WaiverUse(gate=gate, role=role, reason=reason) for gate, reason in step.waive.items()),
        )

    def facts_of(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Amounts are written in yuan; dates become text, as they are stored."""
        return {key: self.value_of(key, value) for key, value in facts.items()}

    def value_of(self, key: str, value: Any) -> Any:
        """One value as the engine wants it."""
        fact = self.rules.facts.get(key)
        is_money = key in self.rules.amounts or (fact is not None and fact.type is FactType.MONEY)
        if is_money and isinstance(value, str | int) and not isinstance(value, bool):
            return parse_yuan(value)
        return value.isoformat() if isinstance(value, date) else value


def _paper(given: str | PaperGiven, on: date) -> Paper:
    """A paper by name; a star behind the name says it is sealed."""
    if isinstance(given, str):
        return Paper(type=given.rstrip("*"), sealed=given.endswith("*"), on=on)
    return Paper(on=on, **given.model_dump())


def _entry(given: EntryGiven) -> Entry:
    fields = given.model_dump()
    return Entry(members=tuple(Member(**member) for member in fields.pop("members")), **fields)


def _contract(given: ContractGiven) -> Contract:
    fields = given.model_dump()
    amount = fields.pop("amount")
    terms = {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.pop("terms").items()}
    return Contract(amount_fen=parse_yuan(amount), terms=terms, **fields)
