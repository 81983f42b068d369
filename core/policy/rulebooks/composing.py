"""Composing a rulebook: a plugin's answers and a tenant's options, checked as a whole, then indexed and digested.

Everything wrong with a plugin is found here, all at once, and the plugin is refused by name.
"""

import hashlib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from typing import Any

from core.kernel.codec import canonical
from core.policy.proving.remedies import remedy
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.linting import asked_twice, list_problem
from core.policy.rulebooks.outgoing import outgoing_citations, outgoing_problems
from core.policy.rulebooks.partaking import bases, unnamed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rulebooks.unlinked import unlinked
from core.policy.rules.citations import ROW_KINDS, Citation
from core.policy.rules.flow import Next, Stage
from core.policy.rules.tracks import Selected, Track


class PluginRefusedError(Exception):
    """A plugin that cannot be composed: its name, and every object that is wrong with what to do about it."""

    def __init__(self, place: str, problems: tuple[str, ...]) -> None:
        """Keep the place and all problems."""
        super().__init__(f"plugin {place!r} refused:\n" + "\n".join(f"- {p} → {remedy(p)}" for p in problems))
        self.place = place
        self.problems = problems


def compose(answers: Answers, options: dict[str, Any] | None = None) -> Rulebook:
    """Compose answers with a tenant's options.

    Raises: PluginRefusedError naming every problem of the plugin; ValueError for an option value not offered.
    """
    problems = tuple(inconsistencies(answers))
    if problems:
        raise PluginRefusedError(answers.place, problems)
    chosen = {o.key: o.default for o in answers.openings.options}
    for key, value in (options or {}).items():
        option = next((o for o in answers.openings.options if o.key == key or key in o.aliases), None)
        if option is None or (not option.open_values and value not in option.values):
            message = f"option {key!r} of {answers.place!r} does not offer {value!r}"
            raise ValueError(message)
        if problem := list_problem(option, value):
            message = f"option {key!r} of {answers.place!r} {problem}"
            raise ValueError(message)
        chosen[option.key] = value
    digest = hashlib.sha256(canonical([answers.place, answers.edition, answers.sources, _values(answers), chosen]))
    return Rulebook(answers, chosen, digest.hexdigest())


def _values(answers: Answers) -> list[Any]:
    return [[t.key, [[d.since.isoformat(), d.value] for d in t.values]] for t in answers.thresholds]


def inconsistencies(answers: Answers) -> Iterator[str]:
    """Every reference that leads nowhere, every key declared twice, every citation of a row that is not listed."""
    yield from _duplicates(answers)
    yield from _uncited(answers)
    yield from _bad_rows(answers)
    names = _Names(answers)
    for stage in _stages(answers):
        yield from _stage_problems(stage, names)
    yield from _clock_problems(answers, names)
    yield from unlinked(answers, tuple(_stages(answers)))
    yield from outgoing_problems(answers)
    places = names.stages | {side.key for side in answers.sides} | {"", "*"}
    for gate in answers.gates:
        for point in gate.points:
            if point.stage not in places:
                yield f"gate {gate.key}: unknown stage {point.stage!r} in its points"
    segments = {segment.key for segment in answers.segments}
    for track in answers.tracks:
        for key in track.segments:
            if key not in segments:
                yield f"track {track.key}: unknown segment {key!r}"
    yield from asked_twice(answers)
    yield from (f"option {o.key}: {said}" for o in answers.openings.options if (said := list_problem(o, o.default)))
    for track in answers.tracks:
        yield from _by_reference_problems(track, names, {option.key for option in answers.openings.options})


def _by_reference_problems(track: Track, names: "_Names", options: set[str]) -> Iterator[str]:
    analogy = track.by_reference
    if track.result in (Selected.PATH, Selected.UNDECIDED) and not track.segments:
        yield f"track {track.key}: has no segment to go through"
    if analogy is None:
        return
    for gate in sorted(analogy.softened | analogy.silent):
        if gate not in names.gates:
            yield f"track {track.key}: by reference with unknown gate {gate!r}"
    if analogy.option and analogy.option not in options:
        yield f"track {track.key}: by reference with unknown option {analogy.option!r}"


class _Names:
    """The keys a plugin declares, by kind, to hold references against."""

    def __init__(self, answers: Answers) -> None:
        self.stages = {stage.key for stage in _stages(answers)}
        self.gates = {gate.key for gate in answers.gates}
        self.roles = {role.key for role in answers.roles}
        self.facts = {f.key for f in answers.facts} | {a.key for a in answers.amounts}
        self.papers = {p.key for p in answers.papers}
        self.registers = {r.key for r in answers.registers}
        self.limits = {limit.key for limit in answers.limits}
        self.known = self.stages | self.gates | self.roles | self.facts


