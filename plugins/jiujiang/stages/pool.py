"""The reserve pool: screening by the county, collection of demands, evaluation, decision, the province (第十一至十三条)."""

from typing import Any

from core.policy.cases.case import Case
from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, to
from plugins.jiujiang.measures import over_limit, skips_pool
from plugins.jiujiang.roles import COORDINATOR, GROUP, OFFICE, PROJECT, PROVINCE_OFFICE
from plugins.jiujiang.stages.shapes import ANEW, INCOMPLETE, PASS, demand, forward, negative, review, task


def _in_pool_line(case: Case) -> bool:
    return not skips_pool(case)


_POOL: dict[str, Any] = {"when": _in_pool_line, "when_citation": cite("JJ-17-3")}
# A demand that is not taken in may be put forward in a later collection.
_LATER = reading("JJ-Q13", "JJ-11-2", note="可在以后的征集中再次提出")

COUNTY_SCREENING = review(
    "county_screening",
    "县级统筹把关",
    cite("JJ-12-1", "JJ-21-1"),
    COORDINATOR,
    outcomes=(
        forward("reported", "同意上报", cite("JJ-12-1", "JJ-21-1")),
        negative("not_reported", "不予上报", reading("JJ-Q13", "JJ-12-1"), ends=Ends.REJECTED),
    ),
    papers=(demand("county_report", "county_not_screened", cite("JJ-12-1"), act="decide:reported"),),
)

DEMAND_COLLECTION = task(
    "demand_collection",
    "建设需求征集",
    cite("JJ-11-1", "JJ-6-1"),
    PROJECT,
    COORDINATOR,
    asks=("declared", "project_type", "goals", "in_upper_plan"),
    papers=(demand("demand", INCOMPLETE, cite("JJ-11-1")),),
    **_POOL,
)

POOL_EVALUATION = review(
    "pool_evaluation",
    "入库论证评估",
    cite("JJ-11-2", "JJ-4-2"),
    OFFICE,
    outcomes=(
        forward("pass", "通过", cite("JJ-11-2")),
        negative("not_pass", "不通过", _LATER, ends=Ends.REJECTED),
    ),
    papers=(demand("pool_evaluation_opinion", "review_papers_missing", cite("JJ-11-2"), act=PASS),),
    **_POOL,
)

POOL_APPROVAL = review(
    "pool_approval",
    "入库审定",
    cite("JJ-11-2", "JJ-4-1"),
    GROUP,
    outcomes=(
        forward("admitted", "入库", cite("JJ-11-2", "JJ-12-1")),
        negative("not_admitted", "不予入库", _LATER, ends=Ends.REJECTED),
    ),
    papers=(demand("pool_decision", "review_papers_missing", cite("JJ-11-2"), act="decide:admitted"),),
    **_POOL,
)

# A project that does not pass stays in the pool and waits for another evaluation; it cannot apply meanwhile.
PROVINCIAL_EVALUATION = review(
    "provincial_evaluation",
    "省级论证评估",
    cite("JJ-13-1", "JJ-13-2", "JJ-13-3", "JJ-42"),
    PROVINCE_OFFICE,
    OFFICE,
    decided_by=PROVINCE_OFFICE,
    outcomes=(
        forward("pass", "通过", cite("JJ-13-3")),
        negative("not_pass", "未通过", reading("JJ-Q13", "JJ-13-3"), next=to("provincial_evaluation")),
    ),
    when=over_limit,
    when_citation=cite("JJ-13-1", "JJ-13-2", "JJ-13-4", "JJ-42"),
    papers=(demand("provincial_evaluation_result", "review_papers_missing", cite("JJ-13-3"), act=PASS, **ANEW),),
)

POOL = (DEMAND_COLLECTION, POOL_EVALUATION, POOL_APPROVAL, PROVINCIAL_EVALUATION)
COUNTY_POOL = (COUNTY_SCREENING, *POOL)
