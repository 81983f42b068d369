"""A village with a regulation of its own: one paper, one review of five working days, two attempts."""

from datetime import date

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.cases.case import Case
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite
from core.policy.rules.flow import Ends, Line, Outcome, OutcomeKind, Review, Reviewer, Stage, StageKind, to
from core.policy.rules.gating import Effect, Gate, Hit, at
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType, PaperDemand, Severity
from core.policy.rules.regulation import Regulation
from core.policy.rules.tracks import Counter, Exhaustion, Segment, SideProcess, Track
from core.policy.rules.values import Amount, Fact, FactType, RunningTotal

C = cite("V-1")


def _too_many(case: Case) -> list[Hit]:
    running = [p for p in case.unit.projects if p.end is None]
    return [Hit(message=f"本单位已有 {len(running)} 个在办项目。")] if len(running) >= 2 else []


QUOTA = 1000
"""What may be declared anew in one year, in fen, by all units together."""


def _over_quota(case: Case) -> list[Hit]:
    over = case.total("declared_anew") + case.amount("declared") > QUOTA
    return [Hit(message="全年调整后的申报金额超过总额。")] if over else []


def _outcome(key: str, kind: OutcomeKind, *targets: str, reason: bool = False, ends: Ends | None = None) -> Outcome:
    return Outcome(key=key, title=key, kind=kind, citation=C, next=to(*targets), reason_required=reason, ends=ends)


APPLY = Stage(
    key="apply",
    title="申报",
    kind=StageKind.TASK,
    actors=(PROJECT_UNIT,),
    outcomes=(_outcome("submit", OutcomeKind.FORWARD),),
    citation=C,
    papers=(PaperDemand(paper="form", citation=C, gate="incomplete"),),
    asks=("project_kind", "declared"),
)
REVIEW = Stage(
    key="review",
    title="审核",
    kind=StageKind.PARALLEL_REVIEW,
    actors=("data_bureau",),
    outcomes=(
        _outcome("pass", OutcomeKind.FORWARD),
        _outcome("not_pass", OutcomeKind.NEGATIVE, "revise", reason=True),
    ),
    citation=C,
    review=Review(
        citation=C,
        items=(("need", "必要性", C),),
        reviewers=(Reviewer(role="water_office", citation=C, when=lambda case: bool(case.find("involves_water"))),),
        invites=True,
        defects=True,
    ),
)
REVISE = Stage(
    key="revise",
    title="调整",
    kind=StageKind.TASK,
    line=Line.DETOUR,
    actors=(PROJECT_UNIT,),
    outcomes=(_outcome("submit", OutcomeKind.FORWARD, "review"),),
    citation=C,
)


class _Village:
    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        return (
            Regulation(
                key="v",
                title="村办法",
                number="1",
                issued_by="村",
                effective_on=date(2024, 1, 1),
                citation=C,
                edition="1",
            ),
        )

    @hookimpl
    def rule_index(self) -> tuple[Row, ...]:
        return (Row("V-1", "第一条", "rule", "一切"),)

    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        return (
            Role(key=PROJECT_UNIT, title="项目单位", seat=Seat.OWN, citation=C),
            Role(key="data_bureau", title="数据局", seat=Seat.OWN, citation=C, reads_all=True),
            Role(key="water_office", title="水务所", seat=Seat.OWN, citation=C),
        )

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        kind = Fact(
            key="project_kind", title="类型", type=FactType.CHOICE, choices=("build", "om"), citation=C, required=True
        )
        water = Fact(
            key="involves_water", title="涉水", type=FactType.BOOL, citation=C, default=False, has_default=True
        )
        return (kind, water), (
            Amount(
                key="declared", title="申报金额", fixed_by=PROJECT_UNIT, moment="申报", citation=C, asked_at="apply"
            ),
        )

    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        return (DocumentType(key="form", code="D1", title="申报表", citation=C, sealed=True, record=True),)

    @hookimpl
    def limits(self) -> tuple[TimeLimit, ...]:
        return (
            TimeLimit(
                key="review",
                code="L1",
                title="审核",
                kind=LimitKind.DEADLINE,
                roll=Roll.NONE,
                citation=C,
                owner="data_bureau",
                amount=5,
                unit=Unit.WORKDAY,
                stage="review",
            ),
        )

    @hookimpl
    def gates(self) -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
        return (
            Gate(key="incomplete", code="G1", title="材料不齐", severity=Severity.BLOCK, citation=C),
            Gate(key="exhausted", code="G2", title="次数用尽", severity=Severity.BLOCK, citation=C),
            Gate(
                key="too_many",
                code="G3",
                title="在办项目过多",
                severity=Severity.BLOCK,
                citation=C,
                points=at("apply", "submit"),
                check=_too_many,
                needs=("unit",),
            ),
            Gate(
                key="over_quota",
                code="G4",
                title="超过年度总额",
                severity=Severity.BLOCK,
                citation=C,
                points=at("revise", "submit"),
                check=_over_quota,
                needs=("totals",),
            ),
        ), ()

    @hookimpl
    def openings(self) -> Openings:
        total = RunningTotal(
            key="declared_anew",
            title="全年调整后的申报金额",
            stage="revise",
            outcome="submit",
            amount=lambda case: case.amount("declared"),
            citation=C,
        )
        return Openings(totals=(total,))

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[object, ...]]:
        track = Track(
            key="all", title="全部", applies=lambda _: True, segments=("only",), citation=C, withdrawable=lambda _: True
        )
        return (track,), (Segment(key="only", title="唯一", stages=(APPLY, REVIEW, REVISE), citation=C),), ()

    @hookimpl
    def sides(self) -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
        counter = Counter(
            key="attempts",
            code="T1",
            title="审核次数",
            stage="review",
            limit=2,
            gate="exhausted",
            on_exhaust=Exhaustion(ends=Ends.REJECTED),
            citation=C,
        )
        return (), (counter,)


REGISTRY = Registry({"village": _Village()})
