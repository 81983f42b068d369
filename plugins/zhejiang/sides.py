"""What runs beside the line: an amended agreement, a status ended by decision, termination by core's default."""

from core.policy.cases.case import Case
from core.policy.rules.citations import CORE_DEFAULT, reading
from core.policy.rules.flow import Ends, Stage, StageKind
from core.policy.rules.tracks import SideProcess
from plugins.zhejiang.history import is_lost
from plugins.zhejiang.roles import LEAD, SUBJECT, TASK_FORCE
from plugins.zhejiang.stages.shapes import ANEW, EACH, SIDE, demand, forward, negative, task

AMENDMENT = task(
    "agreement_amendment",
    "修改协议",
    reading("ZJ-Q32", "ZJ-3-7-e"),
    LEAD,
    SUBJECT,
    asks=("delivery_deadline", "ownership_clause", "agreed_fee"),
    papers=(demand("subject_agreement", "agreement_missing", reading("ZJ-Q32", "ZJ-3-5-b"), per_ref=True, **ANEW),),
    **SIDE,
    **EACH,
)
DISQUALIFICATION = Stage(
    key="disqualification",
    title="决定取消项目主体资格",
    kind=StageKind.REVIEW,
    actors=(TASK_FORCE,),
    citation=reading("ZJ-Q12", "ZJ-3-7-e"),
    outcomes=(
        forward("cancelled", "取消资格", reading("ZJ-Q12", "ZJ-3-7-e"), ends=Ends.LAPSED),
        negative("kept", "不予取消", CORE_DEFAULT),
    ),
    papers=(
        demand("disqualification_record", "disqualification_unrecorded", reading("ZJ-Q12", "ZJ-3-7-e"), act="decide:cancelled"),
    ),
    **SIDE,
    **EACH,
)  # fmt: skip
TERMINATION = Stage(
    key="termination",
    title="终止项目",
    kind=StageKind.REVIEW,
    actors=(TASK_FORCE,),
    citation=CORE_DEFAULT,
    outcomes=(
        forward("terminated", "终止", CORE_DEFAULT, ends=Ends.TERMINATED, reason_required=True),
        negative("kept", "不予终止", CORE_DEFAULT),
    ),
    **SIDE,
)


def _by_decision(case: Case) -> bool:
    return bool(case.option("disqualification_mode") == "decision") and is_lost(case)


SIDES = (
    SideProcess(
        key="agreement_amendment", title="修改协议", stages=(AMENDMENT,), opened_by=(LEAD, SUBJECT),
        when=lambda case: case.result("agreement_signing", case.ref) == "submit",
        citation=reading("ZJ-Q32", "ZJ-3-7-e"),
    ),
    SideProcess(
        key="disqualification", title="取消项目主体资格", stages=(DISQUALIFICATION,), opened_by=(TASK_FORCE,),
        when=_by_decision, citation=reading("ZJ-Q12", "ZJ-3-7-e"),
    ),
    SideProcess(
        key="termination", title="终止项目", stages=(TERMINATION,), opened_by=(TASK_FORCE,), citation=CORE_DEFAULT,
    ),
)  # fmt: skip
