"""Where the stages of a track lead: dead ends, stages nobody reaches, and loops that nothing bounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.flow import By, Line, Next, Outcome, OutcomeKind, Stage

OVER = "(over)"
"""Where a case is over."""
BESIDE = "(beside)"
"""Where something beside the main line has done its work and opens nothing more."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a stage to what follows; `bounded` ways can be gone only so often, or are said to be free."""

    source: str
    target: str
    bounded: bool


class Graph:
    """The stages of one track and of every side process, with the ways between them."""

    def __init__(self, rules: Rulebook, track: str) -> None:
        """Follow every outcome of every stage."""
        self.rules = rules
        self.track = track
        self.stages = _stages(rules, track)
        self.edges = list(self._all())
        self.edges += [
            Edge(stage, source, self.stages[stage].unbounded) for stage in self._back() for source in self._into(stage)
        ]

    @property
    def starts(self) -> frozenset[str]:
        """Where a case begins, where side processes do, and what opens when a limit has run out for everybody."""
        sides = {side.stages[0].key for side in self.rules.sides.values()}
        lapses = (limit.lapse for limit in self.rules.limits.values())
        left = {key for lapse in lapses if lapse is not None for key in lapse.nobody if key in self.stages}
        return frozenset({self.rules.line(self.track)[0][1].key} | sides | left)

    def reachable(self) -> frozenset[str]:
        """Every stage a case of this track can come to."""
        return _closure(self.starts, {(e.source, e.target) for e in self.edges})

    def dead_ends(self) -> tuple[str, ...]:
        """Stages that can be reached and from which nothing leads out: the case would hang there."""
        backwards = {(e.target, e.source) for e in self.edges}
        ending = _closure(frozenset({OVER}), backwards)
        done = _closure(frozenset({OVER, BESIDE}), backwards)
        found = self.reachable() & self.stages.keys()
        on_line = (Line.MAIN, Line.DETOUR)
        return tuple(sorted(key for key in found if key not in (ending if self.stages[key].line in on_line else done)))

    def unbounded_loops(self) -> tuple[str, ...]:
        """Stages on a loop that no counter bounds and that is not said to be free: strip what is on none."""
        ways = {(e.source, e.target) for e in self.edges if not e.bounded}
        while True:
            sources, targets = {s for s, _ in ways}, {t for _, t in ways}
            kept = {(s, t) for s, t in ways if s in targets and t in sources}
            if kept == ways:
                return tuple(sorted(sources))
            ways = kept

    def _all(self) -> Iterator[Edge]:
        for stage in self.stages.values():
            for outcome in stage.outcomes:
                for target in self._after(stage, outcome):
                    yield Edge(stage.key, target, self._is_bounded(stage, outcome))
            yield from self._exhausted(stage)
            yield from self._nobody(stage)
            if stage.takes is not None:
                yield from (Edge(stage.key, key, bounded=True) for key in stage.takes.opens if key in self.stages)

    def _is_bounded(self, stage: Stage, outcome: Outcome) -> bool:
        """A counted result of a counted stage, a result said to use up nothing, or a stage free by the text."""
        free = stage.unbounded or (outcome.kind is OutcomeKind.NEUTRAL and not outcome.counts)
        counted = self.rules.counter(stage.key) is not None and outcome.kind is OutcomeKind.NEGATIVE and outcome.counts
        return free or counted

    def _after(self, stage: Stage, outcome: Outcome) -> Iterator[str]:
        yield from (key for key in outcome.opens if key in self.stages)
        if outcome.ends is not None:
            yield OVER
        else:
            yield from self._follow(stage, outcome.next)

    def _follow(self, stage: Stage, nxt: Next) -> Iterator[str]:
        if nxt.by is By.BACK:
            return
        for key in nxt.targets or ("onward",):
            if key == "onward":
                yield from self._onward(stage)
            else:
                yield key or BESIDE

    def _exhausted(self, stage: Stage) -> Iterator[Edge]:
        """What the last permitted attempt leads to; a loop through it is not bounded by that counter."""
        counter = self.rules.counter(stage.key)
        if counter is None:
            return
        after = counter.on_exhaust
        targets = [key for key in after.opens if key in self.stages]
        targets += [OVER] if after.ends is not None else []
        targets += list(self._follow(stage, after.next)) if after.next is not None else []
        yield from (Edge(stage.key, target, stage.unbounded) for target in targets)

    def _nobody(self, stage: Stage) -> Iterator[Edge]:
        """Where the case goes when no entry is left that could come to this stage."""
        join = stage.join
        if join is not None:
            targets = self._follow(stage, join.nobody) if join.nobody is not None else (OVER,)
            yield from (Edge(stage.key, target, stage.unbounded) for target in targets)

    def _onward(self, stage: Stage) -> Iterator[str]:
        if stage.line is Line.SIDE:
            yield self._next_in_side(stage)
        elif stage.line is not Line.MAIN:
            yield BESIDE
        else:
            yield from self._next_on_line(stage)

    def _next_in_side(self, stage: Stage) -> str:
        side = next(s for s in self.rules.sides.values() if any(inner.key == stage.key for inner in s.stages))
        keys = [inner.key for inner in side.stages]
        later = keys[keys.index(stage.key) + 1 :]
        return later[0] if later else BESIDE

    def _next_on_line(self, stage: Stage) -> Iterator[str]:
        """Every stage that may be the next, since those with a condition may be skipped.

        Variants of a segment share their stages: what has been passed in one is not entered again in the other.
        """
        line = self.rules.line(self.track)
        for index, (_, found) in enumerate(line):
            if found.key != stage.key:
                continue
            passed = {earlier.key for _, earlier in line[: index + 1]}
            for segment, candidate in line[index + 1 :]:
                if candidate.key in passed:
                    continue
                yield candidate.key
                if segment.when is None and candidate.when is None:
                    break
            else:
                yield OVER

    def _back(self) -> tuple[str, ...]:
        return tuple(s.key for s in self.stages.values() if any(o.next.by is By.BACK for o in s.outcomes))

    def _into(self, stage: str) -> frozenset[str]:
        side = stage in {s.stages[0].key for s in self.rules.sides.values()}
        line = {s.key for _, s in self.rules.line(self.track)} if side else set()
        return frozenset({e.source for e in self.edges if e.target == stage} | line)


def _stages(rules: Rulebook, track: str) -> dict[str, Stage]:
    found: dict[str, Stage] = {}
    for key in rules.tracks[track].segments:
        found.update({stage.key: stage for stage in rules.segments[key].stages})
    for side in rules.sides.values():
        found.update({stage.key: stage for stage in side.stages})
    return found


def _closure(starts: frozenset[str], ways: set[tuple[str, str]]) -> frozenset[str]:
    found = set(starts)
    while True:
        more = {target for source, target in ways if source in found} - found
        if not more:
            return frozenset(found)
        found |= more
