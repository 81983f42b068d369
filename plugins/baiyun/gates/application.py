"""What stands in the way of creating and submitting a plan application (第二至六、十、十四、十五、十九条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.actors import SUBORDINATE_UNIT
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun import thresholds as number
from plugins.baiyun.gates.shapes import ARTICLE_22, WARN, gate, when
from plugins.baiyun.stages.shapes import is_micro, is_simplified

_SUBMIT = at("plan_application", "submit")
_UNIT = ("unit",)


def _out_of_scope(case: Case) -> Iterable[Hit]:
    for key, message, row in (
        ("classified", "涉密项目不适用本办法。", "BY-2"),
        ("special_national_rules", "国家另有规定的项目不适用本办法。", "BY-2"),
        ("is_framework_procurement", "以框架形式采购的第三方服务不适用本办法。", "BY-4-3-b"),
        ("is_force_majeure_emergency", "因严重自然灾害等不可抗力紧急实施的项目不适用本办法。", "BY-60"),
    ):
        if case.find(key):
            yield Hit(message=message, item=key, rows=(row,))
    if case.find("funding_source") == "other":
        yield Hit(message="资金来源不属于区（镇）财政资金或上级专项资金。", item="funding_source", rows=("BY-3-a",))


def _not_first_level(case: Case) -> Iterable[Hit]:
    act = case.act
    if act is not None and (act.role == SUBORDINATE_UNIT or case.unit.kind != "first_level_unit"):
        yield Hit(message="立项计划由一级预算单位申报，下属单位不能直接提交。", item="project_unit")


def _paper_only(case: Case) -> Iterable[Hit]:
    act = case.act
    for paper in act.papers if act is not None else ():
        if paper.outside:
            yield Hit(message="材料须通过项目管理系统提交，线下提交视为未提交。", item=paper.type)


def _window(case: Case) -> Iterable[Hit]:
    act, round_ = case.act, case.round
    if act is None or len(case.runs("plan_application")) > 1:
        return
    if round_ is not None and round_.issued_on <= act.on <= round_.closes_on:
        return
    parts = {part for paper in case.papers("off_window_consent") for part in paper.parts}
    for part, title in (("finance", "区财政局"), ("district_leader", "分管区领导")):
        if part not in parts:
            yield Hit(message=f"窗口期外申报须先取得{title}的书面同意。", item=part)


def _no_plan(case: Case) -> Iterable[Hit]:
    plan = case.register("development_plans")
    if plan is None:
        yield Hit(message="信息化发展规划尚未备案。", item="development_plan")
    elif plan.adjusted_on is not None:
        yield Hit(message="信息化发展规划调整后尚未重新备案。", item="development_plan", rows=("BY-12-b",))


def _similar(case: Case) -> Iterable[Hit]:
    for candidate in case.candidates:
        yield Hit(
            message=f"与“{candidate.title}”相似度 {candidate.overlap}%，请优先考虑复用。",
            item="duplicate",
            severity=Severity.WARN,
            rows=("BY-11-2", "BY-58"),
            evidence={"title": candidate.title, "overlap": candidate.overlap},
        )
    if case.find("duplicate_confirmed"):
        yield Hit(message="经认定属于重复建设。", item="duplicate", rows=("BY-22-3",))


def _split(case: Case) -> Iterable[Hit]:
    if case.find("split_confirmed"):
        yield Hit(message="经认定属于将整体项目拆分为多个小微项目。", item="split")
        return
    system = case.find("system_name")
    if not system or not is_micro(case):
        return
    limit = case.threshold("micro_max")
    others = [
        p
        for p in case.unit.projects
        if p.fact("system_name") == system
        and p.id != case.state.id
        and (p.end is None or p.end.kind == Ends.COMPLETED)
        and p.plan_year == case.state.plan_year
        and 0 < (p.fact("declared") or 0) < limit
    ]
    if len(others) + 1 >= number.SPLIT_SUSPECT_COUNT:
        codes = "、".join(p.code or p.title for p in others)
        yield Hit(
            message=f"本单位同一年度就同一系统另有小微项目（{codes}），疑似拆分。", item="split", severity=Severity.WARN
        )


def _not_simplified(case: Case) -> Iterable[Hit]:
    if not case.find("claims_simplified"):
        return
    if not is_simplified(case):
        yield Hit(message="内容、金额或类型不符合简易立项条件，按普通立项办理。", item="claims_simplified")
    code = case.find("previous_period_project")
    earlier = next((p for p in case.unit.projects if code and code in (p.code, p.id)), None)
    if earlier is None:
        return
    basis = "confirmed" if earlier.track == "micro" else str(case.option("previous_amount_basis"))
    known = earlier.fact(basis)
    if known is not None and known != case.find("previous_period_amount"):
        yield Hit(
            message=f"填写的往期金额与“{earlier.title}”的记录不一致，请核对。",
            item="previous_period_amount",
            evidence={"recorded_fen": known, "basis": basis},
        )


def _reapplied(case: Case) -> Iterable[Hit]:
    """A need that was refused may come again in a later round; the refused project is named."""
    system = case.find("system_name")
    for project in case.unit.projects:
        if not system or project.fact("system_name") != system:
            continue
        if project.end is None or project.end.kind != Ends.REJECTED or project.id == case.state.id:
            continue
        same_round = project.plan_year == case.state.plan_year
        barred = same_round and case.option("rejected_reapply") == "next_round"
        yield Hit(
            message=f"同一系统的项目“{project.title}”已不予立项"
            + ("，须在以后年度的申报中重新提出。" if barred else "，请说明本次的不同之处。"),
            item="rejected_project",
            severity=Severity.BLOCK if barred else Severity.WARN,
            evidence={"project": project.code or project.id},
        )


APPLICATION_GATES = (
    gate(
        "G01", "out_of_scope", "不适用本办法", cite("BY-2", "BY-3-a", "BY-4-3-b", "BY-60"),
        *at("", "create"), *_SUBMIT, check=_out_of_scope,
    ),
    gate(
        "G02", "category_excluded", "类别不在立项范畴", reading("BY-Q03", "BY-22-1", "BY-A2-2", "BY-16-a"), *ARTICLE_22,
        check=when(
            lambda c: bool(c.find("category_excluded")) or c.find("scope_category") in c.parameter("excluded_categories"),
            "项目类别不在政府投资信息化项目范畴内。", item="scope_category",
        ),
    ),
    gate(
        "G03", "unit_not_first_level", "申报主体不是一级预算单位", cite("BY-5-2-a"), *_SUBMIT, check=_not_first_level,
        needs=_UNIT,
    ),
    gate("G04", "channel", "未通过项目管理系统提交", cite("BY-6"), *at("*", "lodge", "submit", "hand_in"), check=_paper_only),
    gate("G05", "window_closed", "不在申报窗口期", reading("BY-Q16", "BY-14-a", "BY-14-b", "BY-14-c"), *_SUBMIT, check=_window, needs=("round",)),
    gate("G06", "application_incomplete", "申报材料不齐", cite("BY-15-a")),
    gate("G07", "feasibility_missing", "缺少可行性研究报告", cite("BY-15-c")),
    gate(
        "G08", "asset_catalogue_missing", "未提交信息化资产目录", cite("BY-22-10"), *ARTICLE_22, needs=_UNIT,
        check=when(lambda c: bool(c.effects("bar_asset_catalogue")), "本单位尚未提交信息化资产目录。", item="asset_catalogue"),
    ),
    gate("G09", "development_plan_missing", "发展规划未备案", cite("BY-8", "BY-12-a"), *_SUBMIT, check=_no_plan, needs=_UNIT, severity=WARN),
    gate(
        "G11", "duplicate_construction", "重复建设", cite("BY-22-3", "BY-11-2"), *ARTICLE_22, check=_similar, needs=("candidates",),
    ),
    gate("G25", "split_project", "拆分立项", reading("BY-Q42", "BY-19-1-c"), *ARTICLE_22, check=_split, needs=_UNIT, aliases=("micro_split_suspected",)),
    gate(
        "G56", "system_count_grows", "系统数量增加", reading("BY-Q08", "BY-11-a"), *_SUBMIT, *at("plan_review", "decide:pass"),
        severity=WARN,
        check=when(lambda c: int(c.fact("system_count_change")) > 0, "原则上单位系统总数只减不增，请说明拟整合的系统。", item="system_count_change"),
    ),
    gate(
        "G63", "not_simplified", "不符合简易立项条件", cite("BY-19-2"), *_SUBMIT, *at("plan_review", "decide:pass"), severity=WARN,
        check=_not_simplified, needs=_UNIT,
    ),
    gate("G87", "rejected_reapplied", "不予立项后再次申报", reading("BY-Q14", "BY-22-11", "BY-22-13"), *_SUBMIT, check=_reapplied, needs=_UNIT),
    gate(
        "G64", "unit_data_catalogue_missing", "未编制数据资源目录", cite("BY-10-b"), *_SUBMIT, severity=WARN, needs=_UNIT,
        check=when(lambda c: c.register("unit_data_catalogue") is None, "本单位尚未编制数据资源目录。", item="unit_data_catalogue"),
    ),
)  # fmt: skip
