"""A pier: a toy regulation of builders who must be done in time, and of one pier that nobody below may build twice."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.kernel.workdays import OFFICIAL, LimitKind, Roll, Unit
from core.policy.cases.acts import Act, Decision
from core.policy.cases.case import Case
from core.policy.cases.context import Context, SharedEntry, UnitRecord
from core.policy.cases.state import CaseState, Entry, Paper
from core.policy.hookspecs import hookimpl
from core.policy.judging.deciding import decide
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite
from core.policy.rules.competing import Binding, Entering
from core.policy.rules.flow import STAY, Ends, Line, Outcome, OutcomeKind, Stage, StageKind, to
from core.policy.rules.gating import Effect, EffectHit, Gate, Hit, Point, Target, at
from core.policy.rules.limits import Lapse, OnLate, TimeLimit, told_by
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType, PaperDemand, Severity
from core.policy.rules.regulation import ListingRule, Register, Regulation
from core.policy.rules.tracks import Segment, Track
from core.policy.rules.values import Amount, Fact, FactType, Option

C = cite("P-1")
HARBOUR, BUILDER = "harbour", "builder"


def _outcome(key: str, kind: OutcomeKind = OutcomeKind.FORWARD, **more: Any) -> Outcome:
    return Outcome(key=key, title=key, kind=kind, citation=C, **({"counts": False} | more))


def _stage(kind: StageKind, key: str, actor: str, *outcomes: Outcome, **more: Any) -> Stage:
    return Stage(key=key, title=key, kind=kind, actors=(actor,), outcomes=outcomes, citation=C, unbounded=True, **more)


STAGES = (
    _stage(
        StageKind.TASK, "call", HARBOUR,
        _outcome(
            "chosen", deems=("sounding",),
            binds=(Binding(role=BUILDER, to=lambda case: tuple(e.id for e in case.entries), citation=C),),
        ),
        takes=Entering(roles=(HARBOUR,), opens=("outing",), citation=C),
    ),
    _stage(
        StageKind.TASK, "outing", BUILDER, _outcome("held", next=STAY), scope="entry", line=Line.OBLIGATION,
        when=lambda case: case.entry is not None and case.entry.kind == "guild",
    ),
    _stage(
        StageKind.TASK, "build", BUILDER, _outcome("built"), scope="entry",
        papers=(PaperDemand(paper="sounding", gate="unsounded", citation=C),),
    ),
    _stage(
        StageKind.REVIEW, "inspection", HARBOUR, _outcome("good"),
        _outcome("poor", OutcomeKind.NEGATIVE, next=to("build")), scope="entry",
    ),
    _stage(StageKind.TASK, "again", HARBOUR, _outcome("recalled", next=to("call")), line=Line.DETOUR),
)  # fmt: skip


def _until(case: Case) -> date | None:
    value = case.find("until")
    return date.fromisoformat(value) if value else None


def _lost(case: Case) -> EffectHit | None:
    due = case.due("grace", case.ref)
    over = due is not None and due.due_on is not None and due.due_on < case.today and due.met_on is None
    return EffectHit(since=case.today, reason="逾期") if over else None


def _twin(case: Case) -> Iterable[Hit]:
    created = case.act is not None and case.act.name == "create"
    for entry in case.shared("piers"):
        if entry.content["bay"] == (case.find("bay") if created else case.fact("bay")):
            severity = Severity(case.option("twin"))
            yield Hit(message=f"{entry.title}已有码头。", item=entry.key, severity=severity)


class Upper:
    """The plugin of the harbour authority."""

    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        pier = Regulation(
            key="pier", title="码头办法", number="", issued_by="港", edition="1", effective_on=None, citation=C
        )
        return (pier,)

    @hookimpl
    def rule_index(self) -> tuple[Row, ...]:
        return (Row("P-1", "第一条", "rule", "一切。"), Row("P-2", "第二条", "rule", "不得重复。"))

    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        return tuple(Role(key=k, title=k, seat=Seat.HOME, citation=C) for k in (PROJECT_UNIT, HARBOUR, BUILDER))

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        until = Fact(
            key="until", title="期限", type=FactType.DATE, citation=C, entered_by=(HARBOUR,), asked_at="", scope="entry"
        )
        bay = Fact(key="bay", title="港湾", type=FactType.TEXT, citation=cite("P-2"), asked_at="call", required=True)
        return (until, bay), ()

    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        return (DocumentType(key="sounding", code="P-D1", title="测深报告", citation=C, from_roles=(BUILDER,)),)

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        lapse = Lapse(ends=Ends.LAPSED, gate="lost", citation=C, nobody=("again",))
        clock: dict[str, Any] = {
            "kind": LimitKind.DEADLINE,
            "roll": Roll.FORWARD,
            "amount": 3,
            "unit": Unit.MONTH,
            "owner": BUILDER,
        }
        return (
            TimeLimit(
                key="grace", code="P-L1", title="宽限", citation=C, start=told_by(_until),
                met_by=("inspection", "good"),
                on_late=OnLate.RIGHT_LOST, late_gate="lost", lapse=lapse, **clock,
            ),
        )  # fmt: skip

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[object, ...]]:
        track = Track(key="pier", title="码头", applies=lambda _: True, segments=("pier",), citation=C)
        return (track,), (Segment(key="pier", title="码头", stages=STAGES, citation=C),), ()

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        def gate(key: str, *points: Point, **more: Any) -> Gate:
            values: dict[str, Any] = {"severity": Severity.BLOCK, "citation": C} | more
            return Gate(key=key, code=f"P-{key}", title=key, points=points, **values)

        lost = Effect(
            key="lost",
            code="P-E1",
            title="失去资格",
            target=Target.ENTRY,
            act="bar",
            cure="无",
            citation=C,
            from_entry=_lost,
        )
        twin = {
            "check": _twin,
            "needs": ("shared",),
            "reach": "descendants",
            "reads": ("bay",),
            "citation": cite("P-2"),
        }
        return (gate("unsounded"), gate("lost"), gate("twin", *at("call", "submit"), **twin)), (lost,)

    @hookimpl
    def registers(self) -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
        piers = Register(
            key="piers", title="码头登记", kept_by=(HARBOUR,), per="tenant", citation=cite("P-2"), reach="descendants",
            admits=("inspection", "good"), carries=("bay", "until"), matched_on="bay",
        )  # fmt: skip
        return (piers,), ()

    @hookimpl
    def openings(self) -> Openings:
        return Openings(
            options=(
                Option(
                    key="twin", title="重复的处理", point="P-Q1", values=("block", "warn"), default="block",
                    reason="原文",
                    citation=cite("P-2"),
                ),
            )
        )  # fmt: skip


UPPER = Registry({"pier": Upper()})


class Pier:
    """One case of the harbour authority, with the builders that came."""

    def __init__(self, **until: date) -> None:
        assert not UPPER.refused, UPPER.refused
        self.rules = UPPER.place("pier").rulebook()
        self.state = CaseState(id="own", title="东港码头", unit="ferry", created_on=date(2025, 1, 6))
        self.act("create", date(2025, 1, 6), facts={"bay": "东港"})
        for ref, day in until.items():
            self.act("record", date(2025, 1, 7), "call", entries=(Entry(id=ref, title=ref, party=f"p{ref}"),))
            self.act("record", date(2025, 1, 8), "call", ref=ref, facts={"until": day.isoformat()})
        self.act("submit", date(2025, 1, 9), "call")

    def act(self, name: str, on: date, stage: str = "", role: str = HARBOUR, **more: Any) -> Decision:
        ruling = decide(self.rules, self.state, seen(on), Act(name=name, stage=stage, role=role, on=on, **more))
        self.state, self.last = ruling.after, ruling.decision
        return self.last

    def open(self) -> set[str]:
        return {r.stage + (f"@{r.ref}" if r.ref else "") for r in self.state.runs if r.is_open}

    def ends(self) -> dict[str, date]:
        return {e.id: e.end.on for e in self.state.entries if e.end is not None}


def seen(on: date, *shared: SharedEntry) -> Context:
    return Context(today=on, calendar=OFFICIAL, unit=UnitRecord(key="ferry"), shared=shared)


def paper(kind: str, on: date) -> Paper:
    return Paper(type=kind, on=on)
