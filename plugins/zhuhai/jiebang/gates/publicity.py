"""Checks on argumentation, approval, the public notice, the announcement and the agreement (第十、十一条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.zhuhai.jiebang.shapes import WARN, gate, when
from plugins.zhuhai.jiebang.standing import announced, day_of, last_day, notice

_ANNOUNCE = at("selection_announcement", "publish")
_SIGN = at("agreement_signing", "submit")


def _not_ready(case: Case) -> Iterable[Hit]:
    if case.result("plan_filing_review") != "filed":
        yield Hit(message="拟采纳方案尚未备案。", rows=("ZH-9-6",))
    if case.result("preliminary_argumentation") != "pass":
        yield Hit(message="方案尚未通过初步论证，不能报协调工作组审批。", rows=("ZH-10-2",))


def _still_running(case: Case) -> Iterable[Hit]:
    last = last_day(case)
    if last is None or day_of(case) <= last:
        shown = f"公示至 {last.isoformat()} 止，" if last is not None else "尚未公示，"
        yield Hit(message=f"{shown}期满次日起才能发布揭榜公告。")


def _objected(case: Case) -> Iterable[Hit]:
    run = notice(case)
    for objection in run.objections if run is not None else ():
        if not objection.late and objection.state != "dismissed":
            yield Hit(message="公示期内收到的异议未处理或成立，不能发布揭榜公告。", item=objection.id)


def _too_early(case: Case) -> Iterable[Hit]:
    run = case.result_run("selection_announcement")
    for contract in case.act.contracts if case.act is not None else ():
        if run is None or run.closed_on is None or (contract.signed_on or day_of(case)) < run.closed_on:
            yield Hit(message="协议须在公示期满并发布揭榜公告之后签订。", item=contract.id)


def _strangers(case: Case) -> Iterable[Hit]:
    signing = {contract.supplier for contract in case.contracts("main")}
    known: set[str] = set()
    for ref in announced(case):
        entry = case.at(ref).entry
        names = {ref, entry.title, entry.party} - {""} if entry is not None else {ref}
        known |= names
        if not names & signing:
            title = entry.title if entry is not None else ref
            yield Hit(message=f"揭榜公告所列的揭榜方“{title}”未列为协议一方。", item=ref)
    for stranger in sorted(signing - known):
        yield Hit(message=f"“{stranger}”不是揭榜公告所列的揭榜方。", item=stranger)


def _terms(case: Case) -> Iterable[Hit]:
    if not case.find("rights_and_duties"):
        yield Hit(message="协议须明确双方的权利和义务。", item="rights_and_duties")
    if not case.find("ip_ownership"):
        yield Hit(message="协议未约定产权归属，上架时将显示“协议未约定”。", item="ip_ownership", severity=WARN)


def _other_bidder(case: Case) -> bool:
    return bool(case.find("change_kind") == "bidder")


PUBLICITY_GATES = (
    gate("G21", "argumentation_incomplete", "初步论证人员不全", cite("ZH-10-1")),
    gate("G22", "argumentation_not_passed", "未通过初步论证", cite("ZH-9-6", "ZH-10-1", "ZH-10-2"), *at("workgroup_approval", "decide:approved"), check=_not_ready),
    gate(
        "G23", "workgroup_approval_missing", "未经协调工作组审批", cite("ZH-10-2", "ZH-10-3"), *at("public_notice", "publish"),
        check=when(lambda case: case.result("workgroup_approval") != "approved", "当前方案尚未经协调工作组审批，不能公示。"),
    ),
    gate("G24", "notice_not_completed", "公示未满", cite("ZH-10-3"), *_ANNOUNCE, check=_still_running),
    gate("G25", "objection_open", "有异议未了结", cite("ZH-10-4"), *_ANNOUNCE, check=_objected),
    gate("G26", "objection_late", "期满后的异议", reading("ZH-Q09", "ZH-10-4"), severity=WARN),
    gate("G27", "signed_too_early", "签约过早", cite("ZH-11-1"), *_SIGN, check=_too_early),
    gate("G28", "party_not_announced", "签约方与揭榜公告不符", cite("ZH-11-2"), *_SIGN, check=_strangers),
    gate(
        "G59", "bidder_changed", "更换揭榜方", cite("ZH-11-2"), *at("change_record", "submit"),
        check=when(_other_bidder, "更换揭榜方须重新对接、编制方案、审批和公示，不能以项目调整办理。"),
    ),
    gate("G29", "agreement_terms_missing", "协议要素不全", cite("ZH-11-3"), *_SIGN, check=_terms),
)  # fmt: skip
