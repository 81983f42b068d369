"""A fair: a toy regulation whose only matter is several parties in one case, from their call to their payment."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.kernel.workdays import OFFICIAL, LimitKind, Roll, Unit
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Entry, Member, Objection
from core.policy.hookspecs import hookimpl
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite
from core.policy.rules.competing import Binding, Competition, Entering, Join, JoinKind
from core.policy.rules.flow import STAY, Ends, Holds, Line, Outcome, OutcomeKind, Review, Reviewer, Stage, StageKind, to
from core.policy.rules.gating import Effect, Gate, Hit, at
from core.policy.rules.limits import PUBLISHED, Extension, OnLate, TimeLimit, fact_date
from core.policy.rules.openings import Openings
from core.policy.rules.papers import Severity
from core.policy.rules.publicity import Notice
from core.policy.rules.regulation import Regulation
from core.policy.rules.tracks import Counter, Segment, SideProcess, Track
from core.policy.rules.values import Amount, Fact, FactType, RunningTotal

C = cite("F-1")
DAY = date(2025, 9, 1)
TRADER, WINNER, STEWARD = "trader", "winner", "steward"


def _winners(case: Case) -> tuple[str, ...]:
    return tuple(e.id for e in case.entries if case.result("verdict", e.id) == "good")


def _on(key: str, kind: OutcomeKind = OutcomeKind.FORWARD, **more: Any) -> Outcome:
    return Outcome(key=key, title=key, kind=kind, citation=C, **({"counts": False} | more))


def _stage(kind: StageKind, key: str, actor: str, *outcomes: Outcome, **more: Any) -> Stage:
    actors = tuple(actor.split("+"))
    return Stage(key=key, title=key, kind=kind, actors=actors, outcomes=outcomes, citation=C, unbounded=True, **more)


BESIDE: dict[str, Any] = {"scope": "entry", "line": Line.OBLIGATION, "holds": Holds.NOTHING}
VOICES: dict[str, Any] = {"over_gate": "early", "objection_gate": "objected", "late_gate": "late"}
SIGNERS = (Reviewer(role=WINNER, each=lambda case: case.named("announce"), gate="unsigned", citation=C),)
COMPETITION = Competition(
    winners=_winners,
    at_most=lambda _: 2,
    cap_gate="crowded",
    score=lambda case: case.find("score"),
    prefers=lambda case: bool(case.find("local")),
    citation=C,
)
CALL = _stage(
    StageKind.TASK,
    "call",
    STEWARD,
    _on("closed"),
    takes=Entering(roles=(STEWARD, TRADER), opens=("stall",), citation=C),
)
PITCH = _stage(
    StageKind.TASK,
    "pitch",
    TRADER,
    _on("submit"),
    _on("leave", OutcomeKind.NEUTRAL, ends=Ends.WITHDRAWN),
    asks=("price",),
    when=lambda case: not case.find("barred"),
    scope="entry",
)
VERDICT = _stage(
    StageKind.REVIEW,
    "verdict",
    STEWARD,
    _on("good"),
    _on("poor", OutcomeKind.NEGATIVE),
    _on("out", OutcomeKind.NEGATIVE, ends=Ends.REJECTED),
    scope="entry",
)
NOTICE = _stage(
    StageKind.NOTICE,
    "notice",
    STEWARD,
    _on("done"),
    _on("upheld", OutcomeKind.NEUTRAL, next=to("list")),
    notice=Notice(limit="notice", objectors=("public",), citation=C, **VOICES),
)
ANNOUNCE = _stage(
    StageKind.PUBLICATION,
    "announce",
    STEWARD,
    _on("published", binds=(Binding(role=WINNER, to=_winners, others=Ends.REJECTED, citation=C),)),
    names=_winners,
)
STALL = _stage(StageKind.TASK, "stall", f"{TRADER}+{WINNER}", _on("set"), **BESIDE)
PRIZE = _stage(
    StageKind.PAYMENT,
    "prize",
    WINNER,
    _on("paid", next=STAY),
    when=lambda case: case.ref in case.named("announce"),
    asks=("sum",),
    **BESIDE,
)


def stages(join: Join) -> tuple[Stage, ...]:
    """The line of the fair, with the join that is under test."""
    again = _on("again", OutcomeKind.NEUTRAL, next=to("pitch"))
    signed: dict[str, Any] = {"review": Review(citation=C, reviewers=SIGNERS), "asks": ("until",)}
    chosen = _stage(StageKind.TASK, "list", STEWARD, _on("submit"), again, join=join, competition=COMPETITION)
    sign = _stage(StageKind.TASK, "sign", STEWARD, _on("signed"), **signed)
    work = _stage(StageKind.TASK, "work", STEWARD, _on("done", opens=("prize",)))
    return (CALL, PITCH, VERDICT, chosen, NOTICE, ANNOUNCE, sign, work, STALL, PRIZE)


LONGER = SideProcess(
    key="longer",
    title="延长",
    opened_by=(STEWARD,),
    citation=C,
    stages=(
        _stage(
            StageKind.REVIEW,
            "longer",
            STEWARD,
            _on("granted", extends=Extension(limit="until", to_fact="wanted", citation=C)),
            _on("denied", OutcomeKind.NEGATIVE),
            line=Line.SIDE,
            holds=Holds.NOTHING,
        ),
    ),
)


class _Fair:
    def __init__(self, join: Join) -> None:
        self.join = join

    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        text: dict[str, Any] = {"title": "集市办法", "number": "1", "issued_by": "镇", "edition": "1"}
        return (Regulation(key="fair", effective_on=date(2024, 1, 1), citation=C, **text),)

    @hookimpl
    def rule_index(self) -> tuple[Row, ...]:
        return (Row("F-1", "第一条", "rule", "一切。"),)

    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        own = tuple(Role(key=k, title=k, seat=Seat.OWN, citation=C) for k in (PROJECT_UNIT, STEWARD, "public"))
        trader = Role(key=TRADER, title="摊贩", seat=Seat.EXTERNAL, citation=C)
        return (*own, trader, replace(trader, key=WINNER, title="中选摊贩", from_outcome=True))

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        def of(key: str, kind: FactType, **more: Any) -> Fact:
            by: dict[str, Any] = {"entered_by": (TRADER, STEWARD), "asked_at": "", "citation": C}
            return Fact(key=key, title=key, type=kind, **(by | more))

        own: dict[str, Any] = {"scope": "entry", "has_default": True}
        flags = tuple(of(key, FactType.BOOL, default=False, **own) for key in ("barred", "local"))
        days = tuple(of(key, FactType.DATE) for key in ("until", "wanted"))
        money: dict[str, Any] = {"fixed_by": TRADER, "moment": "当日", "citation": C, "scope": "entry"}
        price = Amount(key="price", title="报价", entered_by=(TRADER,), **money)
        paid = Amount(key="sum", title="奖金", entered_by=(WINNER,), **money)
        return (of("score", FactType.INTEGER, default=0, **own), *flags, *days), (price, paid)

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        more: dict[str, Any] = {"roll": Roll.NONE, "owner": STEWARD, "on_late": OnLate.NONE, "citation": C}
        period: dict[str, Any] = {
            "kind": LimitKind.MINIMUM,
            "amount": 5,
            "unit": Unit.WORKDAY,
            "start": PUBLISHED,
            "stage": "notice",
        }
        until: dict[str, Any] = {"kind": LimitKind.AGREED, "start": fact_date("until"), "stage": "work"}
        return (
            TimeLimit(key="notice", code="F-L1", title="公示", **period, **more),
            TimeLimit(key="until", code="F-L2", title="约定期限", **until, **more),
        )

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        def gate(key: str, **more: Any) -> Gate:
            return Gate(key=key, code=f"F-{key}", title=key, severity=Severity.BLOCK, citation=C, **more)

        def spent(case: Case) -> list[Hit]:
            return [Hit(message="超过。")] if case.total("prizes") + case.amount("sum") > 100 else []

        voices = tuple(gate(key) for key in ("early", "objected", "late", "crowded", "unsigned"))
        return (*voices, gate("spent", points=at("prize", "pay"), check=spent, needs=("totals",))), ()

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[object, ...]]:
        track = Track(key="fair", title="集市", applies=lambda _: True, segments=("fair",), citation=C)
        return (track,), (Segment(key="fair", title="集市", stages=stages(self.join), citation=C),), ()

    @hookimpl
    def sides(self) -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
        return (LONGER,), ()

    @hookimpl
    def openings(self) -> Openings:
        total = RunningTotal(
            key="prizes",
            title="全年奖金",
            stage="prize",
            outcome="paid",
            citation=C,
            amount=lambda case: case.amount("sum"),
        )
        return Openings(totals=(total,))


class Fair:
    """One case of the fair, with the traders that came."""

    def __init__(self, kind: JoinKind = JoinKind.EACH, **more: Any) -> None:
        registry = Registry({"fair": _Fair(Join(kind=kind, citation=C, **more))})
        assert not registry.refused, registry.refused
        self.rules = registry.place("fair").rulebook()
        self.state = CaseState(id="own", created_on=DAY)
        self.totals: dict[str, int] = {}
        self.act("create")

    def act(self, name: str, stage: str = "", role: str = STEWARD, on: date = DAY, **more: Any) -> Decision:
        context = Context(today=on, calendar=OFFICIAL, totals=self.totals)
        ruling = decide(self.rules, self.state, context, Act(name=name, stage=stage, role=role, on=on, **more))
        self.state, self.last = ruling.after, ruling.decision
        for one in ruling.decision.counted:
            self.totals[one.total] = self.totals.get(one.total, 0) + one.amount_fen
        return self.last

    def enter(self, *refs: str, role: str = STEWARD) -> "Fair":
        self.act(
            "record", "call", role, entries=tuple(Entry(id=ref, title=f"摊{ref}", party=f"p{ref}") for ref in refs)
        )
        return self

    def pitched(self, *refs: str) -> "Fair":
        """Traders that came, the call closed, every pitch made."""
        self.enter(*refs).act("submit", "call")
        for ref in refs:
            self.act("submit", "pitch", TRADER, ref=ref, facts={"price": 100})
        return self

    def judge(self, ref: str, outcome: str) -> Decision:
        return self.act("decide", "verdict", ref=ref, outcome=outcome)

    def announced(self, *refs: str) -> "Fair":
        """Every one of these traders has won and is announced."""
        self.pitched(*refs)
        for ref in refs:
            self.judge(ref, "good")
        self.act("submit", "list", outcome="submit")
        self.act("publish", "notice")
        self.act("complete", "notice", on=date(2025, 9, 9), outcome="done")
        self.act("publish", "announce", on=date(2025, 9, 9))
        return self

    def object_to(self, ref: str, on: date) -> Decision:
        return self.act("object", "notice", "public", on=on, objections=(Objection(id=ref, text="不服"),))

    @property
    def case(self) -> Case:
        return Case(self.state, Context(today=DAY, calendar=OFFICIAL, totals=self.totals), self.rules)

    def open(self) -> set[str]:
        return {r.stage + (f"@{r.ref}" if r.ref else "") for r in self.state.runs if r.is_open and r.stage != "stall"}

    def gates(self) -> set[str]:
        return {finding.gate for finding in self.last.findings}

    def ended(self) -> str:
        return self.state.end.kind if self.state.end is not None else ""


CONSORTIUM = Entry(id="c", title="联合体", kind="consortium", members=(Member(title="甲"), Member(title="乙")))
