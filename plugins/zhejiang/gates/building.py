"""What stands in the way of building and of acceptance, and what a lost status stops (第三部分（六）、（七）)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, Point, at
from plugins.zhejiang.gates.shapes import WARN, gate, when
from plugins.zhejiang.history import LOST, deadline, is_lost, lost_on
from plugins.zhejiang.roles import SUBJECT
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3

_BUILD = at("implementation", "submit")
_FIRST = (*at("approval_application", "submit"), *at("funding_secured", "submit"))
_OVERDUE = (*_BUILD, *at("acceptance_application", "submit"), *at("acceptance_evaluation", "decide:pass"))
_LATE_ACTS = ("submit", "hand_in", "record", "lodge", "opine")
_FUNDS = {
    CLASS1: ("fund_application", "项目资金申请", "ZJ-3-6-d"),
    CLASS2: ("financing_proof", "社会资金筹措证明", "ZJ-3-6-h"),
    CLASS3: ("construction_funds_statement", "建设资金落实证明", "ZJ-3-6-l"),
}
_APPROVAL_ROWS = {CLASS1: "ZJ-3-6-c", CLASS2: "ZJ-3-6-g"}


def _lacks(case: Case, paper: str) -> bool:
    return case.paper(paper, case.ref) is None


def _approval(case: Case) -> Iterable[Hit]:
    row = _APPROVAL_ROWS.get(case.track)
    if row is not None and _lacks(case, "approval_document"):
        yield Hit(message="尚未取得立项批复，不能开工建设。", item="approval_document", rows=(row,))


def _funds(case: Case) -> Iterable[Hit]:
    if case.track not in _FUNDS:
        return
    paper, title, row = _FUNDS[case.track]
    if _lacks(case, paper):
        yield Hit(message=f"缺少《{title}》，不能开工建设。", item=paper, rows=(row,))


def _contract(case: Case) -> Iterable[Hit]:
    wanted = (
        ("tender_result", "招投标结果", "ZJ-3-6-i"),
        ("service_purchase_agreement", "政府购买服务协议", "ZJ-3-6-j"),
    )
    lacking = [one for one in wanted if case.track == CLASS2 and _lacks(case, one[0])]
    if lacking:
        titles = "、".join(title for _, title, _ in lacking)
        rows = tuple(row for _, _, row in lacking)
        yield Hit(message=f"第二类项目尚缺{titles}，不能开工建设。", item=lacking[0][0], rows=rows)


def _other_winner(case: Case) -> bool:
    winner, entry = case.find("tender_winner"), case.entry
    names = {entry.title, entry.party, entry.id} if entry is not None else set()
    return bool(winner) and winner not in names and not case.find("tender_decision")


def _overdue(case: Case) -> Iterable[Hit]:
    due, act = deadline(case), case.act
    if due is None or act is None or act.on <= due or is_lost(case):
        return
    yield Hit(message=f"交付期限 {due.isoformat()} 已过，尚未通过验收。", item="delivery_deadline")


def _disqualified(case: Case) -> Iterable[Hit]:
    act = case.act
    accepting = act is not None and act.stage == "acceptance_evaluation"
    mine = act is not None and (act.role == SUBJECT or accepting)
    if not mine or case.option("disqualification_mode") != "automatic" or not is_lost(case):
        return
    day = lost_on(case)
    message = f"超过规定期限三个月未通过验收，自 {day} 起取消其在本项目的主体资格。"
    yield Hit(message=message, item=case.ref, evidence={"lost_on": str(day)})


def _amended_never(case: Case) -> bool:
    return bool(case.option("deadline_amendment_moves_grace") == "never")


BUILDING_GATES = (
    gate(
        "G27", "agreement_missing", "未签订协议", cite("ZJ-3-5-b"), *_FIRST,
        check=when(lambda c: _lacks(c, "subject_agreement"), "牵头责任主体与项目主体尚未签订协议。", item="subject_agreement"),
    ),
    gate(
        "G28", "feasibility_asked_again", "重复要求可行性研究论证", cite("ZJ-3-5-c"),
        *at("project_approval", "record:feasibility_asked_again", "decide:approved"),
        check=when(lambda c: c.find("feasibility_asked_again"), "入选视同完成可行性研究论证，不得要求另行审批。", item="feasibility_asked_again"),
    ),
    gate("G29", "approval_missing", "未经立项批复", cite("ZJ-3-6-c", "ZJ-3-6-g"), *_BUILD, check=_approval),
    gate("G30", "funds_missing", "资金未落实", cite("ZJ-3-6-d", "ZJ-3-6-h", "ZJ-3-6-l"), *_BUILD, check=_funds),
    gate(
        "G31", "team_plan_missing", "未组建专班、细化方案", cite("ZJ-3-6-e"), *_BUILD,
        check=when(lambda c: c.track == CLASS1 and _lacks(c, "refined_plan"), "第一类项目尚未组建工作专班、细化建设方案。", item="refined_plan"),
    ),
    gate(
        "G32", "procurement_missing", "未先行政府采购", cite("ZJ-3-6-f"), *_BUILD,
        check=when(
            lambda c: c.track == CLASS1 and c.find("procurement_required") and _lacks(c, "procurement_result"),
            "依法应当政府采购的，须采购后再开工建设。", item="procurement_result",
        ),
    ),
    gate("G33", "service_contract_missing", "未招投标或未签购买协议", cite("ZJ-3-6-i", "ZJ-3-6-j"), *_BUILD, check=_contract),
    gate(
        "G54", "tender_winner_differs", "中标单位不是项目主体", reading("ZJ-Q17", "ZJ-3-6-i", "ZJ-3-5-b"),
        *at("purchase_agreement", "submit"),
        check=when(_other_winner, "招投标中标单位不是已确认的项目主体，须由专班决定。", item="tender_winner"),
    ),
    gate("G34", "delivery_overdue", "交付逾期", cite("ZJ-3-7-e"), *_OVERDUE, check=_overdue, severity=WARN),
    gate(
        "G35", LOST, "取消项目主体资格", reading("ZJ-Q12", "ZJ-3-7-e"), *(Point("*", act) for act in _LATE_ACTS),
        *at("acceptance_evaluation", "decide:pass"), *at("agreement_amendment", "open"), check=_disqualified,
    ),
    gate("G36", "acceptance_not_joint", "未会同省大数据局验收", cite("ZJ-3-7-b")),
    gate("G61", "acceptance_papers_missing", "验收材料不齐", cite("ZJ-3-7-a", "ZJ-3-7-b")),
    gate("G62", "disqualification_unrecorded", "没有取消资格的记录", reading("ZJ-Q12", "ZJ-3-7-e")),
    gate(
        "G63", "amendment_without_effect", "修改交付期限不影响三个月的计算", reading("ZJ-Q32", "ZJ-3-7-e"),
        *at("agreement_amendment", "submit"),
        check=when(_amended_never, "按本地的解释，修改协议不改变三个月的起算。", item="delivery_deadline"),
    ),
)  # fmt: skip
