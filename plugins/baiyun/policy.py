"""Baiyun's answers to core's questions, one hook each."""

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
from plugins.baiyun.counters import COUNTERS
from plugins.baiyun.documents import DOCUMENTS
from plugins.baiyun.effects import EFFECTS
from plugins.baiyun.facts import AMOUNTS, FACTS
from plugins.baiyun.gates import GATES
from plugins.baiyun.limits import LIMITS
from plugins.baiyun.options import OPENINGS
from plugins.baiyun.registers import LISTING_RULES, REGISTERS
from plugins.baiyun.regulations import REGULATIONS
from plugins.baiyun.roles import ROLES
from plugins.baiyun.rules import ROWS
from plugins.baiyun.sides import SIDES
from plugins.baiyun.thresholds import THRESHOLDS
from plugins.baiyun.tracks import SEGMENTS, SELECTION_POINTS, TRACKS


@hookimpl
def regulations() -> tuple[Regulation, ...]:
    """云府办〔2024〕167号."""
    return REGULATIONS


@hookimpl
def rule_index() -> tuple[Row, ...]:
    """Every article and sub-item, annexes included."""
    return ROWS


@hookimpl
def roles() -> tuple[Role, ...]:
    """第五条."""
    return ROLES


@hookimpl
def facts() -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
    """What forms ask, and the ladder of money."""
    return FACTS, AMOUNTS


@hookimpl
def thresholds() -> tuple[Threshold, ...]:
    """Amounts, shares and counts."""
    return THRESHOLDS


@hookimpl
def limits() -> tuple[TimeLimit, ...]:
    """Deadlines, minimums and validities."""
    return LIMITS


@hookimpl
def papers() -> tuple[DocumentType, ...]:
    """D01 to D63."""
    return DOCUMENTS


@hookimpl
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    """第十三、十九条."""
    return TRACKS, SEGMENTS, SELECTION_POINTS


@hookimpl
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """Changes, termination, evaluation on demand; attempts."""
    return SIDES, COUNTERS


@hookimpl
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """第二十二条 and all other conditions; their consequences."""
    return GATES, EFFECTS


@hookimpl
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """Catalogues, libraries, findings; 粤复用."""
    return REGISTERS, LISTING_RULES


@hookimpl
def openings() -> Openings:
    """Open readings, parameters, slots, silences."""
    return OPENINGS
