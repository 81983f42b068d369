"""Zhejiang passes the conformance kit like any other place."""

from pathlib import Path

from core.policy.conformance import JurisdictionConformance


class TestZhejiang(JurisdictionConformance):
    place = "zhejiang"
    root = Path(__file__).parents[3]
