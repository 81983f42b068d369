"""What dates say of a subject: its deadline, the end of its grace, whether and since when its status is lost."""

from datetime import date, timedelta

from core.policy.cases.case import Case
from core.policy.rules.gating import EffectHit

GRACE = "acceptance_grace"
LOST = "subject_disqualified"
_DAY = timedelta(days=1)


def deadline(case: Case) -> date | None:
    """The date of delivery: as the agreement of this subject says, else as the form does (ZJ-Q09)."""
    if case.result("agreement_signing", case.ref) != "submit":
        return None
    value = case.find("delivery_deadline") or case.find("delivery_time")
    return date.fromisoformat(value) if value else None


def lost_on(case: Case) -> date | None:
    """The first day without the status: the day after the grace, if acceptance was not passed by then (ZJ-3-7-e)."""
    entry = case.entry
    if entry is not None and entry.end is not None and entry.end.gate == LOST:
        return entry.end.on
    due = case.due(GRACE, case.ref)
    if due is None or due.due_on is None or (due.met_on is not None and due.met_on <= due.due_on):
        return None
    return due.due_on + _DAY


def is_lost(case: Case) -> bool:
    """Whether the status of the subject is lost on the day of the act."""
    day = lost_on(case)
    return day is not None and (case.act.on if case.act is not None else case.today) >= day


def disqualified(case: Case) -> EffectHit | None:
    """The loss of status as an effect on the entry: it follows from the dates, whoever has or has not recorded it."""
    day = lost_on(case)
    if day is None or case.option("disqualification_mode") != "automatic":
        return None
    return EffectHit(since=day, reason="超过交付期限三个月未通过验收，项目主体资格取消")
