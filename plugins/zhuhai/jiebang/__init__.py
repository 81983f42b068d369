"""The challenge half (揭榜制): call, matching, plans by several bidders, notice, agreement, subsidy (rows ZH-*)."""

from core.policy.rules.tracks import Counter
from plugins.zhuhai.jiebang.facts import AMOUNTS, FACTS
from plugins.zhuhai.jiebang.gates import GATES
from plugins.zhuhai.jiebang.limits import LIMITS
from plugins.zhuhai.jiebang.options import OPTIONS, PARAMETERS, SILENCES, SLOTS, TOTALS
from plugins.zhuhai.jiebang.papers import PAPERS
from plugins.zhuhai.jiebang.registers import EFFECTS, LISTING_RULES, REGISTERS
from plugins.zhuhai.jiebang.roles import ROLES
from plugins.zhuhai.jiebang.stages.aside import SIDES
from plugins.zhuhai.jiebang.thresholds import THRESHOLDS
from plugins.zhuhai.jiebang.tracks import SEGMENTS, SELECTION_POINTS, TRACKS

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
    "TOTALS",
    "TRACKS",
]
