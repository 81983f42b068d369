"""The one form (一张表单): what the declaration asks, and the little that deciders and operators add."""

from plugins.zhuhai.plan.facts.application import AMOUNTS, APPLICATION_FACTS
from plugins.zhuhai.plan.facts.system import SYSTEM_FACTS

FACTS = (*APPLICATION_FACTS, *SYSTEM_FACTS)

__all__ = ["AMOUNTS", "FACTS"]
