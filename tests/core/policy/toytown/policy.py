"""Toytown, a place that exists to exercise everything the engine can do; it passes the conformance kit."""

from datetime import date
from typing import Any

from core.kernel.workdays import LimitKind, Roll, Unit
from core.policy.hookspecs import hookimpl
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Row, cite, reading
from core.policy.rules.flow import Ends
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import OnLate, OnPause, TimeLimit, closed, fact_date
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingForce, ListingRule, OnExpiry, Register, Regulation
from core.policy.rules.tracks import Counter, Exhaustion, Segment, SelectionPoint, SideProcess, Track
from core.policy.rules.values import Amount, Fact, FactType, Option, Parameter, Threshold
from tests.core.policy.toytown import stages
from tests.core.policy.toytown import thresholds as number
from tests.core.policy.toytown.gates import BAR, GATES
from tests.core.policy.toytown.stages import BUREAU

_TITLES = {
    "TY-1": "第一条",
    "TY-2": "第二条",
    "TY-3": "第三条",
    "TY-4": "第四条",
    "TY-5": "第五条",
    "TY-6": "第六条",
    "TY-7": "第七条",
    "TY-8": "第八条",
    "TY-9": "第九条",
    "TY-10": "第十条",
    "TY-11": "第十一条",
    "TY-12": "第十二条",
    "TY-13": "第十三条",
}


@hookimpl
def regulations() -> tuple[Regulation, ...]:
    return (
        Regulation(
            key="ty",
            title="玩具镇办法",
            number="1",
            issued_by="镇",
            effective_on=number.EFFECTIVE_ON,
            expires_on=date(2026, 12, 31),
            on_expiry=OnExpiry.REFUSE_NEW,
            citation=cite("TY-1"),
            edition="2024",
        ),
    )


@hookimpl
def rule_index() -> tuple[Row, ...]:
    repeated = Row("TY-A", "附件", "rule", "同第四条。", same_as=("TY-4",))
    return (*(Row(key, title, "rule", f"{title}。") for key, title in _TITLES.items()), repeated)


@hookimpl
def roles() -> tuple[Role, ...]:
    named = {"project_unit": "项目单位", BUREAU: "数据局", "finance": "财政所", "mayor": "镇长", "fire": "消防"}
    named |= {"water": "水务", "north": "北区", "south": "南区", "east": "东区", "school": "学校"}
    return tuple(Role(key=key, title=title, seat=Seat.OWN, citation=cite("TY-3")) for key, title in named.items())


def _flag(key: str, title: str, **more: Any) -> Fact:
    values: dict[str, Any] = {"citation": cite("TY-8"), "default": False, "has_default": True}
    return Fact(key=key, title=title, type=FactType.BOOL, **(values | more))


@hookimpl
def facts() -> tuple[tuple[Fact, ...], tuple[Amount, ...]]:
    kind = Fact(
        key="project_kind",
        title="类型",
        type=FactType.CHOICE,
        choices=("build", "om"),
        labels=("建设", "运维"),
        citation=cite("TY-3"),
        required=True,
        locked_by="review",
        standing=True,
    )
    days = (("signed_off_on", "签署日"), ("started_on", "开工日"))
    dates = tuple(
        Fact(
            key=key,
            title=title,
            type=FactType.DATE,
            citation=cite("TY-11"),
            entered_by=(PROJECT_UNIT, "mayor"),
            asked_at="works",
        )
        for key, title in days
    )
    secret = _flag("secret", "涉密", has_default=False, citation=cite("TY-13"))
    complaint = Fact(
        key="complaint", title="投诉", type=FactType.TEXT, citation=cite("TY-12"), entered_by=(BUREAU,), asked_at=""
    )
    flags = (_flag("risky", "危险"), _flag("wet", "涉水"), _flag("outside", "不在范围"), secret, complaint)
    declared = Amount(
        key="declared", title="申报金额", fixed_by=PROJECT_UNIT, moment="申报", citation=cite("TY-2"), asked_at="apply"
    )
    return (kind, *dates, *flags), (declared,)


@hookimpl
def thresholds() -> tuple[Threshold, ...]:
    return number.THRESHOLDS


def _limit(key: str, code: str, title: str, owner: str, **more: Any) -> TimeLimit:
    values: dict[str, Any] = {
        "kind": LimitKind.DEADLINE,
        "roll": Roll.NONE,
        "citation": cite("TY-11"),
        "amount": number.REVIEW_WORKDAYS,
        "unit": Unit.WORKDAY,
    }
    return TimeLimit(key=key, code=code, title=title, owner=owner, **(values | more))


