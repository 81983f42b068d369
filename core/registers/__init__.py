"""Registers (登记簿): entries of units, what an office records about a unit, yearly rounds, experts and random draws.

A draw commits its seed before the pool is ranked, so that nobody can run it again until they like the panel, and
anyone with the record can replay it.
"""

from core.registers.drawing import get_draw, panel_of, prepare_draw, run_draw
from core.registers.entries import current_entries, lodge_entry, mark_adjusted
from core.registers.experts import add_expert, list_experts
from core.registers.findings import lift_finding, list_findings, record_finding
from core.registers.model import (
    Draw,
    DrawNotPossible,
    Entry,
    Excluded,
    Expert,
    FindingRow,
    NotKeeper,
    RegisterUnknown,
    RoundRow,
    replay,
)
from core.registers.rounds import list_rounds, open_round

__all__ = [
    "Draw",
    "DrawNotPossible",
    "Entry",
    "Excluded",
    "Expert",
    "FindingRow",
    "NotKeeper",
    "RegisterUnknown",
    "RoundRow",
    "add_expert",
    "current_entries",
    "get_draw",
    "lift_finding",
    "list_experts",
    "list_findings",
    "list_rounds",
    "lodge_entry",
    "mark_adjusted",
    "open_round",
    "panel_of",
    "prepare_draw",
    "record_finding",
    "replay",
    "run_draw",
]
