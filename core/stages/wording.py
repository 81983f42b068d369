"""One state in two vocabularies (办理状态): what the applicant is told, and what the offices call it."""

from core.policy.cases.case import Case
from core.policy.wording import ENDED, TOLD_ENDED
from core.stages.reading import holders_of


def status_of(case: Case) -> dict[str, str]:
    """One state in two vocabularies: the applicant's and the office's."""
    if case.end is not None:
        kind = case.end.kind
        return {"key": kind, "applicant": TOLD_ENDED[kind], "office": ENDED[kind]}
    open_runs = [run for run in case.state.runs if run.is_open]
    titles = "、".join(dict.fromkeys(case.rules.title_of(run.stage) for run in open_runs))
    holders = "、".join(dict.fromkeys(holder.role_title for holder in holders_of(case)))
    return {"key": "running", "applicant": f"正由{holders}办理" if holders else "办理中", "office": titles or "办理中"}
