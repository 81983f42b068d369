"""The papers of the annual application, and when each is asked for (第十七、十八条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.papers import Severity
from plugins.jiujiang.measures import is_county, is_enterprise
from plugins.jiujiang.stages.shapes import INCOMPLETE, demand
from plugins.jiujiang.thresholds import MIN_QUOTES


def needs_plan(case: Case) -> bool:
    """Everything but a purchase of services files the technical plan (JJ-Q33)."""
    return bool(case.fact("project_kind") != "service")


def _is_service(case: Case) -> bool:
    return not needs_plan(case)


def _is_city_department(case: Case) -> bool:
    return not is_county(case) and not is_enterprise(case)


def _is_asked_enterprise(case: Case) -> bool:
    return not is_county(case) and is_enterprise(case) and bool(case.option("soe_meeting_record") == "warn")


def _outside_pool(case: Case) -> bool:
    return bool(case.fact("major_deployment"))


_MEETING = "party_meeting_missing"
_ENTERPRISE = reading("JJ-Q11", "JJ-17-4")
_WARN = Severity.WARN

APPLICATION_PAPERS = (
    demand("application_form", INCOMPLETE, cite("JJ-17-2", "JJ-18-1", "JJ-A2-1")),
    demand("technical_plan", INCOMPLETE, reading("JJ-Q33", "JJ-18-2", "JJ-17-6", "JJ-A2-2"), needs_plan),
    demand("cloud_resource_list", INCOMPLETE, cite("JJ-18-2a", "JJ-A2-2-6"), needs_plan),
    demand("data_resource_catalogue", INCOMPLETE, cite("JJ-18-2a", "JJ-A2-2-6"), needs_plan),
    demand("estimate_basis", INCOMPLETE, cite("JJ-A2-2-7", "JJ-A2-2-8"), needs_plan),
    demand("information_protection_part", INCOMPLETE, cite("JJ-18-2b"), lambda case: bool(case.fact("work_secret"))),
    demand("service_plan", INCOMPLETE, cite("JJ-18-2d", "JJ-18-2"), _is_service),
    demand("funding_plan", INCOMPLETE, cite("JJ-18-3", "JJ-A2-2-7")),
    demand("vendor_quotes", "quotes_below_three", cite("JJ-18-3", "JJ-A2-2-7"), minimum=MIN_QUOTES),
    demand("party_meeting_record", _MEETING, cite("JJ-17-4"), _is_city_department),
    demand("funding_suggestion", _MEETING, cite("JJ-17-4"), _is_city_department),
    demand("party_meeting_record", _MEETING, _ENTERPRISE, _is_asked_enterprise, severity=_WARN),
    demand("funding_suggestion", _MEETING, _ENTERPRISE, _is_asked_enterprise, severity=_WARN),
    demand("county_meeting_record", "county_meeting_missing", cite("JJ-17-5"), is_county),
    demand("county_funding_source", "county_meeting_missing", cite("JJ-17-5"), is_county),
    demand("consultation_record", "consultation_missing", cite("JJ-17-6")),
    demand("major_deployment_basis", "not_in_pool", cite("JJ-17-3"), _outside_pool),
)
