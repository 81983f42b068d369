"""References of a plugin's answers: every stage, role, gate, fact, paper or limit that one names is declared."""

from collections.abc import Iterator

from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.names import Names
from core.policy.rulebooks.partaking import unnamed
from core.policy.rules.flow import Outcome, Stage
from core.policy.rules.limits import Lapse, TimeLimit
from core.policy.rules.tracks import Selected, Track


def unlinked(answers: Answers, names: Names) -> Iterator[str]:
    """Every reference that leads nowhere."""
    for stage in answers.stages:
        yield from _stage_problems(stage, names)
    for counter in answers.counters:
        if counter.stage not in names.stages:
            yield f"counter {counter.key}: unknown stage {counter.stage!r}"
        if counter.gate not in names.gates:
            yield f"counter {counter.key}: unknown gate {counter.gate!r}"
    for limit in answers.limits:
        yield from (f"limit {limit.key}: {problem}" for problem in _limit_problems(limit, names))
    yield from _register_problems(answers, names)
    yield from _gate_problems(answers, names)
    for track in answers.tracks:
        yield from (f"track {track.key}: {problem}" for problem in _track_problems(track, names))


def _stage_problems(stage: Stage, names: Names) -> Iterator[str]:
    for role in stage.actors:
        if role not in names.roles:
            yield f"stage {stage.key}: unknown role {role!r}"
    for key in (*stage.asks, *stage.records):
        if key not in names.facts:
            yield f"stage {stage.key}: unknown fact {key!r}"
    for demand in stage.papers:
        if demand.paper not in names.papers:
            yield f"stage {stage.key}: unknown paper {demand.paper!r}"
        if demand.gate not in names.gates:
            yield f"stage {stage.key}: paper {demand.paper} speaks through unknown gate {demand.gate!r}"
    for outcome in stage.outcomes:
        yield from (f"stage {stage.key}: outcome {outcome.key} {problem}" for problem in _led(outcome, names))
    yield from unnamed(stage, names)
    yield from _review_problems(stage, names)


def _led(outcome: Outcome, names: Names) -> Iterator[str]:
    targets = (target for target in outcome.next.targets if target not in ("", "onward"))
    for target in (*targets, *outcome.opens, *outcome.reopens):
        if target not in names.stages:
            yield f"leads to unknown stage {target!r}"
    for key in outcome.deems:
        if key not in names.papers:
            yield f"counts as unknown paper {key!r}"


def _review_problems(stage: Stage, names: Names) -> Iterator[str]:
    review = stage.review
    if review is None:
        return
    for reviewer in review.reviewers:
        if reviewer.role not in names.roles:
            yield f"stage {stage.key}: unknown reviewer {reviewer.role!r}"
    for key in review.worst_first:
        if stage.outcome(key) is None:
            yield f"stage {stage.key}: ranks opinions by the unknown outcome {key!r}"
    panel = review.panel
    if panel is not None:
        for library in panel.libraries:
            if library not in names.registers:
                yield f"stage {stage.key}: unknown library {library!r}"
        for gate in (panel.library_gate, panel.meeting_gate):
            if gate and gate not in names.gates:
                yield f"stage {stage.key}: panel speaks through unknown gate {gate!r}"


def _limit_problems(limit: TimeLimit, names: Names) -> Iterator[str]:
    if limit.stage and limit.stage not in names.stages:
        yield f"unknown stage {limit.stage!r}"
    if limit.late_gate and limit.late_gate not in names.gates:
        yield f"unknown gate {limit.late_gate!r}"
    for key in limit.sums:
        if key not in names.limits:
            yield f"adds up unknown limit {key!r}"
    for rule in limit.pauses:
        if rule.while_open and rule.while_open not in names.stages:
            yield f"stands while unknown stage {rule.while_open!r} is open"
    if limit.met_by is not None and limit.met_by not in names.results:
        yield f"is met by unknown result {':'.join(limit.met_by)!r}"
    if limit.lapse is not None:
        yield from _lapse_problems(limit.lapse, names)


def _lapse_problems(lapse: Lapse, names: Names) -> Iterator[str]:
    if lapse.gate not in names.gates:
        yield f"lapses through unknown gate {lapse.gate!r}"
    for key in lapse.nobody:
        if key not in names.stages:
            yield f"its lapse opens unknown stage {key!r}"


def _register_problems(answers: Answers, names: Names) -> Iterator[str]:
    for register in answers.registers:
        admitting = (register.admits,) if register.admits is not None else ()
        for result in (*admitting, *register.renews):
            if result not in names.results:
                yield f"register {register.key}: admits by unknown result {':'.join(result)!r}"
        for key in register.carries:
            if key not in names.facts:
                yield f"register {register.key}: carries unknown fact {key!r}"
        if register.matched_on and register.matched_on not in register.carries:
            yield f"register {register.key}: is matched on {register.matched_on!r}, which it does not carry"


def _gate_problems(answers: Answers, names: Names) -> Iterator[str]:
    """A gate reads facts, never amounts: they are asked in the rulebooks below, which have their own ladder."""
    places = names.stages | {side.key for side in answers.sides} | {"", "*"}
    facts = {fact.key for fact in answers.facts}
    for gate in answers.gates:
        yield from (f"gate {gate.key}: reads unknown fact {key!r}" for key in gate.reads if key not in facts)
        for point in gate.points:
            if point.stage not in places:
                yield f"gate {gate.key}: unknown stage {point.stage!r} in its points"


def _track_problems(track: Track, names: Names) -> Iterator[str]:
    for key in track.segments:
        if key not in names.segments:
            yield f"unknown segment {key!r}"
    if track.result in (Selected.PATH, Selected.UNDECIDED) and not track.segments:
        yield "has no segment to go through"
    analogy = track.by_reference
    if analogy is None:
        return
    for gate in sorted(analogy.softened | analogy.silent):
        if gate not in names.gates:
            yield f"by reference with unknown gate {gate!r}"
    if analogy.option and analogy.option not in names.options:
        yield f"by reference with unknown option {analogy.option!r}"
