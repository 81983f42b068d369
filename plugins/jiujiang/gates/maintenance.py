"""Operation and maintenance money: failed confirmations, the four cases of Article 37 (第三十一、三十五至三十七条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite
from core.policy.rules.gating import Gate, Hit, at
from plugins.jiujiang.gates.shapes import IN_PRINCIPLE_OM, PROPOSED, Check, gate

_NO_MONEY = "不安排运维经费"


def _barred(case: Case) -> Iterable[Hit]:
    for hit in case.effects("bar_om_money"):
        yield Hit(message=f"{hit.reason}，{_NO_MONEY}。", item=str(hit.evidence.get("project", "")))


def _found(*pairs: tuple[str, bool, str]) -> Check:
    def check(case: Case) -> Iterable[Hit]:
        for key, wanted, message in pairs:
            if bool(case.fact(key)) is not wanted:
                yield Hit(message=f"{message}，{_NO_MONEY}。", item=key)

    return check


def _carried(case: Case) -> Iterable[Hit]:
    if case.fact("classified"):
        return
    for key, message in (("om_on_extranet", "未依托政务外网"), ("om_on_cloud", "未依托政务云")):
        if not case.fact(key):
            yield Hit(message=f"{message}，{_NO_MONEY}。", item=key)


def _undecided(case: Case) -> Iterable[Hit]:
    if case.result("om_approval") != "approved" and case.result("om_party_review") != "approved":
        acting = case.act.stage if case.act is not None else ""
        if acting not in ("om_approval", "om_party_review"):
            yield Hit(message="未经市政府或市委审定，不得登记运维经费。", item="om_arranged")


def _four(code: str, key: str, title: str, on: Citation, check: Check) -> Gate:
    return gate(code, key, title, on, *PROPOSED, check=check, waiver=IN_PRINCIPLE_OM)


MAINTENANCE_GATES = (
    gate(
        "G43", "om_after_failed_confirmation", "确认未通过的系统", cite("JJ-31-10"), *at("om_application", "submit"), *PROPOSED, check=_barred,
        needs=("unit",),
    ),
    _four(
        "G46", "om_no_sharing", "未共享或重复采集", cite("JJ-37-1", "JJ-37-0"),
        _found(("om_data_shared", True, "数据未按要求共享"), ("om_repeat_collection", False, "重复采集数据")),
    ),
    _four(
        "G47", "om_crypto_security", "密码或安全不达标", cite("JJ-37-2"),
        _found(
            ("om_crypto_ok", True, "密码应用不符合要求"), ("om_security_ok", True, "网络安全不符合要求"), ("om_hazard", False, "存在重大隐患"),
        ),
    ),
    _four("G48", "om_not_on_network_cloud", "未依托外网和政务云", cite("JJ-37-3"), _carried),
    _four("G49", "om_idle", "使用率低或闲置", cite("JJ-37-4"), _found(("om_idle", False, "使用率低或长期闲置"))),
    gate("G62", "om_not_decided", "运维经费未经审定", cite("JJ-35-2"), *at("*", "record:om_arranged"), check=_undecided),
    gate("G63", "om_papers_missing", "缺运维材料", cite("JJ-35-1", "JJ-35-2", "JJ-36-1", "JJ-36-2")),
)  # fmt: skip
