"""What runs beside the line: force majeure, other changes, a bidder leaving, buying the result, support (第十五至二十条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import by_reference, cite, reading
from core.policy.rules.flow import Ends, Review, Reviewer, StageKind
from core.policy.rules.limits import Extension
from core.policy.rules.tracks import SideProcess
from plugins.zhuhai.jiebang.roles import BIDDER, INTENDING
from plugins.zhuhai.jiebang.shapes import ENTRY, SIDE, demand, forward, negative, stage
from plugins.zhuhai.jiebang.standing import announced
from plugins.zhuhai.regulations import NOT_SUPPLIED
from plugins.zhuhai.roles import BUREAU, UNIT

_MOVED = Extension(limit="implementation_period", to_fact="requested_until", citation=cite("ZH-20-3"))

FORCE_MAJEURE_APPLICATION = stage(
    StageKind.TASK, "force_majeure_application", "申请延期或终止", cite("ZH-20-1", "ZH-20-2"), (UNIT,),
    forward("submit", "提出申请", cite("ZH-20-2")),
    asks=("fm_ground", "fm_facts", "fm_request"),
    records=("requested_until",),
    review=Review(
        citation=cite("ZH-20-2"),
        reviewers=(Reviewer(role=BIDDER, each=announced, gate="joint_consent_missing", citation=cite("ZH-20-2")),),
    ),
    papers=(demand("fm_application", "joint_consent_missing", cite("ZH-20-2")),),
    **SIDE,
)  # fmt: skip

FORCE_MAJEURE_REVIEW = stage(
    StageKind.REVIEW, "force_majeure_review", "审核延期或终止", cite("ZH-20-3"), (BUREAU,),
    forward("extend", "同意延期", cite("ZH-20-3"), extends=_MOVED),
    forward("terminate", "同意终止", cite("ZH-20-1", "ZH-20-3", "ZH-20-4"), ends=Ends.TERMINATED),
    negative("refuse", "不同意", reading("ZH-Q10", "ZH-20-3")),
    **SIDE,
)  # fmt: skip

CHANGE_RECORD = stage(
    StageKind.TASK, "change_record", "记录项目调整", by_reference("ZH-19-1", note=NOT_SUPPLIED), (UNIT,),
    forward("recorded", "记录", by_reference("ZH-19-1", note=NOT_SUPPLIED)),
    asks=("change_kind",),
    **SIDE,
)  # fmt: skip

ENTRY_EXIT = stage(
    StageKind.TASK, "entry_exit", "意向揭榜方退出", reading("ZH-Q10", "ZH-9-2"), (INTENDING, UNIT),
    forward("left", "退出", reading("ZH-Q10", "ZH-9-2"), ends=Ends.WITHDRAWN),
    **ENTRY, **SIDE,
)  # fmt: skip

RESULT_PROCUREMENT = stage(
    StageKind.TASK, "result_procurement", "采购使用成果", cite("ZH-15-1", "ZH-18-2"), (UNIT,),
    forward("procured", "完成采购", cite("ZH-15-1")),
    asks=("linked_project",),
    papers=(demand("procurement_record", "result_not_procured", cite("ZH-15-1")),),
    **SIDE,
)  # fmt: skip

SUPPORT_RECORD = stage(
    StageKind.TASK, "support_record", "登记支持措施", cite("ZH-16-1", "ZH-16-2", "ZH-16-3", "ZH-17-1"), (BUREAU,),
    forward("recorded", "登记", cite("ZH-16-1")),
    asks=("support_action",),
    **SIDE,
)  # fmt: skip


def _is_challenge(case: Case) -> bool:
    """The guidelines know these processes for challenges alone; other projects change by the Measures."""
    return case.track == "jiebang"


SIDES = (
    SideProcess(
        key="force_majeure", title="不可抗力延期或终止", opened_by=(UNIT,),
        stages=(FORCE_MAJEURE_APPLICATION, FORCE_MAJEURE_REVIEW), citation=cite("ZH-20-1"), when=_is_challenge,
    ),
    SideProcess(
        key="project_change", title="项目调整", opened_by=(UNIT,), stages=(CHANGE_RECORD,),
        citation=by_reference("ZH-19-1", note=NOT_SUPPLIED), when=lambda case: bool(announced(case)),
    ),
    SideProcess(
        key="bidder_exit", title="意向揭榜方退出", opened_by=(INTENDING, UNIT), stages=(ENTRY_EXIT,),
        citation=reading("ZH-Q10", "ZH-9-2"), when=lambda case: _is_challenge(case) and not announced(case),
    ),
    SideProcess(
        key="result_conversion", title="成果转化", opened_by=(UNIT,), stages=(RESULT_PROCUREMENT,),
        citation=cite("ZH-15-1"), after_end=True, when=_is_challenge,
    ),
    SideProcess(
        key="support", title="支持优秀成果", opened_by=(BUREAU,), stages=(SUPPORT_RECORD,),
        citation=cite("ZH-16-1"), after_end=True, exclusive=False, when=_is_challenge,
    ),
)  # fmt: skip
