"""What is asked of a case in Jiujiang, once each: intake, application, reviews, delivery, operation and maintenance."""

from plugins.jiujiang.facts.amounts import AMOUNTS
from plugins.jiujiang.facts.application import APPLICATION_FACTS
from plugins.jiujiang.facts.delivery import DELIVERY_FACTS
from plugins.jiujiang.facts.intake import INTAKE_FACTS
from plugins.jiujiang.facts.maintenance import MAINTENANCE_FACTS
from plugins.jiujiang.facts.review import REVIEW_FACTS

FACTS = (*INTAKE_FACTS, *APPLICATION_FACTS, *REVIEW_FACTS, *DELIVERY_FACTS, *MAINTENANCE_FACTS)

__all__ = ["AMOUNTS", "FACTS"]
