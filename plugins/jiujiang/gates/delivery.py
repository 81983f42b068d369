"""Money, contracts, execution, acceptance, evaluation (第二十七至三十四、三十九、四十条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import OutcomeKind
from core.policy.rules.gating import Hit, at
from plugins.jiujiang.facts.delivery import SYSTEMS
from plugins.jiujiang.gates.shapes import IN_PRINCIPLE, IN_PRINCIPLE_TIME, PAID, SIGNED, WARN, Check, gate, when
from plugins.jiujiang.limits import FILINGS
from plugins.jiujiang.measures import over_limit, overdue
from plugins.jiujiang.stages.approval import APPROVALS

_STARTED = at("implementation", "submit", "sign")
_FILED = tuple(point for stage in FILINGS for point in at(stage, "submit"))
_TRIALS = ("trial_run_over_limit", "trial_run_below_limit")
_LIMITS = ("completion_application_over_limit", "completion_application_below_limit")


def missing_approvals(case: Case) -> tuple[str, ...]:
    """The approvals of the case's path that do not stand."""
    found = []
    for segment, stage in case.rules.line(case.track):
        applies = (segment.when is None or segment.when(case)) and (stage.when is None or stage.when(case))
        if stage.key in APPROVALS and applies and stage.key not in found:
            outcome = stage.outcome(case.result(stage.key))
            if outcome is None or outcome.kind is not OutcomeKind.FORWARD:
                found.append(stage.key)
    if over_limit(case) and case.result("provincial_review") != "pass" and "annual_approval" in _keys(case):
        found.append("provincial_review")
    return tuple(found)


def _keys(case: Case) -> set[str]:
    return {stage.key for _, stage in case.rules.line(case.track)}


def _unapproved(what: str) -> Check:
    def check(case: Case) -> Iterable[Hit]:
        if case.state.kind != "project" or case.track in ("legacy", "classified_offline"):
            return
        mains = [c for c in case.act.contracts if c.kind == "main"] if case.act is not None else []
        if what.startswith("签订") and not mains:
            return
        for key in missing_approvals(case):
            yield Hit(message=f"“{case.rules.title_of(key)}”尚未通过，不得{what}。", item=key)

    return check


def _unargued(case: Case) -> Iterable[Hit]:
    argued = case.result("preliminary_argumentation") == "pass"
    reviewed = case.result("technical_review") == "pass"
    both = case.option("consultation_rule") == "any_missing"
    if case.state.kind != "project" or case.track in ("legacy", "classified_offline"):
        return
    if not (argued and reviewed if both else argued or reviewed):
        yield Hit(message="未经数据管理部门论证或技术评审，不安排资金。", item="preliminary_argumentation")


def _delayed(case: Case) -> Iterable[Hit]:
    if case.result("delay_decision") == "confirmed":
        return
    days = overdue(case)
    if days >= case.threshold("delay_cut") and case.result("delay_decision") != "not_at_fault":
        message = f"前期工作累计逾期 {days} 个工作日，待市数据管理部门认定。"
        yield Hit(message=message, item="preliminary_delay", severity=WARN, evidence={"workdays": days})


def _barred(case: Case) -> Iterable[Hit]:
    for hit in case.effects("bar_money_delay"):
        yield Hit(message=f"{hit.reason}，原则上不安排项目资金。", item="preliminary_delay")


def _executing(case: Case) -> Iterable[Hit]:
    for paper, title in (("executing_body_record", "项目实施机构和责任人"), ("management_rules", "项目管理制度")):
        if case.paper(paper) is None:
            yield Hit(message=f"尚未明确或建立{title}。", item=paper)
    if not case.find("responsible_person"):
        yield Hit(message="尚未明确项目责任人。", item="responsible_person")
    for key, title in SYSTEMS:
        if key not in case.fact("management_systems"):
            yield Hit(message=f"尚未登记{title}制度。", item=key, severity=WARN, rows=("JJ-28-2",))


def _changed(case: Case) -> bool:
    return not case.fact("matches_approval") and case.result("change_review") != "approved"


def _exclusive(case: Case) -> bool:
    return bool(case.fact("generally_shareable") and case.fact("exclusive_recipients"))


def _trial(case: Case) -> Iterable[Hit]:
    due = next((d for d in (case.due(key) for key in _TRIALS) if d is not None), None)
    if due is not None and due.due_on is not None and case.act is not None and case.act.on <= due.due_on:
        yield Hit(
            message=f"试运行应至 {due.due_on} 届满，终验过早。",
            item=due.limit,
            evidence={"due_on": due.due_on.isoformat()},
        )


def _late_application(case: Case) -> Iterable[Hit]:
    due = next((d for d in (case.due(key) for key in _LIMITS) if d is not None and d.met_on is None), None)
    if due is None or due.due_on is None or case.act is None or case.act.on <= due.due_on:
        return
    asked = case.paper("extension_request")
    until = case.find("completion_extended_to")
    if asked is not None and asked.on <= due.due_on and (not until or case.act.on.isoformat() <= until):
        return
    yield Hit(message=f"竣工验收申请应于 {due.due_on} 前提出，且未书面申请延期。", item=due.limit)


