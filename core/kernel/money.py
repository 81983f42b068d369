"""Money as integer fen (分): read from what people write, shown as they expect it, compared without division.

A float never becomes money: 0.1 has no exact float, and a limit of 500,000 yuan is tested to the last fen.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from core.kernel.errors import Invalid, Problem

Fen = int

FEN_PER_YUAN: Final = 100
FEN_PER_WAN: Final = 1_000_000
_FEN_PER: Final = {"": FEN_PER_YUAN, "万": FEN_PER_WAN, "亿": 10_000 * FEN_PER_WAN}
_WRITTEN: Final = re.compile(
    r"[¥￥]?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?)(?P<unit>万|亿)?元?", re.ASCII
)


def parse_yuan(value: str | int | Decimal, *, field: str = "amount") -> Fen:
    """Read an amount in yuan, such as "499999.99", "500,000.00", "50万" or "1.2亿元".

    Raises: Invalid when it is no amount or has parts smaller than a fen.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise _refused(field, value, "金额应为数字")
    if isinstance(value, str):
        return _parse_text(value, field)
    return _exact_fen(Decimal(value), FEN_PER_YUAN, field)


def wan(amount: int | str | Decimal) -> Fen:
    """Fen of an amount in 万元, for the limits of a regulation: `wan(50)`, `wan("0.5")`."""
    return _exact_fen(Decimal(amount), FEN_PER_WAN, "amount")


def format_yuan(fen: Fen) -> str:
    """Show an amount in yuan with two decimals: 499,999.99."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // FEN_PER_YUAN:,}.{rest % FEN_PER_YUAN:02d}"


def format_wan(fen: Fen) -> str:
    """Show an amount in 万元, exactly: 49.999999 is never shown as 50, because a limit may lie between them."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    whole, part = divmod(rest, FEN_PER_WAN)
    decimals = f"{part:06d}".rstrip("0")
    return f"{sign}{whole:,}{'.' if decimals else ''}{decimals}万元"


def ratio_exceeds(numerator: Fen, denominator: Fen, percent: int | str | Decimal) -> bool:
    """Whether numerator is more than percent of denominator; equal is not more. Exact, without division."""
    return _ratio_gap(numerator, denominator, percent) > 0


def ratio_reaches(numerator: Fen, denominator: Fen, percent: int | str | Decimal) -> bool:
    """Whether numerator is percent of denominator or more."""
    return _ratio_gap(numerator, denominator, percent) >= 0


def _ratio_gap(numerator: Fen, denominator: Fen, percent: int | str | Decimal) -> int:
    if denominator < 0:
        raise Invalid(
            "计算比例的基数不能为负", details=[Problem(field="denominator", message=format_yuan(denominator))]
        )
    above, below = Decimal(percent).as_integer_ratio()
    return numerator * 100 * below - denominator * above


def _parse_text(text: str, field: str) -> Fen:
    match = _WRITTEN.fullmatch(text.strip().replace("，", ",").replace(" ", ""))
    if match is None:
        raise _refused(field, text, "金额格式不正确，示例：499999.99、500,000.00、50万")
    fen_per = _FEN_PER[match["unit"] or ""]
    if len(match["decimals"] or "") > len(str(fen_per)) - 1:
        raise _refused(field, text, "金额最多精确到分（两位小数）")
    return _exact_fen(Decimal(match["number"].replace(",", "")), fen_per, field)


def _exact_fen(number: Decimal, fen_per: int, field: str) -> Fen:
    try:
        above, below = number.as_integer_ratio()
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise _refused(field, number, "金额应为数字") from error
    fen, rest = divmod(above * fen_per, below)
    if rest:
        raise _refused(field, number, "金额最多精确到分（两位小数）")
    return fen


def _refused(field: str, value: object, why: str) -> Invalid:
    return Invalid(why, details=[Problem(field=field, message=f"{why}（填写的是“{value}”）")])
