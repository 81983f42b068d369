"""Yearly totals (年度累计): what a result adds to the sum of its year, for the stage where it is declared to count."""

from core.policy.cases.acts import Counted
from core.policy.cases.state import Run
from core.policy.judging.work import Work
from core.policy.rules.flow import Outcome, Stage
from core.policy.rules.values import RunningTotal


def count_up(work: Work, stage: Stage, outcome: Outcome, run: Run) -> None:
    """Add what this result says to the totals it counts for."""
    for total in work.rules.totals.values():
        if (total.stage, total.outcome) != (stage.key, outcome.key):
            continue
        view = work.case.at(run.ref)
        year = total.year(view) if total.year is not None else work.act.on.year
        work.touch(total.citation)
        work.counted.append(Counted(total=total.key, year=year, amount_fen=total.amount(view)))


def counts_at(totals: dict[str, RunningTotal], stage: str) -> tuple[RunningTotal, ...]:
    """The totals a stage may add to: core locks them before it judges an act there."""
    return tuple(total for total in totals.values() if total.stage == stage)
