"""Playing a scenario on the pure engine: state and surroundings in memory, one decision per step."""

from datetime import date
from typing import Any

import msgspec

from core.kernel.money import parse_yuan
from core.kernel.workdays import OFFICIAL, Amendment, Calendar
from core.policy.acts import Act, Decision
from core.policy.case import Case
from core.policy.context import Candidate, Context, RegisterEntry, Round, UnitFinding, UnitRecord
from core.policy.deciding import decide
from core.policy.flow import OutcomeKind
from core.policy.registry import Registry
from core.policy.rulebook import Rulebook
from core.policy.scenarios.expecting import differences
from core.policy.scenarios.format import ContractGiven, OtherProject, PaperGiven, Scenario, Step, UnitGiven
from core.policy.standing import DueMark, StageMark, Standing, standing_of
from core.policy.state import CaseState, Contract, Defect, End, Lot, Panel, Paper, WaiverUse
from core.policy.values import FactType

_WINDOW = "application_window"


class StepReport(msgspec.Struct, frozen=True, kw_only=True):
    """One step as it went: what was done, what the rules said, and how that differs from what was expected."""

    title: str
    on: date
    decision: Decision | None
    open: tuple[str, ...]
    problems: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario as it went, with the rows its decisions touched."""

    title: str
    rules: tuple[str, ...]
    steps: tuple[StepReport, ...]
    touched: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every step yielded what it must, and every declared row really took part."""
        return not self.untouched and not any(step.problems for step in self.steps)


def run(scenario: Scenario, registry: Registry) -> Report:
    """Play one scenario on the rulebook of its place.

    Raises: what the registry raises for an unknown place; ValueError for an option not offered.
    """
    player = _Player(scenario, registry.place(scenario.place).rulebook(scenario.given.options))
    steps = [player.create(name) for name in ("main", *scenario.given.projects)]
    steps += [player.play(step) for step in scenario.steps]
    touched = tuple(player.touched)
    untouched = tuple(row for row in scenario.rules if row not in player.touched)
    return Report(title=scenario.title, rules=scenario.rules, steps=tuple(steps), touched=touched, untouched=untouched)


