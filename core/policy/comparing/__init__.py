"""One project's facts through several regulations, side by side (各地对比), for the API, the command and pages."""

from core.policy.comparing.comparison import compare
from core.policy.comparing.model import Column, Comparison, LimitLine, StageLine, Told, UnknownFact

__all__ = ["Column", "Comparison", "LimitLine", "StageLine", "Told", "UnknownFact", "compare"]
