"""What follows from history (第十一节联动后果): derived from dates, cured by what the text names; never unit-wide."""

from datetime import date

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Effect, EffectHit, Target
from plugins.jiujiang.thresholds import YEAR_END


def _is_same_system(other: Standing, case: Case) -> bool:
    system = case.find("system_name")
    return bool(system) and other.fact("system_name") == system


def _failed_confirmation(source: Standing, case: Case) -> EffectHit | None:
    mark = source.last.get("pre_acceptance_confirmation")
    if mark is None or mark.outcome != "not_pass" or not (source.id == case.state.id or _is_same_system(source, case)):
        return None
    return EffectHit(
        since=mark.on, reason=f"“{source.title}”验收前确认未通过", evidence={"project": source.code or source.id}
    )


def _confirmed_delay(source: Standing, _: Case) -> EffectHit | None:
    on = source.passed("delay_decision", "confirmed")
    return EffectHit(since=on, reason="已认定因单位原因前期工作延误三十个工作日以上") if on is not None else None


def _evaluation(source: Standing, case: Case) -> EffectHit | None:
    mark = source.last.get("key_evaluation")
    if mark is None or not (source.id == case.state.id or _is_same_system(source, case)):
        return None
    open_items = mark.outcome != "qualified" and "evaluation_rectification" in source.open
    if mark.outcome != "unqualified" and not open_items:
        return None
    told = "重点绩效评价不合格" if mark.outcome == "unqualified" else "评价整改尚未完成"
    return EffectHit(
        since=mark.on,
        until=date(mark.on.year + 1, *YEAR_END),
        reason=f"“{source.title}”{told}",
        evidence={"project": source.code or source.id},
    )


def _unqualified(source: Standing, case: Case) -> EffectHit | None:
    mark = source.last.get("key_evaluation")
    if mark is None or mark.outcome != "unqualified" or not _is_same_system(source, case):
        return None
    return EffectHit(since=mark.on, reason=f"“{source.title}”绩效评价不合格，不支持升级")


EFFECTS = (
    Effect(
        key="bar_om_money", code="JJ-E01", title="不安排运维经费", target=Target.SYSTEM, act="bar", cure="确认通过",
        citation=cite("JJ-31-10"), from_project=_failed_confirmation,
    ),
    Effect(
        key="bar_money_delay", code="JJ-E02", title="不安排项目资金", target=Target.MONEY, act="pay_hold", cure="领导小组准许例外",
        citation=cite("JJ-27-2"), from_project=_confirmed_delay,
    ),
    Effect(
        key="evaluation_basis", code="JJ-E03", title="下年度经费安排的重要依据", target=Target.SYSTEM, act="warn", cure="次年年末",
        citation=cite("JJ-40-2"), from_project=_evaluation,
    ),
    Effect(
        key="bar_upgrade", code="JJ-E04", title="不支持升级", target=Target.SYSTEM, act="bar", cure="其后评价合格",
        citation=reading("JJ-Q28", "JJ-22-7", "JJ-40-1"), from_project=_unqualified,
    ),
)  # fmt: skip
