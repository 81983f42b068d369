"""Checks on the work, its acceptance, force majeure, and what may be done with the result (第十二至二十条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.gating import Hit, at
from plugins.zhuhai.jiebang.shapes import WARN, gate, when
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

_CONCLUDE = at("acceptance", "decide")
_CONVERT = at("result_procurement", "submit")
FORCE_MAJEURE = frozenset({"natural_disaster", "epidemic", "government_act", "other_force_majeure"})


def _done_by(case: Case, role: str) -> bool:
    return case.act is not None and case.act.role == role


def _no_force_majeure(case: Case) -> Iterable[Hit]:
    if not case.is_open("implementation"):
        yield Hit(message="项目不在实施中，不能按不可抗力申请延期或终止。", item="implementation")
    if case.fact("fm_ground") not in FORCE_MAJEURE or not case.find("fm_facts"):
        yield Hit(message="只有不可抗力可以按第二十条申请，并须说明事实；其他调整另行记录。", item="fm_ground")


def _extension_day_missing(case: Case) -> Iterable[Hit]:
    if not _done_by(case, BUREAU):
        yield Hit(message="延期或终止须经市政务和数据局审核同意。")
    if case.act is not None and case.act.outcome == "extend" and not case.find("requested_until"):
        yield Hit(message="未写明延期至何日。", item="requested_until")


DELIVERY_GATES = (
    gate(
        "G30", "agreement_missing", "没有合作协议", cite("ZH-12-1"), *at("implementation", "submit"),
        check=when(lambda case: case.result("agreement_signing") != "signed", "没有签订合作协议，不能实施。"),
    ),
    gate(
        "G31", "implementation_not_complete", "实施未完成", cite("ZH-13-1"), *_CONCLUDE,
        check=when(lambda case: case.result("implementation") != "complete" or case.is_open("implementation"), "实施完成后才能验收。"),
    ),
    gate(
        "G32", "acceptance_by_other", "不由需求单位验收", cite("ZH-13-1", "ZH-4-3"), *_CONCLUDE,
        check=when(lambda case: not _done_by(case, UNIT), "验收由发榜需求方组织。"),
    ),
    gate(
        "G53", "report_limit_unset", "报送期限未规定", by_reference("ZH-13-2", note=NOT_SUPPLIED), *_CONCLUDE,
        check=when(lambda case: case.option("acceptance_report_workdays") is None, "“规定时间”未见于现有文本，验收结果报送不设到期日。"), severity=WARN,
    ),
    gate("G44", "not_force_majeure", "不是不可抗力", cite("ZH-20-1", "ZH-19-1"), *at("force_majeure_application", "submit"), check=_no_force_majeure),
    gate("G45", "joint_consent_missing", "双方未协商一致", cite("ZH-20-2")),
    gate("G46", "extension_not_approved", "未经审核同意", cite("ZH-20-3"), *at("force_majeure_review", "decide"), check=_extension_day_missing),
    gate(
        "G47", "result_before_acceptance", "未通过验收", cite("ZH-15-1"), *_CONVERT,
        check=when(lambda case: case.result("acceptance") != "pass", "验收通过后才能采购使用成果。"),
    ),
    gate("G48", "result_not_procured", "没有政府采购记录", cite("ZH-15-1")),
    gate(
        "G49", "linked_project_missing", "没有关联普通项目", by_reference("ZH-15-2", note=NOT_SUPPLIED), *_CONVERT,
        check=when(lambda case: not case.find("linked_project"), "采购使用成果没有关联的普通项目。"), severity=WARN,
    ),
    gate(
        "G50", "not_excellent", "不是优秀", reading("ZH-Q16", "ZH-16-1", "ZH-16-2", "ZH-16-3", "ZH-17-1", "ZH-18-1"), *at("support_record", "submit"),
        check=when(lambda case: not case.find("excellent"), "只有评为优秀的成果和揭榜方可以推荐和支持。"),
    ),
    gate("G60", "evaluation_result_missing", "没有绩效评价结果", cite("ZH-4-1")),
)  # fmt: skip
