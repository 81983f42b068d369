"""What stands in the way of changes and terminations (第三十一至三十八条)."""

from collections.abc import Iterable
from datetime import date

from core.kernel.money import ratio_exceeds
from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun.changes import (
    change_amount,
    earlier_changes,
    exceeds_light_change,
    is_cancellation_only,
    total_after_change,
)
from plugins.baiyun.gates.shapes import IN_PRINCIPLE, WARN, gate, when

_ASK = at("procurement_change", "open", "submit")
_REVIEW = at("procurement_change_review", "decide:consent", "decide:reestablish")
_NOTES = ("post_expert_adjustment_note", "post_cost_adjustment_note")


def _no_consent(case: Case) -> Iterable[Hit]:
    act = case.act
    handed = {paper.type for paper in act.papers} if act is not None else set()
    wanted = handed & set(_NOTES) and not case.fact("change_asked_by_reviewers")
    if wanted and not case.is_open("change_papers"):
        yield Hit(message="专家评审或造价评审后的变更须先取得同意。", item="change_consent")


def _unfinished(case: Case) -> Iterable[Hit]:
    for key, what in (("establishment_change", "尚未取得同意"), ("change_papers", "尚未提交变更说明")):
        if case.is_open(key):
            yield Hit(message=f"立项阶段变更{what}，不能进入后续立项环节。", item=key)


def _begun(case: Case) -> bool:
    started = case.find("procurement_started_on")
    act = case.act
    return bool(started) and act is not None and date.fromisoformat(started) <= act.on


def _invalid(case: Case) -> Iterable[Hit]:
    if not case.fact("goal_kept"):
        yield Hit(message="变更不得改变建设目标。", item="goal_kept", rows=("BY-33-1-a",))
    if not case.fact("main_content_kept"):
        yield Hit(message="变更不得改变主要建设内容。", item="main_content_kept", rows=("BY-33-1-a",))
    if not case.fact("new_items_in_scope"):
        yield Hit(message="新增内容须在立项范畴内。", item="new_items_in_scope", rows=("BY-33-1-c",))
    if total_after_change(case) > case.amount("approved"):
        yield Hit(message="变更后金额不得超过批复总金额。", item="changed", rows=("BY-33-1-b",))


def _wrong_path(case: Case) -> Iterable[Hit]:
    act = case.act
    heavy = exceeds_light_change(case)
    limit = case.threshold("change_ratio_max")
    if act is not None and act.outcome == "consent" and heavy:
        yield Hit(message=f"变更金额超过批复总金额的 {limit}%，须重新立项。", item="change_ratio", rows=("BY-33-3-a",))
    if act is not None and act.outcome == "reestablish" and not heavy:
        yield Hit(
            message=f"变更金额未超过批复总金额的 {limit}%，不须重新立项。", item="change_ratio", rows=("BY-33-3-b",)
        )


def _cumulated(case: Case) -> Iterable[Hit]:
    mode = case.option("cumulate_changes")
    earlier = earlier_changes(case)
    limit = case.threshold("change_ratio_max")
    total = earlier + change_amount(case)
    if mode != "off" and earlier and ratio_exceeds(total, case.amount("approved"), limit):
        severity = Severity.BLOCK if mode == "enforce" else Severity.WARN
        yield Hit(message=f"历次变更累计已超过批复总金额的 {limit}%。", item="change_ratio", severity=severity)


def _not_restated(case: Case) -> Iterable[Hit]:
    """Each change is measured by its own amounts: those of the change before it say nothing about this one."""
    last = case.result_run("procurement_change")
    since = last.closed_seq if last is not None else 0
    said = {key: case.state.changed[key].seq > since for key in ("cancelled", "added") if key in case.state.changed}
    if not any(said.values()) or any(not fresh and case.fact(key) for key, fresh in said.items()):
        yield Hit(message="请填写本次变更的取消金额和新增金额。", item="change_amount")


