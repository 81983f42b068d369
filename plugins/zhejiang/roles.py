"""Who acts, and at which level: the unit's own, each level on the way up, or the province for all (第一部分)."""

from core.policy.cases.case import Case
from core.policy.cases.state import Member
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.policy.rules.citations import cite, reading

PROPOSER = PROJECT_UNIT
COUNTY, CITY = "county_coordinator", "city_coordinator"
TASK_FORCE = "task_force"
KEY_LEAD = "key_app_lead"
LEAD = "lead_responsible"
GROUP = "leading_group"
COMMITTEE = "expert_committee"
BUREAU = "data_bureau"
CANDIDATE = "candidate"
SUBJECT = "project_subject"
DRC, FINANCE = "drc", "finance"
APPROVER, FUNDER = "approval_authority", "fund_authority"
BUYER = "budget_unit"
OVERSIGHT = "oversight"


def _region(case: Case) -> str:
    """The place of the public body in the entry the act is about: its region, or its level where no region is said."""
    entries = [case.entry] if case.entry is not None else list(case.entries)
    members = [m for e in entries for m in (e.members or (Member(title=e.title, kind=e.kind),))]
    public = [m for m in members if m.kind in ("gov_department", "public_institution")]
    return next((m.region or m.level for m in public), "")


def _place(case: Case) -> str:
    """The place of the project (属地), known from the agreement on."""
    entries = [case.entry] if case.entry is not None else list(case.entries)
    return next((str(found) for e in entries if (found := e.facts.get("place_tenant"))), "")


ROLES = (
    Role(
        key=PROPOSER, title="项目提出单位", seat=Seat.OWN, citation=cite("ZJ-1-2-b", "ZJ-1-2-c"),
        aliases=("proposing_unit",),
    ),
    Role(
        key=COUNTY, title="县（市、区）汇总单位", seat=Seat.EACH_LEVEL, place=lambda _: "county", reads_all=True,
        citation=reading("ZJ-Q30", "ZJ-3-1-d"), aliases=("level_coordinator",),
    ),
    Role(
        key=CITY, title="设区市汇总单位", seat=Seat.EACH_LEVEL, place=lambda _: "city", reads_all=True,
        citation=reading("ZJ-Q30", "ZJ-3-1-d"),
    ),
    Role(
        key=TASK_FORCE, title="数字政府建设专班", seat=Seat.HOME, reads_all=True,
        citation=cite("ZJ-1-1-a", "ZJ-3-2-a", "ZJ-3-2-d", "ZJ-3-5-a"),
    ),
    Role(key=KEY_LEAD, title="重点应用建设牵头单位", seat=Seat.HOME, reads_all=True, citation=cite("ZJ-1-1-b")),
    Role(
        key=LEAD, title="牵头责任主体", seat=Seat.HOME, reads_all=True, records_for=("expert", "acceptance_partner"),
        citation=reading("ZJ-Q05", "ZJ-1-2-a", "ZJ-4-3-a"), aliases=("project_lead_unit",),
    ),
    Role(key=GROUP, title="省数字化改革领导小组", seat=Seat.HOME, citation=cite("ZJ-3-2-c", "ZJ-0-3-b")),
    Role(key=COMMITTEE, title="专家委", seat=Seat.HOME, reads_all=True, citation=cite("ZJ-4-2-a", "ZJ-4-2-b")),
    Role(key="expert", title="专家", seat=Seat.EXTERNAL, acts=False, citation=cite("ZJ-3-4-b")),
    Role(
        key=BUREAU, title="省大数据局", seat=Seat.HOME, reads_all=True, citation=cite("ZJ-3-7-b", "ZJ-3-8-b"),
        aliases=("big_data_bureau",),
    ),
    Role(key=CANDIDATE, title="参与竞争的单位", seat=Seat.ANY, citation=cite("ZJ-1-3-a", "ZJ-3-3-a")),
    Role(
        key=SUBJECT, title="项目主体", seat=Seat.ANY, from_outcome=True, aliases=("lister",),
        citation=cite("ZJ-1-3-b", "ZJ-1-3-d"),
    ),
    Role(
        key=DRC, title="同级发展改革部门", seat=Seat.SAME_LEVEL_AS, place=_region, citation=cite("ZJ-3-3-c1"),
        aliases=("same_level_drc",),
    ),
    Role(
        key=FINANCE, title="同级财政部门", seat=Seat.SAME_LEVEL_AS, place=_region, citation=cite("ZJ-3-3-c2"),
        aliases=("same_level_finance",),
    ),
    Role(key=APPROVER, title="立项审批部门", seat=Seat.PLACE, place=_place, citation=cite("ZJ-3-6-c", "ZJ-3-6-g")),
    Role(key=FUNDER, title="资金来源主管部门", seat=Seat.PLACE, place=_place, citation=cite("ZJ-3-6-d")),
    Role(key=BUYER, title="购买服务的预算单位", seat=Seat.ANY, citation=cite("ZJ-3-6-j")),
    Role(key="acceptance_partner", title="参加验收的有关单位", seat=Seat.ANY, citation=cite("ZJ-3-7-b")),
    Role(
        key=OVERSIGHT, title="监督评估部门", seat=Seat.HOME, reads_all=True, citation=cite("ZJ-4-2-f"),
    ),
    Role(
        key="market_operator", title="应用市场运营单位", seat=Seat.HOME, acts=False,
        citation=reading("ZJ-Q31", "ZJ-3-7-c"),
    ),
    Role(key="supplier", title="供应商", seat=Seat.EXTERNAL, acts=False, citation=cite("ZJ-3-8-n", "ZJ-3-8-o")),
    Role(key="using_unit", title="使用单位", seat=Seat.ANY, acts=False, citation=cite("ZJ-3-7-d", "ZJ-3-8-h")),
    Role(key="excellence_jury", title="“争先制”评选组织单位", seat=Seat.HOME, acts=False, citation=cite("ZJ-3-8-d")),
)  # fmt: skip
