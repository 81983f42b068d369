"""What the yearly application for operation and maintenance money asks, and what its reviewers find (第三十五至三十七条)."""

from core.policy.rules.citations import cite
from plugins.jiujiang.facts.shapes import flag, text
from plugins.jiujiang.roles import DATA, FINANCE, OWNER, PROJECT, SECRECY

_REVIEW = {"entered_by": (DATA, FINANCE), "asked_at": "om_budget_proposal"}
_YES = {"default": True, "has_default": True}

MAINTENANCE_FACTS = (
    text("om_workload", "运维工作量", cite("JJ-35-2"), entered_by=(OWNER, PROJECT, DATA, SECRECY), asked_at=""),
    flag("om_data_shared", "数据按要求共享", cite("JJ-37-1"), **_REVIEW, **_YES),
    flag("om_repeat_collection", "重复采集数据", cite("JJ-37-1"), **_REVIEW),
    flag("om_crypto_ok", "密码应用符合要求", cite("JJ-37-2"), **_REVIEW, **_YES),
    flag("om_security_ok", "网络安全符合要求", cite("JJ-37-2"), **_REVIEW, **_YES),
    flag("om_hazard", "存在重大隐患", cite("JJ-37-2"), **_REVIEW),
    flag("om_on_extranet", "依托政务外网", cite("JJ-37-3"), **_REVIEW, **_YES),
    flag("om_on_cloud", "依托政务云", cite("JJ-37-3"), **_REVIEW, **_YES),
    flag("om_idle", "认定使用率低或长期闲置", cite("JJ-37-4"), **_REVIEW),
)  # fmt: skip
