"""What is handed in: document types, and when a stage asks for them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation
from core.policy.rules.forms import PaperForm

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class Severity(StrEnum):
    """What a finding does: `block` stops the act, `warn` lets it pass and is recorded, `note` only informs."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Freshness(StrEnum):
    """Which version of a paper answers a demand: any valid one, or one newer than the opening of the stage."""

    ANY = "any"
    SINCE_OPENED = "since_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A kind of paper (材料): who seals it, from whom to whom, which parts it must have.

    `record` types may be structured data without a file; `recipients` are obligatory addressees, all of
    them; `copies` are told and never hold anything up. `form_missing` marks a form the text names and does
    not attach: ours is never shown as the official one. `form` is its content as data, from which core writes it.
    """

    key: str
    code: str
    title: str
    citation: Citation
    sealed: bool = False
    from_roles: tuple[str, ...] = ("project_unit",)
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    record: bool = False
    form_missing: bool = False
    form: PaperForm | None = None
    register: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDemand:
    """A stage's demand for one paper: at which act, when, how fresh, and which gate speaks when it is missing.

    `act` is the act that needs it ("submit", "lodge", "decide:pass", or "*" for every forward act of the stage).
    """

    paper: str
    citation: Citation
    gate: str
    act: str = "*"
    when: Callable[["Case"], bool] | None = None
    sealed: bool = False
    freshness: Freshness = Freshness.ANY
    severity: Severity = Severity.BLOCK
    per_ref: bool = False
    minimum: int = 1
