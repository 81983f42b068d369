"""What is asked of a case in Baiyun, once each: application, scheme and contract, delivery and evaluation."""

from plugins.baiyun.facts.amounts import AMOUNTS
from plugins.baiyun.facts.application import APPLICATION_FACTS
from plugins.baiyun.facts.change import CHANGE_FACTS
from plugins.baiyun.facts.delivery import DELIVERY_FACTS
from plugins.baiyun.facts.scheme import SCHEME_FACTS

FACTS = (*APPLICATION_FACTS, *SCHEME_FACTS, *DELIVERY_FACTS, *CHANGE_FACTS)

__all__ = ["AMOUNTS", "FACTS"]
