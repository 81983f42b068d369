"""The paths of Jiujiang (第三节路径): first what is handled elsewhere, then counties, enterprises, government units."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import Citation, cite, reading
from core.policy.rules.tracks import ByReference, Segment, Selected, SelectionPoint, Track
from plugins.jiujiang.measures import climbs, is_county, is_enterprise, is_purchase, over_limit, tier
from plugins.jiujiang.regulations import approved_before
from plugins.jiujiang.roles import FOR_COUNTY_ACCEPTANCE, FOR_COUNTY_APPROVAL, FOR_COUNTY_PANEL, FOR_ENTERPRISES
from plugins.jiujiang.stages.annual import ANNUAL, ANNUAL_APPLICATION
from plugins.jiujiang.stages.approval import (
    COUNTY_PROJECT_APPROVAL,
    FULL,
    FULL_WITHOUT_PROPOSAL,
    MERGED,
    PROCUREMENT,
    SMALL,
)
from plugins.jiujiang.stages.county import COUNTY_FILING_CITY
from plugins.jiujiang.stages.delivery import ACCEPTANCE, DELIVERY, RUNNING
from plugins.jiujiang.stages.maintenance import OFFLINE_REFERENCE, OM_ANNUAL, OM_PUBLIC
from plugins.jiujiang.stages.pool import COUNTY_POOL, POOL

_COUNTY = reading("JJ-Q10", "JJ-9")
_FOR_COUNTY: dict[str, Any] = {"rebinds": FOR_COUNTY_APPROVAL}
_FOR_ENTERPRISE: dict[str, Any] = {"rebinds": FOR_ENTERPRISES}


def _segment(key: str, title: str, stages: tuple[Any, ...], on: Citation, **more: Any) -> Segment:
    return Segment(key=key, title=title, stages=stages, citation=on, **more)


def _full(case: Case) -> bool:
    return not is_purchase(case) and tier(case) == "full"


def _merged(case: Case) -> bool:
    return not is_purchase(case) and tier(case) == "merged"


def _small(case: Case) -> bool:
    return not is_purchase(case) and tier(case) == "small"


def _has_climbed(case: Case) -> bool:
    """Goes up to the city, or has been reviewed there: the decision may fix a smaller amount (JJ-Q06)."""
    return climbs(case) or case.run("joint_review") is not None


SEGMENTS = (
    _segment("pool_city", "入库", POOL, cite("JJ-11-1", "JJ-11-2")),
    _segment("pool_county", "县级上报与入库", COUNTY_POOL, cite("JJ-12-1")),
    _segment("annual", "年度项目申报与审定", ANNUAL, cite("JJ-17-1", "JJ-20-2")),
    _segment("approval_full", "审批（建议书、可研、初步设计、预算）", FULL, cite("JJ-25-0")),
    _segment("approval_merged", "审批（合并编报可研、预算）", MERGED, cite("JJ-25-5a")),
    _segment("approval_small", "审批（技术评审、预算）", SMALL, cite("JJ-25-5b")),
    _segment("approval_procurement", "采购", (PROCUREMENT,), cite("JJ-25-5c")),
    _segment("approval_full_soe", "国资审批（可研、初步设计、预算）", FULL_WITHOUT_PROPOSAL, cite("JJ-26-1"), **_FOR_ENTERPRISE),
    _segment("approval_merged_soe", "国资审批（可研、预算）", MERGED, cite("JJ-26-1", "JJ-26-2"), **_FOR_ENTERPRISE),
    _segment("approval_small_soe", "国资审批（技术评审、预算）", SMALL, cite("JJ-26-2"), **_FOR_ENTERPRISE),
    _segment("approval_full_county", "县级审批（参照）", FULL, _COUNTY, when=_full, **_FOR_COUNTY),
    _segment("approval_merged_county", "县级审批（参照，合并编报）", MERGED, _COUNTY, when=_merged, **_FOR_COUNTY),
    _segment("approval_small_county", "县级审批（参照，技术评审、预算）", SMALL, _COUNTY, when=_small, **_FOR_COUNTY),
    _segment("approval_procurement_county", "县级采购（参照）", (PROCUREMENT,), _COUNTY, when=is_purchase),
    _segment("county_local", "县级立项", (ANNUAL_APPLICATION, COUNTY_PROJECT_APPROVAL, COUNTY_FILING_CITY), cite("JJ-21-2", "JJ-9")),
    _segment("delivery", "实施、试运行与终验", DELIVERY, cite("JJ-28-1", "JJ-31-1")),
    _segment("acceptance", "竣工验收", ACCEPTANCE, cite("JJ-31-5", "JJ-32-1")),
    _segment("acceptance_county", "竣工验收（县级参照）", ACCEPTANCE, _COUNTY, rebinds=FOR_COUNTY_ACCEPTANCE),
    _segment("acceptance_by_city", "竣工验收（市组织）", ACCEPTANCE, cite("JJ-32-3"), rebinds=FOR_COUNTY_PANEL),
    _segment("operation", "运行与自评", RUNNING, cite("JJ-39")),
    _segment("offline", "线下办理", (OFFLINE_REFERENCE,), reading("JJ-Q12", "JJ-7")),
    _segment("om_annual", "年度运维经费", OM_ANNUAL, cite("JJ-35-1", "JJ-35-2")),
    _segment("om_public", "公共项目运维", OM_PUBLIC, cite("JJ-36-1", "JJ-36-2")),
)  # fmt: skip

_BY_REFERENCE = ByReference(
    citation=reading("JJ-Q10", "JJ-9", note="县级参照执行"),
    option="county_reference_severity",
    softened=frozenset(
        {
            *("party_meeting_missing", "county_meeting_missing", "consultation_missing", "application_incomplete"),
            *("quotes_below_three", "agency_not_in_library", "argumentation_not_passed", "delay_thirty"),
            "no_consultation_no_money",
        }
    ),
    silent=frozenset(
        {
            *("pool_entry_expired", "not_in_pool", "county_not_screened", "provincial_evaluation_missing"),
            *("public_platform_reserved", "joint_review_incomplete", "provincial_review_missing"),
        }
    ),
)


def _path(key: str, title: str, on: Citation, applies: Any, *segments: str, **more: Any) -> Track:
    values: dict[str, Any] = {"regulation": "measures", "withdrawable": _may_withdraw}
    values["withdraw_citation"] = reading("JJ-Q13", "JJ-16-2", note="文本未规定撤回，平台默认批准前可撤回")
    return Track(key=key, title=title, applies=applies, segments=segments, citation=on, **(values | more))


def _elsewhere(key: str, title: str, on: Citation, applies: Any, **more: Any) -> Track:
    return Track(
        key=key, title=title, applies=applies, segments=(), citation=on, result=Selected.ELSEWHERE,
        regulation="measures", **more,
    )  # fmt: skip


def _may_withdraw(case: Case) -> bool:
    return case.result("start_notice") != "submit" and case.result("county_project_approval") != "approved"


def _classified(case: Case) -> bool:
    return bool(case.fact("classified"))


def _is_om(case: Case) -> bool:
    return bool(case.fact("project_kind") == "om")


def _soe(wanted: str) -> Any:
    return lambda case: is_enterprise(case) and tier(case) == wanted


def _gov(wanted: str) -> Any:
    return lambda case: tier(case) == wanted


_OM: dict[str, Any] = {"case_kind": "om_funding"}
_TO_CITY = ("pool_city", "annual")
_END = ("delivery", "acceptance", "operation")
_COUNTY_TIERS = (
    "approval_full_county",
    "approval_merged_county",
    "approval_small_county",
    "approval_procurement_county",
)
_TIER_GOV = reading("JJ-Q07", "JJ-25-0", "JJ-25-5a", "JJ-5-4")
_SMALL = reading("JJ-Q15", "JJ-25-5b")

TRACKS = (
    _path("classified_offline", "涉密项目（线下办理）", reading("JJ-Q12", "JJ-7"), _classified, "offline"),
    _elsewhere("om_not_a_project", "运维项目按年度申请运维经费，另立事项", reading("JJ-Q08", "JJ-35-1"), _is_om),
    _path("legacy", "施行前已批准的项目", cite("JJ-43-1"), approved_before, *_END),
    _path(
        "county_over_limit", "县级限额以上项目（县—市—省）", cite("JJ-12-1", "JJ-21-1", "JJ-32-3"),
        lambda case: is_county(case) and over_limit(case),
        "pool_county", "annual", *_COUNTY_TIERS, "delivery", "acceptance_by_city", "operation",
    ),
    _path(
        "county_city_review", "县级二百万元以上项目（报市会审）", cite("JJ-12-1", "JJ-21-1"),
        lambda case: is_county(case) and _has_climbed(case),
        "pool_county", "annual", *_COUNTY_TIERS, "delivery", "acceptance_county", "operation",
    ),
    _path(
        "county_local", "县级二百万元以下项目（县级批复、报市备案）", cite("JJ-21-2", "JJ-9"), is_county, "county_local", "delivery",
        "acceptance_county", "operation", by_reference=_BY_REFERENCE,
    ),
    _path(
        "city_soe_procurement", "市属监管企业采购项目", reading("JJ-Q11", "JJ-25-5c", "JJ-26-2"),
        lambda case: is_enterprise(case) and is_purchase(case), *_TO_CITY, "approval_procurement", *_END,
    ),
    _path("city_soe_full", "市属监管企业五千万元以上建设项目", cite("JJ-26-1", "JJ-5-6"), _soe("full"), *_TO_CITY, "approval_full_soe", *_END),
    _path("city_soe_merged", "市属监管企业合并编报项目", cite("JJ-26-1", "JJ-26-2"), _soe("merged"), *_TO_CITY, "approval_merged_soe", *_END),
    _path("city_soe_small", "市属监管企业二百万元以下项目", cite("JJ-26-2"), is_enterprise, *_TO_CITY, "approval_small_soe", *_END),
    _path("city_gov_procurement", "服务、设备采购项目", cite("JJ-25-5c"), is_purchase, *_TO_CITY, "approval_procurement", *_END),
    _path("city_gov_full", "五千万元以上建设项目", _TIER_GOV, _gov("full"), *_TO_CITY, "approval_full", *_END),
    _path("city_gov_merged", "合并编报建设项目", cite("JJ-25-5a", "JJ-5-4"), _gov("merged"), *_TO_CITY, "approval_merged", *_END),
    _path("city_gov_small", "二百万元以下建设项目", _SMALL, lambda _: True, *_TO_CITY, "approval_small", *_END),
    _elsewhere("om_classified", "涉密系统运维按保密规定办理", reading("JJ-Q12", "JJ-7"), _classified, **_OM),
    _path(
        "om_public", "公共平台和内网公共项目运维", cite("JJ-36-1", "JJ-36-2"), lambda case: case.fact("public_platform") != "none",
        "om_public", **_OM,
    ),
    _elsewhere("om_county", "县级运维由县级自行安排", reading("JJ-Q08", "JJ-9", "JJ-35-1"), is_county, **_OM),
    _elsewhere("om_enterprise", "监管企业运维由企业自行安排", reading("JJ-Q11", "JJ-35-1"), is_enterprise, **_OM),
    _path("om_annual", "年度运维经费", cite("JJ-35-1", "JJ-43-3"), lambda _: True, "om_annual", **_OM),
)  # fmt: skip

SELECTION_POINTS = (
    SelectionPoint(
        stage="annual_approval", outcome="approved", basis="confirmed", citation=reading("JJ-Q06", "JJ-20-2", "JJ-25-1a"),
    ),
    SelectionPoint(
        stage="county_project_approval", outcome="approved", basis="confirmed", citation=reading("JJ-Q06", "JJ-21-2"),
    ),
)  # fmt: skip
