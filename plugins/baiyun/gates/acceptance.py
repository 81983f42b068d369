"""What stands in the way during building, acceptance and evaluation (第二十九、三十九至五十六条)."""

from collections.abc import Iterable

from core.kernel.workdays import opens_after
from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun.gates.shapes import BLOCK, WARN, Check, gate, when
from plugins.baiyun.stages.delivery import holds_initial_acceptance, own_contracts
from plugins.baiyun.stages.shapes import is_build

_FINAL = at("final_acceptance", "decide")
_REQUEST = at("pre_final_request", "submit")
_COMPLETE = at("implementation", "submit")


def _no_supervision(case: Case) -> bool:
    kind = case.fact("project_kind")
    concerned = kind == "build" or (kind == "service" and not case.fact("is_supporting_service"))
    large = int(case.fact("main_works")) >= case.threshold("supervision_min")
    return concerned and large and not case.contracts("supervision")


def _personnel(case: Case) -> bool:
    return not (case.find("personnel_registered") and case.find("personnel_nda_complete"))


def _trial_run(case: Case) -> Iterable[Hit]:
    due = case.due("trial_run_min", case.ref or None) or case.due("trial_run_min")
    act = case.act
    if due is None or act is None:
        return
    first = opens_after(case.ledger(due))
    if first is not None and act.on < first:
        yield Hit(
            message=f"试运行不足三个自然月，{first.isoformat()} 起方可办理。",
            item="trial_run",
            evidence={"opens_on": first.isoformat()},
        )


def _mlps(case: Case) -> Iterable[Hit]:
    if case.paper("mlps_report") is not None:
        return
    if case.find("mlps_not_applicable_reason") and case.option("mlps_na_allowed"):
        yield Hit(message="已说明无须等级测评的理由，请核对。", item="mlps_report", severity=WARN)
    else:
        yield Hit(message="最终验收前应完成网络安全等级保护测评。", item="mlps_report", severity=BLOCK)


def _logs(case: Case) -> Iterable[Hit]:
    paper = case.paper("system_logs", case.ref)
    if not is_build(case) or paper is None:
        return
    for part, title in (("login_log", "登录日志"), ("operation_log", "业务功能操作日志")):
        if part not in paper.parts:
            yield Hit(message=f"缺少{title}。", item=part)


_PARTS = (("ip_plan", "知识产权申请计划"), ("rights_transfer", "权利转让情况"), ("later_operation", "后续运营"))


def _report(kind: str) -> Check:
    def check(case: Case) -> Iterable[Hit]:
        paper = case.paper(kind)
        if paper is not None:
            yield from (
                Hit(message=f"评估报告未包含{title}。", item=part) for part, title in _PARTS if part not in paper.parts
            )

    return check


def _ip_check(case: Case) -> bool:
    contracts = (*own_contracts(case), *case.contracts("supplementary"))
    concerned = any(contract.terms.get("has_ip_terms") for contract in contracts)
    act = case.act
    return concerned and act is not None and not act.items.get("ip_check")


def _restated(stage: str, *keys: str) -> Check:
    """What a stage asks is said for this run of it; what an earlier evaluation was told does not count again."""

    def check(case: Case) -> Iterable[Hit]:
        run = case.run(stage)
        for key in keys:
            if key == _DUE and not case.find("evaluation_problems"):
                continue
            change = case.state.changed.get(key)
            if run is not None and change is not None and case.find(key) and change.seq < run.opened_seq:
                yield Hit(message=f"请重新填写本次的“{case.rules.facts[key].title}”。", item=key)

    return check


_DUE = "evaluation_problems_due_on"
_RESULT = ("grade", "result_published_on", "evaluation_problems", _DUE)

