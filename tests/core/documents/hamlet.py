"""A hamlet whose regulation attaches an application form and prescribes the outline of a plan."""

from datetime import date
from typing import Any

from core.kernel.workdays import OFFICIAL
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Contract
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite
from core.policy.rules.flow import Outcome, OutcomeKind, Stage, StageKind
from core.policy.rules.forms import (
    FormColumn,
    FormField,
    FormNote,
    FormSection,
    FormTable,
    Layout,
    PaperForm,
    Rows,
    Shown,
    Source,
)
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import Regulation
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from core.policy.rules.values import Amount, Fact, FactType

DAY = date(2025, 9, 2)
C = cite("H-1")

SHEET = PaperForm(
    title="某村数字化项目申报表",
    citation=cite("H-2"),
    sections=(
        FormSection(
            key="basics",
            title="基本情况",
            items=(
                FormField(key="applicant", title="申报单位（盖章）", source=Source.UNIT, name="name"),
                FormField(key="applied_on", title="申报时间", source=Source.STAGE, name="apply"),
                FormField(key="name", title="项目名称", source=Source.CASE, name="title"),
                FormField(key="site", title="建设地点", source=Source.FACT, name="site"),
                FormField(key="total", title="总投资", source=Source.FACT, name="declared", citation=cite("H-1")),
                FormField(key="kind", title="项目类型", source=Source.FACT, name="project_kind"),
                FormField(key="cloud", title="用云", source=Source.FACT, name="cloud", when=lambda c: c.fact("online")),
                FormField(key="need", title="必要性及依据", source=Source.FACT, name="need", space=4),
                FormField(key="remarks", title="备注", source=Source.FACT, name="remarks", required=False),
                FormField(key="opinion", title="主管部门意见（盖章）", source=Source.HAND, space=4),
            ),
        ),
        FormSection(key="explained", title="", items=(FormNote(text="注：本表一式三份。"),)),
    ),
)
OUTLINE = PaperForm(
    title="项目技术方案",
    citation=cite("H-3"),
    layout=Layout.OUTLINE,
    official=False,
    sections=(
        FormSection(
            key="overview",
            title="概述",
            sections=(
                FormSection(
                    key="profile",
                    title="项目概况",
                    items=(FormField(key="goal", title="建设目标", source=Source.FACT, name="plan.goal"),),
                ),
                FormSection(
                    key="owner",
                    title="应用单位概况",
                    items=(FormField(key="owner_name", title="单位", source=Source.UNIT, name="name"),),
                ),
            ),
        ),
        FormSection(
            key="money",
            title="投资估算",
            items=(
                FormTable(
                    key="lines",
                    title="投资分项",
                    rows=Rows.FACT,
                    name="estimate",
                    columns=(
                        FormColumn(key="what", title="内容"),
                        FormColumn(key="amount", title="金额（元）", shown=Shown.MONEY),
                    ),
                ),
                FormTable(
                    key="quotes",
                    title="报价",
                    rows=Rows.CONTRACTS,
                    minimum=3,
                    columns=(
                        FormColumn(key="supplier", title="单位"),
                        FormColumn(key="amount_fen", title="金额（元）", shown=Shown.MONEY),
                        FormColumn(key="signed_on", title="日期", shown=Shown.DATE),
                    ),
                ),
            ),
        ),
    ),
)


def _fact(key: str, title: str, kind: FactType = FactType.TEXT, **more: Any) -> Fact:
    return Fact(key=key, title=title, type=kind, citation=C, asked_at="apply", **more)


class Hamlet:
    """The hamlet's answers; `papers` may be replaced by a test."""

    def __init__(self, *papers: DocumentType) -> None:
        self.kinds = papers or (
            DocumentType(key="sheet", code="D1", title="申报表", citation=C, sealed=True, form=SHEET),
            DocumentType(
                key="plan", code="D2", title="技术方案", citation=C, form=OUTLINE, parts=("overview", "money")
            ),
            DocumentType(key="letter", code="D3", title="函", citation=C),
        )

    @hookimpl
    def regulations(self) -> tuple[Regulation, ...]:
        day = date(2024, 1, 1)
        text: dict[str, Any] = {"title": "某村办法", "number": "1", "issued_by": "村", "edition": "1"}
        return (Regulation(key="h", effective_on=day, citation=C, **text),)

    @hookimpl
    def rule_index(self) -> tuple[Row, ...]:
        return tuple(Row(f"H-{n}", f"第{'一二三'[n - 1]}条", "rule", "一切") for n in (1, 2, 3))

    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        return (Role(key=PROJECT_UNIT, title="项目单位", seat=Seat.OWN, citation=C),)

    @hookimpl
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
        kinds = {"choices": ("build", "om"), "labels": ("建设", "运维")}
        facts = (
            _fact("project_kind", "项目类型", FactType.CHOICE, **kinds),
            _fact("site", "建设地点", default="本村", has_default=True),
            _fact("need", "必要性"),
            _fact("remarks", "备注"),
            _fact("cloud", "用云情况"),
            _fact("online", "联网", FactType.BOOL, default=False, has_default=True),
            _fact("plan", "技术方案内容", FactType.RECORD),
            _fact("estimate", "投资分项", FactType.RECORD),
        )
        money: dict[str, Any] = {"title": "申报金额", "fixed_by": PROJECT_UNIT, "moment": "申报", "asked_at": "apply"}
        return facts, (Amount(key="declared", citation=C, **money),)

    @hookimpl
    def papers(self) -> tuple[DocumentType, ...]:
        return self.kinds

    @hookimpl
    def tracks(self) -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
        sent = Outcome(key="submit", title="提交", kind=OutcomeKind.FORWARD, citation=C)
        entry: dict[str, Any] = {"key": "apply", "title": "申报", "citation": C}
        stage = Stage(**entry, kind=StageKind.TASK, actors=(PROJECT_UNIT,), outcomes=(sent,))
        return (Track(**entry, applies=lambda _: True, segments=("apply",)),), (Segment(**entry, stages=(stage,)),), ()


def a_case(contracts: int = 0, **facts: Any) -> Case:
    """A case of the hamlet in which these facts are known."""
    rules = Registry({"hamlet": Hamlet()}).place("hamlet").rulebook()
    suppliers = tuple(
        Contract(id=f"c{n}", supplier=f"第{n}家公司", amount_fen=n * 100_00, signed_on=DAY)
        for n in range(1, contracts + 1)
    )
    state = CaseState(
        code="H-2025-0001", title="智慧水井 <平台> #1", created_on=DAY, track="apply", facts=facts, contracts=suppliers
    )
    return Case(state, Context(today=DAY, calendar=OFFICIAL), rules)
