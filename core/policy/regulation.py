"""The texts a plugin rests on, the registers they name, and what they say of listing for reuse."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.policy.citations import Citation
from core.policy.listing import CostRule, OwnershipRule, PriceRule, PurchaseRule, Visibility


class OnExpiry(StrEnum):
    """What the end of a text's validity does (有效期届满): never silent, never closing what already runs."""

    REFUSE_NEW = "refuse_new"
    ADVISORY = "advisory"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One document in force (办法): title, number, dates, and what happens when its validity is over.

    A text whose first day is not known has no `effective_on`: nothing is too early for it, and none is made up.
    """

    key: str
    title: str
    number: str
    issued_by: str
    effective_on: date | None
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

    `reach` is own or descendants: the entries of a register that reaches its descendants are published, and read by
    every tenant below its keeper's. `admits` names the outcome (stage, outcome) that enters a case, with the facts
    in `carries`; of a shared register a case sees the entries whose `matched_on` fact equals its own.
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
    reach: str = "own"
    admits: tuple[str, str] | None = None
    carries: tuple[str, ...] = ()
    matched_on: str = ""
    aliases: tuple[str, ...] = ()


class ListingForce(StrEnum):
    """How strongly a text asks that a finished system be listed for reuse (上架义务)."""

    DUTY = "duty"
    INVITATION = "invitation"
    ALLOWED = "allowed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRule:
    """What the text says of listing (上架规则): its force, the event that opens it, the platform it names.

    `tracks` limits it to some paths. The other rules say whose a listed system is, what it costs, how it is bought
    and who pays; a text that is silent leaves them out. `open_to` names the kinds of party that may list a system
    that came from no project.
    """

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
    tracks: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    ownership: OwnershipRule | None = None
    price: PriceRule | None = None
    purchase: PurchaseRule | None = None
    costs: CostRule | None = None
    visibility: Visibility = Visibility.OWN
    open_to: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
