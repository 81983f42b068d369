"""What the plan asks of data and security: connection, registration, protection level, cryptography (第三、八、九章)."""

from collections.abc import Iterator

from core.policy.cases.case import Case
from core.policy.rules.citations import cite
from core.policy.rules.gating import Hit, at
from plugins.zhuhai.plan.gates.shapes import CHALLENGE, EVERYWHERE, WARN, has_system, note, said, warning, when

_ACCEPTANCE = at("general_acceptance", "decide:pass", highest=WARN)


def _level(case: Case) -> int:
    return int(said(case, "mlps_level", 0) or 0)


def _needs_crypto(case: Case) -> bool:
    return _level(case) >= case.threshold("mlps_crypto") or bool(said(case, "is_cii"))


def _crypto(case: Case) -> Iterator[Hit]:
    if not _needs_crypto(case):
        return
    if not said(case, "crypto_applied"):
        yield Hit(
            message="等级保护三级以上系统和关键信息基础设施应当应用密码。", item="crypto_applied", rows=("ZHP-9-3-5",)
        )
    if not said(case, "crypto_assessment"):
        yield Hit(message="尚未进行密码应用安全性评估。", item="crypto_assessment", rows=("ZHP-9-3-4",))


def _unconnected(case: Case) -> Iterator[Hit]:
    if not has_system(case):
        return
    if said(case, "connects_datacenter") is False:
        yield Hit(message="业务系统应接入市大数据中心。", item="connects_datacenter", rows=("ZHP-2-4-7", "ZHP-9-2-1"))
    if said(case, "in_sharing_directory") is False:
        yield Hit(message="数据尚未编入共享目录。", item="in_sharing_directory", rows=("ZHP-9-2-2",))


def _lacks(case: Case, *keys: str) -> bool:
    """Whether any data resource says nothing of one of these attributes."""
    resources = said(case, "data_resources") or {}
    return any(not (attributes or {}).get(key) for attributes in resources.values() for key in keys)


SECURITY_GATES = (
    warning(
        "G12", "data_not_registered", "数据资源未登记", cite("ZHP-8-2-1"), *_ACCEPTANCE, *CHALLENGE,
        check=when(
            lambda c: bool(said(c, "data_resources")) and c.paper("data_resource_registration") is None,
            "项目的数据资源尚未登记。", item="data_resource_registration",
        ),
    ),
    warning(
        "G13", "datacentre_not_connected", "未接入大数据中心或未编目", cite("ZHP-2-4-7", "ZHP-9-2-1", "ZHP-9-2-2"), *EVERYWHERE, check=_unconnected,
    ),
    warning(
        "G15", "mlps_below_three", "基础平台等级保护低于三级", cite("ZHP-9-3-1"), *EVERYWHERE,
        check=when(
            lambda c: bool(said(c, "is_base_platform")) and said(c, "mlps_level") is not None and _level(c) < c.threshold("mlps_base_platform"),
            "数字政府基础平台的等级保护应不低于三级。", item="mlps_level",
        ),
    ),
    warning("G16", "crypto_missing", "未应用密码或未评估", cite("ZHP-9-3-4", "ZHP-9-3-5"), *EVERYWHERE, *_ACCEPTANCE, check=_crypto),
    warning(
        "G17", "unified_identity_missing", "未接入统一身份和零信任访问控制", cite("ZHP-9-3-3"), *EVERYWHERE,
        check=when(lambda c: has_system(c) and said(c, "unified_identity") is False, "应接入统一身份认证和零信任访问控制。", item="unified_identity"),
    ),
    warning(
        "G20", "iot_not_listed", "物联网设备未登记", cite("ZHP-9-1-5"),
        check=when(
            lambda c: bool(c.find("iot_devices")) and not c.find("iot_devices_registered"),
            "物联网设备应在感知资产平台登记。", item="iot_devices_registered",
        ),
    ),
    note(
        "G33", "security_responsible_missing", "未写明安全责任单位", cite("ZHP-2-2-7"), lambda c: not c.find("security_responsible"),
        "可以写明项目的网络和信息安全责任单位。",
    ),
    note("G34", "mlps_level_unstated", "未填等级保护级别", cite("ZHP-3-6-2"), lambda c: not c.knows("mlps_level"), "请填写拟定的等级保护级别。"),
    note(
        "G35", "crypto_pool_unused", "未使用市密码资源池", cite("ZHP-3-6-3"),
        lambda c: bool(c.find("crypto_applied")) and not c.find("crypto_from_city_pool"), "密码服务可以使用市密码资源池。",
    ),
    note(
        "G36", "data_security_unnamed", "未写明数据安全责任人", cite("ZHP-3-5-3"),
        lambda c: bool(c.find("data_resources")) and not c.find("data_security_responsible"), "涉及数据资源的项目请写明数据安全责任人。",
    ),
    note(
        "G37", "data_attributes_missing", "数据资源未说明共享、开放属性", cite("ZHP-8-1-4"), lambda c: _lacks(c, "share", "open"),
        "请说明每项数据资源的共享、开放属性。",
    ),
    note("G38", "data_grade_missing", "数据资源未定级", cite("ZHP-8-3-1"), lambda c: _lacks(c, "grade"), "请填写每项数据资源的安全级别。"),
    note(
        "G39", "privacy_statement_missing", "未说明隐私保护措施", cite("ZHP-9-3-2"),
        lambda c: bool(c.find("handles_personal_data")) and not c.find("privacy_statement"), "处理个人信息的项目请说明隐私保护措施。",
    ),
)  # fmt: skip
