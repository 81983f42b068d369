"""What is asked of stages and what they answer: requests, results, and what may go wrong."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.errors import Conflict, Forbidden, Invalid, Problem, RuleViolated
from core.policy.cases.acts import Decision, Finding
from core.policy.cases.state import Contract, Defect, Entry, Lot, Objection, Panel, WaiverUse


class PaperIn(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that comes with an act: a file staged before, or a record without one.

    `recipients` are the bodies it is sent to; `outside` records a paper that was handed over outside the system;
    `separate` is a further paper of its kind, such as a second quotation, instead of the next version of the first.
    """

    type: str
    upload_id: UUID | None = None
    sealed: bool = False
    dated_on: date | None = None
    number: str = ""
    recipients: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    outside: bool = False
    separate: bool = False


class ActRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One act as somebody asks for it; see `core.policy.cases.acts.Act` for what each part means.

    `role` may be left out when the person holds only one that fits. `on` is the legal day of the act when it is
    not today: it may lie in the past, never in the future.
    """

    act: str
    stage: str = ""
    ref: str = ""
    role: str = ""
    outcome: str = ""
    side: str = ""
    pause: str = ""
    on: date | None = None
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    papers: tuple[PaperIn, ...] = ()
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


class NewProject(msgspec.Struct, frozen=True, kw_only=True):
    """A project somebody wants to begin: for which unit, on whose behalf, with which facts."""

    title: str
    unit_code: str = ""
    subordinate_code: str = ""
    system_id: UUID | None = None
    kind: str = "project"
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    plan_year: int | None = None
    on: date | None = None
    role: str = ""
    source: str = ""
    source_key: str | None = None


class IdempotentKey(msgspec.Struct, frozen=True, kw_only=True):
    """The key a client gave its request, and the hash of what it asked."""

    key: str
    request_hash: bytes


class Acted(msgspec.Struct, frozen=True, kw_only=True):
    """What an accepted act led to; kept under its idempotency key and given again word for word."""

    code: str
    version: int
    receipt_id: UUID
    decision: Decision
    replayed: bool = False


class ActRefused(RuleViolated):
    """The rules refuse: every finding at once, with its gate, rows and article."""

    code = "act_refused"

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        blocking = decision.blocked_by
        super().__init__(f"有 {len(blocking)} 项不符合规定", details=tuple(as_problem(f) for f in decision.findings))


class StaleVersion(Conflict):
    """Somebody else was faster: who did what when, so that nobody has to guess."""

    def __init__(self, expected: int, current: int, last: str) -> None:
        super().__init__(f"该项目已有更新（您看到的是第 {expected} 版，现为第 {current} 版）。{last}")
        self.expected = expected
        self.current = current


class NotYourRole(Forbidden):
    """The person holds no role in which this act could be done here."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or "您在本项目中没有可以办理此事项的角色")


class DateNotPossible(Invalid):
    """An act dated in the future, or before the case began."""

    def __init__(self) -> None:
        message = "办理日期不能晚于今天，也不能早于上一次办理"
        super().__init__(message, details=(Problem(field="on", message=message),))


def as_problem(finding: Finding) -> Problem:
    """A finding as a problem of an error answer; core defaults name their gate as the rule."""
    return Problem(
        message=finding.message,
        field=finding.item,
        rule=finding.gate,
        article=finding.article or None,
        severity=finding.severity.value if not finding.waived else "warn",
    )
