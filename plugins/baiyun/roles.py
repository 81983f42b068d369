"""Who acts in Baiyun (第五条): every role sits in the district, save the city's experts and the suppliers."""

from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT, Role, Seat
from core.policy.rules.citations import cite

PROJECT = PROJECT_UNIT
BUREAU = "data_bureau"
FINANCE = "finance"
LEADER = "district_leader"
GOVERNMENT = "government"

ROLES = (
    Role(key=PROJECT_UNIT, title="项目单位", seat=Seat.OWN, citation=cite("BY-5-2-a", "BY-5-2-b", "BY-50")),
    Role(key=SUBORDINATE_UNIT, title="下属单位", seat=Seat.OWN, citation=cite("BY-5-2-b")),
    Role(
        key=BUREAU,
        title="区政务服务和数据管理局",
        seat=Seat.OWN,
        reads_all=True,
        records_for=("government", "expert", "cost_agency", "third_party_evaluator"),
        citation=cite("BY-5-1-a", "BY-5-1-c"),
    ),
    Role(
        key=FINANCE,
        title="区财政局",
        seat=Seat.OWN,
        reads_all=True,
        citation=cite("BY-5-3"),
        aliases=("district_finance",),
    ),
    Role(key=LEADER, title="分管区领导", seat=Seat.OWN, reads_all=True, acts=False, citation=cite("BY-14-c")),
    Role(
        key=GOVERNMENT,
        title="区政府",
        seat=Seat.OWN,
        reads_all=True,
        citation=cite("BY-20-4-a"),
        aliases=("district_government",),
    ),
    Role(
        key="audit",
        title="区审计局",
        seat=Seat.OWN,
        reads_all=True,
        acts=False,
        citation=cite("BY-5-4"),
        aliases=("district_audit",),
    ),
    Role(key="planning_resources", title="区规划和自然资源分局", seat=Seat.OWN, citation=cite("BY-5-5-a")),
    Role(key="sci_ind_bureau", title="区科工商信局", seat=Seat.OWN, citation=cite("BY-5-5-b")),
    Role(key="video_office", title="区视频办", seat=Seat.OWN, citation=cite("BY-5-5-c")),
    Role(key="invited_department", title="相关部门", seat=Seat.OWN, citation=cite("BY-5-6")),
    Role(key="health_bureau", title="区卫生健康局", seat=Seat.OWN, citation=cite("BY-5-7-a", "BY-5-7-c")),
    Role(key="education_bureau", title="区教育局", seat=Seat.OWN, citation=cite("BY-5-7-b", "BY-5-7-c")),
    Role(key="expert", title="专家", seat=Seat.PARENT, citation=cite("BY-20-2-b")),
    Role(key="cost_agency", title="造价评审第三方机构", seat=Seat.EXTERNAL, acts=False, citation=cite("BY-20-3")),
    Role(key="contractor", title="承建单位", seat=Seat.EXTERNAL, acts=False, citation=cite("BY-29-1")),
    Role(key="supervisor", title="监理单位", seat=Seat.EXTERNAL, acts=False, citation=cite("BY-29-2-a")),
    Role(
        key="support_supplier",
        title="设计、咨询、监理、测评供应商",
        seat=Seat.EXTERNAL,
        acts=False,
        citation=cite("BY-29-1"),
    ),
    Role(
        key="third_party_evaluator",
        title="效能评估第三方机构",
        seat=Seat.EXTERNAL,
        acts=False,
        citation=cite("BY-51-d"),
    ),
    Role(key="market_supervision", title="区市场监管局", seat=Seat.OWN, acts=False, citation=cite("BY-49-a")),
    Role(key="press_office", title="区新闻出版局", seat=Seat.OWN, acts=False, citation=cite("BY-49-a")),
)
