"""A contest under the shire's regulation: outside parties and units from anywhere enter, the bureau chooses."""

from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import Role, Seat
from core.policy.rules.competing import Entering, Join, JoinKind
from core.policy.rules.flow import Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.papers import DocumentType, PaperDemand
from core.policy.rules.tracks import Counter, Segment, SideProcess, Track
from core.policy.rules.values import Amount, Fact, FactType
from tests.core.stages.shire import _Shire
from tests.core.stages.village import APPLY, C

BIDDER = "bidder"
VISITOR = "visitor"


def _forward(key: str) -> Outcome:
    return Outcome(key=key, title=key, kind=OutcomeKind.FORWARD, citation=C)


CALL = Stage(
    key="call",
    title="发榜",
    kind=StageKind.TASK,
    actors=("data_bureau",),
    outcomes=(_forward("submit"),),
    takes=Entering(roles=("data_bureau", BIDDER, VISITOR), citation=C),
    citation=C,
)
PLAN = Stage(
    key="plan",
    title="编制方案",
    kind=StageKind.TASK,
    scope="entry",
    actors=(BIDDER, VISITOR),
    outcomes=(_forward("submit"),),
    asks=("price",),
    papers=(PaperDemand(paper="plan", gate="incomplete", citation=C, per_ref=True),),
    citation=C,
)
CHOICE = Stage(
    key="choice",
    title="遴选",
    kind=StageKind.REVIEW,
    actors=("data_bureau",),
    outcomes=(_forward("pass"),),
    join=Join(kind=JoinKind.EACH, citation=C),
    citation=C,
)
NOTICE = Stage(
    key="announcement",
    title="结果公告",
    kind=StageKind.PUBLICATION,
    actors=("data_bureau",),
    outcomes=(_forward("publish"),),
    citation=C,
)


class _Contest(_Shire):
    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        bidder = Role(key=BIDDER, title="揭榜方", seat=Seat.EXTERNAL, citation=C)
        visitor = Role(key=VISITOR, title="其他地区的单位", seat=Seat.ANY, citation=C)
        return (*super().roles(), bidder, visitor)

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        facts, amounts = super().facts()
        price = Fact(
            key="price", title="报价", type=FactType.MONEY, entered_by=(BIDDER, VISITOR), scope="entry", citation=C
        )
        return (*facts, price), amounts

    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        return (
            *super().papers(),
            DocumentType(key="plan", code="D2", title="方案", from_roles=(BIDDER, VISITOR, "data_bureau"), citation=C),
        )

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[object, ...]]:
        track = Track(key="all", title="全部", applies=lambda _: True, segments=("only",), citation=C)
        stages = (APPLY, CALL, PLAN, CHOICE, NOTICE)
        return (track,), (Segment(key="only", title="唯一", stages=stages, citation=C),), ()

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        gates, effects = super().gates()
        return tuple(gate for gate in gates if gate.key == "incomplete"), effects

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        return ()

    @hookimpl
    def sides(self) -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
        return (), ()


REGISTRY = Registry({"shire": _Contest()})
