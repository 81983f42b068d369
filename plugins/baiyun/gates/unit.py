"""What other projects and the record of the unit stand in the way of (第二十二条第五至十、十五项、第五十三条)."""

from collections.abc import Callable, Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit
from core.policy.rules.papers import Severity
from plugins.baiyun.gates.shapes import ARTICLE_22, IN_PRINCIPLE, gate, when

_UNIT = ("unit",)


def _effect(key: str) -> Callable[[Case], Iterable[Hit]]:
    """One finding for each running effect of that key, with its reason."""

    def check(case: Case) -> Iterable[Hit]:
        for hit in case.effects(key):
            yield Hit(message=hit.reason, item=key, evidence=hit.evidence)

    return check


def _filing_default(case: Case) -> Iterable[Hit]:
    yield from _effect("bar_acceptance_filing")(case)
    for project in case.unit.projects:
        due = project.due("acceptance_filing_rectification")
        inside = (
            "acceptance_filing_rectification" in project.open and due is not None and not due.is_overdue(case.today)
        )
        if inside:
            severity = Severity.BLOCK if case.option("bar_during_rectification") else Severity.WARN
            yield Hit(message=f"“{project.title}”验收备案正在整改期内。", item="acceptance_filing", severity=severity)


def _predecessor(case: Case) -> Iterable[Hit]:
    code = case.fact("upgrade_of")
    if not code:
        return
    found = next((p for p in case.unit.projects if code in (p.code, p.id)), None)
    by_filing = case.option("predecessor_accepted_means") == "filing_accepted"
    stage, outcome = ("acceptance_filing_review", "pass") if by_filing else ("final_acceptance", "pass")
    if found is None or found.passed(stage, outcome) is None:
        yield Hit(message="所升级系统的前期建设项目尚未通过最终验收。", item="upgrade_of", evidence={"project": code})


UNIT_GATES = (
    gate("G13", "unit_behind_schedule", "前期项目未按计划推进", cite("BY-22-5"), *ARTICLE_22, check=_effect("bar_behind_schedule"), needs=_UNIT),
    gate(
        "G14", "unit_data_not_aggregated", "前期项目数据未全量汇聚共享", cite("BY-22-6", "BY-42-a"), *ARTICLE_22,
        check=_effect("bar_data_not_shared"), needs=_UNIT,
    ),
    gate(
        "G15", "unit_acceptance_filing_default", "前期项目未按时完成验收备案", reading("BY-Q31", "BY-22-7"), *ARTICLE_22,
        check=_filing_default, needs=_UNIT,
    ),
    gate("G16", "predecessor_not_accepted", "前期建设项目未终验", reading("BY-Q32", "BY-22-8"), *ARTICLE_22, check=_predecessor, needs=_UNIT),
    gate(
        "G17", "evaluation_rectification_overdue", "同类项目评估问题未按期整改", cite("BY-22-9", "BY-53-3"), *ARTICLE_22,
        check=_effect("bar_same_kind_rectification"), needs=_UNIT, waiver=IN_PRINCIPLE,
    ),
    gate(
        "G18", "unqualified_ban", "同类项目评估不合格，次年不得申报", reading("BY-Q33", "BY-53-2"), *ARTICLE_22,
        check=_effect("bar_same_kind_next_year"), needs=_UNIT, waiver=IN_PRINCIPLE,
    ),
    gate("G23", "unit_security_hazard", "单位存在未整改的安全隐患", cite("BY-22-15"), *ARTICLE_22, check=_effect("bar_security"), needs=_UNIT),
    gate(
        "G65", "priority_mark", "优先支持", cite("BY-53-1"), *ARTICLE_22, severity=Severity.NOTE, needs=_UNIT,
        check=when(lambda c: bool(c.effects("priority_mark")), "本单位已公布的评估结果均为优秀，立项时优先考虑。"),
    ),
    gate(
        "G66", "results_shown", "已公布的评估结果", cite("BY-53-a"), *ARTICLE_22, severity=Severity.NOTE, needs=_UNIT,
        check=lambda case: [
            Hit(message=f"“{p.title}”评估结果：{p.fact('grade')}。", item=p.code, evidence={"grade": p.fact("grade")})
            for p in case.unit.projects
            if p.fact("result_published_on")
        ],
    ),
)  # fmt: skip
