"""The challenge track: a nomination, whatever its amount; bound when the record is created (第三节)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.tracks import Segment, SelectionPoint, Track
from plugins.zhuhai.jiebang.stages.calling import CALLING
from plugins.zhuhai.jiebang.stages.carrying import CARRYING
from plugins.zhuhai.jiebang.stages.choosing import CHOOSING
from plugins.zhuhai.jiebang.stages.subsidy import SUBSIDY
from plugins.zhuhai.regulations import GUIDELINES


def _may_withdraw(case: Case) -> bool:
    """Free until the call is published; the text says nothing of it (ZH-Q10)."""
    return not case.result("call_announcement")


SEGMENTS = (
    Segment(key="calling", title="遴选与发榜", stages=CALLING, citation=cite("ZH-7-1", "ZH-8-5")),
    Segment(key="choosing", title="对接与揭榜", stages=CHOOSING, citation=cite("ZH-9-1", "ZH-10-5")),
    Segment(key="carrying", title="实施与验收", stages=CARRYING, citation=cite("ZH-12-1", "ZH-13-1")),
    Segment(key="subsidy", title="资金补助", stages=SUBSIDY, citation=cite("ZH-14-1")),
)

TRACKS = (
    Track(
        key="jiebang",
        title="揭榜制项目",
        applies=lambda case: case.find("application_kind") == "jiebang",
        segments=("calling", "choosing", "carrying", "subsidy"),
        regulation=GUIDELINES,
        citation=cite("ZH-4-3", "ZH-6-2", "ZH-7-1", "ZH-22-2", "ZH-22-3"),
        withdrawable=_may_withdraw,
        withdraw_citation=reading("ZH-Q10", "ZH-4-3"),
        aliases=("zh_jiebang",),
    ),
)

SELECTION_POINTS = (SelectionPoint(stage="create", outcome="", basis="application_kind", citation=cite("ZHP-10-1-17")),)
