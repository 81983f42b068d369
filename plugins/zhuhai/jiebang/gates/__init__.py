"""ZH-G01 to G54, one file per phase, and three of our own that papers and the cap on winners speak through."""

from plugins.zhuhai.jiebang.gates.bidders import BIDDER_GATES
from plugins.zhuhai.jiebang.gates.delivery import DELIVERY_GATES
from plugins.zhuhai.jiebang.gates.demand import DEMAND_GATES
from plugins.zhuhai.jiebang.gates.publicity import PUBLICITY_GATES
from plugins.zhuhai.jiebang.gates.subsidy import SUBSIDY_GATES

GATES = (*DEMAND_GATES, *BIDDER_GATES, *PUBLICITY_GATES, *DELIVERY_GATES, *SUBSIDY_GATES)
