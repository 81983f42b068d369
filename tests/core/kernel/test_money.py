"""Money is integer fen; what people write becomes it exactly, or is refused."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.errors import Invalid
from core.kernel.money import format_wan, format_yuan, parse_yuan, ratio_exceeds, ratio_reaches, wan


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("499999.99", 49_999_999),
        ("500,000.00", 50_000_000),
        ("500，000", 50_000_000),
        ("50万", 50_000_000),
        ("50 万元", 50_000_000),
        ("49.999999万", 49_999_999),
        ("1.2亿元", 12_000_000_000),
        ("¥0.01", 1),
        ("-20.5", -2_050),
        (500_000, 50_000_000),
        (Decimal("499999.99"), 49_999_999),
        (Decimal("1.230"), 123),
        (0, 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str | int | Decimal, fen: int) -> None:
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    "written",
    ["", "abc", "1.234", "1.230", "50.1234567万", "5,00.00", "1,0000", "1e5", "５０", "50千", "NaN", ".5", "1 2.3.4"],
)
def test_an_amount_that_can_be_misread_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_yuan(written, field="declared")
    assert refused.value.details[0].field == "declared"


@pytest.mark.parametrize("value", [0.1, 500000.0, True, None, Decimal("NaN"), Decimal("Infinity"), Decimal("0.001")])
def test_a_float_never_becomes_money(value: Any) -> None:
    with pytest.raises(Invalid):
        parse_yuan(value)


def test_an_amount_one_fen_below_a_limit_is_never_shown_as_the_limit() -> None:
    assert format_wan(wan(50) - 1) == "49.999999万元"
    assert format_wan(wan(50)) == "50万元"
    assert format_wan(wan(50) + 1) == "50.000001万元"


def test_amounts_are_shown_with_separators_and_sign() -> None:
    assert format_yuan(49_999_999) == "499,999.99"
    assert format_yuan(-5) == "-0.05"
    assert format_wan(-wan("12345.6")) == "-12,345.6万元"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_shown_can_be_read_again(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen
    assert parse_yuan(format_wan(fen)) == fen


@pytest.mark.parametrize(
    ("numerator", "exceeds", "reaches"), [(99_999, False, False), (100_000, False, True), (100_001, True, True)]
)
def test_a_tenth_is_compared_to_the_fen(numerator: int, exceeds: bool, reaches: bool) -> None:
    assert ratio_exceeds(numerator, 1_000_000, 10) is exceeds
    assert ratio_reaches(numerator, 1_000_000, 10) is reaches


def test_a_ratio_may_be_a_fraction_of_a_percent_and_its_base_may_be_nothing() -> None:
    assert ratio_exceeds(126, 10_000, "1.25")
    assert not ratio_exceeds(125, 10_000, Decimal("1.25"))
    assert ratio_exceeds(1, 0, 10)
    assert not ratio_exceeds(0, 0, 10)


def test_a_ratio_of_a_negative_base_is_refused() -> None:
    with pytest.raises(Invalid, match="基数"):
        ratio_exceeds(1, -1, 10)
