"""Self-evaluation, third-party evaluation and putting problems right (效能评估) (第五十至五十四条)."""

from core.policy.cases.case import Case
from core.policy.rules.citations import cite
from core.policy.rules.flow import Holds, Line, Stage, StageKind
from plugins.baiyun.roles import BUREAU
from plugins.baiyun.stages.shapes import ANEW, demand, forward, is_build, task


def largest_contract(case: Case) -> int:
    """The largest main contract; evaluation is a duty of the project by contract amount (第五十二条)."""
    return max((c.amount_fen for c in case.contracts("main")), default=int(case.find("contract", 0)))


def _may_self_evaluate(case: Case) -> bool:
    """Once per project: after final acceptance for building projects, before it for the others."""
    if case.runs("self_evaluation"):
        return False
    return not is_build(case) or case.result("final_acceptance") == "pass"


def must_be_evaluated(case: Case) -> bool:
    """Whether a third-party evaluation is compulsory and has not been held yet (第五十二条第一项)."""
    held = case.result("evaluation_by_choice") == "published"
    return not held and largest_contract(case) >= case.threshold("third_party_eval_mandatory_min")


def _is_under_way(case: Case) -> bool:
    """From implementation until final acceptance has passed: a delayed acceptance is what art. 52(3) looks at."""
    return bool(case.runs("implementation")) and case.result("final_acceptance") != "pass" and case.end is None


def may_be_evaluated(case: Case) -> bool:
    """Whether the bureau may choose to have a project evaluated (第五十二条第二、三项)."""
    under_way = _is_under_way(case)
    if under_way and (case.find("is_key_project") or case.find("is_delayed")):
        return True
    low, high = case.threshold("third_party_eval_optional_min"), case.threshold("third_party_eval_mandatory_min")
    begun = under_way or case.result("final_acceptance") == "pass"
    in_range = low <= largest_contract(case) < high and case.find("project_kind") in ("build", "service")
    return begun and (in_range or largest_contract(case) >= high)


SELF_EVALUATION = task(
    "self_evaluation",
    "效能自评估",
    cite("BY-50", "BY-51-a", "BY-51-b", "BY-51-c"),
    papers=(demand("self_evaluation_report", "self_evaluation_report_missing", cite("BY-51-a")),),
    records=("self_grade",),
    line=Line.OBLIGATION,
    holds=Holds.END,
    when=_may_self_evaluate,
    when_citation=cite("BY-51-b", "BY-51-c"),
)

_ASKS = ("grade", "result_published_on")
_RECORDS = ("evaluation_problems", "evaluation_problems_due_on")
_REPORT = (demand("third_party_evaluation_report", "evaluation_report_missing", cite("BY-52-1", "BY-54-a"), **ANEW),)

THIRD_PARTY_EVALUATION = Stage(
    key="third_party_evaluation",
    title="效能第三方评估",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    decided_by="third_party_evaluator",
    citation=cite("BY-51-d", "BY-52-1"),
    when=must_be_evaluated,
    when_citation=cite("BY-52-1"),
    asks=_ASKS,
    records=_RECORDS,
    papers=_REPORT,
    outcomes=(forward("published", "公布结果", cite("BY-53-a"), opens=("evaluation_rectification",)),),
)

EVALUATION_BY_CHOICE = Stage(
    key="evaluation_by_choice",
    title="效能第三方评估（按需）",
    kind=StageKind.REVIEW,
    actors=(BUREAU,),
    decided_by="third_party_evaluator",
    citation=cite("BY-51-d", "BY-52-2", "BY-52-3"),
    asks=_ASKS,
    records=_RECORDS,
    papers=_REPORT,
    line=Line.SIDE,
    holds=Holds.NOTHING,
    outcomes=(forward("published", "公布结果", cite("BY-53-a"), opens=("evaluation_rectification",)),),
)

EVALUATION_RECTIFICATION = task(
    "evaluation_rectification",
    "评估问题整改",
    cite("BY-53-3"),
    asks=("evaluation_rectified_on",),
    papers=(demand("evaluation_rectification_record", "evaluation_report_missing", cite("BY-53-3"), **ANEW),),
    line=Line.OBLIGATION,
    holds=Holds.END,
    when=lambda case: bool(case.find("evaluation_problems")),
    when_citation=cite("BY-53-3"),
)

EVALUATION = (SELF_EVALUATION, THIRD_PARTY_EVALUATION, EVALUATION_RECTIFICATION)
