"""Public notices at work (公示): published for their period, objected to, the objections settled, then completed."""

from datetime import date

import msgspec

from core.policy.cases.state import Objection, Run
from core.policy.judging import clocks
from core.policy.judging.checking import apply_waivers, check_papers, run_gates
from core.policy.judging.intake import take_in
from core.policy.judging.locating import check_role, stage_of
from core.policy.judging.work import Work
from core.policy.rules.citations import CORE_DEFAULT
from core.policy.rules.flow import Outcome, OutcomeKind, Stage
from core.policy.rules.gating import Hit
from core.policy.rules.limits import StartKind
from core.policy.rules.papers import Severity

SETTLED = frozenset({"dismissed", "upheld"})


def publish(work: Work) -> None:
    """Publish a notice: its period begins; what closes it is its completion."""
    located = stage_of(work)
    if located is None:
        return
    stage, run = located
    check_role(work, stage, stage.actors)
    take_in(work, stage)
    check_papers(work, stage, run)
    run_gates(work, stage.key, None)
    if run.published_on is not None:
        message = f"“{stage.title}”已于 {run.published_on.isoformat()} 发布。"
        work.core_finding("notice_published", message, citation=stage.citation)
    apply_waivers(work)
    if not work.is_blocked:
        work.replace_run(run, msgspec.structs.replace(run, published_on=work.act.on))
        for limit in work.rules.limits_at(stage.key):
            if limit.start.kind is StartKind.PUBLISHED:
                clocks.start_limit(work, limit, work.act.on, n=run.n, ref=run.ref)


def object_to(work: Work) -> None:
    """Receive objections: in time they hold the completion until settled, late ones are kept and told as late."""
    found = _notice_of(work)
    if found is None:
        return
    stage, run = found
    notice = stage.notice
    if notice is None or work.act.role not in (*notice.objectors, *stage.actors):
        check_role(work, stage, notice.objectors if notice is not None else stage.actors)
        return
    work.touch(notice.citation)
    last = last_day(work, stage, run)
    received = []
    for given in work.act.objections:
        on = given.on or work.act.on
        is_late = not run.is_open or (last is not None and on > last)
        if any(o.id == given.id for o in run.objections):
            work.core_finding("objection_known", "该异议已经登记。", citation=notice.citation, item=given.id)
        if is_late:
            gate = work.rules.gates[notice.late_gate]
            hit = Hit(message="异议在公示期满后收到,已登记,不影响后续办理。", item=given.id)
            work.gate_finding(gate, hit, Severity.WARN, notice.citation)
        received.append(Objection(id=given.id, by=given.by, text=given.text, on=on, late=is_late))
    work.replace_run(run, msgspec.structs.replace(run, objections=(*run.objections, *received)))


def _notice_of(work: Work) -> tuple[Stage, Run] | None:
    """The notice objected to: the one that runs, or the last one published."""
    found = work.rules.stage(work.act.stage, work.track)
    run = work.find_open(work.act.stage, work.act.ref) or work.case.result_run(work.act.stage)
    if found is not None and run is not None and run.published_on is not None:
        return found[1], run
    citation = found[1].citation if found is not None else CORE_DEFAULT
    work.core_finding("notice_not_published", "尚未公示,不能提出异议。", citation=citation, item=work.act.stage)
    return None


def settle(work: Work) -> None:
    """Decide on objections: dismissed or upheld, each with its reason, by who answers for the notice."""
    found = stage_of(work)
    if found is None:
        return
    stage, run = found
    check_role(work, stage, stage.actors)
    decided = {given.id: given for given in work.act.objections}
    kept = []
    for objection in run.objections:
        given = decided.pop(objection.id, None)
        if given is None:
            kept.append(objection)
            continue
        reason = given.reason or work.act.reason
        if given.state not in SETTLED or not reason:
            message = "异议须作出成立或不成立的处理并说明理由。"
            work.core_finding("objection_unsettled", message, citation=stage.citation, item=objection.id)
        change = {"state": given.state, "reason": reason, "decided_on": work.act.on}
        kept.append(msgspec.structs.replace(objection, **change))
    for unknown in decided:
        work.core_finding("objection_unknown", "没有登记过该异议。", citation=stage.citation, item=unknown)
    work.replace_run(run, msgspec.structs.replace(run, objections=tuple(kept)))


def last_day(work: Work, stage: Stage, run: Run) -> date | None:
    """The last day of the period, which belongs to it."""
    if stage.notice is None or not stage.notice.limit:
        return None
    key = stage.notice.limit
    due = next((d for d in reversed(work.dues) if (d.limit, d.n, d.ref) == (key, run.n, run.ref)), None)
    return due.due_on if due is not None else None


def check_notice(work: Work, stage: Stage, run: Run, outcome: Outcome) -> None:
    """Find what still stands in the way of completing a notice: not published, not over, an objection in time."""
    notice = stage.notice
    if notice is None or outcome.kind is not OutcomeKind.FORWARD:
        return
    work.touch(notice.citation)
    over = work.rules.gates[notice.over_gate]
    last = last_day(work, stage, run)
    if run.published_on is None:
        work.gate_finding(over, Hit(message="尚未发布公示。"), over.severity)
    elif last is not None and work.act.on <= last:
        message = f"公示至 {last.isoformat()} 止,期满次日起才能办理下一步。"
        work.gate_finding(over, Hit(message=message, evidence={"last_day": last.isoformat()}), over.severity)
    gate = work.rules.gates[notice.objection_gate]
    for objection in run.objections:
        if not objection.late and objection.state != "dismissed":
            said = "成立" if objection.state == "upheld" else "尚未处理"
            hit = Hit(message=f"公示期内收到的异议{said},不能办理下一步。", item=objection.id)
            work.gate_finding(gate, hit, gate.severity)
