"""What follows from a unit's history (第十一节联动后果): derived from dates each time, cured by what the text names."""

from datetime import date
from typing import Any

from core.policy.case import Case
from core.policy.citations import Citation, cite, reading
from core.policy.gating import Effect, EffectHit, Target
from core.policy.standing import Standing

_EXCELLENT = "excellent"


def _no_catalogue(case: Case) -> EffectHit | None:
    if case.register("asset_catalogue") is None:
        return EffectHit(since=date.min, reason="本单位尚未提交信息化资产目录。")
    return None


def _recorded(kind: str, text: str, case: Case) -> EffectHit | None:
    for finding in case.unit.findings:
        if finding.kind == kind and (finding.lifted_on is None or finding.lifted_on > case.today):
            reason = f"{text}：{finding.reason}" if finding.reason else text
            return EffectHit(since=finding.on, reason=reason, evidence={"project": finding.project})
    return None


def _data_not_shared(project: Standing, _: Case) -> EffectHit | None:
    finished = project.passed("trial_run", "ended") or project.passed("final_acceptance", "pass")
    if finished is not None and not project.fact("data_aggregated") and project.end is None:
        return EffectHit(
            since=finished, reason=f"“{project.title}”数据尚未全量汇聚共享。", evidence={"project": project.code}
        )
    return None


def _acceptance_filing(project: Standing, case: Case) -> EffectHit | None:
    evidence = {"project": project.code}
    if "filing_failed" in project.open:
        since = project.last["acceptance_filing_review"].on
        return EffectHit(since=since, reason=f"“{project.title}”验收备案整改后仍不符合要求。", evidence=evidence)
    due = project.due("acceptance_filing")
    if due is not None and due.is_overdue(case.today) and due.due_on is not None:
        return EffectHit(since=due.due_on, reason=f"“{project.title}”逾期未办理验收备案。", evidence=evidence)
    fix = project.due("acceptance_filing_rectification")
    rectifying = "acceptance_filing_rectification" in project.open
    if rectifying and fix is not None and fix.is_overdue(case.today) and fix.due_on is not None:
        return EffectHit(since=fix.due_on, reason=f"“{project.title}”验收备案未按期整改。", evidence=evidence)
    return None


def _filing_failed(project: Standing, _: Case) -> EffectHit | None:
    mark = project.last.get("acceptance_filing_review")
    if mark is not None and mark.outcome in ("deficient", "refused") and "filing_failed" in project.open:
        return EffectHit(
            since=mark.on,
            reason=f"“{project.title}”验收备案整改后仍不符合要求，后续评审暂缓。",
            evidence={"project": project.code},
        )
    return None


def _upgrade_bar(case: Case) -> EffectHit | None:
    code = case.find("upgrade_of")
    found = next((p for p in case.unit.projects if code and code in (p.code, p.id)), None)
    if code and (found is None or found.passed("final_acceptance", "pass") is None):
        return EffectHit(since=date.min, reason="前期建设项目尚未通过最终验收。", evidence={"project": code})
    return None


def _same_kind(project: Standing, case: Case) -> bool:
    return bool(project.fact("project_kind") == case.find("project_kind"))


def _rectification_overdue(project: Standing, case: Case) -> EffectHit | None:
    due = project.fact("evaluation_problems_due_on")
    if not due or not project.fact("evaluation_problems") or not _same_kind(project, case):
        return None
    done = project.fact("evaluation_rectified_on")
    if date.fromisoformat(due) < case.today and not done:
        return EffectHit(
            since=date.fromisoformat(due),
            reason=f"“{project.title}”评估问题逾期未整改。",
            evidence={"project": project.code},
        )
    return None


def _unqualified(project: Standing, case: Case) -> EffectHit | None:
    published = project.fact("result_published_on")
    if not published or project.fact("grade") != "unqualified" or not _same_kind(project, case):
        return None
    year = date.fromisoformat(published).year + 1
    tested = case.state.plan_year if case.option("ban_year_basis") == "plan_year" else _first_submission(case).year
    if tested != year:
        return None
    return EffectHit(
        since=date(year, 1, 1),
        until=date(year, 12, 31) if case.option("ban_year_basis") == "submission_date" else None,
        reason=f"“{project.title}”评估不合格，次年不得申报同类项目。",
        evidence={"project": project.code},
    )


def _first_submission(case: Case) -> date:
    """The day of the first submission, which is what the ban is tested on."""
    done = next((r for r in case.runs("plan_application") if r.closed_on is not None), None)
    return done.closed_on if done is not None and done.closed_on is not None else case.today


def _money_held(project: Standing, case: Case) -> EffectHit | None:
    return _filing_failed(project, case)


def _unapproved(project: Standing, _: Case) -> EffectHit | None:
    amount = project.fact("unapproved_change") or 0
    if amount <= 0:
        return None
    return EffectHit(
        since=project.created_on, reason="未经同意变更的部分，财政不予支付。", evidence={"amount_fen": amount}
    )


def _all_excellent(case: Case) -> EffectHit | None:
    grades = [p.fact("grade") for p in case.unit.projects if p.fact("result_published_on")]
    if grades and all(grade == _EXCELLENT for grade in grades):
        return EffectHit(since=date.min, reason="已公布的评估结果均为优秀。")
    return None


