"""The plan's half: joint approval of every other application, and what the plan demands of systems (rows ZHP-*)."""

from core.policy.actors import Role
from core.policy.gating import Effect, Gate
from core.policy.limits import TimeLimit
from core.policy.papers import DocumentType
from core.policy.regulation import ListingRule, Register
from core.policy.tracks import Counter, Segment, SelectionPoint, SideProcess, Track
from core.policy.values import Amount, Fact, Option, Parameter, Silence, Slot, Threshold

ROLES: tuple[Role, ...] = ()
FACTS: tuple[Fact, ...] = ()
AMOUNTS: tuple[Amount, ...] = ()
THRESHOLDS: tuple[Threshold, ...] = ()
LIMITS: tuple[TimeLimit, ...] = ()
PAPERS: tuple[DocumentType, ...] = ()
TRACKS: tuple[Track, ...] = ()
SEGMENTS: tuple[Segment, ...] = ()
SELECTION_POINTS: tuple[SelectionPoint, ...] = ()
SIDES: tuple[SideProcess, ...] = ()
COUNTERS: tuple[Counter, ...] = ()
GATES: tuple[Gate, ...] = ()
EFFECTS: tuple[Effect, ...] = ()
REGISTERS: tuple[Register, ...] = ()
LISTING_RULES: tuple[ListingRule, ...] = ()
OPTIONS: tuple[Option, ...] = ()
PARAMETERS: tuple[Parameter, ...] = ()
SLOTS: tuple[Slot, ...] = ()
SILENCES: tuple[Silence, ...] = ()
