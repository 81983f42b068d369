"""Zhuhai's answers to core's questions: each joins what the two halves say, the challenge track and the plan."""

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
from plugins.zhuhai import jiebang, plan
from plugins.zhuhai.facts import FACTS
from plugins.zhuhai.regulations import REGULATIONS
from plugins.zhuhai.roles import ROLES
from plugins.zhuhai.rules import ROWS


@hookimpl
def regulations() -> tuple[Regulation, ...]:
    """珠政数管〔2025〕119号, 珠政数管〔2022〕18号."""
    return REGULATIONS


@hookimpl
def rule_index() -> tuple[Row, ...]:
    """Rows of both texts."""
    return ROWS


@hookimpl
def roles() -> tuple[Role, ...]:
    """Shared roles, then each half's own."""
    return (*ROLES, *jiebang.ROLES, *plan.ROLES)


@hookimpl
def facts() -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
    """Shared facts, then each half's own; the ladder of money."""
    return (*FACTS, *jiebang.FACTS, *plan.FACTS), (*jiebang.AMOUNTS, *plan.AMOUNTS)


@hookimpl
def thresholds() -> tuple[Threshold, ...]:
    """Caps, shares and levels."""
    return (*jiebang.THRESHOLDS, *plan.THRESHOLDS)


@hookimpl
def limits() -> tuple[TimeLimit, ...]:
    """The notice, the month for the subsidy, agreed periods."""
    return (*jiebang.LIMITS, *plan.LIMITS)


@hookimpl
def papers() -> tuple[DocumentType, ...]:
    """D01 to D40."""
    return (*jiebang.PAPERS, *plan.PAPERS)


@hookimpl
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    """One entrance: a nomination takes the challenge track, everything else the general one."""
    return (
        (*jiebang.TRACKS, *plan.TRACKS),
        (*jiebang.SEGMENTS, *plan.SEGMENTS),
        (*jiebang.SELECTION_POINTS, *plan.SELECTION_POINTS),
    )


@hookimpl
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """Force majeure, changes, subsidy, conversion; no attempt is counted."""
    return (*jiebang.SIDES, *plan.SIDES), (*jiebang.COUNTERS, *plan.COUNTERS)


@hookimpl
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """ZH-G01 to G54, ZHP-G01 to G20."""
    return (*jiebang.GATES, *plan.GATES), (*jiebang.EFFECTS, *plan.EFFECTS)


@hookimpl
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """Pools, lists, ledgers; listing."""
    return (*jiebang.REGISTERS, *plan.REGISTERS), (*jiebang.LISTING_RULES, *plan.LISTING_RULES)


@hookimpl
def openings() -> Openings:
    """Open readings, yearly figures, slots for the Measures, silences."""
    return Openings(
        options=(*jiebang.OPTIONS, *plan.OPTIONS),
        parameters=(*jiebang.PARAMETERS, *plan.PARAMETERS),
        slots=(*jiebang.SLOTS, *plan.SLOTS),
        silences=(*jiebang.SILENCES, *plan.SILENCES),
        totals=jiebang.TOTALS,
    )