ACCEPTANCE_GATES = (
    gate(
        "G39", "supervision_missing", "应实施监理而未实施", reading("BY-Q58", "BY-29-2-a"), *_COMPLETE, severity=WARN,
        check=when(_no_supervision, "主体工程金额达到标准，应委托监理。", item="supervision"),
    ),
    gate(
        "G40", "personnel_unregistered", "从业人员登记不全", reading("BY-Q58", "BY-29-3-b"), *_COMPLETE, severity=WARN,
        check=when(_personnel, "从业人员实名登记或保密协议不全。", item="personnel_register"),
    ),
    gate(
        "G43", "data_not_aggregated", "数据未全量汇聚", reading("BY-Q49", "BY-42-a", "BY-42-b"), *at("trial_run", "complete"), *_REQUEST,
        *at("pre_final_review", "decide:agree"),
        check=when(lambda c: not c.find("data_aggregated"), "结构化、非结构化数据尚未全量汇聚。", item="data_aggregated"),
    ),
    gate(
        "G44", "initial_acceptance_required", "未组织初步验收", cite("BY-39-a", "BY-41-b"), *_REQUEST, *_FINAL,
        check=when(
            lambda c: holds_initial_acceptance(c) and c.result("initial_acceptance", c.ref or None) != "pass",
            "应先通过初步验收。", item="initial_acceptance",
        ),
    ),
    gate("G45", "expert_meeting_required", "未召开专家评审会", cite("BY-39-2", "BY-47-2")),
    gate("G47", "trial_run_too_short", "试运行时间不足", reading("BY-Q17", "BY-41-a", "BY-41-b"), *at("trial_run", "complete"), *_REQUEST, *_FINAL, check=_trial_run),
    gate("G48", "mlps_missing", "未完成等级测评", reading("BY-Q27", "BY-43"), *_FINAL, check=_mlps),
    gate(
        "G49", "pre_final_opinion_missing", "未取得同意组织终验的意见", cite("BY-45-a", "BY-45-c"), *_FINAL,
        check=when(
            lambda c: c.result("pre_final_review", c.ref or None) != "agree", "须先取得同意组织终验的意见。", item="pre_final_opinion"
        ),
    ),
    gate("G50", "logs_missing", "缺少系统日志", cite("BY-45-b"), *_REQUEST, check=_logs),
    gate("G51", "self_evaluation_missing", "缺少效能自评估报告", cite("BY-45-b", "BY-51-c")),
    gate("G52", "acceptance_filing_incomplete", "验收备案材料不齐", cite("BY-48-c")),
    gate(
        "G57", "mobile_app_not_integrated", "移动应用未接入粤系列平台", reading("BY-Q58", "BY-56"), *_FINAL, severity=WARN,
        check=when(lambda c: bool(c.fact("is_mobile_app")) and not c.find("mobile_app_integrated"), "移动应用应通过粤系列平台提供服务。", item="mobile_app"),
    ),
    gate("G70", "acceptance_papers_missing", "验收材料不齐", cite("BY-40", "BY-47-a")),
    gate("G71", "pre_final_request_missing", "终验前征求意见材料不齐", cite("BY-45-a", "BY-44")),
    gate("G72", "acceptance_attempts_exhausted", "再次验收仍不通过", cite("BY-37-2", "BY-47-3-b")),
    gate("G73", "filing_attempts_exhausted", "整改后仍不符合备案要求", reading("BY-Q30", "BY-48-d", "BY-48-e")),
    gate(
        "G74", "ip_unchecked", "未核查知识产权完成情况", cite("BY-49-a"), *_FINAL,
        check=when(_ip_check, "合同约定了知识产权事项，最终验收须核查。", item="ip_check"),
    ),
    gate(
        "G75", "self_evaluation_report_missing", "缺少效能自评估报告", cite("BY-51-a"),
    ),
    gate("G76", "evaluation_report_missing", "缺少评估报告或整改记录", cite("BY-52-1", "BY-53-3")),
    gate(
        "G77", "report_parts_missing", "评估报告内容不全", cite("BY-54-a"), *at("self_evaluation", "submit"), severity=WARN,
        check=_report("self_evaluation_report"),
    ),
    gate(
        "G78", "third_party_report_parts_missing", "第三方评估报告内容不全", cite("BY-54-a"),
        *at("third_party_evaluation", "decide:published"), *at("evaluation_by_choice", "decide:published"), severity=WARN,
        check=_report("third_party_evaluation_report"),
    ),
    gate(
        "G91", "evaluation_result_outdated", "评估结果未重新填写", cite("BY-53-a"),
        *at("third_party_evaluation", "decide:published"), check=_restated("third_party_evaluation", *_RESULT),
    ),
    gate(
        "G92", "chosen_result_outdated", "评估结果未重新填写", cite("BY-53-a"),
        *at("evaluation_by_choice", "decide:published"), check=_restated("evaluation_by_choice", *_RESULT),
    ),
    gate(
        "G93", "rectified_date_outdated", "整改完成日期未重新填写", cite("BY-53-3"),
        *at("evaluation_rectification", "submit"), check=_restated("evaluation_rectification", "evaluation_rectified_on"),
    ),
    gate(
        "G79", "listing_suggested", "建议上架", reading("BY-Q43", "BY-58"), *at("acceptance_filing_review", "decide:pass"),
        severity=Severity.NOTE, check=when(is_build, "系统成熟后鼓励在粤复用上架，供其他地区复用。", item="listing"),
    ),
)  # fmt: skip
