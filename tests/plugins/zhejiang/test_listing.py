"""What the measures say of a listed application, class by class: whose it is, what it costs, how it is bought."""

import pytest

from core.policy.rules.listing import Holder, PriceMode, PurchaseMode, Visibility
from core.policy.rules.regulation import ListingForce, ListingRule
from plugins.zhejiang.listing import LISTING_RULES

RULES = {rule.key: rule for rule in LISTING_RULES}
CLASS1, CLASS2, CLASS3 = "class1_fiscal", "class2_market_invested", "class3_market_innovated"
LIMIT = 500_000_00


def rule(key: str) -> ListingRule:
    return RULES[key]


@pytest.mark.parametrize("key", [CLASS1, CLASS2, CLASS3])
def test_an_accepted_application_must_be_listed_in_the_market_of_the_whole_province(key: str) -> None:
    found = rule(key)
    assert (found.force, found.after_stage, found.after_outcome) == (ListingForce.DUTY, "acceptance_evaluation", "pass")
    assert (found.tracks, found.visibility) == ((key,), Visibility.TREE)


def test_only_class_one_hands_in_source_code_and_confirmed_property() -> None:
    assert rule(CLASS1).papers == ("source_code", "property_confirmation")
    assert rule(CLASS2).papers == rule(CLASS3).papers == ()


@pytest.mark.parametrize(
    ("key", "agreed", "owner"),
    [
        (CLASS1, "investor", Holder.STATE),
        (CLASS2, "state", Holder.STATE),
        (CLASS2, "", Holder.INVESTOR),
        (CLASS3, "state", Holder.MARKET_ENTITY),
    ],
)
def test_the_owner_follows_from_class_and_agreement(key: str, agreed: str, owner: Holder) -> None:
    ownership = rule(key).ownership
    assert ownership is not None
    assert ownership.owner_under(agreed) is owner


@pytest.mark.parametrize(
    ("key", "pays"), [(CLASS1, Holder.USING_UNIT), (CLASS2, Holder.UNREGULATED), (CLASS3, Holder.UNREGULATED)]
)
def test_using_units_pay_for_their_own_operation_in_class_one_alone(key: str, pays: Holder) -> None:
    costs = rule(key).costs
    assert costs is not None
    assert (costs.operation, costs.operation_work) == (pays, Holder.SUBJECT)


@pytest.mark.parametrize(
    ("suppliers", "negotiable"),
    [(["甲"], True), (["甲", "甲"], True), (["甲", "乙"], False), (["甲", "乙", "丙"], False)],
)
def test_a_price_is_negotiated_with_the_only_supplier_and_with_nobody_else(
    suppliers: list[str], *, negotiable: bool
) -> None:
    for key in (CLASS2, CLASS3, "open_listing"):
        price = rule(key).price
        assert price is not None
        assert (PriceMode.NEGOTIATED in price.modes(suppliers)) is negotiable
        assert PriceMode.MARKET in price.modes(suppliers)


def test_a_party_of_a_class_two_agreement_pays_the_agreed_fee_and_class_one_is_free() -> None:
    second, first, third = rule(CLASS2).price, rule(CLASS1).price, rule(CLASS3).price
    assert second is not None
    assert second.modes(["甲", "乙"], is_party=True) == {PriceMode.AGREED_FEE}
    assert first is not None
    assert first.modes(["甲", "乙"]) == {PriceMode.FREE}
    assert third is not None
    assert third.modes(["甲", "乙"], is_party=True) == {PriceMode.MARKET}


@pytest.mark.parametrize(
    ("order", "mode"),
    [
        (99_999_99, PurchaseMode.SELF),
        (100_000_00, PurchaseMode.GOVERNMENT_PROCUREMENT),
        (100_000_01, PurchaseMode.GOVERNMENT_PROCUREMENT),
    ],
)
def test_the_order_that_brings_the_year_to_the_limit_is_procured(order: int, mode: PurchaseMode) -> None:
    purchase = rule(CLASS3).purchase
    assert purchase is not None
    assert purchase.mode(signed_fen=400_000_00, order_fen=order, limit_fen=LIMIT) is mode


def test_without_a_limit_set_nobody_may_say_how_to_buy_and_class_one_is_not_bought() -> None:
    purchase = rule(CLASS2).purchase
    assert purchase is not None
    assert purchase.mode(signed_fen=0, order_fen=1, limit_fen=None) is PurchaseMode.UNDECIDED
    assert rule(CLASS1).purchase is None


def test_a_market_entity_may_list_what_came_from_no_project_and_nobody_else_may() -> None:
    found = rule("open_listing")
    assert (found.force, found.open_to) == (ListingForce.ALLOWED, ("market_entity",))
