"""Clocks that stand (中止与扣除期间): by an act on a stated ground, while another stage is open, or by a contract.

Nothing stops a clock unless its limit says so. Each span is kept on the due with its reason and article, so that the
ledger can show why a day did not count.
"""

from datetime import date

import msgspec

from core.kernel.workdays import Ledger, Pause
from core.policy.cases.state import Due, Run
from core.policy.judging.work import Work
from core.policy.rules.flow import Stage
from core.policy.rules.limits import OnPause, PauseRule, TimeLimit


def reckoned(due: Due, ledger: Ledger) -> Due:
    """The due with the dates of its ledger."""
    return msgspec.structs.replace(
        due, due_on=ledger.due_on, calendar_due_on=ledger.calendar_due_on, provisional=ledger.provisional
    )


def agreed_instead(work: Work, limit: TimeLimit, ref: str) -> date | None:
    """The day a contract sets instead of the limit, where a transition lets contracts signed earlier rule."""
    for regulation in work.rules.regulations.values():
        for transition in regulation.transitions:
            term = dict(transition.terms).get(limit.key)
            contract = work.case.main_contract(ref) if term is not None else None
            if contract is None or term not in contract.terms or not transition.applies(work.case):
                continue
            work.touch(transition.citation)
            return date.fromisoformat(contract.terms[term])
    return None


def pause(work: Work, stage: Stage, run: Run) -> None:
    """Stop the clocks of a stage on a ground the text knows, with the reason; anything else is refused."""
    _by_act(work, stage, run, opening=True)


def resume(work: Work, stage: Stage, run: Run) -> None:
    """Let the clocks of a stage run on."""
    _by_act(work, stage, run, opening=False)


def stand(work: Work, run: Run) -> None:
    """Stop the clocks that stand while the stage of a run is open."""
    for limit, rule in work.rules.stopped_by(run.stage):
        for index, due in _running(work, limit):
            _replace(work, index, _opened(work, due, rule, rule.title))


def run_on(work: Work, run: Run) -> None:
    """Let the clocks run on that stood while the stage of a run was open."""
    stopped = work.rules.stopped_by(run.stage)
    if not stopped or any(other.stage == run.stage and other.is_open and other != run for other in work.runs):
        return
    for limit, rule in stopped:
        for index, due in _running(work, limit):
            _replace(work, index, _closed(due, rule.key, work.act.on))


def run_out(work: Work, due: Due, on: date) -> Due:
    """A due that is met while its clock stands: the span ends with the act, and the date is known again."""
    if all(pause.closed_on is not None for pause in due.pauses):
        return due
    ended = _closed(due, None, on)
    return reckoned(ended, work.rules.ledger(ended, work.context.calendar))


def _by_act(work: Work, stage: Stage, run: Run, *, opening: bool) -> None:
    allowed = [limit for limit in work.rules.limits_at(run.stage) if limit.pause is not OnPause.NEVER or limit.pauses]
    if not any(_running(work, limit) for limit in allowed):
        work.core_finding("no_pause", "办法没有规定本期限可以中止，时间照常计算。", citation=stage.citation)
        return
    for limit in allowed:
        rule = _ground(work, stage, limit)
        if work.is_blocked:
            return
        for index, due in _running(work, limit):
            if due.ref not in ("", run.ref):
                continue
            key = rule.key if rule is not None else ""
            changed = _opened(work, due, rule, work.act.reason) if opening else _closed(due, key, work.act.on)
            _replace(work, index, changed)


def _ground(work: Work, stage: Stage, limit: TimeLimit) -> PauseRule | None:
    """The ground an act names; the only one if it names none; nothing where the text leaves the ground open."""
    by_act = tuple(rule for rule in limit.pauses if not rule.while_open)
    if not limit.pauses:
        return None
    named = tuple(rule for rule in by_act if rule.key == work.act.pause or (not work.act.pause and len(by_act) == 1))
    if not named:
        titles = "、".join(rule.title for rule in by_act)
        work.core_finding(
            "no_pause",
            f"“{limit.title}”只能因下列事由扣除时间：{titles or '无'}。",
            citation=limit.citation,
            item=limit.key,
        )
        return None
    rule = named[0]
    work.touch(rule.citation)
    roles = rule.opened_by or stage.actors
    if work.act.role not in roles:
        titles = work.titles_of(roles)
        work.core_finding("not_your_act", f"“{rule.title}”由{titles}登记。", citation=rule.citation, item=work.act.role)
    return rule


def _running(work: Work, limit: TimeLimit) -> list[tuple[int, Due]]:
    return [(index, due) for index, due in enumerate(work.dues) if due.limit == limit.key and due.is_running]


def _opened(work: Work, due: Due, rule: PauseRule | None, reason: str) -> Due:
    key = rule.key if rule is not None else ""
    if any(pause.key == key and pause.closed_on is None for pause in due.pauses):
        return due
    article = work.rules.article(rule.citation.rows) if rule is not None else ""
    if rule is not None:
        work.touch(rule.citation)
        reason = rule.title if reason in ("", rule.title) else f"{rule.title}：{reason}"
    return msgspec.structs.replace(
        due, pauses=(*due.pauses, Pause(opened_on=work.act.on, reason=reason, article=article, key=key))
    )


def _closed(due: Due, key: str | None, on: date) -> Due:
    """Close the open span of that ground, or every open one."""
    return msgspec.structs.replace(
        due,
        pauses=tuple(
            msgspec.structs.replace(pause, closed_on=max(on, pause.opened_on))
            if pause.closed_on is None and key in (None, pause.key)
            else pause
            for pause in due.pauses
        ),
    )


def _replace(work: Work, index: int, due: Due) -> None:
    if due == work.dues[index]:
        return
    work.dues[index] = reckoned(due, work.rules.ledger(due, work.context.calendar))
    work.new_dues.append(work.dues[index])
    work.changed_state()