def _ground(case: Case) -> Iterable[Hit]:
    ground = case.find("termination_ground")
    due = case.due("approval_validity")
    offered = {
        "policy_change": True,
        "acceptance_failed": case.runs("final_acceptance") != () and case.end is not None,
        "approval_lapsed": due is not None
        and due.met_on is None
        and due.due_on is not None
        and case.today > due.due_on,
        "maintained_object_upgrade": case.find("project_kind") == "om"
        and case.is_open("implementation")
        and bool(case.find("maintained_object_upgrading")),
    }
    if not offered.get(ground or "", False):
        yield Hit(message="立项批复后，除规定的四种情形外不得取消或终止。", item="termination_ground")


def _outgrown(case: Case) -> bool:
    return case.track == "micro" and int(case.find("amount_after_change", 0)) >= case.threshold("micro_max")


CHANGE_GATES = (
    gate(
        "G62", "change_paper_missing", "变更材料或同意意见不齐", cite("BY-31-1", "BY-31-2", "BY-31-3-a", "BY-31-4-a", "BY-A3-6"),
        *at("*", "hand_in"), check=_no_consent,
    ),
    gate(
        "G89", "change_unfinished", "立项阶段变更未办结", cite("BY-31-3-a", "BY-31-4-a", "BY-A3-6"),
        *at("scheme_cost_review", "decide:done"), *at("scheme_approval", "decide:approved"), check=_unfinished,
    ),
    gate(
        "G90", "change_amounts_missing", "未填写本次变更金额", cite("BY-33-3-c"), *at("procurement_change", "submit"),
        check=_not_restated,
    ),
    gate(
        "G80", "procurement_begun", "采购已启动", cite("BY-32-a"), *_ASK,
        check=when(_begun, "采购已启动，不再办理采购阶段变更，请按实施阶段变更办理。", item="procurement_started_on"),
    ),
    gate("G42", "change_invalid", "变更不符合规定", cite("BY-33-1-a", "BY-33-1-b", "BY-33-1-c"), *at("procurement_change", "submit"), *_REVIEW, check=_invalid),
    gate(
        "G81", "change_path_wrong", "变更路径与比例不符", cite("BY-33-3-a", "BY-33-3-b", "BY-33-3-c"), *_REVIEW,
        check=_wrong_path,
    ),
    gate(
        "G82", "changes_cumulated", "历次变更累计", reading("BY-Q38", "BY-33-3-c"), *at("procurement_change", "submit"), severity=WARN,
        check=_cumulated,
    ),
    gate(
        "G83", "supporting_services_kept", "配套服务金额未核减", reading("BY-Q37", "BY-33-2"), *at("procurement_change", "submit"),
        check=when(
            lambda c: is_cancellation_only(c) and not c.fact("supporting_services_reduced"),
            "取消内容的，应同步核减相应配套服务金额。", item="supporting_services_reduced",
        ),
    ),
    gate(
        "G41", "unapproved_change", "未经同意的变更", cite("BY-32-c"), *at("procurement_need_filing", "lodge"),
        check=when(
            lambda c: int(c.fact("unapproved_change")) > 0, "存在未经同意的变更，变更部分不予认可，财政不予支付。", item="unapproved_change"
        ),
    ),
    gate("G84", "change_filing_incomplete", "变更备案材料不齐", cite("BY-36-b", "BY-34-a")),
    gate(
        "G85", "ip_update_missing", "未更新知识产权类型和申请计划", cite("BY-35-a"), *at("change_filing", "lodge"), severity=WARN,
        check=when(
            lambda c: bool(c.fact("change_touches_ip")) and c.paper("ip_update") is None,
            "变更涉及知识产权的，应同步更新知识产权类型和申请计划。", item="ip_update",
        ),
    ),
    gate(
        "G53", "termination_ground", "不属于可终止的情形", reading("BY-Q08", "BY-37", "BY-37-1", "BY-37-2", "BY-37-3", "BY-37-4"),
        *at("termination", "open"), check=_ground, waiver=IN_PRINCIPLE,
    ),
    gate("G86", "termination_papers_missing", "终止备案材料不齐", cite("BY-38-a")),
    gate(
        "G60", "micro_outgrown", "变更后不再是小微项目", reading("BY-Q40", "BY-19-1-a"),
        *at("*", "record:amount_after_change"), *at("change_filing", "lodge"),
        check=when(_outgrown, "变更后金额达到五十万元，须重新立项。", item="amount_after_change"),
    ),
)  # fmt: skip
