"""Checks on the subsidy: its path, its month, its two caps, the year's total, and the order of payment (第四、十四条)."""

from collections.abc import Iterable
from datetime import date

from core.kernel.money import parse_yuan
from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.zhuhai.jiebang.roles import BIDDER
from plugins.zhuhai.jiebang.shapes import gate, when
from plugins.zhuhai.jiebang.standing import day_of, payees
from plugins.zhuhai.jiebang.thresholds import PERCENT

_APPLY = at("subsidy_application", "submit")
_FORWARD = at("subsidy_forwarding", "lodge")
_FIX = at("subsidy_determination", "decide:fixed")


def _first_applied(case: Case) -> date:
    """The day that counts: a corrected application keeps that of the first (ZH-Q05)."""
    runs = case.runs("subsidy_application", case.ref)
    first = next((run.closed_on for run in runs if run.closed_on is not None), None)
    keeps = case.option("subsidy_correction_keeps_date")
    return first if keeps and first is not None else day_of(case)


def _window_over(case: Case) -> Iterable[Hit]:
    due = case.due("subsidy_application", case.ref)
    if due is not None and due.due_on is not None and _first_applied(case) > due.due_on:
        effect = Severity(case.option("subsidy_window_effect"))
        yield Hit(
            message=f"补助应于 {due.due_on.isoformat()} 前申请，已逾期。",
            severity=effect,
            evidence={"due_on": due.due_on.isoformat()},
        )


def _wrong_path(case: Case) -> Iterable[Hit]:
    if case.act is not None and case.act.role == BIDDER:
        yield Hit(message="揭榜方应向发榜需求方申请，不能直接向市政务和数据局申请。")
    if case.paper("subsidy_application_bidder", case.ref) is None:
        yield Hit(message="没有揭榜方的申请，发榜需求方不能申请补助。", item="subsidy_application_bidder")


def _not_reported(case: Case) -> Iterable[Hit]:
    if case.result("acceptance_report") != "lodged" or case.is_open("acceptance_report"):
        yield Hit(message="验收结果尚未报送。", severity=Severity(case.option("acceptance_report_first")))


def _mismatch(case: Case) -> Iterable[Hit]:
    paper = case.paper("construction_plan")
    if paper is not None and paper.attributes.get("consistent") is False:
        yield Hit(message="建设方案与项目验收情况不符，不能据以核定研发成本。", item="construction_plan")


def _granted(case: Case) -> int:
    """What is granted with this decision: of the project over all payees, or of this payee (ZH-Q06)."""
    if case.option("subsidy_cap_scope") == "payee":
        return case.amount("subsidy")
    return sum(int(case.at(ref).find("subsidy", 0)) for ref in payees(case))


def _over_rate(case: Case) -> Iterable[Hit]:
    granted, cost = _granted(case), case.amount("verified_cost")
    if granted * PERCENT > case.threshold("subsidy_rate_cap") * cost:
        yield Hit(message="补助超过核定研发成本的百分之二十。", evidence={"granted": granted, "verified_cost": cost})


def _over_amount(case: Case) -> Iterable[Hit]:
    if _granted(case) > case.threshold("subsidy_amount_cap"):
        yield Hit(message="单个项目补助总额超过一百万元。", evidence={"granted": _granted(case)})


def _annual(case: Case) -> Iterable[Hit]:
    year = day_of(case).year
    told = case.parameter("annual_subsidy_total").get(str(year))
    if told is None:
        yield Hit(message=f"市财政局尚未批复 {year} 年度资金补助总额。", evidence={"year": year})
        return
    so_far, now = case.total("annual_subsidy"), case.amount("applied")
    if so_far + now > parse_yuan(told):
        yield Hit(
            message=f"{year} 年度支付申请累计将超过批复总额。",
            evidence={"so_far": so_far, "applied": now, "total": told},
        )


def _unordered(case: Case) -> Iterable[Hit]:
    stage = case.act.stage if case.act is not None else ""
    if stage == "appropriation" and case.result("payment_application", case.ref) != "applied":
        yield Hit(message="没有市政务和数据局的支付申请，不能拨付。", rows=("ZH-4-5",))
    if stage == "subsidy_payment" and case.result("appropriation", case.ref) != "appropriated":
        yield Hit(message="资金尚未拨付，不能支付。", rows=("ZH-4-5", "ZH-4-3"))


def _over_granted(case: Case) -> Iterable[Hit]:
    paid = sum(
        int(run.asked.get("applied", 0))
        for run in case.runs("payment_application", case.ref)
        if run.outcome == "applied"
    )
    if paid + case.amount("applied") > case.amount("subsidy"):
        yield Hit(message="累计申请支付超过核定的补助额度。", evidence={"paid": paid})


SUBSIDY_GATES = (
    gate(
        "G33", "subsidy_before_acceptance", "未通过验收", cite("ZH-14-7"), *_APPLY,
        check=when(lambda case: case.result("acceptance") != "pass", "验收通过后才能申请补助。"),
    ),
    gate("G34", "subsidy_window_over", "申请逾期", reading("ZH-Q03", "ZH-14-1"), *_APPLY, check=_window_over),
    gate(
        "G35", "subsidy_after_termination", "项目已终止", cite("ZH-20-4"), *_APPLY, *_FORWARD, *_FIX,
        check=when(lambda case: case.end is not None and case.end.kind == "terminated", "项目终止的，不得申请补助资金。"),
    ),
    gate("G36", "subsidy_path_wrong", "申请途径不对", cite("ZH-14-2"), *_FORWARD, check=_wrong_path),
    gate("G37", "acceptance_not_reported", "验收结果未报送", reading("ZH-Q35", "ZH-13-2", "ZH-14-3"), *_FIX, check=_not_reported),
    gate("G38", "construction_plan_mismatch", "建设方案与验收不符", cite("ZH-14-3"), *_FIX, check=_mismatch),
    gate("G39", "benefits_missing", "没有研发成果及转化收益", cite("ZH-14-4")),
    gate("G40", "subsidy_over_rate", "超过研发成本的百分之二十", reading("ZH-Q29", "ZH-14-5"), *_FIX, check=_over_rate),
    gate("G41", "subsidy_over_amount", "超过一百万元", reading("ZH-Q06", "ZH-14-6"), *_FIX, check=_over_amount),
    gate("G42", "annual_total_exceeded", "超过年度总额", reading("ZH-Q31", "ZH-4-4"), *at("payment_application", "pay"), check=_annual, needs=("totals",)),
    gate("G43", "payment_order_wrong", "拨付支付次序不对", cite("ZH-4-5", "ZH-4-3"), *at("appropriation", "pay"), *at("subsidy_payment", "pay"), check=_unordered),
    gate("G61", "payment_over_grant", "超过核定额度", cite("ZH-14-4", "ZH-4-5"), *at("payment_application", "pay"), check=_over_granted),
)  # fmt: skip
