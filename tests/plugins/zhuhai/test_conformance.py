"""Zhuhai has what every regulation must have."""

from pathlib import Path

from core.policy.conformance import JurisdictionConformance


class TestZhuhai(JurisdictionConformance):
    place = "zhuhai"
    root = Path(__file__).parents[3]
