"""What reviews and approvals find: five unifications, the seven cases, agencies, opinions, copies (第三、十九至二十五条)."""

from collections.abc import Iterable
from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.gating import Gate, Hit, at
from plugins.jiujiang.gates.shapes import IN_PRINCIPLE, REVIEWS, WARN, Check, gate, when
from plugins.jiujiang.measures import by_data_bureau, over_limit, tier_of
from plugins.jiujiang.roles import MEMBERS, REVIEWERS
from plugins.jiujiang.stages.annual import FIVE

_REPLIES = {
    "proposal_approval": "proposal_reply",
    "feasibility_approval": "feasibility_reply",
    "design_approval": "design_reply",
    "budget_approval": "budget_reply",
}
_APPROVING = tuple(point for stage in _REPLIES for point in at(stage, "decide:approved"))
_STUDY_APPROVERS = frozenset({"drc", "sasac", "county_drc"})
_LIBRARY = "agency_library"


def _unified(case: Case) -> Iterable[Hit]:
    run = case.run("preliminary_review")
    items = {**(run.items if run is not None else {}), **(case.act.items if case.act is not None else {})}
    for key, title in FIVE:
        if items.get(key) in ("not_met", "not_pass"):
            yield Hit(message=f"不符合“{title}”要求，原则上不得自行建设。", item=key)


def _library(name: str) -> str:
    return f"“{name}”不在咨询机构库内。"


def _agency(case: Case) -> Iterable[Hit]:
    stage = case.act.stage if case.act is not None else ""
    name = case.find("chosen_agency" if stage == "solution_design" else "paper_agency")
    if not name:
        if stage == "solution_design":
            yield Hit(message="未选定咨询机构。", item="chosen_agency")
        return
    entry = case.register(_LIBRARY)
    if entry is None or name not in entry.content.get("agencies", ()):
        yield Hit(message=_library(name), item="agency", evidence={"agency": name})


def _secrecy_experts(case: Case) -> bool:
    return bool(case.fact("classified")) and case.fact("expert_source") == "other"


def _opinions(case: Case) -> Iterable[Hit]:
    run = case.run("joint_review")
    given = {o.role for o in run.opinions} if run is not None else set()
    for role in MEMBERS:
        if role not in given:
            yield Hit(message=f"缺{case.rules.roles[role].title}的会审意见。", item=role)


def _proposal(case: Case) -> Iterable[Hit]:
    for key, title in (("proposed_owner", "业主单位"), ("proposed_plan", "方案"), ("proposed_timing", "时序")):
        if not case.find(key):
            yield Hit(message=f"会审意见未提出{title}建议。", item=key, rows=("JJ-20-2",))


def _argued(case: Case) -> bool:
    return case.result("preliminary_argumentation") != "pass"


def _platform(case: Case) -> Iterable[Hit]:
    exempt = case.option("g26_exempt_data_dept") and case.fact("public_platform") != "none"
    if case.fact("classified") or (exempt and by_data_bureau(case)):
        return
    for key, what in (("own_platform", "自建机房、数据中心、云或平台"), ("buys_servers", "购置服务器或服务端网络设备")):
        if case.fact(key):
            yield Hit(message=f"{what}，不予支持。", item=key)


def _lines(case: Case) -> Iterable[Hit]:
    for key, what in (("own_internet_line", "自设互联网出口"), ("private_network_unmerged", "专网未并入电子政务网")):
        if case.fact(key):
            yield Hit(message=f"{what}，不予支持。", item=key)


def _cloud(case: Case) -> Iterable[Hit]:
    if case.fact("classified"):
        return
    if case.fact("build_mode") == "new" and not (
        case.fact("on_gov_cloud") and "cloud" in case.fact("unified_platforms_used")
    ):
        yield Hit(message="非涉密新建项目未部署在政务云，不予支持。", item="on_gov_cloud")
    if case.fact("upgrade_of") and not case.fact("moves_to_gov_cloud"):
        yield Hit(message="升级项目未迁移至政务云，不予支持。", item="moves_to_gov_cloud")


def _answers(case: Case, *pairs: tuple[str, bool, str]) -> Iterable[Hit]:
    for key, wanted, message in pairs:
        if bool(case.fact(key)) is not wanted:
            yield Hit(message=f"{message}，不予支持。", item=key)


def _security(case: Case) -> Iterable[Hit]:
    yield from _answers(
        case, ("crypto_ok", True, "密码应用不符合要求"), ("security_ok", True, "网络安全或保密不符合要求"), ("major_hazard", False, "存在重大隐患"),
    )  # fmt: skip


def _clear(case: Case) -> Iterable[Hit]:
    yield from _answers(
        case, ("needs_clear", True, "需求不明确"), ("goals_clear", True, "目标不明确"), ("internal_integration", True, "内部系统未整合"),
        ("data_sharing", True, "未落实数据共享"),
    )  # fmt: skip


def _unreviewed(case: Case) -> bool:
    return over_limit(case) and case.result("provincial_review") != "pass"


