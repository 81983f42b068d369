"""One plugin's answers to every hook, typed and gathered, before they are composed into a rulebook."""

from dataclasses import dataclass
from typing import Any

from core.policy.rules.actors import Role
from core.policy.rules.citations import Row
from core.policy.rules.flow import Stage
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingRule, Register, Regulation
from core.policy.rules.tracks import Counter, Segment, SelectionPoint, SideProcess, Track
from core.policy.rules.values import Amount, Fact, Option, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one place says, edition by edition; `sources` is the hash of the plugin's own files."""

    place: str
    edition: str
    sources: str
    regulations: tuple[Regulation, ...]
    rows: tuple[Row, ...]
    roles: tuple[Role, ...]
    facts: tuple[Fact, ...]
    amounts: tuple[Amount, ...]
    thresholds: tuple[Threshold, ...]
    limits: tuple[TimeLimit, ...]
    papers: tuple[DocumentType, ...]
    tracks: tuple[Track, ...]
    segments: tuple[Segment, ...]
    selection_points: tuple[SelectionPoint, ...]
    sides: tuple[SideProcess, ...]
    counters: tuple[Counter, ...]
    gates: tuple[Gate, ...]
    effects: tuple[Effect, ...]
    registers: tuple[Register, ...]
    listing_rules: tuple[ListingRule, ...]
    openings: Openings

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage, of segments and of side processes."""
        groups = [segment.stages for segment in self.segments] + [side.stages for side in self.sides]
        return tuple(stage for stages in groups for stage in stages)

    @property
    def kinds(self) -> dict[str, tuple[Any, ...]]:
        """Every object that has a key of its own, stages apart, by the kind it is called by."""
        return {
            "regulation": self.regulations,
            "role": self.roles,
            "fact": (*self.facts, *self.amounts),
            "threshold": self.thresholds,
            "limit": self.limits,
            "paper": self.papers,
            "track": self.tracks,
            "segment": self.segments,
            "side": self.sides,
            "counter": self.counters,
            "gate": self.gates,
            "effect": self.effects,
            "register": self.registers,
            "listing rule": self.listing_rules,
            "option": self.openings.options,
            "parameter": self.openings.parameters,
            "total": self.openings.totals,
            "slot": self.openings.slots,
            "silence": self.openings.silences,
        }

    def option(self, key: str) -> Option | None:
        """The option of that key, or once of that key."""
        return next((option for option in self.openings.options if key in (option.key, *option.aliases)), None)

    @property
    def of_entries(self) -> frozenset[str]:
        """Keys of the facts and amounts that each entry has for itself."""
        facts = [fact.key for fact in self.facts if fact.scope == "entry"]
        return frozenset(facts + [amount.key for amount in self.amounts if amount.scope == "entry"])