def _clock_problems(answers: Answers, names: _Names) -> Iterator[str]:
    for counter in answers.counters:
        if counter.stage not in names.stages:
            yield f"counter {counter.key}: unknown stage {counter.stage!r}"
        if counter.gate not in names.gates:
            yield f"counter {counter.key}: unknown gate {counter.gate!r}"
    for limit in answers.limits:
        if limit.stage and limit.stage not in names.stages:
            yield f"limit {limit.key}: unknown stage {limit.stage!r}"
        if limit.late_gate and limit.late_gate not in names.gates:
            yield f"limit {limit.key}: unknown gate {limit.late_gate!r}"
        for key in limit.sums:
            if key not in {other.key for other in answers.limits}:
                yield f"limit {limit.key}: adds up unknown limit {key!r}"
        for rule in limit.pauses:
            if rule.while_open and rule.while_open not in names.stages:
                yield f"limit {limit.key}: stands while unknown stage {rule.while_open!r} is open"


def _stages(answers: Answers) -> Iterator[Stage]:
    for segment in answers.segments:
        yield from segment.stages
    for side in answers.sides:
        yield from side.stages


def _stage_problems(stage: Stage, names: _Names) -> Iterator[str]:
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
        for target in (*_targets(outcome.next), *outcome.opens, *outcome.reopens):
            if target not in names.stages:
                yield f"stage {stage.key}: outcome {outcome.key} leads to unknown stage {target!r}"
    yield from unnamed(stage, names.known, names.limits)
    yield from _review_problems(stage, names)


def _review_problems(stage: Stage, names: _Names) -> Iterator[str]:
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


def _targets(nxt: Next) -> tuple[str, ...]:
    return tuple(t for t in nxt.targets if t not in ("", "onward"))


def _keyed(answers: Answers) -> dict[str, tuple[Any, ...]]:
    return {
        "regulation": answers.regulations,
        "role": answers.roles,
        "fact": (*answers.facts, *answers.amounts),
        "threshold": answers.thresholds,
        "limit": answers.limits,
        "paper": answers.papers,
        "track": answers.tracks,
        "segment": answers.segments,
        "side": answers.sides,
        "counter": answers.counters,
        "gate": answers.gates,
        "effect": answers.effects,
        "register": answers.registers,
        "listing rule": answers.listing_rules,
        "option": answers.openings.options,
        "parameter": answers.openings.parameters,
        "total": answers.openings.totals,
    }


def _duplicates(answers: Answers) -> Iterator[str]:
    for kind, objects in _keyed(answers).items():
        for key, count in Tally(o.key for o in objects).items():
            if count > 1:
                yield f"{kind} {key}: declared {count} times"
    for row, count in Tally(r.id for r in answers.rows).items():
        if count > 1:
            yield f"row {row}: listed {count} times"


def _uncited(answers: Answers) -> Iterator[str]:
    known = {row.id for row in answers.rows}
    for name, citation in citations(answers):
        for row in citation.rows:
            if row not in known:
                yield f"{name}: cites unknown row {row!r}"


def _bad_rows(answers: Answers) -> Iterator[str]:
    for row in answers.rows:
        if row.kind not in ROW_KINDS:
            yield f"row {row.id}: unknown kind {row.kind!r}"


def citations(answers: Answers) -> Iterator[tuple[str, Citation]]:
    """Every citation in a plugin's answers with the name of the object it stands on."""
    for kind, objects in _keyed(answers).items():
        for item in objects:
            yield from _of_item(kind, item)
    yield from outgoing_citations(answers)
    for stage in _stages(answers):
        yield f"stage {stage.key}", stage.citation
        yield from ((f"stage {stage.key}", c) for c in _inner(stage))
    for point in answers.selection_points:
        yield f"selection at {point.stage}", point.citation
    for slot in answers.openings.slots:
        yield f"slot {slot.key}", slot.citation
    for silence in answers.openings.silences:
        yield f"silence {silence.key}", silence.citation


def _of_item(kind: str, item: Any) -> Iterator[tuple[str, Citation]]:
    yield f"{kind} {item.key}", item.citation
    if kind == "gate" and item.waiver is not None:
        yield f"waiver of {item.key}", item.waiver.citation
    if kind == "listing rule":
        parts = (item.ownership, item.price, item.purchase, item.costs)
        yield from ((f"listing rule {item.key}", part.citation) for part in parts if part is not None)
    if kind == "regulation":
        yield from ((f"transition {transition.key}", transition.citation) for transition in item.transitions)
    if kind == "limit":
        yield from ((f"pause {rule.key} of {item.key}", rule.citation) for rule in item.pauses)
    if kind == "track" and item.by_reference is not None:
        yield f"track {item.key} by reference", item.by_reference.citation


def _inner(stage: Stage) -> Iterable[Citation]:
    yield from (o.citation for o in stage.outcomes)
    yield from (d.citation for d in stage.papers)
    yield from bases(stage)
    if stage.when_citation is not None:
        yield stage.when_citation
    review = stage.review
    if review is not None:
        yield review.citation
        yield from (citation for _, _, citation in review.items)
        yield from (r.citation for r in review.reviewers)
        if review.panel is not None:
            yield review.panel.citation
