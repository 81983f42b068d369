"""Toytown's stages: one of every kind of conclusion the engine knows."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.actors import PROJECT_UNIT
from core.policy.rules.citations import Citation, cite
from core.policy.rules.flow import (
    ONWARD,
    Aggregate,
    Ends,
    Force,
    Holds,
    Line,
    Next,
    Outcome,
    OutcomeKind,
    PanelRule,
    Review,
    Reviewer,
    Stage,
    StageKind,
    chosen_from,
    to,
)
from core.policy.rules.papers import Freshness, PaperDemand
from core.policy.rules.tracks import SideProcess
from tests.core.policy.toytown import thresholds as number

BUREAU = "data_bureau"
C = cite("TY-3")


def forward(key: str, title: str, on: Citation = C, nxt: Next = ONWARD, **more: Any) -> Outcome:
    return Outcome(key=key, title=title, kind=OutcomeKind.FORWARD, citation=on, next=nxt, **more)


def negative(key: str, title: str, on: Citation = C, nxt: Next = ONWARD, **more: Any) -> Outcome:
    return Outcome(key=key, title=title, kind=OutcomeKind.NEGATIVE, citation=on, next=nxt, reason_required=True, **more)


def is_large(case: Case) -> bool:
    return case.amount("declared") >= case.threshold("large_min")


APPLY = Stage(
    key="apply",
    title="申报",
    kind=StageKind.TASK,
    actors=(PROJECT_UNIT,),
    outcomes=(forward("submit", "提交"),),
    citation=C,
    papers=(PaperDemand(paper="form", citation=cite("TY-4"), gate="incomplete"),),
    asks=("project_kind", "declared"),
)
SCREENING = Stage(
    key="screening",
    title="初筛",
    kind=StageKind.REVIEW,
    actors=(BUREAU, "finance"),
    outcomes=(forward("pass", "通过"), negative("not_pass", "不通过", ends=Ends.REJECTED)),
    citation=C,
    review=Review(citation=cite("TY-5"), aggregate=Aggregate.ANY),
)
VOTING = Stage(
    key="voting",
    title="表决",
    kind=StageKind.REVIEW,
    actors=("north", "south", "east"),
    outcomes=(
        forward("pass", "通过"),
        negative("not_pass", "不通过", ends=Ends.REJECTED),
        Outcome(
            key="inconclusive",
            title="未形成结论",
            kind=OutcomeKind.NEUTRAL,
            citation=cite("TY-6"),
            next=to("voting"),
            counts=False,
        ),
    ),
    citation=C,
    review=Review(
        citation=cite("TY-6"), aggregate=Aggregate.VOTE, quorum=number.VOTES, majority=number.MAJORITY_PERCENT
    ),
    when=is_large,
    when_citation=cite("TY-6"),
)
REVIEW = Stage(
    key="review",
    title="联合审核",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(BUREAU,),
    outcomes=(
        forward("pass", "通过"),
        negative("not_pass", "不通过", nxt=to("revise")),
        Outcome(
            key="return",
            title="退回",
            kind=OutcomeKind.NEUTRAL,
            citation=C,
            next=chosen_from("apply", "screening", "clearance"),
            counts=False,
        ),
    ),
    citation=C,
    papers=(PaperDemand(paper="minutes", citation=cite("TY-4"), gate="incomplete", act="decide:pass"),),
    review=Review(
        citation=cite("TY-7"),
        items=(("need", "必要性", cite("TY-7")), ("cost", "造价", cite("TY-7"))),
        reviewers=(
            Reviewer(
                role="fire", citation=cite("TY-8"), force=Force.BINDING, when=lambda case: bool(case.find("risky"))
            ),
            Reviewer(role="water", citation=cite("TY-8"), when=lambda case: bool(case.find("wet"))),
        ),
        panel=PanelRule(citation=cite("TY-9"), libraries=("experts",), random=True, library_gate="wrong_library"),
        invites=True,
        defects=True,
    ),
)


def _wants_water(case: Case) -> bool:
    return bool(case.find("wet"))


# Nobody decides over the others: everybody named is heard, and the worst opinion is the conclusion.
CLEARANCE = Stage(
    key="clearance",
    title="并联审批",
    kind=StageKind.PARALLEL_REVIEW,
    actors=(BUREAU,),
    line=Line.DETOUR,
    outcomes=(
        forward("pass", "同意", nxt=to("review")),
        Outcome(
            key="return",
            title="退回",
            kind=OutcomeKind.NEUTRAL,
            citation=C,
            next=to("apply"),
            counts=False,
            reason_required=True,
        ),
        negative("reject", "不同意", ends=Ends.REJECTED),
    ),
    citation=cite("TY-3"),
    papers=(PaperDemand(paper="minutes", citation=cite("TY-4"), gate="incomplete", act="decide:pass"),),
    review=Review(
        citation=cite("TY-5"),
        aggregate=Aggregate.WORST,
        worst_first=("reject", "return", "pass"),
        reviewers=(
            Reviewer(role=BUREAU, citation=cite("TY-5")),
            Reviewer(role="finance", citation=cite("TY-5")),
            Reviewer(role="water", citation=cite("TY-5"), when=_wants_water),
            Reviewer(role="school", citation=cite("TY-5"), force=Force.ADVISORY),
        ),
        invites=True,
    ),
)
REVISE = Stage(
    key="revise",
    title="调整",
    kind=StageKind.TASK,
    line=Line.DETOUR,
    actors=(PROJECT_UNIT,),
    outcomes=(forward("submit", "提交", nxt=to("review")),),
    citation=C,
    papers=(
        PaperDemand(
            paper="form", citation=cite("TY-4"), gate="incomplete", act="submit", freshness=Freshness.SINCE_OPENED
        ),
    ),
)
SIGNING = Stage(
    key="signing",
    title="会签",
    kind=StageKind.REVIEW,
    actors=("mayor", "finance"),
    outcomes=(forward("pass", "签署", opens=("report",)), negative("not_pass", "不签", ends=Ends.REJECTED)),
    citation=C,
    records=("signed_off_on",),
    review=Review(citation=cite("TY-10"), aggregate=Aggregate.SIGNATURES),
)
REPORT = Stage(
    key="report",
    title="报告",
    kind=StageKind.FILING,
    line=Line.OBLIGATION,
    holds=Holds.END,
    actors=(PROJECT_UNIT,),
    outcomes=(forward("lodged", "报送", cite("TY-11")),),
    citation=cite("TY-11"),
)
WORKS = Stage(
    key="works",
    title="建设",
    kind=StageKind.TASK,
    actors=(PROJECT_UNIT,),
    outcomes=(forward("done", "完成"),),
    citation=C,
    records=("started_on",),
    scope="lot",
)
INSPECTION = Stage(
    key="inspection",
    title="验收",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    outcomes=(forward("pass", "通过"), negative("not_pass", "不通过", nxt=to("works"))),
    citation=C,
    scope="lot",
)
CLOSING = Stage(
    key="closing",
    title="归档",
    kind=StageKind.FILING,
    actors=(PROJECT_UNIT,),
    outcomes=(forward("lodged", "归档"),),
    citation=C,
)


def _side(key: str, title: str, actor: str, *outcomes: Outcome, **more: Any) -> Stage:
    kind = StageKind.REVIEW if actor == BUREAU else StageKind.FILING
    values: dict[str, Any] = {"line": Line.SIDE, "holds": Holds.NOTHING, "citation": cite("TY-12")}
    return Stage(key=key, title=title, kind=kind, actors=(actor,), outcomes=outcomes, **(values | more))


SIDES = (
    SideProcess(
        key="change",
        title="变更",
        opened_by=(PROJECT_UNIT,),
        citation=cite("TY-12"),
        when=lambda case: case.result("signing") == "pass",
        stages=(
            _side(
                "change_review",
                "变更审核",
                BUREAU,
                forward("consent", "同意", nxt=to("")),
                forward("restart", "重新审核", nxt=to("review"), reopens=("review", "signing", "works")),
                negative("refused", "不同意", nxt=to("")),
            ),
        ),
    ),
    SideProcess(
        key="supplement",
        title="补充合同",
        opened_by=(PROJECT_UNIT,),
        citation=cite("TY-12"),
        on_contract="supplementary",
        exclusive=False,
        stages=(
            _side(
                "supplement_filing",
                "补充合同备案",
                PROJECT_UNIT,
                forward("lodged", "备案", nxt=to("")),
                repeats=True,
                scope="contract",
            ),
        ),
    ),
    SideProcess(
        key="complaint",
        title="投诉处理",
        opened_by=(BUREAU,),
        citation=cite("TY-12"),
        on_fact="complaint",
        after_end=True,
        stages=(_side("complaint_answer", "投诉答复", BUREAU, forward("answered", "已答复", nxt=to(""))),),
    ),
    SideProcess(
        key="termination",
        title="终止",
        opened_by=(PROJECT_UNIT,),
        citation=cite("TY-12"),
        stages=(
            _side(
                "termination_filing",
                "终止备案",
                PROJECT_UNIT,
                forward("lodged", "备案", nxt=to(""), ends=Ends.TERMINATED),
            ),
        ),
    ),
)
