"""What a scenario says is on record before its first step: entries and findings, renewals, what is shared."""

from datetime import date
from typing import Any

from pydantic import Field

from core.policy.scenarios.parties import Part


class SharedGiven(Part):
    """An entry that an ancestor has published in a register for all below it."""

    listed_in: str
    key: str
    title: str = "应用"
    on: date
    closed_on: date | None = None
    content: dict[str, Any] = Field(default_factory=dict)


class RegisterGiven(Part):
    """A register entry of the unit."""

    on: date
    adjusted_on: date | None = None
    content: dict[str, Any] = Field(default_factory=dict)


class FindingGiven(Part):
    """Something an office has recorded about the unit."""

    kind: str
    on: date
    reason: str = ""
    project: str = ""
    lifted_on: date | None = None


class RenewalGiven(Part):
    """The renewal or successor of a text, as an authorised person recorded it."""

    regulation: str
    number: str
    title: str = ""
    from_on: date
    until_on: date | None = None
