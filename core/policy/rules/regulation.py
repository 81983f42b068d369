"""The texts a plugin rests on, the registers they name, and what they say of listing for reuse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policy.rules.citations import Citation
from core.policy.rules.listing import CostRule, OwnershipRule, PriceRule, PurchaseRule, Visibility

if TYPE_CHECKING:
    from core.policy.cases.case import Case


class OnExpiry(StrEnum):
    """What the end of a text's validity does (有效期届满): never closing what already runs, never without being told.

    New cases are refused, or the text only advises, or its gates say nothing any more, or nothing changes.
    """

    REFUSE_NEW = "refuse_new"
    ADVISORY = "advisory"
    SILENT = "silent"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One document in force (办法): title, number, dates, and what happens when its validity is over.

    A text whose first day is not known has no `effective_on`: nothing is too early for it, and none is made up.
    `expiry_option` names an option that says what expiry does; `transitions` what the text says of earlier projects.
    """

    key: str
    title: str
    number: str
    issued_by: str
    effective_on: date | None
    citation: Citation
    expires_on: date | None = None
    on_expiry: OnExpiry = OnExpiry.NONE
    expiry_option: str = ""
    transitions: tuple["Transition", ...] = ()
    supersedes: str = ""
    edition: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What a text says of cases begun before it (过渡规定).

    `enters` names the fact that says at which stage such a case is taken over. `terms` are pairs of limit and contract
    term: where the contract sets that date, it rules instead of the limit.
    """

    key: str
    title: str
    applies: Callable[["Case"], bool]
    citation: Citation
    enters: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A list the regulation names (登记簿): who keeps it, per what, what its absence or age means elsewhere.

    `per` is unit or tenant. `derived` registers are computed and never written. `libraries` are expert
    libraries from which draws are made; `seat_of_library` says whose it is (own or parent tenant).

    `reach` is own or descendants: the entries of a register that reaches its descendants are published, and read by
    every tenant below its keeper's. `admits` names the outcome (stage, outcome) that enters a case, with the facts
    in `carries`, and `renews` those that publish it anew; of a shared register a case sees the entries whose
    `matched_on` fact equals its own. `validity` names the limit for which an entry is good, and `tested_at` the acts
    (`submit stage`) at which that is asked, not later.
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
    renews: tuple[tuple[str, str], ...] = ()
    carries: tuple[str, ...] = ()
    matched_on: str = ""
    validity: str = ""
    tested_at: tuple[str, ...] = ()
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
