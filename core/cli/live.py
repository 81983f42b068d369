"""Playing a scenario over HTTP: the same file, the real service, and the same answers or a difference told.

Each step is judged by the pure engine and sent to the API; both answers are compared: what was accepted or why not,
where the case stands, all findings, all due dates.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import httpx
import msgspec

from core.cli.officers import AT_THE_DOOR, Cast, Officer, TurnedAwayError
from core.kernel.codec import decode, encode
from core.kernel.errors import Problem
from core.policy.cases.acts import Act, Decision, Task
from core.policy.cases.case import Case
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT, Seat
from core.policy.scenarios.format import Scenario, Step
from core.policy.scenarios.running import Player, StepReport
from core.registers import office_roles
from core.stages.parties import decision_for_party
from core.stages.seating import acting_tenant, elsewhere, tenant_of

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def acts_below(scenario: Scenario) -> bool:
    """Whether a scenario needs a subordinate body beside its unit."""
    given = scenario.given
    has_one = any(project.subordinate for project in (given.project, *given.projects.values()))
    return has_one or any(step.by == SUBORDINATE_UNIT for step in scenario.steps)


class LivePlayer:
    """One scenario played over HTTP beside the pure engine."""

    def __init__(self, scenario: Scenario, registry: Registry, cast: Cast) -> None:
        self.scenario = scenario
        self.rules = registry.place(scenario.place).on(scenario.begins_on).rulebook(scenario.given.options)
        self.pure = Player(scenario, self.rules)
        self.cast = cast
        self.codes: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.findings: dict[str, str] = {}

    def play(self) -> Iterable[StepReport]:
        """Every step, with whatever differs from the expectation or between the two answers."""
        for name in ("main", *self.scenario.given.projects):
            yield self._create(name)
        for step in self.scenario.steps:
            yield self._step(step)

    def _create(self, name: str) -> StepReport:
        given = self.scenario.given.project if name == "main" else self.scenario.given.projects[name]
        report = self.pure.create(name)
        body: dict[str, Any] = {"title": given.title, "facts": self.pure.speaker.facts_of(given.facts)}
        if given.kind != "project":
            body["kind"] = given.kind
        if given.plan_year is not None:
            body["plan_year"] = given.plan_year
        if given.subordinate:
            body["subordinate_code"] = self.cast.officer(SUBORDINATE_UNIT).login
        answer = self.cast.officer(PROJECT_UNIT).send("POST", "/projects", report.on, json=body)
        problems = self._compare(name, report, answer)
        self.cast.relay()
        return msgspec.structs.replace(report, problems=(*report.problems, *problems))

    def _step(self, step: Step) -> StepReport:
        verb, _, place = step.do.partition(" ")
        before = self.pure.case(step.project, step.on)
        report = self.pure.play(step)
        if report.decision is None:
            problems = self._beside(verb, place, step)
        elif step.project not in self.codes:
            problems = ("the service has not taken this project in",)
        else:
            try:
                problems = self._send(before, report, step)
            except TurnedAwayError as error:
                problems = (str(error),) if report.decision.accepted else ()
            if report.decision.accepted:
                self.cast.relay()
        return msgspec.structs.replace(report, problems=(*report.problems, *problems))

    def _send(self, before: Case, report: StepReport, step: Step) -> tuple[str, ...]:
        """Do a step over HTTP; the answer is what differs.

        Raises: TurnedAwayError, LiveError.
        """
        act = self.pure.speaker.act_of(step, before.track)
        officer = self._actor(before, act, step)
        body = self._body(act, officer, step)
        path = f"/projects/{officer.name_of(self.owner, self.codes[step.project])}/acts"
        answer = officer.send("POST", path, step.today or step.on, json=body)
        told = report
        if officer.entry is not None and report.decision is not None:
            told = msgspec.structs.replace(report, decision=decision_for_party(officer.entry, report.decision))
        return self._compare(step.project, told, answer)

    @property
    def owner(self) -> str:
        """The tenant the projects are in."""
        return self.cast.tree.here.code

    def _actor(self, case: Case, act: Act, step: Step) -> Officer:
        """Whoever does this act: at the seat of its role, or from outside every tenant."""
        role = self.rules.roles.get(act.role)
        if role is not None and role.seat is Seat.EXTERNAL:
            entry = act.ref or (act.entries[0].id if act.entries else "")
            outside = {r.key for r in self.rules.roles.values() if r.seat is Seat.EXTERNAL and r.acts}
            roles = outside if entry else {act.role}
            return self.cast.outside(roles, entry, self.codes[step.project], step.today or step.on)
        if role is not None and role.seat is Seat.ANY and act.entries:
            return self.cast.officer(act.role, elsewhere(self.cast.tree, tenant_of(self.cast.tree, act.entries[0])))
        run = case.run(act.stage, act.ref or None) or case.run(act.stage)
        task = Task(
            stage=act.stage,
            n=run.n if run is not None else 1,
            ref=act.ref,
            role=act.role,
            act=act.name,
            opened_on=run.opened_on if run is not None else step.on,
        )
        return self.cast.officer(act.role, acting_tenant(self.cast.tree, case, task))

    def _body(self, act: Act, officer: Officer, step: Step) -> dict[str, Any]:
        body: dict[str, Any] = decode(encode(act), dict)
        body["act"] = body.pop("name")
        body["version"] = self.versions[step.project]
        body.pop("unit", None)
        papers: list[dict[str, Any]] = []
        for paper in body.get("papers", ()):
            fields = {k: v for k, v in paper.items() if k not in ("on", "version", "seq", "stage", "ref")}
            kind = self.rules.papers.get(paper["type"])
            fields["separate"] = any(fields["type"] == before["type"] for before in papers)
            if kind is not None and not kind.record and not fields.get("outside"):
                place = officer.name_of(self.owner, self.codes[step.project])
                fields["upload_id"] = self._upload(officer, kind.title, step.on, place)
            papers.append(fields)
        body["papers"] = papers
        if body.get("panel", {}).get("random") and (draw := self._draw(step, body["panel"])):
            body["panel"]["draw_id"] = draw
        body.pop("by", None)
        body.pop("delegated_by", None)
        return body

    @staticmethod
    def _upload(officer: Officer, title: str, day: date, project: str) -> str:
        named = {"name": f"{title}.pdf", "project": project}
        upload: str = officer.ask("POST", "/uploads", day, params=named, content=PDF)["id"]
        return upload

    def _draw(self, step: Step, panel: dict[str, Any]) -> str:
        """Draw a panel for real by the library's keeper; empty where the place has no such library."""
        library = self.rules.registers.get(panel["library"])
        if library is None or not library.library:
            return ""
        officer = self.cast.officer(min(library.kept_by))
        stage = step.do.partition(" ")[2]
        body = {
            "project": self.codes[step.project],
            "stage": stage,
            "library": panel["library"],
            "purpose": self.rules.title_of(stage),
            "size": panel.get("size") or 3,
            "reason": "评审专家抽取",
        }
        draw: str = officer.ask("POST", "/draws", step.on, json=body)["id"]
        officer.ask("POST", f"/draws/{draw}/run", step.on, json={})
        return draw

    def _beside(self, verb: str, place: str, step: Step) -> tuple[str, ...]:
        """What happens to the unit's record rather than to a project."""
        unit = self.cast.officer(PROJECT_UNIT)
        if verb == "lodge_register":
            answer = unit.send(
                "POST", f"/registers/{place}", step.on, json={"content": step.facts or {"note": "已登记"}}
            )
        elif verb == "adjust_register":
            answer = unit.send("POST", f"/registers/{place}/adjusted", step.on, json={"on": step.on.isoformat()})
        else:
            answer = self._finding(verb, place, step, unit)
        return () if answer.is_success else (answer.text,)

    def _finding(self, verb: str, kind: str, step: Step, unit: Officer) -> httpx.Response:
        office = self.cast.officer(min(office_roles(self.rules)))
        reason = step.reason or "情景"
        if verb == "lift_finding":
            path = f"/findings/{self.findings[kind]}/lift"
            return office.send("POST", path, step.on, json={"reason": reason})
        who = unit.send("GET", "/session", step.on).json()["organisation_id"]
        body = {"organisation_id": who, "kind": kind, "reason": reason}
        answer = office.send("POST", "/findings", step.on, json=body)
        if answer.is_success:
            self.findings[kind] = answer.json()["id"]
        return answer

    def _compare(self, name: str, report: StepReport, answer: httpx.Response) -> tuple[str, ...]:
        """What differs between the engine's answer and the service's."""
        pure = report.decision
        if pure is None:
            return ()
        if answer.is_success:
            body = answer.json()
            self.codes[name], self.versions[name] = body["code"], body["version"]
            live = msgspec.convert(body["decision"], Decision, strict=False)
            names = {code: name for name, code in self.codes.items()}
            return tuple(_differences(pure, live, names))
        if pure.accepted:
            return (f"the service refused: {answer.status_code} {answer.text}",)
        if answer.status_code in AT_THE_DOOR:
            return ()
        problems = msgspec.convert(answer.json().get("problems", ()), tuple[Problem, ...])
        names = {code: name for name, code in self.codes.items()}
        said = sorted((p.rule or "", p.severity, names.get(p.field, p.field)) for p in problems)
        found = sorted((f.gate, f.severity.value, f.item) for f in pure.findings)
        return () if said == found else (f"refused for: the engine says {found}, the service {said}",)


def _differences(pure: Decision, live: Decision, names: dict[str, str]) -> Iterable[str]:
    """What the service says otherwise; `names` leads from its project codes back to the names in the scenario."""
    for what in ("accepted", "track", "opened", "closed", "skipped", "end"):
        left, right = getattr(pure, what), getattr(live, what)
        if what == "end" and left is not None and right is not None:
            left, right = left.kind, right.kind
        if left != right:
            yield f"{what}: the engine says {left}, the service {right}"
    left_found = sorted((f.gate, f.severity.value, f.item) for f in pure.findings)
    right_found = sorted((f.gate, f.severity.value, names.get(f.item, f.item)) for f in live.findings)
    if left_found != right_found:
        yield f"findings: the engine says {left_found}, the service {right_found}"
    left_dues = sorted((d.limit, str(d.due_on)) for d in pure.dues)
    right_dues = sorted((d.limit, str(d.due_on)) for d in live.dues)
    if left_dues != right_dues:
        yield f"dues: the engine says {left_dues}, the service {right_dues}"
