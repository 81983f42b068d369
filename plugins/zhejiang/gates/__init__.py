"""The checks of the measures (第八节), one file per part of the way; each finding cites its provision."""

from plugins.zhejiang.gates.ban import BAN_GATES
from plugins.zhejiang.gates.building import BUILDING_GATES
from plugins.zhejiang.gates.demand import DEMAND_GATES
from plugins.zhejiang.gates.listing import LISTING_GATES
from plugins.zhejiang.gates.opinion import OPINION_GATES
from plugins.zhejiang.gates.selection import SELECTION_GATES

GATES = (*BAN_GATES, *DEMAND_GATES, *SELECTION_GATES, *BUILDING_GATES, *LISTING_GATES, *OPINION_GATES)
