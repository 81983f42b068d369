"""What stands in the way of procurement and of filing a contract (第十九、二十、二十四至二十九条)."""

from collections.abc import Iterable
from datetime import date

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun.gates.shapes import BLOCK, WARN, gate, when
from plugins.baiyun.stages.shapes import is_build

_LODGE = at("contract_filing", "lodge")
_START = (*at("procurement", "record:procurement_started_on"), *at("procurement", "submit"))
_SUPPORT = ("design", "consulting", "supervision", "testing")


def _need_filed(case: Case) -> bool:
    return case.track != "micro" and case.result("procurement_need_filing") != "lodged"


def _lapsed(case: Case) -> Iterable[Hit]:
    due = case.due("approval_validity")
    act = case.act
    if due is None or due.due_on is None or act is None:
        return
    procured = "procurement_started_on"
    if case.option("procured_means") == "contract_signed":
        done = case.result("procurement") == "signed"
    else:
        recorded = case.find(procured)
        done = recorded is not None and date.fromisoformat(recorded) <= due.due_on
    if not done and max(act.on, case.today) > due.due_on:
        yield Hit(
            message=f"批复有效期已于 {due.due_on.isoformat()} 届满，未实施采购，只能按规定终止。",
            item="approval_validity",
            evidence={"due_on": due.due_on.isoformat()},
        )


def _terms(case: Case) -> Iterable[Hit]:
    contract = case.contract
    terms = contract.terms if contract is not None else {}
    if not terms.get("has_data_terms"):
        yield Hit(message="合同未约定数据资源条款。", item="has_data_terms", rows=("BY-26-a",))
    if not terms.get("states_ip_ownership"):
        yield Hit(message="合同未约定知识产权归属。", item="states_ip_ownership", rows=("BY-28",))


def _ownership(case: Case) -> Iterable[Hit]:
    contract = case.contract
    if contract is not None and contract.terms.get("ip_owner", "unit") != "unit":
        reason = contract.terms.get("ip_owner_reason") or "未说明理由"
        yield Hit(message=f"定制开发、升级软件的知识产权原则上归项目单位所有（理由：{reason}）。", item="ip_owner")


def _warranty(case: Case) -> Iterable[Hit]:
    contract = case.contract
    if not is_build(case) or contract is None:
        return
    for term, threshold, title, row in (
        ("warranty_software_months", "warranty_software_months", "软件", "BY-27-a"),
        ("warranty_hardware_months", "warranty_hardware_months", "硬件", "BY-27-b"),
    ):
        months = contract.terms.get(term)
        if months is not None and months < case.threshold(threshold):
            yield Hit(message=f"{title}免费维护期短于规定（{months} 个月）。", item=term, rows=(row,))


def _late_nda(case: Case) -> Iterable[Hit]:
    contract = case.contract
    signed = contract.terms.get("nda_signed_on") if contract is not None else None
    if contract is not None and signed and contract.signed_on and date.fromisoformat(signed) > contract.signed_on:
        yield Hit(message="保密协议应与合同同时签订，现晚于合同签订日期。", item="nda", severity=Severity.WARN)


def _conflict(case: Case) -> Iterable[Hit]:
    act = case.act
    if act is not None and act.name == "record" and (not act.contracts or act.stage == "contract_filing"):
        return  # while a contract is being filed, its lodging is refused, not each entry
    barred = (*_SUPPORT, "cost") if case.option("bar_cost_agency") else _SUPPORT
    builders = {c.supplier for c in case.contracts("main") if c.supplier}
    for contract in case.contracts(*barred):
        if contract.supplier in builders:
            yield Hit(message=f"{contract.supplier}已承担本项目的配套服务，不得承建。", item=contract.supplier)


PROCUREMENT_GATES = (
    gate("G31", "nda_missing", "缺少保密协议", cite("BY-26-b"), *_LODGE, check=_late_nda),
    gate("G32", "contract_terms_missing", "合同条款不全", cite("BY-26-a", "BY-28"), *_LODGE, check=_terms),
    gate("G33", "ip_not_with_unit", "知识产权不归项目单位", reading("BY-Q36", "BY-28"), *_LODGE, check=_ownership, severity=WARN),
    gate("G34", "warranty_too_short", "免费维护期不足", reading("BY-Q36", "BY-27-a", "BY-27-b"), *_LODGE, check=_warranty),
    gate(
        "G35", "need_filing_missing", "采购需求未备案", reading("BY-Q19", "BY-24-a"), *_START,
        check=when(_need_filed, "采购前须先完成采购需求备案。", item="procurement_need_filing"),
    ),
    gate(
        "G36", "need_differs_from_scheme", "采购需求与批复方案不一致", cite("BY-24-b"), *at("procurement_need_filing", "lodge"),
        check=when(
            lambda c: not c.fact("need_matches_scheme") and c.result("change_filing") != "lodged",
            "采购需求与批复方案不一致且未按规定变更。", item="need_matches_scheme",
        ),
    ),
    gate(
        "G37", "approval_lapsed", "批复有效期届满", reading("BY-Q18", "BY-20-4-b", "BY-37-3"), *_START,
        *at("procurement_need_filing", "lodge"), check=_lapsed,
    ),
    gate("G38", "supplier_conflict", "承建单位与配套服务单位相同", reading("BY-Q50", "BY-29-1"), *_LODGE, *at("*", "record"), check=_conflict),
    gate("G68", "contract_papers_missing", "合同备案材料不齐", cite("BY-26-c")),
    gate("G69", "micro_paper_missing", "项目备案表未备案或未盖章", cite("BY-A3-2")),
    gate(
        "G59", "micro_form_missing", "小微项目未备案", reading("BY-Q57", "BY-19-1-b"), *_LODGE,
        check=lambda case: [
            Hit(
                message="小微项目备案表尚未备案。",
                item="micro_filing_form",
                severity=BLOCK if case.option("micro_form_blocks") else WARN,
            )
        ]
        if case.track == "micro" and case.result("micro_filing") != "lodged"
        else [],
    ),
)  # fmt: skip
