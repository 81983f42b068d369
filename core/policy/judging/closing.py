"""Closing a stage: submit, decide, lodge, complete, publish or pay, with everything that must hold for it."""

import msgspec

from core.policy.cases.state import Run
from core.policy.judging import clocks, moving
from core.policy.judging.checking import apply_waivers, check_papers, run_gates
from core.policy.judging.intake import take_in
from core.policy.judging.locating import check_role, stage_of
from core.policy.judging.noticing import check_notice
from core.policy.judging.reviewing import answer_defects, check_conclusion, check_winners, merged_defects
from core.policy.judging.selecting import check_taken
from core.policy.judging.siding import open_started_sides
from core.policy.judging.work import Work
from core.policy.rules.flow import CLOSING_ACT, Outcome, OutcomeKind, Stage


def close(work: Work) -> None:
    """Submit, decide, lodge, complete, publish or pay: the act that closes a stage."""
    found = stage_of(work)
    if found is None:
        gates_of_unopened(work)
        return
    stage, run = found
    act = work.act
    if act.name != CLOSING_ACT[stage.kind]:
        work.core_finding("wrong_act", f"“{stage.title}”不是以这种方式办理的环节。", citation=stage.citation)
        return
    check_role(work, stage, stage.actors)
    take_in(work, stage)
    outcome = _outcome_of(work, stage)
    if outcome is None:
        return
    if act.name == "submit":
        answer_defects(work, run.came_from)
        run = work.find_open(act.stage, act.ref) or run
        if not work.track_locked:
            check_taken(work)
        moving.reselect(work)
        found_again = work.rules.stage(stage.key, work.track)
        stage = found_again[1] if found_again is not None else stage
    _check_asked(work, stage, outcome)
    check_papers(work, stage, run)
    check_conclusion(work, stage, run, outcome)
    check_notice(work, stage, run, outcome)
    check_winners(work, stage, outcome)
    run_gates(work, stage.key, outcome)
    _check_choice(work, outcome)
    apply_waivers(work)
    if not work.is_blocked:
        clocks.restart_on_facts(work, act)
        moving.close_run(work, stage, run, outcome, _closed(work, stage, run, outcome))
        open_started_sides(work)


def gates_of_unopened(work: Work) -> None:
    """Even for a stage not yet reached, say everything that stands in the way, not only that it is early."""
    found = work.rules.stage(work.act.stage, work.track)
    if found is not None and work.act.name == CLOSING_ACT[found[1].kind]:
        take_in(work, None)
        run_gates(work, work.act.stage, found[1].outcome(work.act.outcome))


def _outcome_of(work: Work, stage: Stage) -> Outcome | None:
    key = work.act.outcome
    if not key and len(stage.outcomes) == 1:
        return stage.outcomes[0]
    if not key:
        key = next((o.key for o in stage.outcomes if o.kind is OutcomeKind.FORWARD), "")
        if work.act.name == "decide":
            key = ""
    outcome = stage.outcome(key)
    if outcome is None:
        titles = "、".join(o.title for o in stage.outcomes)
        work.core_finding("unknown_outcome", f"“{stage.title}”的结论只能是:{titles}。", citation=stage.citation)
    return outcome


def _check_asked(work: Work, stage: Stage, outcome: Outcome) -> None:
    """Every required fact the stage asks must be known before it goes forward, and the day a period is moved to."""
    asked = stage.asks if outcome.kind is OutcomeKind.FORWARD else ()
    needed = [key for key in asked if _is_required(work, key)]
    if outcome.extends is not None:
        needed.append(outcome.extends.to_fact)
    for key in needed:
        if key not in work.values_of(key):
            work.fact_missing(key)


def _is_required(work: Work, key: str) -> bool:
    fact = work.rules.facts.get(key)
    return key in work.rules.amounts or (fact is not None and fact.required and not fact.has_default)


def _check_choice(work: Work, outcome: Outcome) -> None:
    wrong = [key for key in work.act.to if key not in outcome.next.targets]
    if work.act.to and wrong:
        titles = "、".join(work.rules.title_of(k) for k in outcome.next.targets)
        work.core_finding("wrong_target", f"只能转到:{titles}。", citation=outcome.citation)


def _closed(work: Work, stage: Stage, run: Run, outcome: Outcome) -> Run:
    act = work.act
    keeps = stage.review is not None and stage.review.defects and outcome.kind is not OutcomeKind.NEUTRAL
    defects = merged_defects(work, stage.key, run.n) if keeps else act.defects
    asked = stage.asks if outcome.kind is OutcomeKind.FORWARD else ()
    return msgspec.structs.replace(
        run,
        closed_on=act.on,
        closed_seq=work.seq,
        outcome=outcome.key,
        role=act.role,
        by=act.by,
        reason=act.reason,
        items={**run.items, **act.items},
        asked={key: work.values_of(key)[key] for key in asked if key in work.values_of(key)},
        named=stage.names(work.case) if stage.names is not None else (),
        defects=defects,
        panel=act.panel or run.panel,
    )
