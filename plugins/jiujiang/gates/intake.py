"""What stands at the door: scope, secrecy, splitting, systems of higher levels, the county's way up (第二、七、十一至十五条)."""

from collections.abc import Iterable

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.gating import Hit, at
from plugins.jiujiang.gates.shapes import APPLYING, IN_PRINCIPLE, WARN, gate, when
from plugins.jiujiang.measures import amount, climbs, is_county, major_public
from plugins.jiujiang.roles import COORDINATOR

_FISCAL_UNITS = frozenset({"administrative_organ", "authorised_body", "party_and_mass_organ"})
_CHOOSING = ("unit_level", "owner_type", "project_kind", "classified", "category")
_CREATED = at("", "create")
_DEMANDED = at("demand_collection", "submit")
_ENDS = frozenset({"withdrawn", "rejected", "terminated", "lapsed"})


def _out_of_scope(case: Case) -> Iterable[Hit]:
    nature, fiscal = case.fact("unit_nature"), case.fact("funding_source") != "own_funds"
    # What chooses the path must be known from the first day.
    for key in _CHOOSING:
        case.fact(key)
    if case.fact("project_kind") != "om":
        amount(case)
    if nature == "municipal_enterprise" and case.fact("owner_type") == "municipal_soe":
        return
    # The digital part of any other work built with fiscal money, whoever builds it (第四十一条第二款).
    if not fiscal or not (nature in _FISCAL_UNITS or case.fact("digital_part_of")):
        yield Hit(
            message="既非使用财政资金的行政机关及参照单位，也非市国资委监管企业投资建设，不属于本办法适用范围。",
            item="unit_nature",
            rows=("JJ-2-1", "JJ-2-2", "JJ-41-1", "JJ-41-2"),
        )


def _classified(case: Case) -> Iterable[Hit]:
    if not case.fact("classified") or case.act is None:
        return
    if case.option("classified_mode") == "forbid" and case.act.name == "create":
        yield Hit(message="涉密项目不得在平台登记，按国家保密规定线下办理。", item="classified")
    for paper in case.act.papers:
        yield Hit(message="涉密项目的材料不得上传，请按国家保密规定线下办理。", item=paper.type)


def _split(case: Case) -> Iterable[Hit]:
    code = case.fact("similar_to")
    if not code:
        return
    other = next((p for p in case.unit.projects if code in (p.code, p.id)), None)
    if other is not None and (other.end is None or other.end.kind not in _ENDS):
        message = f"与本单位“{other.title}”目标、内容和技术路线相近，不得拆分申报。"
        yield Hit(message=message, item=other.code or other.id)


def _duplicates(case: Case) -> Iterable[Hit]:
    listed = case.fact("system_name") and case.fact("system_name") in case.parameter("superior_systems")
    softer = is_county(case) and case.option("county_duplicate") == "warn"
    if case.fact("duplicates_superior_system") or listed:
        message = "与上级已建或拟建系统重复，应使用上级系统。"
        yield Hit(message=message, item="duplicates_superior_system", severity=WARN if softer else None)
    elif not case.find("superior_system_available"):
        for found in case.candidates:
            if found.source != "own":
                yield Hit(message=f"与已有系统“{found.title}”相似，请认定是否重复。", item=found.id, severity=WARN)


def _own_build(case: Case) -> bool:
    available = bool(case.fact("superior_system_available"))
    return is_county(case) and available and not case.fact("county_specific")


def _reserved(case: Case) -> Iterable[Hit]:
    """Whoever applies is asked when applying; in the joint review, whoever is proposed as its owner."""
    reviewed = case.act is not None and case.act.stage == "joint_review"
    if major_public(case) and not case.fact("owner_is_data_bureau" if reviewed else "applicant_is_data_bureau"):
        yield Hit(message="市级公共平台和重大公共项目由市数据管理部门统一建设运维。", item="public_platform")


def _bypasses(case: Case) -> bool:
    return is_county(case) and climbs(case) and case.result("joint_review") != "pass"


def _waived_by_county(case: Case) -> bool:
    act = case.act
    return act is not None and bool(act.waivers) and act.role == COORDINATOR and case.track != "county_local"


INTAKE_GATES = (
    gate("G01", "out_of_scope", "不属于适用范围", cite("JJ-2-1", "JJ-2-2", "JJ-2-3", "JJ-41-1", "JJ-41-2"), *_CREATED, check=_out_of_scope),
    gate("G03", "classified_content", "涉密内容不得上传", reading("JJ-Q12", "JJ-7"), *at("*", "hand_in", "submit", "lodge", "record"), *_CREATED, check=_classified),
    gate(
        "G05", "split_project", "拆分申报", cite("JJ-11-4"), *_DEMANDED, *APPLYING, check=_split, needs=("unit",),
    ),
    gate(
        "G08", "county_not_screened", "县级未经统筹把关", cite("JJ-12-1"), *_DEMANDED,
        check=when(
            lambda c: is_county(c) and climbs(c) and c.result("county_screening") != "reported", "县级项目须先经统筹部门把关上报。",
        ),
    ),
    gate(
        "G10", "duplicates_superior_system", "与上级系统重复", reading("JJ-Q32", "JJ-14-2"), *_DEMANDED, *APPLYING,
        *at("joint_review", "decide:pass"), check=_duplicates, needs=("candidates",),
    ),
    gate(
        "G11", "county_own_build", "县级自建", reading("JJ-Q32", "JJ-14-3"), *_DEMANDED, *APPLYING, severity=WARN,
        check=when(_own_build, "省级或市级已有可用系统，县级以使用为主；属特色应用场景的请注明。", item="county_specific"),
    ),
    gate("G13", "public_platform_reserved", "公共平台专属建设", reading("JJ-Q34", "JJ-15"), *APPLYING, *at("joint_review", "decide:pass"), check=_reserved),
    gate(
        "G25", "county_bypass", "县级越过联合会审", cite("JJ-21-1"), *at("county_project_approval", "decide:approved"),
        *at("feasibility_approval", "decide:approved"), *at("budget_approval", "decide:approved"),
        check=when(_bypasses, "二百万元以上的县级项目须经市联合会审，县级不得自行批准。", item="confirmed"),
    ),
    gate(
        "G64", "county_waiver", "县级越权准许例外", reading("JJ-Q25", "JJ-21-1"), *at("*", "record"),
        check=when(_waived_by_county, "报市会审的项目，例外由市领导小组准许；县级只能就本级批复的项目准许例外。", item="waiver"),
    ),
    gate(
        "G04", "one_department_one_system", "一部门一系统", cite("JJ-10-2"), *APPLYING, severity=WARN, waiver=IN_PRINCIPLE,
        check=when(
            lambda c: bool(c.fact("department_system") and c.fact("stand_alone")), "本部门已有系统，原则上不再单独新建。", item="stand_alone",
        ),
    ),
)  # fmt: skip
