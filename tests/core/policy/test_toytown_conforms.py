"""The toy jurisdiction has what every regulation must have, except scenarios for every row."""

from core.policy.conformance import JurisdictionConformance
from tests.core.policy.playing import REGISTRY


class TestToytown(JurisdictionConformance):
    place = "toytown"
    registry = REGISTRY
