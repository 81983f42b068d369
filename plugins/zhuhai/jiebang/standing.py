"""Where the bidders of a challenge stand: agreed, submitted, adopted, announced; and the public notice."""

from datetime import date

from core.policy.cases.case import Case
from core.policy.cases.state import Run

AGREEMENTS = ("feasibility_agreed", "path_agreed", "responsibilities_agreed")


def has_agreed(case: Case) -> bool:
    """Whether the bidder meant has all three agreements with the demand party (第九条)."""
    return all(case.find(key) for key in AGREEMENTS)


def submitted(case: Case) -> tuple[str, ...]:
    """The bidders still running whose plan has been handed in."""
    return tuple(e.id for e in case.entries if case.result("plan_preparation", e.id) == "submit")


def adopted(case: Case) -> tuple[str, ...]:
    """The bidders whose plan the demand party means to adopt."""
    return tuple(e.id for e in case.entries if case.result("plan_opinion", e.id) == "adopt")


def announced(case: Case) -> tuple[str, ...]:
    """The bidders named in the announcement; nobody else can sign (第十一条)."""
    return case.named("selection_announcement")


def is_announced(case: Case) -> bool:
    """Whether the bidder meant is named in the announcement."""
    return case.ref in announced(case)


def payees(case: Case) -> tuple[str, ...]:
    """Every bidder ever announced, its part ended or not: their subsidies add up."""
    return tuple(entry.id for entry in case.state.entries if entry.id in announced(case))


def notice(case: Case) -> Run | None:
    """The current round of the public notice."""
    return case.run("public_notice")


def last_day(case: Case) -> date | None:
    """The last day of that round, which belongs to it."""
    run = notice(case)
    due = case.due("public_notice") if run is not None and run.published_on is not None else None
    return due.due_on if due is not None else None


def day_of(case: Case) -> date:
    """The legal day of the act."""
    return case.act.on if case.act is not None else case.today
