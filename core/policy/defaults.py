"""Core's own answers where a regulation says nothing: the last plugin asked, so that silence has one meaning."""

from core.policy.hookspecs import hookimpl
from core.policy.rules.citations import Row
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingRule, Register
from core.policy.rules.tracks import Counter, SideProcess
from core.policy.rules.values import Threshold


@hookimpl(trylast=True)
def rule_index() -> tuple[Row, ...]:
    """No rows."""
    return ()


@hookimpl(trylast=True)
def thresholds() -> tuple[Threshold, ...]:
    """No figure decides anything."""
    return ()


@hookimpl(trylast=True)
def limits() -> tuple[TimeLimit, ...]:
    """No period runs."""
    return ()


@hookimpl(trylast=True)
def papers() -> tuple[DocumentType, ...]:
    """No paper is asked for."""
    return ()


@hookimpl(trylast=True)
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """Nothing runs beside the main line, and nothing is counted."""
    return (), ()


@hookimpl(trylast=True)
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """Nothing is stopped, nothing follows."""
    return (), ()


@hookimpl(trylast=True)
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """No list is kept, and listing is neither asked for nor forbidden."""
    return (), ()


@hookimpl(trylast=True)
def openings() -> Openings:
    """Nothing is left open."""
    return Openings()
