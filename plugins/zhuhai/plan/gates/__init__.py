"""What the plan forbids, asks and points out (ZHP-G01 to ZHP-G40), one file per subject."""

from plugins.zhuhai.plan.gates.deployment import DEPLOYMENT_GATES
from plugins.zhuhai.plan.gates.process import PROCESS_GATES
from plugins.zhuhai.plan.gates.reuse import REUSE_GATES
from plugins.zhuhai.plan.gates.security import SECURITY_GATES

GATES = (*DEPLOYMENT_GATES, *REUSE_GATES, *SECURITY_GATES, *PROCESS_GATES)
