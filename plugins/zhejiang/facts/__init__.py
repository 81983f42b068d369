"""What is asked of a case, once each: the demand, the library entry and its form, the subject's build, the listing."""

from plugins.zhejiang.facts.building import BUILDING_FACTS
from plugins.zhejiang.facts.demand import DEMAND_FACTS
from plugins.zhejiang.facts.form import AMOUNTS, FORM_FACTS
from plugins.zhejiang.facts.listing import LISTING_FACTS

FACTS = (*DEMAND_FACTS, *FORM_FACTS, *BUILDING_FACTS, *LISTING_FACTS)

__all__ = ["AMOUNTS", "FACTS"]
