"""Jiujiang has what every regulation must have."""

from pathlib import Path

from core.policy.conformance import JurisdictionConformance


class TestJiujiang(JurisdictionConformance):
    place = "jiujiang"
    root = Path(__file__).parents[3]
