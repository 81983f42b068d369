"""Nothing nameless, idle or without a basis: titles, codes, citations, gates, clocks."""

import re
from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any

from core.kernel.workdays import LimitKind
from core.policy.cases.state import Contract
from core.policy.rulebooks.composing import citations
from core.policy.rulebooks.partaking import gates_through
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.citations import Citation, Provenance
from core.policy.rules.limits import OnPause, Start, StartKind, TimeLimit

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNRECKONED = frozenset({LimitKind.ORDER, LimitKind.NONE, LimitKind.AGREED})
_WITHOUT_STAGE = frozenset({LimitKind.WINDOW, LimitKind.FIXED_YEARLY, LimitKind.ORDER, LimitKind.NONE})


def nameless(rules: Rulebook) -> Iterator[str]:
    """Objects, outcomes and items of a review whose title is empty or not Chinese: officers read these."""
    yield from (name for name, title in _titles(rules) if not _CHINESE.search(title))


def untitled(rules: Rulebook) -> Iterator[str]:
    """The same where there is no title at all."""
    yield from (name for name, title in _titles(rules) if not title.strip())


def _titles(rules: Rulebook) -> Iterator[tuple[str, str]]:
    for kind, objects in rules.answers.kinds.items():
        yield from ((f"{kind} {item.key}", item.title) for item in objects)
    for _, stage in rules.all_stages():
        yield f"stage {stage.key}", stage.title
        yield from ((f"{stage.key}:{o.key}", o.title) for o in stage.outcomes)
        items = stage.review.items if stage.review is not None else ()
        yield from ((f"{stage.key}/{key}", title) for key, title, _ in items)


def named_twice(rules: Rulebook) -> Iterator[str]:
    """Keys or codes that two objects of a kind share, and stages of one key that are not the same stage."""
    for kind, objects in rules.answers.kinds.items():
        for what in ("key", "code"):
            tally = Tally(getattr(item, what, "") for item in objects)
            yield from (f"{kind} {what} {word}" for word, count in tally.items() if word and count > 1)
    stages: dict[str, Any] = {}
    for _, stage in rules.all_stages():
        if stages.setdefault(stage.key, stage) is not stage:
            yield f"stage {stage.key}"
        yield from (f"outcome {stage.key}:{k}" for k, n in Tally(o.key for o in stage.outcomes).items() if n > 1)


def baseless(rules: Rulebook) -> Iterator[str]:
    """Objects without rows that are no core default, readings without their open point, rules nobody encodes."""
    cited: set[str] = set()
    for name, citation in citations(rules.answers):
        cited.update(citation.rows)
        yield from (f"{name}: {problem}" for problem in _weak(citation))
    for row in rules.answers.rows:
        if row.kind == "rule" and not cited & {row.id, *row.same_as}:
            yield f"row {row.id}: no object cites it"
        yield from (f"row {row.id}: same as unknown {other}" for other in row.same_as if other not in rules.rows)


def _weak(citation: Citation) -> Iterator[str]:
    if not citation.rows and citation.provenance is not Provenance.CORE_DEFAULT:
        yield "cites nothing"
    if citation.provenance is Provenance.INTERPRETATION and not citation.point:
        yield "is a reading of no open point"
    if citation.provenance is Provenance.EXTERNAL and not citation.note:
        yield "hands the matter on without saying to which text"


def idle_gates(rules: Rulebook) -> Iterator[str]:
    """Gates that are never asked and through which nothing speaks; checks without a point, points without a check."""
    spoken = _spoken_through(rules)
    for gate in rules.gates.values():
        if not gate.points and gate.key not in spoken:
            yield f"{gate.key}: has no point, and no demand, counter, limit or panel speaks through it"
        if gate.check is not None and not gate.points:
            yield f"{gate.key}: has a check that is never asked"
        if gate.check is None and gate.points and gate.key not in spoken:
            yield f"{gate.key}: has points and no check"


def _spoken_through(rules: Rulebook) -> frozenset[str]:
    limits = rules.answers.limits
    found = {counter.gate for counter in rules.answers.counters} | {limit.late_gate for limit in limits}
    found |= {limit.lapse.gate for limit in limits if limit.lapse is not None}
    for _, stage in rules.all_stages():
        found.update(demand.gate for demand in stage.papers)
        found.update(gates_through(stage))
        panel = stage.review.panel if stage.review is not None else None
        if panel is not None:
            found.update((panel.library_gate, panel.meeting_gate))
    return frozenset(found - {""})


def clock_problems(rules: Rulebook) -> Iterator[str]:
    """Limits without a kind, a start that exists, an amount to count, or a word on pauses."""
    for limit in rules.limits.values():
        yield from (f"{limit.key}: {problem}" for problem in _clock_problems(rules, limit))


def _clock_problems(rules: Rulebook, limit: TimeLimit) -> Iterator[str]:
    if limit.kind not in _UNRECKONED and limit.amount <= 0 and limit.yearly is None and not limit.option:
        yield "has nothing to count"
    if limit.kind is LimitKind.FIXED_YEARLY and limit.yearly is None and not limit.option:
        yield "comes every year and names no date"
    if (limit.pause is OnPause.BY_EVENT or limit.pauses) and limit.kind in _UNRECKONED:
        yield "says that its clock may stop and has none"
    if limit.owner not in rules.roles:
        yield f"belongs to the unknown role {limit.owner!r}"
    if limit.option and limit.option not in rules.options:
        yield f"reads the unknown option {limit.option!r}"
    if limit.met_by_fact and limit.met_by_fact not in rules.facts:
        yield f"is met by the unknown fact {limit.met_by_fact!r}"
    yield from _start_problems(rules, limit)


def _start_problems(rules: Rulebook, limit: TimeLimit) -> Iterator[str]:
    for start in limit.start.events:
        yield from _event_problems(rules, limit, start)


def _event_problems(rules: Rulebook, limit: TimeLimit, start: Start) -> Iterator[str]:
    match start.kind:
        case StartKind.OPENED:
            if not limit.stage and limit.kind not in _WITHOUT_STAGE:
                yield "starts when a stage opens and names none"
        case StartKind.CLOSED:
            stage = next((s for _, s in rules.all_stages() if s.key == start.key), None)
            if stage is None or stage.outcome(start.outcome) is None:
                yield f"starts on {start.key}:{start.outcome}, which does not exist"
        case StartKind.FACT:
            if start.key not in rules.facts:
                yield f"starts on the unknown fact {start.key!r}"
        case StartKind.CONTRACT:
            if start.key not in Contract.__struct_fields__:
                yield f"starts on {start.key!r}, which no contract has"
