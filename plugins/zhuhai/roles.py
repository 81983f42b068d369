"""Who acts under both texts; roles of one half alone stand in that half."""

from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT, Role, Seat
from core.policy.rules.citations import cite

UNIT = PROJECT_UNIT
BUREAU = "data_bureau"
FINANCE = "finance"
EXPERT = "expert"
WORKGROUP = "coordination_workgroup"

ROLES = (
    Role(
        key=UNIT,
        title="项目单位",
        seat=Seat.OWN,
        citation=cite("ZH-4-3", "ZH-6-2"),
        aliases=("demand_party", "declaring_unit"),
    ),
    Role(key=SUBORDINATE_UNIT, title="下属单位", seat=Seat.OWN, citation=cite("ZH-6-2")),
    Role(
        key=BUREAU,
        title="市政务和数据局",
        seat=Seat.HOME,
        reads_all=True,
        records_for=(WORKGROUP, EXPERT, "public"),
        citation=cite("ZH-4-1", "ZH-6-1"),
        aliases=("city_bureau",),
    ),
    Role(
        key=FINANCE,
        title="市财政局",
        seat=Seat.HOME,
        reads_all=True,
        citation=cite("ZH-4-6"),
        aliases=("city_finance",),
    ),
    Role(key=EXPERT, title="行业专家", seat=Seat.HOME, citation=cite("ZH-10-1"), aliases=("industry_expert",)),
    Role(key=WORKGROUP, title="市级政务信息化项目管理协调工作组", seat=Seat.HOME, citation=cite("ZH-10-2")),
)
