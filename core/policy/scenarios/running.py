"""Playing a scenario on the pure engine: state and surroundings in memory, one decision per step."""

from collections.abc import Iterable
from datetime import date

import msgspec

from core.kernel.money import parse_yuan
from core.kernel.workdays import OFFICIAL, Amendment, Calendar
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import (
    Candidate,
    Context,
    RegisterEntry,
    Renewal,
    Round,
    SharedEntry,
    UnitFinding,
    UnitRecord,
)
from core.policy.cases.standing import DueMark, StageMark, Standing, standing_of
from core.policy.cases.state import CaseState, End
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import Registry
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.sharing import published
from core.policy.scenarios.expecting import differences
from core.policy.scenarios.format import OtherProject, Scenario, Step, UnitGiven
from core.policy.scenarios.speaking import Speaker

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
    edition: str
    rules: tuple[str, ...]
    steps: tuple[StepReport, ...]
    touched: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every step yielded what it must, and every declared row really took part."""
        return not self.untouched and not any(step.problems for step in self.steps)


def run(scenario: Scenario, registry: Registry) -> Report:
    """Play one scenario on the rulebook of its place, in the edition in force on the day its project is registered.

    Raises: what the registry raises for an unknown place; ValueError for an option not offered.
    """
    player = Player(scenario, registry.place(scenario.place).on(scenario.begins_on).rulebook(scenario.given.options))
    steps = [player.create(name) for name in ("main", *scenario.given.projects)]
    steps += [player.play(step) for step in scenario.steps]
    return player.report(steps)


class Player:
    """A scenario being played: its projects, the unit's record, the round, the calendar."""

    def __init__(self, scenario: Scenario, rules: Rulebook) -> None:
        self.scenario = scenario
        self.rules = rules
        self.speaker = Speaker(rules)
        self.given = scenario.given
        unit = scenario.given.unit or UnitGiven()
        self.unit = _unit(unit, rules)
        self.fixed = self.unit.projects
        self.calendar = _calendar(scenario)
        self.round = self._round()
        self.states: dict[str, CaseState] = {}
        self.totals = {
            (key, year): parse_yuan(amount)
            for key, years in scenario.given.totals.items()
            for year, amount in years.items()
        }
        self.shared = {
            (given.listed_in, given.key): SharedEntry(
                register=given.listed_in, place=rules.place, **given.model_dump(exclude={"listed_in"})
            )
            for given in scenario.given.shared
        }
        self.touched: dict[str, None] = {}
        self.first = scenario.first_on

    def report(self, steps: Iterable[StepReport]) -> Report:
        """How it went, with the rows its decisions touched and those declared that none did."""
        declared = self.scenario.rules
        return Report(
            title=self.scenario.title,
            edition=self.rules.edition,
            rules=declared,
            steps=tuple(steps),
            touched=tuple(self.touched),
            untouched=tuple(row for row in declared if row not in self.touched),
        )

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
            kind=given.kind,
            title=given.title,
            unit=self.unit.key,
            subordinate=given.subordinate,
            created_on=on,
            plan_year=plan_year,
        )
        self.states[name] = blank
        act = Act(name="create", role="project_unit", on=on, facts=self.speaker.facts_of(given.facts))
        decision = self._decide(name, act, on)
        problems = differences(given.expect, decision, self.case(name, on))
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
        act = self.speaker.act_of(step, self.states[step.project].track)
        today = step.today or step.on
        decision = self._decide(step.project, act, today)
        problems = differences(step.expect, decision, self.case(step.project, today))
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
        so_far = {key: amount for (key, year), amount in self.totals.items() if year == act.on.year}
        context = msgspec.structs.replace(self._context(name, today), totals=so_far)
        ruling = decide(self.rules, self.states[name], context, act)
        self.states[name] = ruling.after
        for counted in ruling.decision.counted:
            place = (counted.total, counted.year)
            self.totals[place] = self.totals.get(place, 0) + counted.amount_fen
        self.shared |= {(e.register, e.key): e for e in published(self.rules, ruling.decision, ruling.after)}
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
            renewals=tuple(Renewal(**renewal.model_dump()) for renewal in self.given.renewals),
            shared=tuple(self.shared.values()),
        )

    def case(self, name: str, today: date) -> Case:
        """A project of the scenario as it stands."""
        return Case(self.states[name], self._context(name, today), self.rules)

    def _open(self, name: str) -> tuple[str, ...]:
        return tuple(sorted({run.stage for run in self.states[name].runs if run.is_open}))


def _calendar(scenario: Scenario) -> Calendar:
    given = scenario.given.calendar
    if not given:
        return OFFICIAL
    rows = (Amendment(on=a.on, works=a.works, reason=a.reason, source="情景", recorded_on=a.on) for a in given)
    return OFFICIAL.amended("scenario", *rows)


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
    speaker = Speaker(rules)
    return Standing(
        id=given.id,
        code=given.id,
        title=given.title or given.id,
        created_on=given.created_on,
        plan_year=given.plan_year,
        facts=speaker.facts_of(given.facts),
        last={key: StageMark(outcome=mark.outcome, on=mark.on) for key, mark in given.last.items()},
        open=given.open,
        dues=tuple(DueMark(limit=d.limit, due_on=d.due_on, met_on=d.met_on) for d in given.dues),
        end=End(kind=given.ended, on=given.created_on) if given.ended else None,
    )
