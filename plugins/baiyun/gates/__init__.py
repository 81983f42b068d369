"""The sixty-four checks of Baiyun (第八节), one file per phase; each finding cites its article."""

from plugins.baiyun.gates.acceptance import ACCEPTANCE_GATES
from plugins.baiyun.gates.application import APPLICATION_GATES
from plugins.baiyun.gates.change import CHANGE_GATES
from plugins.baiyun.gates.procurement import PROCUREMENT_GATES
from plugins.baiyun.gates.review import REVIEW_GATES
from plugins.baiyun.gates.scheme import SCHEME_GATES
from plugins.baiyun.gates.unit import UNIT_GATES

GATES = (
    *APPLICATION_GATES,
    *UNIT_GATES,
    *REVIEW_GATES,
    *SCHEME_GATES,
    *PROCUREMENT_GATES,
    *ACCEPTANCE_GATES,
    *CHANGE_GATES,
)
