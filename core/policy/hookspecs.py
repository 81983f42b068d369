"""The questions core asks a jurisdiction (接口规范): one hook per question, answered with typed rule objects.

A plugin implements what its regulation speaks of and leaves the rest to `core.policy.defaults`. Hooks are pure:
no clock, database, chance or network. The reference, with an example each, is docs/hooks.md (tested).
"""

import pluggy

from core.policy.rules.actors import Role
from core.policy.rules.citations import Row
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingRule, Register, Regulation
from core.policy.rules.tracks import Counter, Segment, SelectionPoint, SideProcess, Track
from core.policy.rules.values import Amount, Fact, Threshold

PROJECT = "lixiang"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec(firstresult=True)
def regulations() -> tuple[Regulation, ...]:
    """Which texts are in force here, from when, until when, and what follows their expiry? (办法依据)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def rule_index() -> tuple[Row, ...]:
    """Which rows does the regulation consist of, and how does each live here? (条款索引)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def roles() -> tuple[Role, ...]:
    """Who acts under this regulation, and where does each role sit? (角色)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def facts() -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
    """What is asked of a case, once, and which amounts does its money climb through? (事实与金额口径)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def thresholds() -> tuple[Threshold, ...]:
    """Which figures decide something? (限额)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def limits() -> tuple[TimeLimit, ...]:
    """How long may, must or must not things take? (期限)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def papers() -> tuple[DocumentType, ...]:
    """Which kinds of paper are there, sealed or not, from whom to whom? (材料)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    """Which paths are there, of which segments, and where is the choice made binding? (路径与流程段)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    """What runs beside the main line, and how often may things be tried? (旁支流程与次数)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    """What stops an act, and what follows from history? (检查与联动后果)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    """Which lists are kept, and what is said of listing for reuse? (登记簿与上架规则)."""
    raise NotImplementedError


@hookspec(firstresult=True)
def openings() -> Openings:
    """What may a tenant settle, set or fill, and on what is the text silent? (选项、参数、空位)."""
    raise NotImplementedError
