"""Checking an act against the rules: who may do it, what is missing, and every gate of its point, all at once."""

import msgspec

from core.policy.acts import Act
from core.policy.case import UnknownFactError
from core.policy.flow import CLOSING_ACT, Outcome, OutcomeKind, Stage
from core.policy.gating import Gate, Hit, Point
from core.policy.papers import DocumentType, Freshness, PaperDemand, Severity
from core.policy.state import Paper, Run
from core.policy.work import Work

_ORDER = {Severity.NOTE: 0, Severity.WARN: 1, Severity.BLOCK: 2}


def spellings(act: Act) -> tuple[str, ...]:
    """The ways a point may name this act: `decide` and `decide:pass`, `record` and `record:<fact>`."""
    if act.outcome:
        return (act.name, f"{act.name}:{act.outcome}")
    if act.name == "record":
        return (act.name, *(f"record:{key}" for key in act.facts))
    return (act.name,)


def is_guarded(outcome: Outcome | None) -> bool:
    """Gates guard what goes forward; a neutral outcome (return, refusal to take part) is never stopped."""
    return outcome is None or outcome.kind is not OutcomeKind.NEUTRAL


def run_gates(work: Work, stage: str, outcome: Outcome | None) -> None:
    """Evaluate every gate of this point, so that all findings show at once."""
    if is_guarded(outcome):
        for gate, point in work.rules.gates_at(stage, *spellings(work.act)):
            _run_gate(work, gate, point)


def _run_gate(work: Work, gate: Gate, point: Point) -> None:
    work.touch(gate.citation)
    if gate.check is None:
        return
    case = work.case
    case.allowed = frozenset(gate.needs)
    try:
        hits = tuple(gate.check(case))
    except UnknownFactError as error:
        work.unknown(gate, error)
        return
    finally:
        case.allowed = None
    for hit in hits:
        work.gate_finding(gate, hit, _severity(work, gate, hit.severity or gate.severity, point))


def _severity(work: Work, gate: Gate, found: Severity, point: Point) -> Severity:
    """The severity shown: as found, not above the point's highest, raised where the tenant raised it."""
    shown = found if _ORDER[found] <= _ORDER[point.highest] else point.highest
    raised = (work.rules.options.get("severity_overrides") or {}).get(gate.key)
    if raised is not None and _ORDER[Severity(raised)] > _ORDER[shown]:
        return Severity(raised)
    return shown


def check_papers(work: Work, stage: Stage, run: Run) -> None:
    """Find every paper the stage demands at this act that is missing, unsealed, stale or too few."""
    act = work.act
    outcome = stage.outcome(act.outcome)
    if not is_guarded(outcome):
        return
    forward = outcome is None or outcome.kind is OutcomeKind.FORWARD
    names = spellings(act)
    closing = CLOSING_ACT[stage.kind] == act.name
    for demand in stage.papers:
        applies = demand.act in names or (demand.act == "*" and closing and forward)
        if applies and (demand.when is None or _holds(work, demand)):
            work.touch(demand.citation)
            _check_demand(work, demand, run)


def _holds(work: Work, demand: PaperDemand) -> bool:
    try:
        return demand.when is None or demand.when(work.case)
    except UnknownFactError as error:
        work.unknown(work.rules.gates[demand.gate], error)
        return False


def _check_demand(work: Work, demand: PaperDemand, run: Run) -> None:
    kind = work.rules.papers[demand.paper]
    papers = work.case.papers(demand.paper, run.ref if demand.per_ref else None)
    problem = _paper_problem(demand, kind, papers, run)
    if problem:
        work.missing.append(demand.paper)
        gate = work.rules.gates[demand.gate]
        hit = Hit(message=problem, item=demand.paper)
        severity = demand.severity
        work.gate_finding(gate, hit, severity, demand.citation)


def _paper_problem(demand: PaperDemand, kind: DocumentType, papers: tuple[Paper, ...], run: Run) -> str:
    if demand.freshness is Freshness.SINCE_OPENED:
        fresh = tuple(p for p in papers if p.seq > run.opened_seq)
        if papers and not fresh:
            return f"《{kind.title}》需提交本次调整后的新版本。"
        papers = fresh
    if not papers:
        return f"缺少《{kind.title}》。"
    if len(papers) < demand.minimum:
        return f"《{kind.title}》至少需要 {demand.minimum} 份,现有 {len(papers)} 份。"
    latest = papers[-1]
    if (kind.sealed or demand.sealed) and not latest.sealed:
        return f"《{kind.title}》未加盖公章。"
    absent = tuple(r for r in kind.recipients if latest.recipients and r not in latest.recipients)
    return f"《{kind.title}》还需报送:{'、'.join(absent)}。" if absent else ""


def apply_waivers(work: Work) -> None:
    """Mark findings lifted for this case by a role that may, with a reason; the others stay."""
    uses = {w.gate: w for w in work.waivers if w.reason}
    for index, finding in enumerate(work.findings):
        use = uses.get(finding.gate)
        if use is not None and use.role in finding.waivable_by:
            work.findings[index] = msgspec.structs.replace(finding, waived=True)
