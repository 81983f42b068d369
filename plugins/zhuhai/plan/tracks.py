"""Joint approval of every other application (专栏20): at the city, and at a district by its own bodies."""

from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite
from core.policy.rules.flow import Holds, Line, Outcome, OutcomeKind, Stage, StageKind, to
from core.policy.rules.tracks import Segment, SelectionPoint, SideProcess, Track
from plugins.zhuhai.plan.roles import COMMITTEE, COUNTERPARTS, DISTRICT_BUREAU
from plugins.zhuhai.plan.stages import APPROVING, RUNNING
from plugins.zhuhai.regulations import NOT_SUPPLIED, PLAN
from plugins.zhuhai.roles import BUREAU, UNIT

_CARRIER = by_reference("ZHP-11-1-1", note=NOT_SUPPLIED)
_ONE = ("ZHP-10-1-17", "ZHP-10-1-22")


def _is_district(case: Case) -> bool:
    return bool(case.find("unit_level") == "district" and case.find("application_kind") != "jiebang")


def _may_withdraw(case: Case) -> bool:
    return case.result("joint_approval") != "pass"


SEGMENTS = (
    Segment(key="joint", title="申报与并联审批", stages=APPROVING, citation=cite("ZHP-10-1-20", "ZHP-10-1-22")),
    Segment(key="running", title="建设与运行", stages=RUNNING, citation=_CARRIER),
    Segment(
        key="joint_district", title="区级申报与并联审批", stages=APPROVING, rebinds=COUNTERPARTS,
        citation=cite("ZHP-3-2-3", "ZHP-10-1-20"),
    ),
    Segment(key="running_district", title="区级建设与运行", stages=RUNNING, rebinds=COUNTERPARTS, citation=_CARRIER),
)  # fmt: skip

TRACKS = (
    Track(
        key="general_district", title="联合审批（区级）", applies=_is_district, segments=("joint_district", "running_district"),
        regulation=PLAN, withdrawable=_may_withdraw, asked_once=cite("ZHP-10-1-7"), citation=cite("ZHP-3-2-3", *_ONE),
    ),
    Track(
        key="general", title="联合审批", applies=lambda _: True, segments=("joint", "running"), regulation=PLAN,
        withdrawable=_may_withdraw, asked_once=cite("ZHP-10-1-7"), citation=cite(*_ONE), aliases=("zhp_joint_approval",),
    ),
)  # fmt: skip

SELECTION_POINTS = (
    SelectionPoint(stage="declaration", outcome="submit", basis="application_kind", citation=cite("ZHP-10-1-17")),
)

SIDES = (
    SideProcess(
        key="expert_consultation",
        title="专家咨询",
        opened_by=(UNIT, BUREAU, DISTRICT_BUREAU),
        exclusive=False,
        citation=cite("ZHP-10-1-15", "ZHP-3-2-8"),
        stages=(
            Stage(
                key="expert_consultation",
                title="专家咨询",
                kind=StageKind.REVIEW,
                actors=(COMMITTEE, BUREAU, DISTRICT_BUREAU),
                decided_by=COMMITTEE,
                line=Line.SIDE,
                holds=Holds.NOTHING,
                citation=cite("ZHP-10-1-15"),
                outcomes=(
                    Outcome(
                        key="advised", title="出具咨询意见", kind=OutcomeKind.FORWARD, citation=cite("ZHP-10-1-15"), next=to(""),
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip
