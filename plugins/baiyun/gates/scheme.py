"""What stands in the way of the scheme and its reviews (第十一、十七、十八、二十、二十二、四十八条)."""

from collections.abc import Iterable

from core.kernel.money import ratio_exceeds
from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from core.policy.rules.papers import Severity
from plugins.baiyun.facts.application import CONTENTS
from plugins.baiyun.gates.shapes import BLOCK, WARN, gate, when

_SUBMIT = (*at("scheme_preparation", "submit"), *at("scheme_revision", "submit"))
_LINKS = (
    *at("scheme_initial_review", "decide:pass"),
    *at("scheme_expert_review", "decide:pass"),
    *at("scheme_cost_review", "decide:done"),
    *at("scheme_approval", "decide:approved"),
)


def _mixed(case: Case) -> bool:
    kinds = {CONTENTS[content][0] for content in case.fact("contents")}
    return bool(kinds - {case.fact("project_kind")})


def _operation_share(case: Case) -> Iterable[Hit]:
    if case.fact("project_kind") not in ("build", "om"):
        return
    share = case.threshold("ops_content_share_max")
    if ratio_exceeds(int(case.fact("operation_content")), case.amount("estimate"), share):
        yield Hit(message=f"业务运营内容超过总投资的 {share}%。", item="operation_content")


def _over_plan(case: Case) -> Iterable[Hit]:
    cap = case.amount("confirmed")
    for key, title in (("estimate", "立项方案总投资"), ("cost_reviewed", "造价评审金额")):
        value = case.find(key)
        if value is not None and value > cap:
            yield Hit(message=f"{title}超过立项计划审核确定的金额。", item=key, evidence={"value": value, "cap": cap})


def _secure(case: Case) -> Iterable[Hit]:
    concerned = bool(case.fact("is_government_system")) or bool(case.fact("upgrade_of"))
    if not concerned:
        return
    no_products = not case.fact("uses_secure_products")
    no_statement = case.paper("secure_route_statement") is None
    either = case.option("item14_mode") == "or"
    if (no_products and no_statement) or (either and (no_products or no_statement)):
        yield Hit(message="未采用安全可靠产品，也未说明安全可靠技术路线。", item="secure_products", severity=BLOCK)
    elif no_products:
        yield Hit(message="未采用安全可靠产品，请核对技术路线说明。", item="secure_products", severity=WARN)
    elif no_statement:
        yield Hit(message="未提交安全可靠技术路线说明。", item="secure_route_statement", severity=WARN)


def _suspended(case: Case) -> Iterable[Hit]:
    for hit in case.effects("hold_reviews"):
        yield Hit(message=hit.reason, item="hold_reviews", evidence=hit.evidence)


SCHEME_GATES = (
    gate(
        "G22", "secure_products_missing", "未落实安全可靠要求", reading("BY-Q47", "BY-22-14", "BY-11-6"), *_SUBMIT,
        *at("scheme_initial_review", "decide:pass"), check=_secure, aliases=("secure_products",),
    ),
    gate("G24", "review_suspended", "评审暂缓", reading("BY-Q30", "BY-48-d"), *_LINKS, check=_suspended, needs=("unit",)),
    gate(
        "G26", "mixed_kinds", "不同类型内容混合立项", cite("BY-17-1-a", "BY-4-2"), *_SUBMIT,
        check=when(_mixed, "建设开发、运行维护、服务类内容应分别立项。", item="contents"),
    ),
    gate("G27", "ops_share_exceeded", "业务运营内容占比过高", cite("BY-17-1-b"), *_SUBMIT, check=_operation_share),
    gate(
        "G28", "scheme_over_plan", "超过计划审核确定金额", cite("BY-17-2-b"), *_SUBMIT,
        *at("scheme_cost_review", "decide:done"), check=_over_plan,
    ),
    gate("G29", "scheme_incomplete", "立项方案材料不齐", cite("BY-17-a", "BY-18")),
    gate(
        "G30", "crypto_plan_missing", "缺少密码保障方案", reading("BY-Q58", "BY-17-3"), *_SUBMIT, severity=WARN,
        check=when(
            lambda c: bool(c.fact("needs_crypto_protection")) and c.paper("crypto_plan") is None,
            "需要密码保障的系统应同步规划密码保障系统。", item="crypto_plan",
        ),
    ),
    gate(
        "G67", "no_supporting_services", "未列配套服务", cite("BY-17-2-a", "BY-29-2-b"), *_SUBMIT, severity=Severity.NOTE,
        check=when(
            lambda c: int(c.fact("supporting_services")) == 0 and int(c.fact("supervision_fee")) == 0,
            "未列设计、监理、验收测试、等级测评等配套服务费用，请核对是否需要。", item="supporting_services",
        ),
    ),
    gate(
        "G88", "below_government_amount", "造价评审后低于报审金额", reading("BY-Q06", "BY-20-4-a"),
        *at("scheme_cost_review", "decide:done"), severity=Severity.NOTE,
        check=when(
            lambda c: c.amount("cost_reviewed") < c.threshold("district_government_min"),
            "造价评审金额已低于五十万元，项目路径不变。", item="cost_reviewed",
        ),
    ),
    gate(
        "G46", "expert_library_wrong", "专家产生方式不符合规定", cite("BY-20-2-b", "BY-5-2-c"),
    ),
    gate(
        "G61", "out_of_scope_after_change", "变更内容非实际需要或不在范畴", cite("BY-31-5"), *_LINKS, *_SUBMIT,
        check=when(lambda c: bool(c.fact("change_not_needed")), "变更内容非实际需要或不在立项范畴，不得进入后续立项环节。", item="change_not_needed"),
    ),
)  # fmt: skip
