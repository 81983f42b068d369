"""The decision: a pure function of rulebook, stored state, surroundings and act (判定).

Everything a case can be asked goes through `decide`. It never reads a clock, a database or chance; the same
inputs give the same ruling for ever, which is what receipts and scenarios rest on.
"""

from collections.abc import Callable

import msgspec

from core.policy.cases.acts import ACT_NAMES, Act, Decision, Ruling, StageRef
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.cases.state import CaseState, Run
from core.policy.judging import closing, creating, lapsing, noticing, recording, siding
from core.policy.judging.checking import apply_waivers
from core.policy.judging.faults import is_of_plugin
from core.policy.judging.work import Work
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import CLOSING_ACT, StageKind
from core.policy.wording import ENDED


def _publish(work: Work) -> None:
    """A publication closes its stage; a notice only begins with it."""
    found = work.rules.stage(work.act.stage, work.track)
    is_notice = found is not None and found[1].kind is StageKind.NOTICE
    (noticing.publish if is_notice else closing.close)(work)


_HANDLERS: dict[str, Callable[[Work], None]] = {
    "create": creating.create,
    "withdraw": creating.withdraw,
    "hand_in": recording.hand_in,
    "record": recording.record,
    "opine": recording.opine,
    "invite": recording.invite,
    "pause": recording.pause,
    "resume": recording.resume,
    "open": siding.open_side,
    "elapse": lapsing.elapse,
    "object": noticing.object_to,
    "settle": noticing.settle,
    **dict.fromkeys(CLOSING_ACT.values(), closing.close),
    "publish": _publish,
}


def decide(rules: Rulebook, state: CaseState, context: Context, act: Act) -> Ruling:
    """Judge one act on one case.

    Returns the decision with all findings at once, and the state it leads to; the state is the one given when
    the act is refused. Facts, items and answers count the same in any order.

    Raises: LookupError for an act name the engine does not know (a programming error).
    """
    if act.name not in ACT_NAMES:
        message = f"unknown act {act.name!r}"
        raise LookupError(message)
    work = Work(rules, state, context, _in_order(act))
    try:
        return _judged(work, state, context)
    except Exception as error:
        # Whatever a rule raises refuses this act with a reference; a mistake of our own is not hidden.
        if not is_of_plugin(error):
            raise
        work.fault(error)
        return Ruling(decision=_refused(work), after=state)


def _judged(work: Work, state: CaseState, context: Context) -> Ruling:
    rules, act = work.rules, work.act
    lapsing.let_lapse(work)
    if _may_begin(work):
        _HANDLERS[act.name](work)
    apply_waivers(work)
    if work.is_blocked:
        return Ruling(decision=_refused(work), after=state)
    lapsing.retell(work)
    after = work.freeze()
    caused = frozenset() if act.name == "create" else frozenset(rules.effects_from(Case(state, context, rules)))
    causes = frozenset(rules.effects_from(Case(after, context, rules)))
    for key in caused ^ causes:
        work.touch(rules.effects[key].citation)
    return Ruling(
        decision=_accepted(work, after, tuple(sorted(causes - caused)), tuple(sorted(caused - causes))), after=after
    )


def _in_order(act: Act) -> Act:
    """The act with its mappings in the order of their keys: what a client or a store writes first decides nothing."""
    mappings = {name: getattr(act, name) for name in ("facts", "items", "answers")}
    return msgspec.structs.replace(act, **{name: dict(sorted(values.items())) for name, values in mappings.items()})


def _refused(work: Work) -> Decision:
    return Decision(
        accepted=False,
        findings=tuple(work.findings),
        track=work.before.track,
        left_open=_open_refs(work.before.runs),
        missing=tuple(work.missing),
        touched=tuple(sorted(work.touched)),
        end=work.before.end,
    )


def _accepted(work: Work, after: CaseState, started: tuple[str, ...], ended: tuple[str, ...]) -> Decision:
    fresh = {(r.stage, r.n, r.ref) for r in work.opened}
    return Decision(
        accepted=True,
        findings=tuple(work.findings),
        track=after.track,
        opened=tuple(work.opened),
        closed=tuple(work.closed),
        skipped=tuple(work.skipped),
        left_open=tuple(r for r in _open_refs(after.runs) if (r.stage, r.n, r.ref) not in fresh),
        dues=tuple(work.new_dues),
        counted=tuple(work.counted),
        missing=tuple(work.missing),
        effects_started=started,
        effects_ended=ended,
        end=after.end,
        touched=tuple(sorted(work.touched)),
    )


def _open_refs(runs: tuple[Run, ...]) -> tuple[StageRef, ...]:
    return tuple(StageRef(stage=r.stage, n=r.n, ref=r.ref) for r in runs if r.is_open)


def _may_begin(work: Work) -> bool:
    """Refuse any act on a case that has ended, save on what outlives its end."""
    end = work.before.end
    if end is None or work.act.name == "create":
        return True
    side = work.rules.side(work.act.side)
    run = work.find_open(work.act.stage, work.act.ref)
    if run is not None or (side is not None and side.after_end):
        return True
    if work.act.name in CLOSING_ACT.values():
        closing.gates_of_unopened(work)
    message = f"项目已于 {end.on.isoformat()} {ENDED[end.kind]},不能再办理。{end.reason}"
    work.core_finding(end.gate or "case_ended", message)
    if end.rows:
        work.touched.update(dict.fromkeys(end.rows))
        work.findings[-1] = msgspec.structs.replace(
            work.findings[-1], rows=end.rows, article=work.rules.article(end.rows), provenance="text"
        )
    return False
