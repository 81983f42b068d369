"""The words of a limit: its unit, kind and roll rule, and what may lengthen it (期限要素)."""

from datetime import date
from enum import StrEnum

import msgspec

from core.kernel.errors import Invalid, Problem


class Unit(StrEnum):
    """What a limit counts (计算单位): working days or natural days, months, years."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class LimitKind(StrEnum):
    """What a limit means (期限类型).

    `deadline`: act by the last day. `minimum`: not before the day after it. `window`: opens at the start,
    closes on the last day. `fixed_yearly`: a date each year. `validity`: holds until the last day. `agreed`:
    a date set in the case. `order`: only before or after something. `none`: no number, and none is invented.
    """

    DEADLINE = "deadline"
    MINIMUM = "minimum"
    WINDOW = "window"
    FIXED_YEARLY = "fixed_yearly"
    VALIDITY = "validity"
    AGREED = "agreed"
    ORDER = "order"
    NONE = "none"

    @property
    def has_last_day(self) -> bool:
        """Whether the kind has a last day at all."""
        return self not in {LimitKind.ORDER, LimitKind.NONE}

    @property
    def can_be_late(self) -> bool:
        """Whether somebody can be late: nobody is late for a minimum."""
        return self.has_last_day and self is not LimitKind.MINIMUM


class Roll(StrEnum):
    """What happens when the last day is a day off (顺延): nothing, or the next workday is the last day."""

    NONE = "none"
    FORWARD = "forward"


class Pause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A span a limit does not count (中止): from the day after opening up to the closing day.

    An open pause has no closing day yet; as long as it runs there is no due date to be late for. `key` names the
    rule that allows it, where the regulation knows several.
    """

    opened_on: date
    closed_on: date | None = None
    reason: str = ""
    article: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins.

        Raises: Invalid.
        """
        if self.closed_on is not None and self.closed_on < self.opened_on:
            why = "中止结束日期不能早于开始日期"
            raise Invalid(why, details=[Problem(field="closed_on", message=why)])


class Extension(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A later end of a limit (延期): a new last day, or a further amount in the unit of the limit.

    It counts once accepted; a request without acceptance moves nothing.
    """

    accepted_on: date | None = None
    to_on: date | None = None
    amount: int = 0
    cite: str = ""

    def __post_init__(self) -> None:
        """Refuse an extension that says neither or both.

        Raises: Invalid.
        """
        if (self.to_on is None) == (self.amount <= 0):
            why = "延期须写明延至日期或延长期限之一"
            raise Invalid(why, details=[Problem(field="amount", message=why)])
