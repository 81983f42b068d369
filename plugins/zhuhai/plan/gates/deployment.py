"""Where systems stand: data rooms, clouds, the extranet (第二章四、第九章一、二); city and district meet different gates."""

from collections.abc import Iterator

from core.policy.cases.case import Case
from core.policy.rules.citations import cite
from core.policy.rules.gating import Hit
from plugins.zhuhai.plan.gates.shapes import (
    EVERYWHERE,
    IN_PRINCIPLE,
    gate,
    has_system,
    is_district,
    is_new_system,
    is_upgrade,
    note,
    off_cloud,
    said,
    warning,
    when,
)


def _builds_base(case: Case) -> bool:
    return bool(case.find("builds_or_leases_data_room") or case.find("builds_cloud_or_datacenter"))


def _off_extranet(case: Case) -> Iterator[Hit]:
    if has_system(case) and said(case, "on_gov_extranet") is False:
        yield Hit(message="非涉密系统应接入政务外网。", item="on_gov_extranet", rows=("ZHP-2-3-1",))
    if said(case, "new_private_network"):
        yield Hit(message="部门业务专网应并入政务外网，不再新建。", item="new_private_network", rows=("ZHP-2-4-5",))


DEPLOYMENT_GATES = (
    gate(
        "G02", "own_data_room", "自建或租用机房、云平台", cite("ZHP-2-4-2"),
        check=when(
            lambda c: not is_district(c) and _builds_base(c), "市直部门不再自建或租用机房和云平台。", item="builds_or_leases_data_room",
        ),
    ),
    gate(
        "G03", "not_on_gov_cloud", "新建系统未部署到市政务云", cite("ZHP-2-4-3", "ZHP-9-1-1", "ZHP-9-1-2", "ZHP-9-1-6"), *EVERYWHERE, waiver=IN_PRINCIPLE,
        check=when(
            lambda c: not is_district(c) and is_new_system(c) and off_cloud(c),
            "市直部门新建的非涉密系统应部署到市政务云，独立部署原则上不再批准。", item="deployment", rows=("ZHP-2-4-3", "ZHP-9-1-1", "ZHP-9-1-2"),
        ),
    ),
    gate(
        "G04", "upgrade_not_on_gov_cloud", "改扩建系统未部署到政务云", cite("ZHP-9-1-1", "ZHP-9-1-2"), waiver=IN_PRINCIPLE,
        check=when(
            lambda c: is_upgrade(c) and off_cloud(c), "改建、扩建和升级的非涉密系统应迁至政务云，独立部署原则上不再批准。", item="deployment",
        ),
    ),
    gate(
        "G05", "district_own_cloud", "区级自建云或大数据中心", cite("ZHP-2-4-8"), waiver=IN_PRINCIPLE,
        check=when(
            lambda c: is_district(c) and _builds_base(c), "各区原则上不再自建云、大数据中心等基础设施和机房。",
            item="builds_cloud_or_datacenter",
        ),
    ),
    gate(
        "G06", "district_not_on_gov_cloud", "区级新建系统未部署到全市统一的云", cite("ZHP-2-4-9", "ZHP-9-1-2"), waiver=IN_PRINCIPLE,
        check=when(
            lambda c: is_district(c) and is_new_system(c) and off_cloud(c), "各区新建的非涉密系统应部署到全市统一的政务云。",
            item="deployment",
        ),
    ),
    warning("G11", "not_on_extranet", "未接入政务外网", cite("ZHP-2-3-1", "ZHP-2-4-5", "ZHP-9-1-4"), *EVERYWHERE, check=_off_extranet),
    warning(
        "G14", "offsite_without_retention", "外地部署未在本地留存数据", cite("ZHP-9-2-3"), *EVERYWHERE,
        check=when(
            lambda c: bool(said(c, "offsite_deployment")) and not said(c, "local_data_retention"),
            "部署在外地的系统，数据应在本地留存。", item="local_data_retention",
        ),
    ),
    note(
        "G31", "existing_off_cloud", "已有系统尚未上云", cite("ZHP-2-4-4"),
        lambda c: c.find("application_kind") == "om_fund" and off_cloud(c), "已有的非涉密系统应逐步迁至市政务云，请说明迁移安排。",
    ),
)  # fmt: skip
