"""The three classes (第二部分第二款) as paths; until two facts say which, a demand is on the path all share."""

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, cite, reading
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from plugins.zhejiang.stages.delivery import DELIVERY
from plugins.zhejiang.stages.demand import DEMAND
from plugins.zhejiang.stages.preparation import APPROVAL, PREPARATION1, PREPARATION2, PREPARATION3
from plugins.zhejiang.stages.selection import SELECTION
from plugins.zhejiang.stages.shapes import CLASS1, CLASS2, CLASS3, class_of

SEGMENTS = (
    Segment(key="demand", title="征集与发布", stages=DEMAND, citation=cite("ZJ-3-1-d", "ZJ-3-2-e"), aliases=("front",)),
    Segment(key="selection", title="竞争与入选", stages=SELECTION, citation=cite("ZJ-3-3-a", "ZJ-3-5-a")),
    Segment(key="approval", title="立项", stages=APPROVAL, citation=cite("ZJ-3-6-c", "ZJ-3-6-g")),
    Segment(key="class1_preparation", title="第一类项目准备", stages=PREPARATION1, citation=cite("ZJ-3-6-d")),
    Segment(key="class2_preparation", title="第二类项目准备", stages=PREPARATION2, citation=cite("ZJ-3-6-h")),
    Segment(key="class3_preparation", title="第三类项目准备", stages=PREPARATION3, citation=cite("ZJ-3-6-l")),
    Segment(key="delivery", title="建设、验收与推广", stages=DELIVERY, citation=cite("ZJ-3-7-b", "ZJ-3-8-a")),
)


def _unpublished(case: Case) -> bool:
    """A demand may be taken back until it is published; the text says nothing of it (ZJ-Q32)."""
    return case.result("library_publication") != "published"


TRACKS = (
    Track(
        key=CLASS1, title="第一类：财政资金投资建设", applies=lambda case: class_of(case) == CLASS1, regulation="measures",
        segments=("demand", "selection", "approval", "class1_preparation", "delivery"),
        citation=cite("ZJ-2-2", "ZJ-2-2-a"), withdrawable=_unpublished, withdraw_citation=CORE_DEFAULT,
    ),
    Track(
        key=CLASS2, title="第二类：市场主体投资建设、政府按协议购买", applies=lambda case: class_of(case) == CLASS2,
        segments=("demand", "selection", "approval", "class2_preparation", "delivery"), regulation="measures",
        citation=cite("ZJ-2-2", "ZJ-2-2-b"), withdrawable=_unpublished, withdraw_citation=CORE_DEFAULT,
    ),
    Track(
        key=CLASS3, title="第三类：市场主体自主创新、政府按需购买", applies=lambda case: class_of(case) == CLASS3,
        segments=("demand", "selection", "class3_preparation", "delivery"), regulation="measures",
        citation=cite("ZJ-2-2", "ZJ-2-2-c"), withdrawable=_unpublished, withdraw_citation=CORE_DEFAULT,
    ),
    Track(
        key="unclassified", title="类别待定", applies=lambda _: True, segments=("demand",), regulation="measures",
        citation=reading("ZJ-Q06", "ZJ-2-2"), withdrawable=_unpublished, withdraw_citation=CORE_DEFAULT,
    ),
)  # fmt: skip

SELECTION_POINTS = (
    SelectionPoint(
        stage="library_publication",
        outcome="published",
        basis="construction_money",
        citation=cite("ZJ-2-2", "ZJ-3-2-d"),
    ),
)
