"""Who acts under the plan (第三、十章): the bodies that approve at once, those who advise, and who runs systems."""

from core.policy.rules.actors import Role, Seat
from core.policy.rules.citations import cite, reading
from plugins.zhuhai.roles import BUREAU, FINANCE

DISTRICT_BUREAU = "district_data_bureau"
DISTRICT_FINANCE = "district_finance"
CENTRE = "operation_center"
COMMITTEE = "expert_committee"
GOV_CDO, DEPT_CDO = "gov_cdo", "dept_cdo"

# Departments a tenant may put on the list of those that approve (ZH-Q23); the plan itself names none.
APPROVERS = (
    (FINANCE, "财政部门"),
    ("drc", "发展改革部门"),
    ("cyberspace_office", "网信部门"),
    ("crypto_office", "密码管理部门"),
    ("public_security", "公安部门"),
)
# Who takes the place of a city body where a district approves its own project.
COUNTERPARTS = ((BUREAU, DISTRICT_BUREAU), (FINANCE, DISTRICT_FINANCE))

_LISTED = reading("ZH-Q23", "ZHP-10-1-5", "ZHP-10-1-20")

ROLES = (
    Role(
        key=DISTRICT_BUREAU, title="区政务服务数据管理局", seat=Seat.OWN, reads_all=True, citation=cite("ZHP-3-2-3", "ZHP-3-2-6"),
        aliases=("district_bureau",),
    ),
    Role(key=DISTRICT_FINANCE, title="区财政局", seat=Seat.OWN, reads_all=True, citation=_LISTED),
    *(Role(key=key, title=title, seat=Seat.OWN, citation=_LISTED) for key, title in APPROVERS if key != FINANCE),
    Role(key=CENTRE, title="数字政府建设运营中心", seat=Seat.OWN, citation=cite("ZHP-3-2-5", "ZHP-3-2-6", "ZHP-10-3-2")),
    Role(key=COMMITTEE, title="数字政府专家委员会", seat=Seat.HOME, citation=cite("ZHP-3-2-8", "ZHP-10-1-14", "ZHP-10-1-15")),
    Role(
        key="leading_group", title="市数字政府改革建设工作领导小组", seat=Seat.HOME, reads_all=True, acts=False,
        citation=cite("ZHP-3-2-1", "ZHP-12-1-1"),
    ),
    Role(key=GOV_CDO, title="政府首席数据官", seat=Seat.OWN, reads_all=True, citation=cite("ZHP-8-1-1", "ZHP-10-1-2")),
    Role(key=DEPT_CDO, title="部门首席数据官", seat=Seat.OWN, citation=cite("ZHP-8-1-1", "ZHP-10-1-2")),
    Role(key="sector_lead_dept", title="行业主管部门", seat=Seat.HOME, acts=False, citation=cite("ZHP-2-2-4", "ZHP-3-5-1")),
    Role(key="third_party_evaluator", title="第三方评价机构", seat=Seat.EXTERNAL, acts=False, citation=cite("ZHP-12-5-2")),
)  # fmt: skip
