"""One plugin's answers to every hook, typed and gathered, before they are composed into a rulebook."""

from dataclasses import dataclass

from core.policy.rules.actors import Role
from core.policy.rules.citations import Row
from core.policy.rules.gating import Effect, Gate
from core.policy.rules.limits import TimeLimit
from core.policy.rules.openings import Openings
from core.policy.rules.papers import DocumentType
from core.policy.rules.regulation import ListingRule, Register, Regulation
from core.policy.rules.tracks import Counter, Segment, SelectionPoint, SideProcess, Track
from core.policy.rules.values import Amount, Fact, Threshold


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
    def of_entries(self) -> frozenset[str]:
        """Keys of the facts and amounts that each entry has for itself."""
        facts = [fact.key for fact in self.facts if fact.scope == "entry"]
        return frozenset(facts + [amount.key for amount in self.amounts if amount.scope == "entry"])
