"""Secrecy, money for operation, last year's evaluations, and the papers of the one set (第十、十二章)."""

from collections.abc import Iterator

from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.gating import Gate, Hit, at
from core.policy.rules.papers import Severity
from plugins.zhuhai.plan.gates.shapes import BLOCK, WARN, gate, note, warning
from plugins.zhuhai.regulations import NOT_SUPPLIED


def _classified(case: Case) -> Iterator[Hit]:
    if case.find("classified"):
        yield Hit(message="联合审批只面向非涉密项目，涉密内容不得录入本系统。", item="classified")


def _changes_entrance(case: Case) -> Iterator[Hit]:
    if (case.find("application_kind") == "jiebang") is not (case.track == "jiebang"):
        yield Hit(message="登记后不能在揭榜制提名与其他申请之间改换，请另行登记。", item="application_kind")


def _om_funds(case: Case) -> Iterator[Hit]:
    if int(case.find("om_budget", 0)) == 0:
        yield Hit(message="未编列运维经费预算。", item="om_budget")
    if case.paper("om_fund_plan") is None:
        yield Hit(message="未提交运维经费使用计划。", item="om_fund_plan")


def _unweighed(case: Case) -> Iterator[Hit]:
    if case.find("evaluation_weighed"):
        return
    severity = Severity(case.option("eval_effect"))
    for hit in case.effects("weigh_evaluation"):
        yield Hit(
            message=f"{hit.reason}请记录审批中如何考虑。", item="evaluation_weighed", severity=severity, evidence=hit.evidence,
            rows=(hit.evidence["row"],),
        )  # fmt: skip


PROCESS_GATES = (
    # A secret is refused whatever the plan's term and wherever it comes from: it must never be stored.
    Gate(
        key="classified_content", code="ZHP-G01", title="涉密内容", severity=BLOCK, citation=cite("ZHP-10-1-16"),
        points=(*at("", "create"), *at("declaration", "submit")), check=_classified,
    ),
    Gate(
        key="entrance_changed", code="ZHP-G25", title="改换申请事项", severity=BLOCK, citation=cite("ZHP-10-1-17"),
        points=(*at("declaration", "submit"), *at("*", "record:application_kind")), check=_changes_entrance,
    ),
    warning("G18", "om_funds_missing", "未落实运维经费", cite("ZHP-12-2-6"), check=_om_funds),
    gate(
        "G19", "evaluation_not_weighed", "未记录评价结果的考虑情况",
        reading("ZH-Q22", "ZHP-10-1-10", "ZHP-10-1-11", "ZHP-10-1-12"), check=_unweighed, needs=("unit",),
    ),
    Gate(
        key="materials_missing", code="ZHP-G22", title="未提交申报材料", severity=WARN,
        citation=by_reference("ZHP-10-1-19", note=NOT_SUPPLIED),
    ),
    Gate(
        key="security_dossier_missing", code="ZHP-G23", title="未提交安全材料", severity=WARN, citation=cite("ZHP-3-6-1", "ZHP-9-3-1"),
    ),
    Gate(
        key="project_evaluation_missing", code="ZHP-G24", title="未提交评价结果", severity=BLOCK,
        citation=cite("ZHP-10-1-9"),
    ),
    note("G40", "dept_cdo_unnamed", "未指定首席数据官", cite("ZHP-8-1-1"), lambda c: not c.find("dept_cdo_name"), "本单位可以指定首席数据官。"),
)  # fmt: skip