def _copies(case: Case) -> Iterable[Hit]:
    paper = case.paper(_REPLIES[case.act.stage]) if case.act is not None else None
    if paper is None:
        return
    absent = [case.rules.roles[role].title for role in MEMBERS if role not in paper.recipients]
    if absent:
        yield Hit(message=f"批复尚未抄送：{'、'.join(absent)}。", item=paper.type)


def _addressed(case: Case) -> Iterable[Hit]:
    paper = case.paper("feasibility_report")
    if paper is None or not paper.recipients:
        return
    to = set(paper.recipients)
    if not to & _STUDY_APPROVERS or not to & set(REVIEWERS):
        yield Hit(message="可研报告须同时报审批部门和数据管理部门。", item="feasibility_report")


def _tier_changed(case: Case) -> Iterable[Hit]:
    approved, confirmed = case.find("approved"), case.find("confirmed")
    if approved is None or confirmed is None:
        return
    if tier_of(case, approved) != tier_of(case, confirmed):
        yield Hit(message="批复金额已跨越分档限额，路径不自动变更，请办公室研究。", item="approved")


def _seven(code: str, key: str, title: str, on: Citation, *, check: Check, **more: Any) -> Gate:
    return gate(code, key, title, on, *REVIEWS, check=check, waiver=IN_PRINCIPLE, **more)


REVIEW_GATES = (
    gate("G02", "five_unifications", "不符合五统一", cite("JJ-3-2", "JJ-3-1"), *at("preliminary_review", "decide:pass"), *at("joint_review", "decide:pass"), check=_unified, waiver=IN_PRINCIPLE),
    gate("G20", "alternatives_below_three", "备选方案不足三个", cite("JJ-19-3"), severity=WARN),
    gate(
        "G21", "agency_not_in_library", "机构不在库", cite("JJ-19-1", "JJ-19-3", "JJ-25-1c"), *at("solution_design", "submit"),
        *at("proposal_preparation", "submit"), *at("feasibility_preparation", "submit"), check=_agency, needs=("unit", "registers"),
    ),
    gate(
        "G22", "classified_expert_source", "涉密项目专家来源", reading("JJ-Q12", "JJ-19-5"), *at("offline_reference", "lodge"),
        check=when(_secrecy_experts, "涉密项目的专家须从省保密科技领域专家库选取。", item="expert_source"),
    ),
    gate(
        "G23", "argumentation_not_passed", "初步论证未通过", cite("JJ-19-6"), *at("joint_review", "decide:pass"),
        *at("feasibility_approval", "decide:approved"), *at("budget_approval", "decide:approved"), *at("county_project_approval", "decide:approved"),
        check=when(_argued, "初步论证未通过，不得会审、审批和安排资金。", item="preliminary_argumentation"), aliases=("argument_not_passed",),
    ),
    gate("G24", "joint_review_incomplete", "会审意见不全", cite("JJ-20-1"), *at("joint_review", "decide:pass"), check=_opinions),
    gate("G54", "joint_proposal_missing", "会审建议不全", cite("JJ-20-2"), *at("joint_review", "decide:pass"), check=_proposal),
    _seven("G26", "own_datacentre_or_hardware", "自建机房或购置服务器", reading("JJ-Q31", "JJ-22-1", "JJ-22-0"), check=_platform),
    _seven("G27", "own_lines", "自设出口或专网", cite("JJ-22-2"), check=_lines),
    _seven("G28", "not_on_gov_cloud", "未上政务云", cite("JJ-22-3", "JJ-10-1"), check=_cloud),
    _seven("G29", "secure_products_missing", "未采用安全可靠产品", cite("JJ-22-4"), check=lambda c: _answers(c, ("secure_products", True, "未采用安全可靠产品")), aliases=("no_secure_products",)),
    _seven("G30", "crypto_or_security_fail", "密码或安全不达标", cite("JJ-22-5"), check=_security),
    _seven("G31", "unclear_or_unintegrated", "需求不清或未整合共享", cite("JJ-22-6"), check=_clear),
    gate(
        "G33", "provincial_review_missing", "未经省级审核", cite("JJ-23-1"), *at("start_notice", "submit"), *_APPROVING,
        check=when(_unreviewed, "限额以上项目须经省领导小组审核后方可审批。", item="provincial_review"),
    ),
    gate("G34", "cc_missing", "批复未抄送", cite("JJ-24-4"), *_APPROVING, check=_copies, severity=WARN),
    gate("G53", "tier_changed", "金额跨档", reading("JJ-Q06", "JJ-25-1a"), *_APPROVING, check=_tier_changed, severity=WARN),
    gate("G55", "addressees_missing", "可研报送单位不全", cite("JJ-25-2b"), *at("feasibility_preparation", "submit"), check=_addressed),
    gate("G56", "review_papers_missing", "缺审核文书", cite("JJ-19-2", "JJ-20-2", "JJ-25-0")),
)  # fmt: skip
