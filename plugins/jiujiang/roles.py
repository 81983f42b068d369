"""Who acts in Jiujiang (第四至六条): units in the case's own tenant, city bodies at home, the province above."""

from typing import Any

from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import Citation, cite, reading

PROJECT = PROJECT_UNIT
OWNER = "owner_unit"
GROUP = "leading_group"
OFFICE = "leading_group_office"
DATA = "data_bureau"
SECRECY = "secrecy_office"
CAC = "cyberspace_office"
DRC = "drc"
FINANCE = "finance"
SASAC = "sasac"
AGENCY = "consulting_agency"
GOVERNMENT = "government"
PARTY = "party_committee"
COORDINATOR = "county_coordinator"
COUNTY_DATA = "county_data_bureau"
COUNTY_DRC = "county_drc"
COUNTY_FINANCE = "county_finance"
COUNTY_SECRECY = "county_secrecy_office"
COUNTY_CAC = "county_cyberspace_office"
PROVINCE_OFFICE = "province_office"
PROVINCE_GROUP = "province_leading_group"

APPROVERS = (DRC, FINANCE, SASAC, COUNTY_DRC, COUNTY_FINANCE)
REVIEWERS = (DATA, COUNTY_DATA)
MEMBERS = (DATA, DRC, FINANCE, SASAC)

# Whose counterparts act for projects of municipal enterprises and of counties (第九、二十六条).
FOR_ENTERPRISES = ((DRC, SASAC), (FINANCE, SASAC))
FOR_COUNTY_APPROVAL = ((DATA, COUNTY_DATA), (DRC, COUNTY_DRC), (FINANCE, COUNTY_FINANCE))
FOR_COUNTY_ACCEPTANCE = (*FOR_COUNTY_APPROVAL, (SECRECY, COUNTY_SECRECY), (CAC, COUNTY_CAC))
FOR_COUNTY_PANEL = ((DRC, COUNTY_DRC), (FINANCE, COUNTY_FINANCE))


def _role(key: str, title: str, seat: Seat, on: Citation, **more: Any) -> Role:
    return Role(key=key, title=title, seat=seat, citation=on, **more)


_ALL: dict[str, Any] = {"reads_all": True}
_SILENT: dict[str, Any] = {"acts": False}
_COUNTY = reading("JJ-Q10", "JJ-9")

ROLES = (
    _role(PROJECT, "项目应用单位", Seat.OWN, cite("JJ-6-1", "JJ-17-2"), aliases=("application_unit",)),
    _role(OWNER, "项目业主单位", Seat.OWN, cite("JJ-6-2", "JJ-20-2")),
    _role("authority_in_charge", "主管部门", Seat.OWN, cite("JJ-A2-1"), **_SILENT),
    _role("superior_authority", "上级主管部门", Seat.PARENT, cite("JJ-14-4"), **_SILENT),
    _role("field_authority", "项目所在领域主管部门", Seat.OWN, cite("JJ-17-6"), **_SILENT),
    _role(GROUP, "市数字政府建设工作领导小组", Seat.HOME, cite("JJ-4-1", "JJ-11-2", "JJ-20-2"), **_ALL),
    _role(
        OFFICE, "市数字政府领导小组办公室", Seat.HOME, cite("JJ-4-2", "JJ-11-1", "JJ-24-1", "JJ-38-2"), **_ALL,
        records_for=(PROVINCE_OFFICE, PROVINCE_GROUP, AGENCY),
    ),
    _role(DATA, "市数据管理部门", Seat.HOME, cite("JJ-5-1", "JJ-19-4", "JJ-32-1"), **_ALL, aliases=("data_dept",)),
    _role(SECRECY, "市委保密机要局", Seat.HOME, cite("JJ-5-2", "JJ-31-9", "JJ-36-2")),
    _role(CAC, "市委网信办", Seat.HOME, cite("JJ-5-3", "JJ-32-1"), aliases=("cac",)),
    _role(DRC, "市发改委", Seat.HOME, cite("JJ-5-4", "JJ-24-2", "JJ-25-1b"), aliases=("ndrc",)),
    _role(FINANCE, "市财政局", Seat.HOME, cite("JJ-5-5", "JJ-24-2", "JJ-25-4b"), **_ALL),
    _role(SASAC, "市国资委", Seat.HOME, cite("JJ-5-6", "JJ-26-1")),
    _role("police", "市公安局", Seat.HOME, cite("JJ-5-7"), **_SILENT),
    _role("audit", "市审计局", Seat.HOME, cite("JJ-5-8"), **_ALL, **_SILENT),
    _role("archives", "市档案局", Seat.HOME, cite("JJ-5-9"), **_ALL, **_SILENT),
    _role("joint_review_member", "联合会审其他成员单位", Seat.HOME, cite("JJ-20-1", "JJ-24-4")),
    _role(AGENCY, "咨询机构", Seat.EXTERNAL, cite("JJ-19-3", "JJ-25-1c")),
    _role("expert", "数字政府专家库专家", Seat.EXTERNAL, cite("JJ-19-1", "JJ-19-5"), **_SILENT),
    _role("design_unit", "工程设计单位", Seat.EXTERNAL, cite("JJ-25-3a"), **_SILENT),
    _role(GOVERNMENT, "市政府", Seat.HOME, cite("JJ-30-1", "JJ-35-2", "JJ-36-1"), **_ALL, aliases=("city_government",)),
    _role(PARTY, "市委", Seat.HOME, cite("JJ-36-2"), aliases=("city_party_committee",)),
    _role(COORDINATOR, "县(市、区)统筹部门", Seat.OWN, cite("JJ-9", "JJ-12-1", "JJ-21-1", "JJ-21-2"), **_ALL),
    _role("county_decision_body", "县(市、区)党委会议或政府办公会议", Seat.OWN, cite("JJ-17-5"), **_SILENT),
    _role(COUNTY_DATA, "县级数据主管部门", Seat.OWN, _COUNTY, aliases=("county_approver",)),
    _role(COUNTY_DRC, "县级发改部门", Seat.OWN, _COUNTY),
    _role(COUNTY_FINANCE, "县级财政部门", Seat.OWN, _COUNTY),
    _role(COUNTY_SECRECY, "县级保密机要部门", Seat.OWN, _COUNTY),
    _role(COUNTY_CAC, "县级网信部门", Seat.OWN, _COUNTY),
    _role(
        PROVINCE_OFFICE, "省数字政府领导小组办公室", Seat.PARENT, cite("JJ-13-3", "JJ-23-2", "JJ-32-2", "JJ-32-3"),
    ),
    _role(PROVINCE_GROUP, "省数字政府领导小组", Seat.PARENT, cite("JJ-23-1")),
)  # fmt: skip
