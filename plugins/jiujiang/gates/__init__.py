"""What stops an act in Jiujiang (第八节检查)."""

from plugins.jiujiang.gates.application import APPLICATION_GATES
from plugins.jiujiang.gates.delivery import DELIVERY_GATES
from plugins.jiujiang.gates.intake import INTAKE_GATES
from plugins.jiujiang.gates.maintenance import MAINTENANCE_GATES
from plugins.jiujiang.gates.review import REVIEW_GATES

GATES = (*INTAKE_GATES, *APPLICATION_GATES, *REVIEW_GATES, *DELIVERY_GATES, *MAINTENANCE_GATES)
