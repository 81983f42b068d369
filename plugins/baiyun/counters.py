"""How often something may be tried (次数): the first attempt counts, and like reviews never share a count."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.flow import Ends, to
from core.policy.rules.tracks import Counter, Exhaustion
from plugins.baiyun import thresholds as number

COUNTERS = (
    Counter(
        key="plan_review_max_attempts", code="BY-T15", title="立项计划审核次数", stage="plan_review",
        limit=number.PLAN_REVIEW_ATTEMPTS, gate="plan_attempts_exhausted", on_exhaust=Exhaustion(ends=Ends.REJECTED),
        citation=reading("BY-Q11", "BY-16-d", "BY-22-11"),
    ),
    Counter(
        key="initial_review_max_attempts", code="BY-T16", title="材料初审次数", stage="scheme_initial_review",
        limit=number.INITIAL_REVIEW_ATTEMPTS, gate="initial_review_attempts_exhausted",
        on_exhaust=Exhaustion(ends=Ends.REJECTED), citation=reading("BY-Q12", "BY-20-1-d", "BY-22-12"),
    ),
    Counter(
        key="expert_review_max_attempts", code="BY-T17", title="专家评审次数", stage="scheme_expert_review",
        limit=number.EXPERT_REVIEW_ATTEMPTS, gate="expert_attempts_exhausted",
        on_exhaust=Exhaustion(ends=Ends.REJECTED), citation=reading("BY-Q13", "BY-20-2-d", "BY-22-13"),
    ),
    Counter(
        key="final_acceptance_max_attempts", code="BY-T18", title="最终验收次数", stage="final_acceptance",
        limit=number.FINAL_ACCEPTANCE_ATTEMPTS, gate="acceptance_attempts_exhausted", scope="lot",
        on_exhaust=Exhaustion(ends=Ends.TERMINATED, opens=("termination_filing",)),
        citation=cite("BY-37-2", "BY-47-3-b"),
    ),
    Counter(
        key="acceptance_filing_max_attempts", code="BY-T19", title="验收备案审核次数", stage="acceptance_filing_review",
        limit=number.ACCEPTANCE_FILING_ATTEMPTS, gate="filing_attempts_exhausted", scope="lot",
        on_exhaust=Exhaustion(next=to("filing_failed")), citation=reading("BY-Q30", "BY-48-d"),
    ),
)  # fmt: skip
