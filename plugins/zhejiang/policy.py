"""Zhejiang's answers to core's questions, one hook each."""

from core.policy.hookspecs import hookimpl
from core.policy.rules.actors import Role
from core.policy.rules.citations import Row
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingRule, Register, Regulation
from core.policy.rules.tracks import Counter, Segment, SelectionPoint, SideProcess, Track
from core.policy.rules.values import Amount, Fact, Threshold
from plugins.zhejiang.documents import DOCUMENTS
from plugins.zhejiang.effects import EFFECTS
from plugins.zhejiang.facts import AMOUNTS, FACTS
from plugins.zhejiang.gates import GATES
from plugins.zhejiang.limits import LIMITS
from plugins.zhejiang.listing import LISTING_RULES
from plugins.zhejiang.options import OPENINGS
from plugins.zhejiang.registers import REGISTERS
from plugins.zhejiang.regulations import REGULATIONS
from plugins.zhejiang.roles import ROLES
from plugins.zhejiang.rules import ROWS
from plugins.zhejiang.sides import SIDES
from plugins.zhejiang.thresholds import THRESHOLDS
from plugins.zhejiang.tracks import SEGMENTS, SELECTION_POINTS, TRACKS


@hookimpl
def regulations() -> tuple[Regulation, ...]:
    """实施办法（试行）."""
    return REGULATIONS


@hookimpl
def rule_index() -> tuple[Row, ...]:
    """Every provision by part and step."""
    return ROWS


@hookimpl
def roles() -> tuple[Role, ...]:
    """第一部分."""
    return ROLES


@hookimpl
def facts() -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
    """What forms ask, and the ladder of money."""
    return FACTS, AMOUNTS


@hookimpl
def thresholds() -> tuple[Threshold, ...]:
    """Counts and months."""
    return THRESHOLDS


@hookimpl
def limits() -> tuple[TimeLimit, ...]:
    """The three months, and what only has an order."""
    return LIMITS


@hookimpl
def papers() -> tuple[DocumentType, ...]:
    """D01 to D38."""
    return DOCUMENTS


@hookimpl
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    """第二部分."""
    return TRACKS, SEGMENTS, SELECTION_POINTS


@hookimpl
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """Amended agreements, loss by decision, termination; no attempt is counted."""
    return SIDES, ()


@hookimpl
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """第八节 and what follows from history."""
    return GATES, EFFECTS


@hookimpl
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """一本账, 项目库, 应用市场."""
    return REGISTERS, LISTING_RULES


@hookimpl
def openings() -> Openings:
    """Open readings, parameters, slots, silences."""
    return OPENINGS
