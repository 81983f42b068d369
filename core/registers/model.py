"""What registers hold: versions of entries, findings about units, yearly rounds; and what may go wrong with them.

Nothing here is ever deleted: an entry is superseded or withdrawn, a finding is lifted, each with its day.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from core.policy.cases import context as seen


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one entry (登记条目). `state` is current, superseded or withdrawn.

    `adjusted_on` says that the content has changed in fact and the new version is not lodged yet.
    """

    register: str
    organisation_id: UUID
    organisation: str
    entry_key: str
    version: int
    on: date
    state: str
    adjusted_on: date | None
    withdrawn_on: date | None
    withdrawn_reason: str
    content: dict[str, Any]
    document_id: UUID | None
    entered_by: UUID
    entered_by_name: str
    recorded_at: datetime

    def as_seen(self) -> seen.RegisterEntry:
        """The entry as rules see it."""
        return seen.RegisterEntry(
            register=self.register,
            version=self.version,
            on=self.on,
            state=self.state,
            adjusted_on=self.adjusted_on,
            content=self.content,
        )


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a register; `after` is the cursor of the next one, or empty."""

    rows: tuple[Entry, ...]
    after: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an office has recorded about a unit (单位记录), until lifted."""

    id: UUID
    organisation_id: UUID
    kind: str
    on: date
    reason: str
    project_code: str
    recorded_by_name: str
    lifted_on: date | None
    lifted_reason: str
    lifted_by_name: str


class OpenedRound(msgspec.Struct, frozen=True, kw_only=True):
    """One yearly round (申报批次): the day of its notice, how many months it stays open, its last day."""

    plan_year: int
    issued_on: date
    closes_on: date
    months: int
    title: str
    document_id: UUID | None
    opened_by_name: str

    def is_open(self, on: date) -> bool:
        """Whether a day lies in the window; both ends belong to it."""
        return self.issued_on <= on <= self.closes_on

    def as_seen(self) -> seen.Round:
        """The round as rules see it."""
        return seen.Round(plan_year=self.plan_year, issued_on=self.issued_on, closes_on=self.closes_on)


class RegisterUnknown(NotFound):
    """The regulation names no such register."""

    def __init__(self, key: str) -> None:
        super().__init__(f"本办法没有名为“{key}”的登记簿")


class RegisterDerived(Invalid):
    """The register is computed from records, or kept by others, and nobody writes into it."""


class NotKeeper(Forbidden):
    """The actor's body does not keep this register, or not for this unit."""


class EntryMissing(NotFound):
    """There is no current entry."""

    default_message = "没有有效的登记条目"


class FindingMissing(NotFound):
    """No such finding, or it is lifted already."""

    default_message = "未找到该单位记录，或该记录已解除"


class RoundExists(Conflict):
    """The plan year has its round already; it is changed, not opened twice."""

    def __init__(self, plan_year: int) -> None:
        super().__init__(f"{plan_year} 年度的申报批次已经发布，如需调整请修改原批次")


class RoundMissing(NotFound):
    """No round for that plan year."""

    def __init__(self, plan_year: int) -> None:
        super().__init__(f"没有 {plan_year} 年度的申报批次")


def refuse(message: str, field: str) -> Invalid:
    """A wrong field, said once in the sentence and once at its place."""
    return Invalid(message, details=(Problem(field=field, message=message),))


def required(text: str, field: str, title: str) -> str:
    """The text without surrounding blanks.

    Raises: Invalid when nothing is left.
    """
    kept = text.strip()
    if not kept:
        raise refuse(f"请填写{title}", field)
    return kept
