"""What is said of a listed system: whose it is, how its price comes about, which way it is bought."""

import pytest

from core.policy.rules.citations import cite
from core.policy.rules.listing import Holder, OwnershipRule, PriceMode, PriceRule, PurchaseMode, PurchaseRule

AGREED = OwnershipRule(
    owner=Holder.AS_AGREED,
    lister=Holder.INVESTOR,
    income=Holder.INVESTOR,
    silent=Holder.INVESTOR,
    citation=cite("MX-1"),
)
RIVALS = PriceRule(citation=cite("MX-2"), by_suppliers=True, party_fee=True)
LIMIT = PurchaseRule(citation=cite("MX-3"), limit_parameter="limit")


def test_an_agreement_decides_whose_a_system_is_and_its_silence_leaves_it_with_the_investor() -> None:
    assert AGREED.owner_under("state") is Holder.STATE
    assert AGREED.owner_under("") is Holder.INVESTOR


def test_a_fixed_owner_is_not_moved_by_any_agreement() -> None:
    fixed = OwnershipRule(owner=Holder.STATE, lister=Holder.SUBJECT, income=Holder.STATE, citation=cite("MX-1"))
    assert fixed.owner_under("investor") is Holder.STATE


@pytest.mark.parametrize(
    ("suppliers", "negotiable"),
    [([], True), (["甲"], True), (["甲", "甲"], True), (["甲", "乙"], False), (["甲", "乙", "丙"], False)],
)
def test_suppliers_are_counted_not_their_systems(suppliers: list[str], *, negotiable: bool) -> None:
    assert (PriceMode.NEGOTIATED in RIVALS.modes(suppliers)) is negotiable


def test_a_party_of_the_agreement_keeps_its_fee_whoever_else_sells() -> None:
    assert RIVALS.modes(["甲", "乙"], is_party=True) == {PriceMode.AGREED_FEE}


def test_what_is_free_has_no_price_and_what_no_text_rules_says_so() -> None:
    assert PriceRule(citation=cite("MX-2"), free=True).modes(["甲", "乙"]) == {PriceMode.FREE}
    assert PriceRule(citation=cite("MX-2")).modes(["甲"]) == {PriceMode.UNREGULATED}


@pytest.mark.parametrize(
    ("signed", "mode"),
    [
        (399_999_99, PurchaseMode.SELF),
        (400_000_00, PurchaseMode.GOVERNMENT_PROCUREMENT),
        (400_000_01, PurchaseMode.GOVERNMENT_PROCUREMENT),
    ],
)
def test_the_order_that_reaches_the_limit_is_itself_procured(signed: int, mode: PurchaseMode) -> None:
    assert LIMIT.mode(signed_fen=signed, order_fen=100_000_00, limit_fen=500_000_00) is mode


def test_without_a_limit_nobody_can_say_which_way_to_buy() -> None:
    assert LIMIT.mode(signed_fen=0, order_fen=1, limit_fen=None) is PurchaseMode.UNDECIDED
