"""Checking an act against the rules: who may do it, what is missing, and every gate of its point, all at once."""

from datetime import date

import msgspec

from core.policy.cases.acts import Act
from core.policy.cases.case import UnknownFactError
from core.policy.cases.state import Paper, Run
from core.policy.judging.faults import is_of_plugin
from core.policy.judging.work import Work
from core.policy.rules.flow import CLOSING_ACT, Outcome, OutcomeKind, Stage
from core.policy.rules.gating import Gate, Hit, Point
from core.policy.rules.papers import DocumentType, Freshness, PaperDemand, Severity
from core.policy.rules.regulation import OnExpiry, Regulation
from core.policy.rules.tracks import ByReference

_ORDER = {Severity.NOTE: 0, Severity.WARN: 1, Severity.BLOCK: 2}


def spellings(act: Act) -> tuple[str, ...]:
    """The ways a point may name this act: `decide` and `decide:pass`, `record` and `record:<fact>`, `sign`."""
    signs = ("sign",) if act.contracts else ()
    if act.outcome:
        return (act.name, f"{act.name}:{act.outcome}", *signs)
    if act.name == "record":
        return (act.name, *(f"record:{key}" for key in act.facts), *signs)
    return (act.name, *signs)


def is_guarded(outcome: Outcome | None) -> bool:
    """Gates guard what goes forward; a neutral outcome (return, refusal to take part) is never stopped."""
    return outcome is None or outcome.kind is not OutcomeKind.NEUTRAL


def closing_names(stage: Stage, outcome: Outcome) -> tuple[str, ...]:
    """The ways a point may name the closing of a stage with an outcome, whatever act brought it about."""
    act = CLOSING_ACT[stage.kind]
    return (act, f"{act}:{outcome.key}")


def run_gates(work: Work, stage: str, outcome: Outcome | None, names: tuple[str, ...] = ()) -> None:
    """Evaluate every gate of this point, so that all findings show at once; `names` where the act concludes another."""
    if is_guarded(outcome):
        for gate, point in work.rules.gates_at(stage, *(names or spellings(work.act))):
            _run_gate(work, gate, point)


def _run_gate(work: Work, gate: Gate, point: Point) -> None:
    if is_silent(work, gate):
        return
    work.touch(gate.citation)
    if gate.check is None:
        return
    case = work.case
    case.allowed = gate.needs
    try:
        hits = tuple(gate.check(case))
    except UnknownFactError as error:
        work.unknown(gate, error)
        return
    except Exception as error:
        # A rule may fail in any way: the act is refused with a reference, and nothing else stops.
        if not is_of_plugin(error):
            raise
        work.fault(error, gate)
        return
    finally:
        case.allowed = None
    for hit in hits:
        work.gate_finding(gate, hit, _severity(work, gate, hit.severity or gate.severity, point))


def _severity(work: Work, gate: Gate, found: Severity, point: Point) -> Severity:
    """The severity shown: as found, not above the point's highest, raised where the tenant raised it."""
    shown = softened(work, gate, found if _ORDER[found] <= _ORDER[point.highest] else point.highest)
    raised = (work.rules.options.get("severity_overrides") or {}).get(gate.key)
    if raised is not None and _ORDER[Severity(raised)] > _ORDER[shown]:
        return Severity(raised)
    return shown


def is_silent(work: Work, gate: Gate) -> bool:
    """Whether a gate never speaks here: its bodies have no counterpart on the path, or its text is over and done."""
    analogy = _analogy(work)
    if analogy is not None and gate.key in analogy.silent:
        return True
    regulation = work.rules.regulations.get(gate.regulation) if gate.regulation else None
    return regulation is not None and expiry(work, regulation, work.before.created_on) is OnExpiry.SILENT


def _analogy(work: Work) -> ByReference | None:
    track = work.rules.tracks.get(work.track)
    return track.by_reference if track is not None else None


def softened(work: Work, gate: Gate, severity: Severity) -> Severity:
    """The severity shown where the rule applies by analogy only, or rests on a text that has become advisory."""
    analogy = _analogy(work)
    highest = Severity.BLOCK
    if analogy is not None and gate.key in analogy.softened:
        work.touch(analogy.citation)
        highest = Severity(work.rules.options[analogy.option]) if analogy.option else analogy.severity
    regulation = work.rules.regulations.get(gate.regulation)
    if regulation is not None and expiry(work, regulation, work.before.created_on) is OnExpiry.ADVISORY:
        work.touch(regulation.citation)
        highest = min(highest, Severity.WARN, key=_ORDER.__getitem__)
    return min(severity, highest, key=_ORDER.__getitem__)


def expiry(work: Work, regulation: Regulation, on: date) -> OnExpiry | None:
    """What the end of a text's validity does to a case created on a day; None while it was in force then.

    A renewal or a successor on record keeps it in force for the days it covers.
    """
    if regulation.expires_on is None or on <= regulation.expires_on:
        return None
    if any(r.regulation == regulation.key and r.covers(on) for r in work.context.renewals):
        return None
    chosen = work.rules.options.get(regulation.expiry_option)
    return OnExpiry(chosen) if chosen is not None else regulation.on_expiry


def check_papers(work: Work, stage: Stage, run: Run, concluded: Outcome | None = None) -> None:
    """Find every paper the stage demands at this act, or at the conclusion it brings about, that is not in order."""
    act = work.act
    outcome = concluded or stage.outcome(act.outcome)
    if not is_guarded(outcome):
        return
    forward = outcome is None or outcome.kind is OutcomeKind.FORWARD
    names = closing_names(stage, concluded) if concluded is not None else spellings(act)
    closing = CLOSING_ACT[stage.kind] in names
    for demand in stage.papers:
        applies = demand.act in names or (demand.act == "*" and closing and forward)
        if applies and not is_silent(work, work.rules.gates[demand.gate]) and _holds(work, demand):
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
    problem = "" if not papers and _is_deemed(work, demand.paper, run) else _paper_problem(demand, kind, papers, run)
    if problem:
        work.missing.append(demand.paper)
        gate = work.rules.gates[demand.gate]
        hit = Hit(message=problem, item=demand.paper)
        severity = softened(work, gate, demand.severity)
        work.gate_finding(gate, hit, severity, demand.citation)


def _is_deemed(work: Work, paper: str, run: Run) -> bool:
    """Whether a result that still stands counts as this paper (视同), for the case or for the part the run is about."""
    for done in work.runs:
        if done.is_open or done.overtaken or done.skipped or done.ref not in ("", run.ref):
            continue
        found = work.rules.stage(done.stage, work.track)
        outcome = found[1].outcome(done.outcome) if found is not None else None
        if outcome is not None and paper in outcome.deems:
            work.touch(outcome.citation)
            return True
    return False


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