class _Player:
    """A scenario being played: its projects, the unit's record, the round, the calendar."""

    def __init__(self, scenario: Scenario, rules: Rulebook) -> None:
        self.rules = rules
        self.given = scenario.given
        unit = scenario.given.unit or UnitGiven()
        self.unit = _unit(unit, rules)
        self.fixed = self.unit.projects
        self.calendar = _calendar(scenario)
        self.round = self._round()
        self.states: dict[str, CaseState] = {}
        self.touched: dict[str, None] = {}
        first = scenario.steps[0].on if scenario.steps else date(2025, 9, 1)
        self.first = first

    def _round(self) -> Round | None:
        given = self.given.round
        if given is None or self.given.no_round:
            return None
        closes = given.closes_on
        if closes is None and _WINDOW in self.rules.limits:
            closes = self.rules.reckon(self.rules.limits[_WINDOW], given.issued_on, self.calendar).due_on
        return Round(plan_year=given.plan_year, issued_on=given.issued_on, closes_on=closes or given.issued_on)

    def create(self, name: str) -> StepReport:
        """Create a project of the scenario."""
        given = self.given.project if name == "main" else self.given.projects[name]
        on = given.created_on or self.first
        plan_year = given.plan_year or (self.round.plan_year if self.round is not None else on.year + 1)
        blank = CaseState(
            id=name,
            code=name,
            title=given.title,
            unit=self.unit.key,
            subordinate=given.subordinate,
            created_on=on,
            plan_year=plan_year,
        )
        self.states[name] = blank
        act = Act(name="create", role="project_unit", on=on, facts=self._facts(given.facts))
        decision = self._decide(name, act, on)
        problems = differences(given.expect, decision, self._case(name, on))
        return StepReport(
            title=f"登记“{given.title}”", on=on, decision=decision, open=self._open(name), problems=problems
        )

    def play(self, step: Step) -> StepReport:
        """One step: an act on a project, or something done to the unit's record."""
        verb, _, place = step.do.partition(" ")
        special = getattr(self, f"_do_{verb}", None)
        title = f"{step.by} {step.do}".strip()
        if special is not None:
            special(place, step)
            return StepReport(title=title, on=step.on, decision=None, open=self._open(step.project), problems=())
        act = self._act(verb, place, step)
        today = step.today or step.on
        decision = self._decide(step.project, act, today)
        problems = differences(step.expect, decision, self._case(step.project, today))
        return StepReport(
            title=f"{act.role} {step.do}",
            on=step.on,
            decision=decision,
            open=self._open(step.project),
            problems=problems,
        )

    def _do_lodge_register(self, key: str, step: Step) -> None:
        old = self.unit.registers.get(key)
        entry = RegisterEntry(register=key, version=1 + (old.version if old else 0), on=step.on, content=step.facts)
        self.unit = msgspec.structs.replace(self.unit, registers={**self.unit.registers, key: entry})

    def _do_adjust_register(self, key: str, step: Step) -> None:
        entry = msgspec.structs.replace(self.unit.registers[key], adjusted_on=step.on)
        self.unit = msgspec.structs.replace(self.unit, registers={**self.unit.registers, key: entry})

    def _do_record_finding(self, kind: str, step: Step) -> None:
        finding = UnitFinding(kind=kind, on=step.on, reason=step.reason)
        self.unit = msgspec.structs.replace(self.unit, findings=(*self.unit.findings, finding))

    def _do_lift_finding(self, kind: str, step: Step) -> None:
        lifted = tuple(
            msgspec.structs.replace(f, lifted_on=step.on) if f.kind == kind else f for f in self.unit.findings
        )
        self.unit = msgspec.structs.replace(self.unit, findings=lifted)

    def _decide(self, name: str, act: Act, today: date) -> Decision:
        ruling = decide(self.rules, self.states[name], self._context(name, today), act)
        self.states[name] = ruling.after
        self.touched.update(dict.fromkeys(ruling.decision.touched))
        return ruling.decision

    def _context(self, name: str, today: date) -> Context:
        others = tuple(
            standing_of(state, self.rules.standing_facts) for key, state in self.states.items() if key != name
        )
        return Context(
            today=today,
            calendar=self.calendar,
            unit=msgspec.structs.replace(self.unit, projects=(*self.fixed, *others)),
            round=self.round,
            parameters=self.given.parameters,
            candidates=tuple(Candidate(title=c.title, overlap=c.overlap) for c in self.given.candidates),
        )

    def _case(self, name: str, today: date) -> Case:
        return Case(self.states[name], self._context(name, today), self.rules)

    def _open(self, name: str) -> tuple[str, ...]:
        return tuple(sorted({run.stage for run in self.states[name].runs if run.is_open}))

    def _act(self, verb: str, place: str, step: Step) -> Act:
        found = self.rules.stage(place, self.states[step.project].track) if verb != "open" else None
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
            facts=self._facts(step.facts),
            papers=tuple(_paper(paper, step.on) for paper in step.papers),
            contracts=tuple(_contract(contract) for contract in step.contracts),
            lots=tuple(Lot(id=lot) for lot in step.lots),
            items=dict(items),
            reason=step.reason,
            defects=tuple(Defect(id=d.id, item=d.item, text=d.text, late_reason=d.late_reason) for d in step.defects),
            answers=step.answers,
            panel=Panel(**step.panel.model_dump()) if step.panel is not None else None,
            to=step.to,
            invites=step.invites,
            waivers=tuple(WaiverUse(gate=gate, role=role, reason=reason) for gate, reason in step.waive.items()),
        )

    def _facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Amounts are written in yuan; dates become text, as they are stored."""
        return {key: self._value(key, value) for key, value in facts.items()}

    def _value(self, key: str, value: Any) -> Any:
        fact = self.rules.facts.get(key)
        is_money = key in self.rules.amounts or (fact is not None and fact.type is FactType.MONEY)
        if is_money and isinstance(value, str | int) and not isinstance(value, bool):
            return parse_yuan(value)
        return value.isoformat() if isinstance(value, date) else value


def _calendar(scenario: Scenario) -> Calendar:
    given = scenario.given.calendar
    if not given:
        return OFFICIAL
    rows = (Amendment(on=a.on, works=a.works, reason=a.reason, source="情景", recorded_on=a.on) for a in given)
    return OFFICIAL.amended("scenario", *rows)


def _paper(given: str | PaperGiven, on: date) -> Paper:
    """A paper by name; a star behind the name says it is sealed."""
    if isinstance(given, str):
        return Paper(type=given.rstrip("*"), sealed=given.endswith("*"), on=on)
    return Paper(on=on, **given.model_dump())


def _contract(given: ContractGiven) -> Contract:
    fields = given.model_dump()
    amount = fields.pop("amount")
    terms = {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.pop("terms").items()}
    return Contract(amount_fen=parse_yuan(amount), terms=terms, **fields)


def _unit(given: UnitGiven, rules: Rulebook) -> UnitRecord:
    return UnitRecord(
        key=given.key,
        kind=given.kind,
        registers={
            key: RegisterEntry(register=key, on=entry.on, adjusted_on=entry.adjusted_on, content=entry.content)
            for key, entry in given.registers.items()
        },
        findings=tuple(UnitFinding(**finding.model_dump()) for finding in given.findings),
        projects=tuple(_standing(project, rules) for project in given.projects),
    )


def _standing(given: OtherProject, rules: Rulebook) -> Standing:
    def value(key: str, raw: Any) -> Any:
        fact = rules.facts.get(key)
        if key in rules.amounts or (fact is not None and fact.type is FactType.MONEY):
            return parse_yuan(raw)
        return raw.isoformat() if isinstance(raw, date) else raw

    return Standing(
        id=given.id,
        code=given.id,
        title=given.title or given.id,
        created_on=given.created_on,
        plan_year=given.plan_year,
        facts={key: value(key, raw) for key, raw in given.facts.items()},
        last={key: StageMark(outcome=mark.outcome, on=mark.on) for key, mark in given.last.items()},
        open=given.open,
        dues=tuple(DueMark(limit=d.limit, due_on=d.due_on, met_on=d.met_on) for d in given.dues),
        end=End(kind=given.ended, on=given.created_on) if given.ended else None,
    )