def _was_late(project: Standing, case: Case) -> EffectHit | None:
    late = [d for d in project.dues if d.limit.endswith("filing") and d.is_late(case.today)]
    if not late or late[0].due_on is None:
        return None
    return EffectHit(
        since=late[0].due_on, reason=f"“{project.title}”有 {len(late)} 项备案逾期。", evidence={"count": len(late)}
    )


def _opinion_given(project: Standing, _: Case) -> EffectHit | None:
    on = project.passed("pre_final_review", "agree")
    return EffectHit(since=on, reason="终验前意见作为支付尾款的重要依据。") if on is not None else None


def _split(project: Standing, _: Case) -> EffectHit | None:
    if not project.fact("split_confirmed"):
        return None
    return EffectHit(since=project.created_on, reason="经认定拆分立项，合并前不得立项。")


def _lapsed(project: Standing, case: Case) -> EffectHit | None:
    due = project.due("approval_validity")
    if due is None or due.due_on is None or not due.is_overdue(case.today):
        return None
    return EffectHit(since=due.due_on, reason="批复有效期届满未采购，批复失效。")


def _recovered(project: Standing, _: Case) -> EffectHit | None:
    on = project.passed("termination_filing", "lodged")
    return (
        EffectHit(since=on, reason="收回结余资金，已形成资产按国有资产规定处置；知识产权申请计划终止。")
        if on is not None
        else None
    )


def _result_basis(project: Standing, _: Case) -> EffectHit | None:
    on = project.fact("result_published_on")
    return EffectHit(since=date.fromisoformat(on), reason="评估结果作为立项审批和预算安排的重要依据。") if on else None


def _effect(
    code: str, key: str, title: str, target: Target, act: str, cure: str, on: Citation, **how: object
) -> Effect:
    return Effect(key=key, code=f"BY-{code}", title=title, target=target, act=act, cure=cure, citation=on, **how)


EFFECTS = (
    _effect("E01", "bar_asset_catalogue", "不予立项", Target.UNIT, "bar", "提交资产目录", cite("BY-22-10"), from_unit=_no_catalogue),
    _effect(
        "E02", "bar_behind_schedule", "不予立项", Target.UNIT, "bar", "该局撤销记录", cite("BY-22-5"),
        from_unit=lambda case: _recorded("behind_schedule", "前期项目无正当理由未按计划推进", case),
    ),
    _effect("E03", "bar_data_not_shared", "不予立项", Target.UNIT, "bar", "数据汇聚共享", cite("BY-22-6", "BY-5-1-c"), from_project=_data_not_shared),
    _effect("E04", "bar_acceptance_filing", "不予立项", Target.UNIT, "bar", "完成备案", reading("BY-Q31", "BY-22-7"), from_project=_acceptance_filing),
    _effect("E05", "bar_upgrade", "不得升级", Target.SYSTEM, "bar", "通过最终验收", cite("BY-22-8"), from_unit=_upgrade_bar),
    _effect(
        "E06", "bar_same_kind_rectification", "不得申报同类项目", Target.UNIT_KIND, "bar", "完成整改", cite("BY-22-9", "BY-53-3"),
        from_project=_rectification_overdue,
    ),
    _effect("E07", "hold_reviews", "暂缓评审", Target.UNIT, "hold", "备案符合要求", reading("BY-Q30", "BY-48-d"), from_project=_filing_failed),
    _effect("E08", "hold_final_money", "停付尾款", Target.MONEY, "pay_hold", "备案符合要求", cite("BY-48-e", "BY-5-3"), from_project=_money_held),
    _effect(
        "E09", "bar_same_kind_next_year", "次年不得申报同类项目", Target.UNIT_KIND, "bar", "次年年末", reading("BY-Q33", "BY-53-2"),
        from_project=_unqualified,
    ),
    _effect("E10", "refuse_changed_part", "变更部分不予支付", Target.MONEY, "pay_hold", "无", cite("BY-32-c", "BY-5-3"), from_project=_unapproved),
    _effect(
        "E11", "bar_security", "不予立项", Target.UNIT, "bar", "完成整改", cite("BY-22-15"),
        from_unit=lambda case: _recorded("security_hazard", "在用系统或网络不符合安全要求或存在重大隐患", case),
    ),
    _effect("E12", "priority_mark", "优先", Target.UNIT, "mark", "下一次公布结果", cite("BY-53-1"), from_unit=_all_excellent),
    _effect("E13", "assessment_points", "计入年度考核", Target.UNIT, "record", "当年", cite("BY-59"), from_project=_was_late),
    _effect("E14", "payment_basis", "尾款支付依据", Target.MONEY, "record", "无", cite("BY-45-d", "BY-A3-9"), from_project=_opinion_given),
    _effect("E15", "bar_split", "合并前不得立项", Target.PROJECT, "bar", "合并立项", reading("BY-Q42", "BY-19-1-c"), from_project=_split),
    _effect("E16", "approval_lapse", "批复失效", Target.PROJECT, "bar", "无", cite("BY-20-4-b", "BY-37-3"), from_project=_lapsed),
    _effect("E17", "recover_money", "收回资金、处置资产", Target.MONEY, "record", "无", cite("BY-38-b", "BY-35-b"), from_project=_recovered),
    _effect("E18", "result_basis", "立项与预算依据", Target.PROJECT, "record", "无", cite("BY-53-a"), from_project=_result_basis),
)  # fmt: skip
