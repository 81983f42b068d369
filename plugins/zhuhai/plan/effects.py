"""What follows from records: last year's evaluations are weighed, some projects are marked, cloud resources are released."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.gating import Effect, EffectHit, Target

_LABELS = {"qualified": "合格", "unqualified": "不合格"}
_ROWS = {"new_project": "ZHP-10-1-10", "system_upgrade": "ZHP-10-1-11", "om_fund": "ZHP-10-1-12"}
_CLOUDS = ("city_gov_cloud", "city_gov_cloud_domestic")


def first_submission(case: Case) -> date:
    """The day of the first submission, whose calendar year the application belongs to; today while there is none."""
    done = next((r for r in case.runs("declaration") if r.closed_on is not None), None)
    return done.closed_on if done is not None and done.closed_on is not None else case.today


def _evaluations(project: Standing) -> Iterator[tuple[date, str]]:
    """Every evaluation of a project, earlier years included: when it was concluded, and with which grade.

    That of a challenge has no grade in the text; the day it was concluded is what counts.
    """
    challenge = project.last.get("performance_evaluation")
    if challenge is not None:
        yield challenge.on, ""
    for facts in (*(said.facts for said in project.earlier), project.facts):
        on = facts.get("evaluated_on")
        if on:
            yield date.fromisoformat(str(on)), str(facts.get("grade", ""))


def _concerns(project: Standing, case: Case) -> bool:
    """New projects weigh all evaluations of the unit; upgrades and running costs those of the same system (ZH-Q22)."""
    kind = case.find("application_kind")
    if kind not in _ROWS or case.track not in ("general", "general_district"):
        return False
    return kind == "new_project" or bool(project.fact("system_name") == case.fact("system_name"))


def weigh_evaluation(project: Standing, case: Case) -> EffectHit | None:
    if project.id == case.state.id or not _concerns(project, case):
        return None
    year = first_submission(case).year
    found = [(on, grade) for on, grade in _evaluations(project) if on.year == year - 1]
    if not found:
        return None
    poor = case.option("poor_levels")
    mark = "（评价不佳）" if any(grade in poor for _, grade in found) else ""
    told = "、".join(f"{on.isoformat()} {_LABELS.get(grade, '已评价')}" for on, grade in found)
    row = _ROWS[case.find("application_kind")]
    return EffectHit(
        since=date(year, 1, 1),
        reason=f"“{project.title}”上年度评价结果：{told}{mark}。",
        evidence={"project": project.code or project.id, "poor": bool(mark), "row": row},
    )


def _mark(reason: str, holds: Callable[[Standing], bool]) -> Callable[[Standing, Case], EffectHit | None]:
    return lambda own, _: EffectHit(since=own.created_on, reason=reason) if holds(own) else None


def _to_release(own: Standing, _: Case) -> EffectHit | None:
    if own.end is None or own.fact("deployment") not in _CLOUDS:
        return None
    return EffectHit(since=own.end.on, reason="项目已结束，所用政务云资源待释放。")


def _effect(
    code: str, key: str, title: str, act: str, cure: str, *, on: Citation, target: Target = Target.PROJECT, **how: Any
) -> Effect:
    return Effect(key=key, code=f"ZHP-{code}", title=title, target=target, act=act, cure=cure, citation=on, **how)


EFFECTS = (
    _effect(
        "E01", "weigh_evaluation", "上年度评价结果须考虑", "record", "记录如何考虑，或年度终了",
        target=Target.UNIT, from_project=weigh_evaluation,
        on=reading("ZH-Q22", "ZHP-10-1-9", "ZHP-10-1-10", "ZHP-10-1-11", "ZHP-10-1-12"),
    ),
    _effect(
        "E02", "strict_control_mark", "市级自建项目，从严控制", "mark", "无", on=cite("ZHP-12-2-2"),
        from_project=_mark(
            "市级自建项目从严控制。", lambda p: p.fact("built_by") == "self_built" and p.fact("unit_level") == "city"
        ),
    ),
    _effect(
        "E03", "budget_priority_mark", "省统建项目，优先保障", "mark", "无", on=cite("ZHP-12-2-1"),
        from_project=_mark("预算优先保障省统建项目。", lambda p: p.fact("built_by") == "province_unified"),
    ),
    _effect(
        "E04", "major_project_mark", "重大项目，领导小组统筹", "mark", "无", on=cite("ZHP-12-1-1"),
        from_project=_mark("重大项目由领导小组统筹。", lambda p: bool(p.fact("is_major"))),
    ),
    _effect(
        "E05", "release_cloud_resources", "政务云资源待释放", "record", "登记释放", on=cite("ZHP-9-1-3"), from_project=_to_release,
    ),
)  # fmt: skip
