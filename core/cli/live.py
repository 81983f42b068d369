"""Playing a scenario over HTTP: the same file, the real service, and the same answers or a difference told.

Each step is judged by the pure engine and sent to the API; both answers are compared: what was accepted or why not,
where the case stands, all findings, all due dates.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import httpx
import msgspec

from core.kernel.codec import decode, encode
from core.kernel.errors import Problem
from core.policy.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.policy.acts import Act, Decision
from core.policy.registry import Registry
from core.policy.scenarios.format import Scenario, Step
from core.policy.scenarios.running import Player, StepReport
from core.registers import office_roles

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def acts_below(scenario: Scenario) -> bool:
    """Whether a scenario needs a subordinate body beside its unit."""
    given = scenario.given
    has_one = any(project.subordinate for project in (given.project, *given.projects.values()))
    return has_one or any(step.by == SUBORDINATE_UNIT for step in scenario.steps)


class LiveError(Exception):
    """The service answered something no scenario can go on from."""


class Officer:
    """Somebody signed in over HTTP, who sends each change with its CSRF token, its key and its day."""

    def __init__(self, client: httpx.Client, *, tenant: str, login: str, password: str) -> None:
        answer = client.post("/api/v1/session", json={"login": login, "password": password, "tenant": tenant})
        if not answer.is_success:
            raise LiveError(f"{login}: {answer.text}")
        self.client = client
        self.login = login
        self.csrf = answer.json()["csrf"]
        self.cookies = "; ".join(f"{k}={v}" for k, v in answer.cookies.items())
        client.cookies.clear()
        self.sent = 0

    def send(self, method: str, path: str, day: date, **values: Any) -> httpx.Response:
        """One request on a day."""
        self.sent += 1
        headers = {
            "Cookie": self.cookies,
            "X-CSRF-Token": self.csrf,
            "X-Lixiang-Date": day.isoformat(),
            "Idempotency-Key": f"{self.csrf[:12]}-{self.sent}",
        }
        return self.client.request(method, f"/api/v1{path}", headers=headers | values.pop("headers", {}), **values)


class LivePlayer:
    """One scenario played over HTTP beside the pure engine."""

    def __init__(self, scenario: Scenario, registry: Registry, officers: Callable[[str], Officer]) -> None:
        self.scenario = scenario
        self.rules = registry.place(scenario.place).rulebook(scenario.given.options)
        self.pure = Player(scenario, self.rules)
        self.officers = officers
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
        if given.plan_year is not None:
            body["plan_year"] = given.plan_year
        if given.subordinate:
            body["subordinate_code"] = self.officers(SUBORDINATE_UNIT).login
        answer = self.officers(PROJECT_UNIT).send("POST", "/projects", report.on, json=body)
        problems = self._compare(name, report, answer)
        return msgspec.structs.replace(report, problems=(*report.problems, *problems))

    def _step(self, step: Step) -> StepReport:
        verb, _, place = step.do.partition(" ")
        report = self.pure.play(step)
        if report.decision is None:
            problems = self._beside(verb, place, step)
        else:
            act = self.pure.speaker.act_of(step, self._track(step.project))
            officer = self.officers(act.role)
            day = step.today or step.on
            body = self._body(act, officer, step)
            path = f"/projects/{self.codes[step.project]}/acts"
            problems = self._compare(step.project, report, officer.send("POST", path, day, json=body))
        return msgspec.structs.replace(report, problems=(*report.problems, *problems))

    def _track(self, name: str) -> str:
        return self.pure.states[name].track

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
                fields["upload_id"] = self._upload(officer, kind.title, step.on)
            papers.append(fields)
        body["papers"] = papers
        if body.get("panel", {}).get("random") and (draw := self._draw(step, body["panel"])):
            body["panel"]["draw_id"] = draw
        body.pop("by", None)
        body.pop("delegated_by", None)
        return body

    @staticmethod
    def _upload(officer: Officer, title: str, day: date) -> str:
        answer = officer.send("POST", "/uploads", day, params={"name": f"{title}.pdf"}, content=PDF)
        if not answer.is_success:
            raise LiveError(answer.text)
        upload: str = answer.json()["id"]
        return upload

    def _draw(self, step: Step, panel: dict[str, Any]) -> str:
        """Draw a panel for real by the library's keeper; empty where the place has no such library."""
        library = self.rules.registers.get(panel["library"])
        if library is None or not library.library:
            return ""
        officer = self.officers(min(library.kept_by))
        stage = step.do.partition(" ")[2]
        body = {
            "project": self.codes[step.project],
            "stage": stage,
            "library": panel["library"],
            "purpose": self.rules.title_of(stage),
            "size": panel.get("size") or 3,
            "reason": "评审专家抽取",
        }
        prepared = officer.send("POST", "/draws", step.on, json=body)
        if not prepared.is_success:
            raise LiveError(prepared.text)
        draw: str = prepared.json()["id"]
        drawn = officer.send("POST", f"/draws/{draw}/run", step.on, json={})
        if not drawn.is_success:
            raise LiveError(drawn.text)
        return draw

    def _beside(self, verb: str, place: str, step: Step) -> tuple[str, ...]:
        """What happens to the unit's record rather than to a project."""
        unit = self.officers(PROJECT_UNIT)
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
        office = self.officers(min(office_roles(self.rules)))
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
