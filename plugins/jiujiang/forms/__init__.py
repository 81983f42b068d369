"""The forms of Annex 2 as data, filled from what the case already knows."""

from plugins.jiujiang.forms.application import APPLICATION_FORM
from plugins.jiujiang.forms.plan import TECHNICAL_PLAN

__all__ = ["APPLICATION_FORM", "TECHNICAL_PLAN"]
