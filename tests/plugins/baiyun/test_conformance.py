"""Baiyun has what every regulation must have."""

from pathlib import Path

from core.policy.conformance import JurisdictionConformance


class TestBaiyun(JurisdictionConformance):
    place = "baiyun"
    root = Path(__file__).parents[3]
