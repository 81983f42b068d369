"""The plan's half: joint approval of every other application, and what the plan demands of systems (rows ZHP-*)."""

from core.policy.rules.limits import TimeLimit
from core.policy.rules.tracks import Counter
from plugins.zhuhai.plan.documents import PAPERS
from plugins.zhuhai.plan.effects import EFFECTS
from plugins.zhuhai.plan.facts import AMOUNTS, FACTS
from plugins.zhuhai.plan.gates import GATES
from plugins.zhuhai.plan.options import OPTIONS, PARAMETERS, SILENCES, SLOTS
from plugins.zhuhai.plan.registers import LISTING_RULES, REGISTERS
from plugins.zhuhai.plan.roles import ROLES
from plugins.zhuhai.plan.thresholds import THRESHOLDS
from plugins.zhuhai.plan.tracks import SEGMENTS, SELECTION_POINTS, SIDES, TRACKS

# The plan sets no period and counts no attempt.
LIMITS: tuple[TimeLimit, ...] = ()
COUNTERS: tuple[Counter, ...] = ()

__all__ = [
    "AMOUNTS",
    "COUNTERS",
    "EFFECTS",
    "FACTS",
    "GATES",
    "LIMITS",
    "LISTING_RULES",
    "OPTIONS",
    "PAPERS",
    "PARAMETERS",
    "REGISTERS",
    "ROLES",
    "SEGMENTS",
    "SELECTION_POINTS",
    "SIDES",
    "SILENCES",
    "SLOTS",
    "THRESHOLDS",
    "TRACKS",
]
