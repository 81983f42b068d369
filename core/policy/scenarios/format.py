"""What a scenario file may hold: given surroundings, dated steps, and what each must and must not yield.

Unknown keys are refused, so that a misspelt expectation cannot pass by being ignored.
"""

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from core.policy.scenarios.parties import EntryGiven, ObjectionGiven
from core.policy.scenarios.parties import Part as _Part
from core.policy.scenarios.records import FindingGiven, RegisterGiven, RenewalGiven, SharedGiven
from core.policy.scenarios.tree import Tenants, check_tenants


class ScenarioInvalidError(Exception):
    """A file that is no scenario: every problem with its place in the file."""

    def __init__(self, path: str, problems: tuple[str, ...]) -> None:
        """Keep the file and all problems."""
        super().__init__(f"{path}:\n" + "\n".join(f"- {p}" for p in problems))
        self.problems = problems


class Wanted(_Part):
    """One finding that must (or must not) be there; what is left out may be anything."""

    gate: str
    severity: Literal["block", "warn", "note"] | None = None
    rule: str | None = None
    item: str | None = None
    waived: bool | None = None


class Effects(_Part):
    """Effects the step starts or ends, and those running on the case afterwards."""

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    not_active: tuple[str, ...] = ()


class MustNot(_Part):
    """What a step must not yield: findings by gate, stages opened, dues, tasks."""

    finds: tuple[str | Wanted, ...] = ()
    opens: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    tasks: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Expect(_Part):
    """What a step must yield. `finds: none` means no finding at all; a list names those that must be among them."""

    accepted: bool = True
    track: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    open: tuple[str, ...] | None = None
    due: dict[str, date | None] = Field(default_factory=dict)
    finds: Literal["none"] | tuple[str | Wanted, ...] = ()
    missing: tuple[str, ...] = ()
    tasks: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    end: str | None = None
    entries: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    effects: Effects = Effects()
    must_not: MustNot = MustNot()


class PaperGiven(_Part):
    """A paper with what is on it."""

    type: str
    sealed: bool = False
    parts: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    dated_on: date | None = None
    outside: bool = False
    attributes: dict[str, Any] = Field(default_factory=dict)


class DefectGiven(_Part):
    """One defect of a negative conclusion."""

    id: str
    item: str
    text: str
    late_reason: str = ""


class PanelGiven(_Part):
    """Who sat in a review."""

    form: Literal["meeting", "internal"] = "meeting"
    library: str = ""
    random: bool = False
    size: int = 0


class ContractGiven(_Part):
    """A contract; the amount in yuan, as text."""

    id: str
    kind: str = "main"
    supplier: str = ""
    amount: str = "0"
    signed_on: date | None = None
    lot: str = ""
    amends: str = ""
    terms: dict[str, Any] = Field(default_factory=dict)


class Step(_Part):
    """One dated step. `do` is an act and its stage, such as `submit plan_application` or `open termination`.

    Besides acts on the project: `lodge_register KEY`, `adjust_register KEY`, `record_finding KIND`,
    `lift_finding KIND`. `project` names another project of the scenario.
    """

    on: date
    do: str
    by: str = ""
    project: str = "main"
    today: date | None = None
    ref: str = ""
    outcome: str = ""
    pause: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    papers: tuple[str | PaperGiven, ...] = ()
    contracts: tuple[ContractGiven, ...] = ()
    lots: tuple[str, ...] = ()
    entries: tuple[EntryGiven, ...] = ()
    objections: tuple[ObjectionGiven, ...] = ()
    items: dict[str, str] | Literal["all pass"] = Field(default_factory=dict)
    reason: str = ""
    defects: tuple[DefectGiven, ...] = ()
    answers: dict[str, str] = Field(default_factory=dict)
    panel: PanelGiven | None = None
    to: tuple[str, ...] = ()
    invites: tuple[str, ...] = ()
    waive: dict[str, str] = Field(default_factory=dict)
    expect: Expect = Expect()


class MarkGiven(_Part):
    """How a stage of another project last ended."""

    outcome: str
    on: date


class DueGiven(_Part):
    """A limit of another project."""

    limit: str
    due_on: date
    met_on: date | None = None


class OtherProject(_Part):
    """Another project of the unit, as its record shows it."""

    id: str
    title: str = ""
    plan_year: int = 0
    created_on: date = date(2024, 11, 1)
    facts: dict[str, Any] = Field(default_factory=dict)
    last: dict[str, MarkGiven] = Field(default_factory=dict)
    open: tuple[str, ...] = ()
    dues: tuple[DueGiven, ...] = ()
    ended: str = ""


class UnitGiven(_Part):
    """The unit and its record."""

    key: str = "unit"
    kind: str = "first_level_unit"
    registers: dict[str, RegisterGiven] = Field(default_factory=dict)
    findings: tuple[FindingGiven, ...] = ()
    projects: tuple[OtherProject, ...] = ()


class RoundGiven(_Part):
    """The application round; the closing day is reckoned when it is not given."""

    plan_year: int
    issued_on: date
    closes_on: date | None = None


class CandidateGiven(_Part):
    """Something similar that exists already."""

    title: str
    overlap: int = 80


class ProjectGiven(_Part):
    """A project of the scenario and the facts it is created with; `kind` names a case that is no project."""

    title: str = "项目"
    kind: str = "project"
    created_on: date | None = None
    subordinate: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    plan_year: int | None = None
    expect: Expect = Expect()


class AmendmentGiven(_Part):
    """A day that counts otherwise than announced."""

    on: date
    works: bool
    reason: str = ""


class Given(_Part):
    """The surroundings of a scenario. `standard: false` leaves out what the folder's `standard.yaml` supplies.

    `tenants` are the levels of government that take part when it is played over HTTP, from the top; `at` names the one
    its project is in, the last one unless said.
    """

    standard: bool = True
    tenants: Tenants = ()
    at: str = ""
    unit: UnitGiven | None = None
    round: RoundGiven | None = None
    no_round: bool = False
    options: dict[str, Any] = Field(default_factory=dict)
    parameters: dict[str, Any] = Field(default_factory=dict)
    totals: dict[str, dict[int, str]] = Field(default_factory=dict)
    calendar: tuple[AmendmentGiven, ...] = ()
    candidates: tuple[CandidateGiven, ...] = ()
    renewals: tuple[RenewalGiven, ...] = ()
    shared: tuple[SharedGiven, ...] = ()
    project: ProjectGiven = ProjectGiven()
    projects: dict[str, ProjectGiven] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _stands(self) -> Self:
        check_tenants(self.tenants, self.at)
        return self


class Scenario(_Part):
    """One scenario: its title, the rows it exercises, the place, what is given, and what happens."""

    title: str
    place: str
    rules: tuple[str, ...] = ()
    given: Given = Given()
    steps: tuple[Step, ...] = ()

    @property
    def first_on(self) -> date:
        """The day of the first step."""
        return self.steps[0].on if self.steps else date(2025, 9, 1)

    @property
    def begins_on(self) -> date:
        """The day its project is registered, which decides the edition it is played under."""
        return self.given.project.created_on or self.first_on
