"""What a text says of a listed system: whose it is, what it may cost, how it is bought, who pays for what.

Data and pure functions only. The market asks them when a system is listed or acquired; a stage may ask them before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.policy.rules.citations import Citation
from core.policy.rules.gating import WhenUnset


class Holder(StrEnum):
    """To whom a right or a cost falls (归属): the state, whoever invested, the builder, the user, or as agreed."""

    STATE = "state"
    INVESTOR = "investor"
    SUBJECT = "subject"
    MARKET_ENTITY = "market_entity"
    USING_UNIT = "using_unit"
    AS_AGREED = "as_agreed"
    UNREGULATED = "unregulated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipRule:
    """Whose a listed system is (产权), who lists it and who has its income.

    Where the owner is `as_agreed` and the agreement is silent, `silent` fills the gap.
    """

    owner: Holder
    lister: Holder
    income: Holder
    citation: Citation
    silent: Holder | None = None

    def owner_under(self, agreed: str = "") -> Holder:
        """The owner, given what the agreement says (an empty text: it is silent)."""
        if self.owner is not Holder.AS_AGREED:
            return self.owner
        return Holder(agreed) if agreed else (self.silent or Holder.UNREGULATED)


class PriceMode(StrEnum):
    """How a price may come about (定价方式)."""

    FREE = "free"
    AGREED_FEE = "agreed_fee"
    NEGOTIATED = "negotiated"
    MARKET = "market"
    UNREGULATED = "unregulated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRule:
    """How a price may be formed (定价规则).

    `by_suppliers`: negotiation is allowed up to `negotiable_up_to` suppliers of the same kind, beyond it the market
    sets the price. Suppliers are counted, not systems. `party_fee`: a party of the agreement keeps its agreed fee.
    """

    citation: Citation
    free: bool = False
    by_suppliers: bool = False
    negotiable_up_to: int = 1
    party_fee: bool = False

    def modes(self, vendors: Iterable[str], *, is_party: bool = False) -> frozenset[PriceMode]:
        """The ways a price may come about for an order placed while these vendors have listings of the kind."""
        if self.free:
            return frozenset({PriceMode.FREE})
        if self.party_fee and is_party:
            return frozenset({PriceMode.AGREED_FEE})
        if not self.by_suppliers:
            return frozenset({PriceMode.UNREGULATED})
        if len(frozenset(vendors)) <= self.negotiable_up_to:
            return frozenset({PriceMode.NEGOTIATED, PriceMode.MARKET})
        return frozenset({PriceMode.MARKET})


class PurchaseMode(StrEnum):
    """How an acquisition is bought (采购方式)."""

    SELF = "self"
    GOVERNMENT_PROCUREMENT = "government_procurement"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseRule:
    """Which way a unit buys (采购规则): by its running total of the year against a limit that others set.

    `limit_parameter` names the parameter with the limit in fen; the order that reaches it is itself procured.
    """

    citation: Citation
    limit_parameter: str
    when_unset: WhenUnset = WhenUnset.BLOCK

    def mode(self, *, signed_fen: int, order_fen: int, limit_fen: int | None) -> PurchaseMode:
        """How this order is bought, the unit's orders signed earlier in the year counted in."""
        if limit_fen is None:
            return PurchaseMode.UNDECIDED
        reached = signed_fen + order_fen >= limit_fen
        return PurchaseMode.GOVERNMENT_PROCUREMENT if reached else PurchaseMode.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRule:
    """Who bears which cost (费用承担), to be seen before anybody acquires."""

    construction: Holder
    operation: Holder
    citation: Citation
    operation_work: Holder = Holder.SUBJECT


class Visibility(StrEnum):
    """Who sees a listing (可见范围): everybody, the tenants of the keeper's tree, or the own tenant alone."""

    EVERYBODY = "everybody"
    TREE = "tree"
    OWN = "own"
