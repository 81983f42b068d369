"""What is stored of a case: facts, papers, runs of stages, dues, contracts, lots, ends.

All of it is plain frozen data that encodes to JSON, so that one document per case is read and written in one
round trip and a stored case equals the one a scenario holds in memory. Lists for people (desk, ledger,
deadlines) are projections of this document.
"""

from datetime import date
from typing import Any

import msgspec

from core.kernel.workdays import Pause


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of stored values: frozen, keyword-only, defaults left out of the JSON."""


class Paper(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One version of one paper as handed in. `outside` marks a paper that never passed through the system."""

    type: str
    version: int = 1
    stage: str = ""
    ref: str = ""
    on: date
    seq: int = 0
    sealed: bool = False
    sealed_by: tuple[str, ...] = ()
    dated_on: date | None = None
    recipients: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    outside: bool = False
    document_id: str = ""


class Opinion(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What one reviewer said in one review: result is pass, not_pass or a word of the review's own.

    `entry` names the party where each of several signs for itself.
    """

    role: str
    by: str = ""
    result: str
    text: str = ""
    on: date
    seq: int = 0
    entry: str = ""

    @property
    def signer(self) -> str:
        """Who has spoken: the role, or the role of one party."""
        return f"{self.role}@{self.entry}" if self.entry else self.role


class Objection(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One objection to a public notice (异议): open, dismissed or upheld; a late one is kept and holds nothing."""

    id: str
    by: str = ""
    text: str = ""
    on: date | None = None
    state: str = "open"
    reason: str = ""
    decided_on: date | None = None
    late: bool = False


class Defect(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One defect a review found (逐项缺陷): named with all others at once, answered one by one.

    `state` is open, answered, accepted. `raised_n` is the attempt that first named it; a later attempt that
    names a new one on an item already accepted must say why (`late_reason`).
    """

    id: str
    item: str
    text: str
    rule: str = ""
    raised_n: int = 1
    state: str = "open"
    answer: str = ""
    late_reason: str = ""


class Panel(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Who sat in a review and how they were found: form is meeting or internal; `draw_id` proves a random draw."""

    form: str = "meeting"
    library: str = ""
    random: bool = False
    size: int = 0
    draw_id: str = ""


class Run(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt of one stage. `ref` names the lot, entry or contract it is about; `n` counts attempts per ref.

    `asked` keeps what the stage asked as it stood when the run went forward: facts of a case are overwritten by
    the next run of the same stage, and a rule may have to add up what was said each time. A notice keeps the day
    it was published and its objections, a publication the names it fixes: every round its own.
    """

    stage: str
    segment: str
    n: int = 1
    ref: str = ""
    opened_on: date
    opened_seq: int = 0
    closed_on: date | None = None
    closed_seq: int = 0
    outcome: str = ""
    role: str = ""
    by: str = ""
    reason: str = ""
    items: dict[str, str] = msgspec.field(default_factory=dict)
    asked: dict[str, Any] = msgspec.field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    invited: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()
    panel: Panel | None = None
    published_on: date | None = None
    objections: tuple[Objection, ...] = ()
    named: tuple[str, ...] = ()
    came_from: str = ""
    skipped: bool = False
    overtaken: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the run still waits for its closing act."""
        return self.closed_on is None


class Due(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One running or finished time limit of a case. `met_on` is the day of the act that met it.

    `agreed_on` is the day a contract sets instead of the regulation, where a transition lets the contract rule.
    """

    limit: str
    stage: str
    n: int = 1
    ref: str = ""
    start_on: date
    due_on: date | None = None
    calendar_due_on: date | None = None
    provisional: bool = False
    met_on: date | None = None
    dropped: bool = False
    pauses: tuple[Pause, ...] = ()
    extended_to: date | None = None
    agreed_on: date | None = None

    @property
    def is_running(self) -> bool:
        """Whether its clock still runs: neither met nor set aside."""
        return self.met_on is None and not self.dropped

    def is_late(self, today: date) -> bool:
        """Whether the due date has passed, or had passed when the act was done."""
        if self.due_on is None or self.dropped:
            return False
        return (self.met_on or today) > self.due_on


class Contract(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One of the many contracts of a project (合同): main, supervision, testing, design, cost, supplementary …

    `amount_fen` is its price; `terms` holds what the regulation asks of its text, by fact key.
    """

    id: str
    kind: str = "main"
    supplier: str = ""
    amount_fen: int = 0
    signed_on: date | None = None
    lot: str = ""
    amends: str = ""
    terms: dict[str, Any] = msgspec.field(default_factory=dict)


class Lot(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a project that is contracted and accepted on its own (子项目)."""

    id: str
    title: str = ""


class End(Value, frozen=True, kw_only=True, omit_defaults=True):
    """How a case or a lot ended, when, and which gate or outcome said so."""

    kind: str
    on: date
    seq: int = 0
    reason: str = ""
    gate: str = ""
    rows: tuple[str, ...] = ()


class Member(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One member of a consortium (联合体成员), with what rules ask of each: its kind, level and region."""

    title: str
    party: str = ""
    kind: str = ""
    level: str = ""
    region: str = ""


class Entry(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One party's part in a case (揭榜方、入选主体): who it is, what it has said, how its part ended.

    A consortium is one entry with several members. `party` is the key of the organisation that acts for it; its
    papers and runs carry the entry's id as their `ref`; `facts` holds what is asked of every party alike.
    """

    id: str
    title: str = ""
    kind: str = ""
    party: str = ""
    members: tuple[Member, ...] = ()
    on: date | None = None
    seq: int = 0
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    end: End | None = None


class WaiverUse(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A rule lifted for this case by a named role with reason and paper (原则上例外的使用)."""

    gate: str
    role: str
    reason: str
    by: str = ""
    paper: str = ""
    on: date | None = None


class Change(Value, frozen=True, kw_only=True, omit_defaults=True):
    """When and by whom a fact was last set."""

    on: date
    seq: int
    role: str = ""


class CaseState(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Everything stored about one case. Status is derived from it; nothing in it is a status.

    `bound` says which entries or organisations hold a role that an outcome has given.
    """

    id: str = ""
    code: str = ""
    kind: str = "project"
    title: str = ""
    unit: str = ""
    subordinate: str = ""
    system: str = ""
    created_on: date
    plan_year: int = 0
    rulebook: str = ""
    track: str = ""
    track_locked: bool = False
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    changed: dict[str, Change] = msgspec.field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    runs: tuple[Run, ...] = ()
    dues: tuple[Due, ...] = ()
    contracts: tuple[Contract, ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_ends: dict[str, End] = msgspec.field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    bound: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    waivers: tuple[WaiverUse, ...] = ()
    line_done: bool = False
    end: End | None = None
    seq: int = 0