def _confirmed(case: Case) -> Iterable[Hit]:
    if case.result("pre_acceptance_confirmation") != "pass":
        yield Hit(message="三项验收前确认尚未全部通过，不得组织竣工验收。", item="pre_acceptance_confirmation")


def _joint(case: Case) -> Iterable[Hit]:
    if not case.fact("city_county_joint"):
        return
    if case.fact("procured_by") != "city":
        yield Hit(message="市县联建项目由市统一采购。", item="procured_by")
    signed = {c.terms.get("level"): c.terms.get("payer") for c in case.contracts("main")}
    for level in case.fact("joint_levels"):
        if not signed.get(level):
            yield Hit(message=f"“{level}”一级尚未单独签约并明确付费单位。", item=level)


def _window(case: Case) -> Iterable[Hit]:
    due = case.due("self_evaluation_open")
    if due is not None and due.due_on is not None and case.act is not None and case.act.on < due.due_on:
        early = WARN if case.option("self_eval_early") == "warn" else None
        yield Hit(message=f"自评应在 {due.due_on} 之后提交。", item="self_evaluation_open", severity=early)


DELIVERY_GATES = (
    gate("G12", "superior_opinion_missing", "缺上级主管部门意见", cite("JJ-14-4"), *_STARTED, check=when(lambda c: c.fact("build_mode") == "new" and c.paper("superior_opinion") is None, "新建项目启动前须征求上级主管部门意见。", item="superior_opinion")),
    gate("G14", "built_before_approval", "未批先建", cite("JJ-16-1", "JJ-16-2", "JJ-27-1"), *SIGNED, check=_unapproved("签订合同")),
    gate("G35", "no_approval_no_money", "未审批不安排资金", cite("JJ-27-1"), *PAID, *at("procurement", "submit"), check=_unapproved("安排资金或采购")),
    gate("G36", "delay_thirty", "前期工作延误", reading("JJ-Q22", "JJ-27-2"), *_FILED, check=_delayed, severity=WARN),
    gate("G57", "delay_confirmed", "延误认定后不安排资金", cite("JJ-27-2"), *PAID, *SIGNED, check=_barred, waiver=IN_PRINCIPLE),
    gate("G37", "executing_body_missing", "未明确实施机构和责任人", cite("JJ-28-1", "JJ-28-2"), *_STARTED, check=_executing),
    gate("G38", "unapproved_change", "擅自变更", cite("JJ-29-1"), *at("final_acceptance", "decide:pass"), *at("implementation", "submit"), check=when(_changed, "与批准的规模、内容或设计不一致，须先办理变更。", item="matches_approval")),
    gate("G39", "data_exclusive", "普遍共享数据定向开放", cite("JJ-30-4"), *at("pre_acceptance_confirmation", "decide:pass"), check=when(_exclusive, "普遍共享的数据不得只向特定对象开放。", item="exclusive_recipients")),
    gate("G40", "trial_run_too_short", "试运行期未满", cite("JJ-31-2", "JJ-31-3"), *at("final_acceptance", "decide:pass"), check=_trial, waiver=IN_PRINCIPLE_TIME, aliases=("trial_too_short",)),
    gate("G41", "acceptance_application_late", "竣工验收申请逾期", reading("JJ-Q23", "JJ-31-6", "JJ-31-7", "JJ-31-8"), *at("completion_application", "submit"), check=_late_application, severity=WARN),
    gate("G42", "confirmation_missing_or_failed", "验收前确认未通过", cite("JJ-31-9", "JJ-31-10"), *at("completion_acceptance", "decide:pass"), check=_confirmed),
    gate("G58", "confirmation_missing", "缺确认文书", cite("JJ-31-9")),
    gate("G44", "joint_procurement", "市县联建须统一采购", cite("JJ-33"), *at("procurement", "submit"), *at("implementation", "submit"), check=_joint),
    gate("G45", "no_consultation_no_money", "未论证评审不安排资金", reading("JJ-Q35", "JJ-34-0b"), *PAID, *at("budget_approval", "decide:approved"), check=_unargued),
    gate("G50", "self_evaluation_window", "自评时间和报送", reading("JJ-Q26", "JJ-39"), *at("self_evaluation", "lodge"), check=_window),
    gate("G59", "acceptance_papers_missing", "缺验收材料", cite("JJ-31-4", "JJ-31-5", "JJ-32-1", "JJ-32-2")),
    gate("G60", "change_papers_missing", "缺变更材料", reading("JJ-Q27", "JJ-29-1")),
    gate("G61", "evaluation_papers_missing", "缺评价和整改材料", cite("JJ-40-1", "JJ-40-2")),
)  # fmt: skip