@hookimpl
def limits() -> tuple[TimeLimit, ...]:
    days = {"amount": number.REPORT_DAYS, "unit": Unit.DAY, "roll": Roll.FORWARD}
    return (
        _limit("review_days", "TY-L1", "审核", BUREAU, stage="review", pause=OnPause.BY_EVENT),
        _limit("revise_days", "TY-L2", "调整", PROJECT_UNIT, stage="revise", on_late=OnLate.REFUSE),
        _limit("report_days", "TY-L3", "报告", PROJECT_UNIT, stage="report", late_gate="late", standing=True, **days),
        _limit(
            "validity",
            "TY-L4",
            "批准有效期",
            PROJECT_UNIT,
            kind=LimitKind.VALIDITY,
            amount=number.VALIDITY_YEARS,
            unit=Unit.YEAR,
            start=fact_date("signed_off_on"),
            met_by_fact="started_on",
            on_late=OnLate.RIGHT_LOST,
        ),
        _limit(
            "trial",
            "TY-L5",
            "试运行",
            PROJECT_UNIT,
            kind=LimitKind.MINIMUM,
            amount=number.TRIAL_MONTHS,
            unit=Unit.MONTH,
            start=closed("works", "done"),
            on_late=OnLate.NONE,
        ),
    )


@hookimpl
def papers() -> tuple[DocumentType, ...]:
    form = DocumentType(key="form", code="TY-D1", title="申报表", citation=cite("TY-4"), sealed=True)
    minutes = DocumentType(
        key="minutes", code="TY-D2", title="会议纪要", citation=cite("TY-4"), from_roles=(BUREAU,), record=True
    )
    return form, minutes


@hookimpl
def tracks() -> tuple[tuple[Track, ...], tuple[Segment, ...], tuple[SelectionPoint, ...]]:
    def track(key: str, title: str, **more: Any) -> Track:
        return Track(
            key=key,
            title=title,
            segments=("plan", "delivery"),
            citation=cite("TY-2"),
            withdrawable=lambda case: not case.result("review"),
            withdraw_citation=cite("TY-12"),
            **more,
        )

    small = track("small", "小项目", applies=lambda case: not stages.is_large(case))
    large = track("large", "大项目", applies=lambda _: True)
    plan = (stages.APPLY, stages.SCREENING, stages.VOTING, stages.REVIEW, stages.CLEARANCE, stages.REVISE)
    delivery = (stages.SIGNING, stages.REPORT, stages.WORKS, stages.INSPECTION, stages.CLOSING)
    return (
        (small, large),
        (
            Segment(key="plan", title="立项", stages=plan, citation=cite("TY-3")),
            Segment(key="delivery", title="建设", stages=delivery, citation=cite("TY-3")),
        ),
        (SelectionPoint(stage="review", outcome="pass", basis="declared", citation=cite("TY-2")),),
    )


@hookimpl
def sides() -> tuple[tuple[SideProcess, ...], tuple[Counter, ...]]:
    def counter(key: str, stage: str, limit: int, title: str, ends: Ends, **more: Any) -> Counter:
        return Counter(
            key=key,
            code=f"TY-{key}",
            title=title,
            stage=stage,
            limit=limit,
            gate="exhausted",
            on_exhaust=Exhaustion(ends=ends),
            citation=cite("TY-7"),
            **more,
        )

    return stages.SIDES, (
        counter("reviews", "review", number.REVIEW_ATTEMPTS, "审核次数", Ends.REJECTED),
        counter("inspections", "inspection", number.INSPECTION_ATTEMPTS, "验收次数", Ends.TERMINATED, scope="lot"),
    )


@hookimpl
def gates() -> tuple[tuple[Gate, ...], tuple[Effect, ...]]:
    return GATES, (BAR,)


@hookimpl
def registers() -> tuple[tuple[Register, ...], tuple[ListingRule, ...]]:
    experts = Register(
        key="experts", title="专家库", kept_by=(BUREAU,), per="tenant", citation=cite("TY-9"), library=True
    )
    rule = ListingRule(
        key="share",
        code="TY-S1",
        title="复用上架",
        force=ListingForce.ALLOWED,
        after_stage="closing",
        after_outcome="lodged",
        project_kinds=("build",),
        citation=cite("TY-1"),
    )
    return (experts,), (rule,)


@hookimpl
def openings() -> Openings:
    option = Option(
        key="severity_overrides",
        title="检查力度",
        point="TY-Q1",
        values=({},),
        default={},
        reason="按办法原文",
        citation=reading("TY-Q1", "TY-13"),
        open_values=True,
    )
    quota = Parameter(key="quota", title="年度总额", default=None, set_by=option.set_by, citation=cite("TY-2"))
    return Openings(options=(option,), parameters=(quota,))
