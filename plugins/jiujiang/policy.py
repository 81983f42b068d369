"""Jiujiang's answers to core's questions, one hook each."""

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
from plugins.jiujiang.documents import DOCUMENTS
from plugins.jiujiang.effects import EFFECTS
from plugins.jiujiang.facts import AMOUNTS, FACTS
from plugins.jiujiang.gates import GATES
from plugins.jiujiang.limits import LIMITS
from plugins.jiujiang.options import OPENINGS
from plugins.jiujiang.registers import LISTING_RULES, REGISTERS
from plugins.jiujiang.regulations import REGULATIONS
from plugins.jiujiang.roles import ROLES
from plugins.jiujiang.rules import ROWS
from plugins.jiujiang.sides import SIDES
from plugins.jiujiang.thresholds import THRESHOLDS
from plugins.jiujiang.tracks import SEGMENTS, SELECTION_POINTS, TRACKS


@hookimpl
def regulations() -> tuple[Regulation, ...]:
    """市数字化项目建设管理办法(试行)."""
    return REGULATIONS


@hookimpl
def rule_index() -> tuple[Row, ...]:
    """Every article and sub-item, annexes included."""
    return ROWS


@hookimpl
def roles() -> tuple[Role, ...]:
    """第四至六条."""
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
    """D01 to D61."""
    return DOCUMENTS


@hookimpl
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    """第九、二十一、二十五、二十六、三十五条."""
    return TRACKS, SEGMENTS, SELECTION_POINTS


@hookimpl
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """Editing, feedback, changes, evaluation, spot checks; no attempt is counted."""
    return SIDES, ()


@hookimpl
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """第二十二、三十七条 and all other conditions; their consequences."""
    return GATES, EFFECTS


@hookimpl
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """Pool, libraries, catalogue; what bears on listing."""
    return REGISTERS, LISTING_RULES


@hookimpl
def openings() -> Openings:
    """Open readings, parameters, slots, silences."""
    return OPENINGS
