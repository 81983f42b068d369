"""The rulebook: one edition of one place's rules composed with one tenant's options, indexed and digested.

Immutable once composed. A project is pinned to the digest of the rulebook it was created under.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from core.kernel.workdays import Calendar, Ledger, LimitKind, on_day, reckon
from core.policy.cases.state import Due
from core.policy.rulebooks.answers import Answers
from core.policy.rulebooks.clockwork import Clocks
from core.policy.rulebooks.consequences import effects_on_entries, runs_on
from core.policy.rules.flow import Line, Stage
from core.policy.rules.gating import Effect, EffectHit, Gate, Point, Target
from core.policy.rules.limits import PauseRule, StartKind, TimeLimit
from core.policy.rules.tracks import Counter, Segment, SelectionPoint, SideProcess, Track, rebound

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class Rulebook:
    """All rules of one edition, with the tenant's options, ready to be asked.

    Every mapping is keyed by the rule object's key. `digest` identifies content and options together. `effective_on` is
    the day the edition came into force, the first of all days where its text names none.
    """

    def __init__(self, answers: Answers, options: dict[str, Any], digest: str) -> None:
        """Index a plugin's answers; `compose` in core.policy.rulebooks.composing is the only caller."""
        self.place = answers.place
        self.edition = answers.edition
        self.digest = digest
        self.options = options
        self.answers = answers
        self.regulations = {r.key: r for r in answers.regulations}
        principal = next(iter(answers.regulations), None)
        self.effective_on = (principal.effective_on if principal is not None else None) or date.min
        self.rows = {r.id: r for r in answers.rows}
        self.roles = {r.key: r for r in answers.roles}
        self.facts = {f.key: f for f in answers.facts}
        self.amounts = {a.key: a for a in answers.amounts}
        self.of_entries = answers.of_entries
        self.thresholds = {t.key: t for t in answers.thresholds}
        self.limits = {limit.key: limit for limit in answers.limits}
        self.papers = {p.key: p for p in answers.papers}
        self.segments = {s.key: s for s in answers.segments}
        self.tracks = {t.key: t for t in answers.tracks}
        self.sides = {s.key: s for s in answers.sides}
        self.gates = {g.key: g for g in answers.gates}
        self.effects = {e.key: e for e in answers.effects}
        self._caused = tuple(e for e in answers.effects if e.from_project is not None or e.from_entry is not None)
        self.registers = {r.key: r for r in answers.registers}
        self.listing_rules = {r.key: r for r in answers.listing_rules}
        self.parameters = {p.key: p for p in answers.openings.parameters}
        self.totals = {t.key: t for t in answers.openings.totals}
        self.standing_facts = frozenset([f.key for f in answers.facts if f.standing] + [a.key for a in answers.amounts])
        self._selection = {(p.stage, p.outcome): p for p in answers.selection_points}
        self._counters: dict[str, Counter] = {c.stage: c for c in answers.counters}
        self._rebound: dict[tuple[str, str], Stage] = {}
        self._lines = {key: tuple(self._line_of(track)) for key, track in self.tracks.items()}
        self._stages = {key: self._stages_of(track) for key, track in self.tracks.items()}
        self._side_stages = {s.key: (side.key, s) for side in answers.sides for s in side.stages}
        self._gates: dict[tuple[str, str], tuple[tuple[Gate, Point], ...]] = self._gate_index(answers.gates)
        self._limits = self._limit_index(answers.limits)
        self.told_limits = tuple(limit for limit in answers.limits if limit.start.kind is StartKind.TOLD)
        self._clocks = Clocks(answers.limits)

    @property
    def chosen(self) -> dict[str, Any]:
        """What the tenant settled otherwise than the regulation's defaults: with it the rulebook can be made again."""
        openings = self.answers.openings.options
        return {o.key: self.options[o.key] for o in openings if self.options[o.key] != o.default}

    def _line_of(self, track: Track) -> Iterable[tuple[Segment, Stage]]:
        for key in track.segments:
            segment = self.segments[key]
            for stage in segment.stages:
                if stage.line is Line.MAIN:
                    yield segment, self._bound(segment, stage)

    def stages_in(self, segment: str) -> tuple[Stage, ...]:
        """The stages of a segment with the roles that act in it, counterparts in the place of those they stand for."""
        return tuple(self._bound(self.segments[segment], stage) for stage in self.segments[segment].stages)

    def _bound(self, segment: Segment, stage: Stage) -> Stage:
        """The stage with the roles its segment puts in the place of others, the same object each time."""
        if not segment.rebinds:
            return stage
        known = self._rebound.get((segment.key, stage.key))
        if known is None:
            known = self._rebound[segment.key, stage.key] = rebound(stage, dict(segment.rebinds))
        return known

    def _stages_of(self, track: Track) -> dict[str, tuple[Segment, Stage]]:
        found: dict[str, tuple[Segment, Stage]] = {}
        for key in track.segments:
            segment = self.segments[key]
            for stage in segment.stages:
                found.setdefault(stage.key, (segment, self._bound(segment, stage)))
        return found

    @staticmethod
    def _gate_index(gates: Iterable[Gate]) -> dict[tuple[str, str], tuple[tuple[Gate, Point], ...]]:
        index: dict[tuple[str, str], list[tuple[Gate, Point]]] = {}
        for gate in gates:
            for point in gate.points:
                index.setdefault((point.stage, point.act), []).append((gate, point))
        return {key: tuple(found) for key, found in index.items()}

    @staticmethod
    def _limit_index(limits: Iterable[TimeLimit]) -> dict[str, tuple[TimeLimit, ...]]:
        index: dict[str, list[TimeLimit]] = {}
        for limit in limits:
            index.setdefault(limit.stage, []).append(limit)
        return {key: tuple(found) for key, found in index.items()}

    def line(self, track: str) -> tuple[tuple[Segment, Stage], ...]:
        """The main line of a track, in order, whatever the conditions of its stages."""
        return self._lines[track]

    def stage(self, key: str, track: str) -> tuple[str, Stage] | None:
        """The stage of that key in a track or in any side process, with its segment or side key."""
        found = self._stages.get(track, {}).get(key)
        if found is not None:
            return found[0].key, found[1]
        return self._side_stages.get(key)

    def all_stages(self) -> tuple[tuple[str, Stage], ...]:
        """Every stage with the key of its segment or side process."""
        lines = [(segment.key, stage) for segment in self.segments.values() for stage in segment.stages]
        return (*lines, *self._side_stages.values())

    def title_of(self, stage: str) -> str:
        """The Chinese title of a stage, wherever it stands."""
        return next((s.title for _, s in self.all_stages() if s.key == stage), stage)

    def gates_at(self, stage: str, *acts: str) -> tuple[tuple[Gate, Point], ...]:
        """The gates evaluated at a stage for these spellings of an act, each once."""
        seen: dict[str, tuple[Gate, Point]] = {}
        for act in acts:
            for place in (stage, "*"):
                for gate, point in self._gates.get((place, act), ()):
                    seen.setdefault(gate.key, (gate, point))
        return tuple(seen.values())

    def needs_at(self, stage: str, acts: Iterable[str]) -> frozenset[str]:
        """What core must load before an act at a stage is judged."""
        return frozenset(need for gate, _ in self.gates_at(stage, *acts) for need in gate.needs)

    @property
    def prefix(self) -> str:
        """The prefix of the place's row ids, with which project codes begin."""
        return next((row.id.split("-", 1)[0] for row in self.answers.rows), self.place.upper())

    def limits_at(self, stage: str) -> tuple[TimeLimit, ...]:
        """The limits that belong to a stage."""
        return self._limits.get(stage, ())

    def stopped_by(self, stage: str) -> tuple[tuple[TimeLimit, PauseRule], ...]:
        """The limits whose clock stands while a stage is open."""
        return self._clocks.stopped.get(stage, ())

    def begun_by(self, stage: str, outcome: str) -> tuple[TimeLimit, ...]:
        """The limits whose clock begins with a result."""
        return self._clocks.begun.get((stage, outcome), ())

    def met_by(self, stage: str, outcome: str) -> tuple[TimeLimit, ...]:
        """The limits that a result, and no other of its stage, meets."""
        return self._clocks.met.get((stage, outcome), ())

    def told_by(self, facts: Iterable[str]) -> tuple[TimeLimit, ...]:
        """The limits that facts start or meet, each once, in the order of declaration."""
        wanted = frozenset(key for fact in facts for key in self._clocks.told.get(fact, ()))
        return tuple(limit for key, limit in self.limits.items() if key in wanted) if wanted else ()

    def counter(self, stage: str) -> Counter | None:
        """The counter of a stage's attempts."""
        return self._counters.get(stage)

    def selection_point(self, stage: str, outcome: str) -> SelectionPoint | None:
        """The selection point at an outcome, if there is one."""
        return self._selection.get((stage, outcome))

    def side(self, key: str) -> SideProcess | None:
        """A side process by key."""
        return self.sides.get(key)

    def threshold(self, key: str, day: date) -> int:
        """The value of a threshold on a day."""
        return self.thresholds[key].value_on(day)

    def select(self, case: "Case") -> tuple[Track, ...]:
        """The tracks of the case's kind in order, tried until one applies: that one is the last; empty if none does."""
        tried: list[Track] = []
        for track in self.tracks.values():
            if track.case_kind != case.state.kind:
                continue
            tried.append(track)
            if track.applies(case):
                return tuple(tried)
        return ()

    def amount_of(self, limit: TimeLimit) -> int:
        """The number of units a limit has, as the tenant's option for it says where there is one."""
        if limit.option and self.options.get(limit.option) is not None:
            value: int = self.options[limit.option]
            return value
        return limit.amount

    def reckon(self, limit: TimeLimit, start: date, calendar: Calendar, due: Due | None = None) -> Ledger:
        """Reckon a limit from a day, with the pauses of a due if one is given; a date agreed or fixed is that day."""
        agreed = due.agreed_on if due is not None else None
        if agreed is not None or limit.kind is LimitKind.AGREED or limit.yearly is not None:
            cited = self.article(limit.citation.rows)
            return on_day(calendar, on=agreed or start, kind=limit.kind, roll=limit.roll, cite=cited)
        return reckon(
            calendar,
            start=start,
            amount=self.amount_of(limit),
            unit=limit.unit,
            roll=limit.roll,
            kind=limit.kind,
            pauses=due.pauses if due is not None else (),
            cite=self.article(limit.citation.rows),
        )

    def ledger(self, due: Due, calendar: Calendar) -> Ledger:
        """The full reckoning of a due under a calendar."""
        return self.reckon(self.limits[due.limit], due.start_on, calendar, due)

    def article(self, rows: tuple[str, ...]) -> str:
        """The articles these rows stand for, as a reader writes them: 第十六条、第二十二条第七项."""
        seen: dict[str, None] = {}
        for row in rows:
            found = self.rows.get(row)
            if found is not None:
                seen.setdefault(found.article, None)
        return "、".join(seen)

    def effects_on(self, case: "Case", key: str) -> tuple[EffectHit, ...]:
        """The running effects of one key that fall on a case today."""
        effect = self.effects[key]
        hits: list[EffectHit] = list(effects_on_entries(effect, case))
        if effect.from_unit is not None:
            own = effect.from_unit(case)
            hits.extend([own] if own is not None else [])
        if effect.from_project is not None:
            own_only = effect.target in (Target.PROJECT, Target.MONEY)
            sources = (case.standing,) if own_only else self._others(case)
            if effect.act == "record" and not own_only:
                sources = (case.standing, *sources)
            for standing in sources:
                hit = effect.from_project(standing, case)
                if hit is not None:
                    hits.append(hit)
        return tuple(hit for hit in hits if runs_on(hit, case.today))

    @staticmethod
    def _others(case: "Case") -> tuple[Any, ...]:
        return tuple(s for s in case.unit.projects if s.id != case.state.id)

    def effects_from(self, case: "Case") -> tuple[str, ...]:
        """The keys of effects this case itself causes today, on itself or on others."""
        return tuple(effect.key for effect in self._caused if self._causes(effect, case))

    @staticmethod
    def _causes(effect: Effect, case: "Case") -> bool:
        hits = list(effects_on_entries(effect, case)) if effect.from_entry is not None else []
        own = effect.from_project(case.standing, case) if effect.from_project is not None else None
        if own is not None:
            hits.append(own)
        return bool(hits) and any(runs_on(hit, case.today) for hit in hits)
