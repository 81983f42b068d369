"""The texts a plugin rests on, the registers they name, and what they say of listing for reuse."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.policy.citations import Citation


class OnExpiry(StrEnum):
    """What the end of a text's validity does (有效期届满): never silent, never closing what already runs."""

    REFUSE_NEW = "refuse_new"
    ADVISORY = "advisory"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One document in force (办法): title, number, dates, and what happens when its validity is over."""

    key: str
    title: str
    number: str
    issued_by: str
    effective_on: date
    citation: Citation
    expires_on: date | None = None
    on_expiry: OnExpiry = OnExpiry.NONE
    supersedes: str = ""
    edition: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A list the regulation names (登记簿): who keeps it, per what, what its absence or age means elsewhere.

    `per` is unit or tenant. `derived` registers are computed and never written. `libraries` are expert
    libraries from which draws are made; `seat_of_library` says whose it is (own or parent tenant).
    """

    key: str
    title: str
    kept_by: tuple[str, ...]
    per: str
    citation: Citation
    paper: str = ""
    versioned: bool = True
    derived: bool = False
    library: bool = False
    external: bool = False
    shown_at: tuple[str, ...] = ()
    read_by: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class ListingForce(StrEnum):
    """How strongly a text asks that a finished system be listed for reuse (上架义务)."""

    DUTY = "duty"
    INVITATION = "invitation"
    ALLOWED = "allowed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRule:
    """What the text says of listing (上架规则): its force, the event that opens it, the platform it names."""

    key: str
    code: str
    title: str
    force: ListingForce
    after_stage: str
    after_outcome: str
    project_kinds: tuple[str, ...]
    citation: Citation
    platform: str = ""
    owner_fact: str = ""
    aliases: tuple[str, ...] = ()
