"""Short words for declaring stages, and what stages, gates and tracks ask of a case together."""

from collections.abc import Callable
from typing import Any

from core.policy.cases.case import Case
from core.policy.cases.state import Entry, Member
from core.policy.rules.citations import CORE_DEFAULT, Citation
from core.policy.rules.flow import ONWARD, Holds, Line, Next, Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.papers import Freshness, PaperDemand
from plugins.zhejiang.roles import SUBJECT

PUBLIC_KINDS = frozenset({"gov_department", "public_institution"})
MARKET_ENTITY = "market_entity"
CLASS1, CLASS2, CLASS3 = "class1_fiscal", "class2_market_invested", "class3_market_innovated"

EACH: dict[str, Any] = {"scope": "entry"}
# A step gone through again asks for its paper again: that of the earlier round says nothing of this one.
ANEW: dict[str, Any] = {"freshness": Freshness.SINCE_OPENED}
DETOUR: dict[str, Any] = {"line": Line.DETOUR}
BESIDE: dict[str, Any] = {"line": Line.OBLIGATION, "holds": Holds.NOTHING}
SIDE: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING}


def forward(key: str, title: str, on: Citation, **more: Any) -> Outcome:
    """A result that lets the project, or the part, go on."""
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, **more)


def negative(key: str, title: str, on: Citation = CORE_DEFAULT, **more: Any) -> Outcome:
    """A result that does not; it always carries its reason."""
    return Outcome(key=key, title=title, kind=OutcomeKind.NEGATIVE, citation=on, **({"reason_required": True} | more))


def returned(nxt: Next, title: str = "退回") -> Outcome:
    """Sent back; the text names no such result, so it is core's, and uses up nothing."""
    values: dict[str, Any] = {"kind": OutcomeKind.NEUTRAL, "counts": False, "reason_required": True}
    return Outcome(key="return", title=title, citation=CORE_DEFAULT, next=nxt, **values)


def demand(paper: str, gate: str, on: Citation, when: Callable[[Case], bool] | None = None, **more: Any) -> PaperDemand:
    """A paper the stage asks for; the gate speaks when it is missing."""
    return PaperDemand(paper=paper, gate=gate, citation=on, when=when, **more)


def task(key: str, title: str, on: Citation, *actors: str, nxt: Next = ONWARD, **more: Any) -> Stage:
    """Something that is done and handed in."""
    values: dict[str, Any] = {"kind": StageKind.TASK, "outcomes": (forward("submit", "提交", on, next=nxt),)}
    return Stage(key=key, title=title, citation=on, actors=actors, **(values | more))


def members(entry: Entry | None) -> tuple[Member, ...]:
    """The members of an entry; a single party counts as its own only member."""
    if entry is None:
        return ()
    return entry.members or (Member(title=entry.title, party=entry.party, kind=entry.kind),)


def public_members(case: Case) -> tuple[Member, ...]:
    """The public bodies (行政事业单位) of the entry the act is about, as the tenant's reading counts them."""
    found = members(case.entry)
    if case.option("prior_opinion_scope") == "sole_or_lead":
        found = found[:1]
    return tuple(member for member in found if member.kind in PUBLIC_KINDS)


def is_subject(case: Case) -> bool:
    """Whether the entry the act is about has been confirmed as a subject and still is one."""
    entry = case.entry
    return entry is not None and entry.end is None and entry.id in case.holders(SUBJECT)


def class_of(case: Case) -> str:
    """The class of the project: by its two facts, else as the task force has decided; empty while neither says."""
    money, approval = case.find("construction_money"), case.find("approval_required")
    if money == "fiscal" and approval is True:
        return CLASS1
    if money == "non_fiscal" and approval is not None:
        return CLASS2 if approval else CLASS3
    decided = case.find("class_decided") if money is not None else None
    return str(decided) if decided and case.find("class_reason") else ""
