"""A fair with its own regulation: a public call, parties that answer, a notice of five workdays, an announcement."""

from datetime import date
from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite
from core.policy.rules.competing import Entering
from core.policy.rules.flow import Outcome, OutcomeKind, Stage, StageKind, to
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import PUBLISHED, TimeLimit
from core.policy.rules.papers import DocumentType, Severity
from core.policy.rules.publicity import Notice, PostingKind, Publicity
from core.policy.rules.regulation import Regulation
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from core.policy.rules.values import Amount, Fact, FactType

C = cite("F-1")
BUREAU = "data_bureau"
PUBLIC = "public"


def _outcome(key: str, title: str, kind: OutcomeKind = OutcomeKind.FORWARD, *targets: str) -> Outcome:
    more: dict[str, Any] = {"next": to(*targets)} if targets else {}
    return Outcome(key=key, title=title, kind=kind, citation=C, reason_required=kind is OutcomeKind.NEGATIVE, **more)


def _winners(case: Case) -> tuple[str, ...]:
    return tuple(entry.id for entry in case.entries)


PROPOSE = Stage(
    key="propose",
    title="提出需求",
    kind=StageKind.TASK,
    actors=(PROJECT_UNIT,),
    outcomes=(_outcome("submit", "提交"),),
    citation=C,
    asks=("topic", "ceiling", "reserve", "answers_until"),
)
CALL = Stage(
    key="call",
    title="发榜公告",
    kind=StageKind.PUBLICATION,
    actors=(BUREAU,),
    outcomes=(_outcome("publish", "发布"),),
    citation=C,
    public=Publicity(
        kind=PostingKind.CALL,
        citation=cite("F-2"),
        facts=("topic", "ceiling"),
        papers=("brief",),
        answers_at="matching",
        answered_as="bidder",
        closes_by="answers_until",
    ),
)
MATCHING = Stage(
    key="matching",
    title="需求对接",
    kind=StageKind.TASK,
    actors=(BUREAU,),
    outcomes=(_outcome("submit", "完成对接"),),
    citation=C,
    takes=Entering(roles=(BUREAU, "bidder"), citation=C),
    records=("topic",),
)
NOTICE = Stage(
    key="notice",
    title="公示",
    kind=StageKind.NOTICE,
    actors=(BUREAU,),
    outcomes=(_outcome("complete", "公示无异议"), _outcome("stop", "停止公示", OutcomeKind.NEGATIVE, "matching")),
    citation=C,
    notice=Notice(
        citation=cite("F-3"),
        limit="notice_days",
        objectors=(PUBLIC,),
        over_gate="not_over",
        objection_gate="objected",
        late_gate="late",
    ),
    public=Publicity(
        kind=PostingKind.NOTICE,
        citation=cite("F-3"),
        title="拟揭榜单位公示",
        unit=True,
        entries=_winners,
        objects_as=PUBLIC,
    ),
)
ANNOUNCE = Stage(
    key="announce",
    title="揭榜公告",
    kind=StageKind.PUBLICATION,
    actors=(BUREAU,),
    outcomes=(_outcome("publish", "发布"),),
    citation=C,
    names=_winners,
    public=Publicity(kind=PostingKind.PUBLICATION, citation=C, names=True),
)


class Fair:
    """The fair's answers."""

    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        text: dict[str, Any] = {"title": "集市办法", "number": "1", "issued_by": "集市", "edition": "1"}
        return (Regulation(key="f", effective_on=date(2024, 1, 1), citation=C, **text),)

    @hookimpl
    def rule_index(self) -> tuple[Row, ...]:
        return tuple(Row(f"F-{n}", f"第{'一二三'[n - 1]}条", "rule", "一切照此办理。") for n in (1, 2, 3))

    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        return (
            Role(key=PROJECT_UNIT, title="需求单位", seat=Seat.OWN, citation=C),
            Role(key=BUREAU, title="数据局", seat=Seat.OWN, citation=C, reads_all=True),
            Role(key="bidder", title="揭榜方", seat=Seat.EXTERNAL, citation=C),
            Role(key=PUBLIC, title="社会公众", seat=Seat.EXTERNAL, citation=C),
        )

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        asked: dict[str, Any] = {"citation": C, "asked_at": "propose"}
        facts = (
            Fact(key="topic", title="攻关方向", type=FactType.TEXT, **asked),
            Fact(key="reserve", title="内部底价", type=FactType.MONEY, **asked),
            Fact(key="answers_until", title="应答截止日期", type=FactType.DATE, **asked),
        )
        money: dict[str, Any] = {"title": "最高研发费用", "fixed_by": PROJECT_UNIT, "moment": "提出需求"}
        return facts, (Amount(key="ceiling", **money, **asked),)

    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        return (
            DocumentType(key="brief", code="F-D1", title="需求书", citation=C, from_roles=(PROJECT_UNIT,)),
            DocumentType(key="memo", code="F-D2", title="内部说明", citation=C, from_roles=(PROJECT_UNIT,)),
        )

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        values: dict[str, Any] = {"kind": LimitKind.MINIMUM, "roll": Roll.NONE, "amount": 5, "unit": Unit.WORKDAY}
        values |= {"owner": BUREAU, "stage": "notice", "start": PUBLISHED, "citation": C}
        return (TimeLimit(key="notice_days", code="F-L1", title="公示期", **values),)

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        titles = {"not_over": "公示未满", "objected": "异议未处理", "late": "异议逾期"}
        gates = tuple(
            Gate(key=key, code=f"F-G{n}", title=title, severity=Severity.BLOCK, citation=C)
            for n, (key, title) in enumerate(titles.items(), 1)
        )
        return gates, ()

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
        whole: dict[str, Any] = {"key": "fair", "title": "揭榜", "citation": C}
        stages = (PROPOSE, CALL, MATCHING, NOTICE, ANNOUNCE)
        track = Track(applies=lambda _: True, segments=("fair",), withdrawable=lambda _: True, **whole)
        return (track,), (Segment(stages=stages, **whole),), ()


REGISTRY = Registry({"fair": Fair()})
