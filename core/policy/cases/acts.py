"""What is asked of the rules and what they answer: acts, findings, decisions."""

from datetime import date
from typing import Any

import msgspec

from core.policy.cases.state import (
    CaseState,
    Contract,
    Defect,
    Due,
    End,
    Entry,
    Lot,
    Objection,
    Panel,
    Paper,
    Value,
    WaiverUse,
)
from core.policy.rules.papers import Severity

ACT_NAMES = frozenset(
    {
        "create",
        "hand_in",
        "record",
        "submit",
        "decide",
        "opine",
        "lodge",
        "complete",
        "publish",
        "object",
        "settle",
        "pay",
        "open",
        "invite",
        "pause",
        "resume",
        "withdraw",
        "elapse",
    }
)
"""Everything that can be asked of a case: `open` starts a side process, `elapse` writes down what dates did."""


class Act(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One thing somebody asks to do to a case, on a day, in a role.

    `facts` and `papers` come with the act and are judged with it; `to` is the decider's choice of the next
    stage; `side` names a side process to open, `pause` the ground of stopping a clock; `ref` the lot, entry or
    contract meant; `answers` maps defect ids to replies; `delegated_by` shows whose power is used.
    """

    name: str
    role: str = ""
    by: str = ""
    unit: str = ""
    on: date
    stage: str = ""
    ref: str = ""
    outcome: str = ""
    side: str = ""
    pause: str = ""
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    contracts: tuple[Contract, ...] = ()
    lots: tuple[Lot, ...] = ()
    entries: tuple[Entry, ...] = ()
    objections: tuple[Objection, ...] = ()
    items: dict[str, str] = msgspec.field(default_factory=dict)
    reason: str = ""
    defects: tuple[Defect, ...] = ()
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    panel: Panel | None = None
    to: tuple[str, ...] = ()
    invites: tuple[str, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    delegated_by: str = ""


class Finding(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One thing the rules have to say about an act: which gate, which rows, how grave, about which item.

    `waivable_by` lists the roles that may lift it for this case; `waived` says it was. `fault` is the reference of a
    rule that failed instead of judging; nobody may lift that.
    """

    gate: str
    severity: Severity
    message: str
    code: str = ""
    title: str = ""
    rows: tuple[str, ...] = ()
    article: str = ""
    provenance: str = "text"
    item: str = ""
    evidence: dict[str, Any] = msgspec.field(default_factory=dict)
    waivable_by: tuple[str, ...] = ()
    waived: bool = False
    fault: str = ""


class Counted(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What an act adds to a total of its year (年度累计)."""

    total: str
    year: int
    amount_fen: int


class StageRef(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One run of one stage, by name."""

    stage: str
    n: int = 1
    ref: str = ""
    outcome: str = ""


class Task(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Something that waits for a role: who acts on which run, with which act, until when."""

    stage: str
    n: int
    ref: str = ""
    role: str
    act: str
    due_on: date | None = None
    opened_on: date
    limit: str = ""


class Decision(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What the rules answer: accepted or not, what opens, closes and stays, what is due, and every finding.

    `touched` lists the rows of the index that took part, found or passed; it is what coverage counts.
    """

    accepted: bool
    findings: tuple[Finding, ...] = ()
    track: str = ""
    opened: tuple[StageRef, ...] = ()
    closed: tuple[StageRef, ...] = ()
    skipped: tuple[StageRef, ...] = ()
    left_open: tuple[StageRef, ...] = ()
    dues: tuple[Due, ...] = ()
    missing: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    effects_started: tuple[str, ...] = ()
    effects_ended: tuple[str, ...] = ()
    end: End | None = None
    touched: tuple[str, ...] = ()

    @property
    def blocked_by(self) -> tuple[Finding, ...]:
        """The findings that stopped the act."""
        return tuple(f for f in self.findings if f.severity is Severity.BLOCK and not f.waived)


class Ruling(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A decision together with the state it leads to; the state is unchanged when the act was refused."""

    decision: Decision
    after: CaseState
