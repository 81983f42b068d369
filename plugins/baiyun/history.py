"""What is read from a unit's projects and record (单位历史): the dates from which every consequence is derived."""

from datetime import date

from core.policy.cases.case import Case
from core.policy.cases.standing import Standing
from core.policy.rules.gating import EffectHit

_EXCELLENT = "excellent"


def no_catalogue(case: Case) -> EffectHit | None:
    if case.register("asset_catalogue") is None:
        return EffectHit(since=date.min, reason="本单位尚未提交信息化资产目录。")
    return None


def recorded(kind: str, text: str, case: Case) -> EffectHit | None:
    for finding in case.unit.findings:
        if finding.kind == kind and (finding.lifted_on is None or finding.lifted_on > case.today):
            reason = f"{text}：{finding.reason}" if finding.reason else text
            return EffectHit(since=finding.on, reason=reason, evidence={"project": finding.project})
    return None


def data_not_shared(project: Standing, _: Case) -> EffectHit | None:
    finished = project.passed("trial_run", "ended") or project.passed("final_acceptance", "pass")
    if finished is not None and not project.fact("data_aggregated") and project.end is None:
        return EffectHit(
            since=finished, reason=f"“{project.title}”数据尚未全量汇聚共享。", evidence={"project": project.code}
        )
    return None


def _failed_since(project: Standing) -> date | None:
    """Since when a filing has failed for good: until a review accepts it, not only until it is handed in again."""
    review, again = project.last.get("acceptance_filing_review"), project.last.get("filing_failed")
    waits = "acceptance_filing_review" in project.open and review is not None and review.outcome != "pass"
    resubmitted = waits and again is not None and review is not None and again.on >= review.on
    if "filing_failed" not in project.open and not resubmitted:
        return None
    refusal = project.last.get("filing_refusal")
    return max((mark.on for mark in (review, refusal) if mark is not None), default=None)


def _overdue_since(project: Standing, limit: str, today: date) -> date | None:
    """The earliest unmet day of a limit that has passed, of any lot."""
    return min((d.due_on for d in project.dues if d.limit == limit and d.due_on and d.is_overdue(today)), default=None)


def acceptance_filing(project: Standing, case: Case) -> EffectHit | None:
    failed = _failed_since(project)
    late = _overdue_since(project, "acceptance_filing", case.today)
    rectifying = "acceptance_filing_rectification" in project.open
    fix = _overdue_since(project, "acceptance_filing_rectification", case.today) if rectifying else None
    for since, what in (
        (failed, "验收备案整改后仍不符合要求"),
        (late, "逾期未办理验收备案"),
        (fix, "验收备案未按期整改"),
    ):
        if since is not None:
            return EffectHit(since=since, reason=f"“{project.title}”{what}。", evidence={"project": project.code})
    return None


def filing_failed(project: Standing, _: Case) -> EffectHit | None:
    since = _failed_since(project)
    if since is None:
        return None
    return EffectHit(
        since=since,
        reason=f"“{project.title}”验收备案整改后仍不符合要求，后续评审暂缓。",
        evidence={"project": project.code},
    )


def upgrade_bar(case: Case) -> EffectHit | None:
    code = case.find("upgrade_of")
    found = next((p for p in case.unit.projects if code and code in (p.code, p.id)), None)
    if code and (found is None or found.passed("final_acceptance", "pass") is None):
        return EffectHit(since=date.min, reason="前期建设项目尚未通过最终验收。", evidence={"project": code})
    return None


def _same_kind(project: Standing, case: Case) -> bool:
    return bool(project.fact("project_kind") == case.find("project_kind"))


def rectification_overdue(project: Standing, case: Case) -> EffectHit | None:
    due = project.fact("evaluation_problems_due_on")
    if not due or not project.fact("evaluation_problems") or not _same_kind(project, case):
        return None
    done = project.fact("evaluation_rectified_on") and "evaluation_rectification" not in project.open
    if date.fromisoformat(due) < case.today and not done:
        return EffectHit(
            since=date.fromisoformat(due),
            reason=f"“{project.title}”评估问题逾期未整改。",
            evidence={"project": project.code},
        )
    return None


def unqualified(project: Standing, case: Case) -> EffectHit | None:
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


def money_held(project: Standing, case: Case) -> EffectHit | None:
    return filing_failed(project, case)


def unapproved(project: Standing, _: Case) -> EffectHit | None:
    amount = project.fact("unapproved_change") or 0
    if amount <= 0:
        return None
    return EffectHit(
        since=project.created_on, reason="未经同意变更的部分，财政不予支付。", evidence={"amount_fen": amount}
    )


def all_excellent(case: Case) -> EffectHit | None:
    grades = [p.fact("grade") for p in case.unit.projects if p.fact("result_published_on")]
    if grades and all(grade == _EXCELLENT for grade in grades):
        return EffectHit(since=date.min, reason="已公布的评估结果均为优秀。")
    return None


def was_late(project: Standing, case: Case) -> EffectHit | None:
    late = [d for d in project.dues if d.limit.endswith("filing") and d.is_late(case.today)]
    if not late or late[0].due_on is None:
        return None
    return EffectHit(
        since=late[0].due_on, reason=f"“{project.title}”有 {len(late)} 项备案逾期。", evidence={"count": len(late)}
    )


def opinion_given(project: Standing, _: Case) -> EffectHit | None:
    on = project.passed("pre_final_review", "agree")
    return EffectHit(since=on, reason="终验前意见作为支付尾款的重要依据。") if on is not None else None


def split(project: Standing, _: Case) -> EffectHit | None:
    if not project.fact("split_confirmed"):
        return None
    return EffectHit(since=project.created_on, reason="经认定拆分立项，合并前不得立项。")


def lapsed(project: Standing, case: Case) -> EffectHit | None:
    due = project.due("approval_validity")
    if due is None or due.due_on is None or not due.is_overdue(case.today):
        return None
    return EffectHit(since=due.due_on, reason="批复有效期届满未采购，批复失效。")


def recovered(project: Standing, _: Case) -> EffectHit | None:
    on = project.passed("termination_filing", "lodged")
    return (
        EffectHit(since=on, reason="收回结余资金，已形成资产按国有资产规定处置；知识产权申请计划终止。")
        if on is not None
        else None
    )


def result_basis(project: Standing, _: Case) -> EffectHit | None:
    on = project.fact("result_published_on")
    return EffectHit(since=date.fromisoformat(on), reason="评估结果作为立项审批和预算安排的重要依据。") if on else None
