"""What a tenant has decided where its regulation, or the calendar, leaves a choice (选项、参数与日历更正).

Every decision is a dated row with its source and the person who took it; a later one is another row. Who may decide,
and what the journal says of it, is the business of the service that calls these.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from asyncpg import Record

from core.kernel.clock import SHANGHAI
from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.kernel.workdays import Amendment, Calendar


class ChoiceKind(StrEnum):
    """What is settled: a reading, a dated value outside the text, another text's filling, a year, a text's renewal."""

    OPTION = "option"
    PARAMETER = "parameter"
    SLOT = "slot"
    CALENDAR = "calendar"
    RENEWAL = "renewal"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: from this day on, this value, because of this source."""

    kind: ChoiceKind
    key: str
    from_on: date
    value: Any
    source: str


async def choose(uow: UnitOfWork, choice: Choice, *, actor: Actor) -> None:
    """Record a decision; for an equal first day the one recorded last rules."""
    await uow.execute(
        "INSERT INTO tenant_choice (tenant_id, kind, key, from_on, recorded_at, value, source, decided_by_id, "
        "decided_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        *(uow.require_tenant(), str(choice.kind), choice.key, choice.from_on, datetime.now(UTC)),
        *(encode(choice.value), choice.source, actor.user_id, actor.name),
    )


async def list_choices(uow: UnitOfWork) -> tuple[Choice, ...]:
    """Every decision ever taken, in the order in which later ones rule over earlier."""
    rows = await uow.fetch(
        "SELECT kind, key, from_on, value, source FROM tenant_choice WHERE tenant_id = $1 "
        "ORDER BY kind, key, from_on, recorded_at",
        uow.require_tenant(),
    )
    return tuple(
        Choice(
            kind=ChoiceKind(row["kind"]),
            key=row["key"],
            from_on=row["from_on"],
            value=decode(row["value"], object),
            source=row["source"],
        )
        for row in rows
    )


async def choices_on(uow: UnitOfWork, day: date, kind: ChoiceKind) -> dict[str, Choice]:
    """The decisions of a kind in force on a day, by key."""
    return {choice.key: choice for choice in await list_choices(uow) if choice.kind is kind and choice.from_on <= day}


async def amend_calendar(uow: UnitOfWork, amendment: Amendment, *, actor: Actor) -> None:
    """Record that a day counts otherwise than announced. Open deadlines are reckoned again by the caller."""
    recorded_at = datetime.combine(amendment.recorded_on, datetime.now(SHANGHAI).timetz())
    await uow.execute(
        "INSERT INTO calendar_amendment (tenant_id, day_on, recorded_at, works, reason, source, decided_by_id, "
        "decided_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(uow.require_tenant(), amendment.on, recorded_at, amendment.works, amendment.reason, amendment.source),
        *(actor.user_id, actor.name),
    )


async def confirm_year(uow: UnitOfWork, year: int, *, source: str, on: date, actor: Actor) -> None:
    """Record that a year beyond the announced ones has been entered completely, and is no longer provisional."""
    choice = Choice(kind=ChoiceKind.CALENDAR, key=str(year), from_on=on, value=True, source=source)
    await choose(uow, choice, actor=actor)


async def calendar_of(uow: UnitOfWork) -> Calendar:
    """The tenant's calendar as it stands; the same object while nothing changes, so its years are reckoned once."""
    return _calendar_from(await _changes(uow))


async def calendars_of(uow: UnitOfWork) -> dict[str, Calendar]:
    """Every calendar the tenant has had, by version: what a receipt of an earlier day was decided on."""
    rows = await _changes(uow)
    found = (_calendar_from(rows[:count]) for count in range(len(rows) + 1))
    return {calendar.version: calendar for calendar in found}


async def _changes(uow: UnitOfWork) -> list[Record]:
    return await uow.fetch(
        "SELECT day_on, works, reason, source, recorded_at FROM calendar_amendment WHERE tenant_id = $1 "
        "UNION ALL SELECT make_date(key::int, 1, 1), NULL, '', source, recorded_at FROM tenant_choice "
        "WHERE tenant_id = $1 AND kind = 'calendar' ORDER BY recorded_at",
        uow.require_tenant(),
    )


def _calendar_from(rows: Sequence[Record]) -> Calendar:
    amendments = tuple(
        Amendment(
            on=row["day_on"],
            works=row["works"],
            reason=row["reason"],
            source=row["source"],
            recorded_on=row["recorded_at"].astimezone(SHANGHAI).date(),
        )
        for row in rows
        if row["works"] is not None
    )
    confirmed = tuple(sorted({row["day_on"].year for row in rows if row["works"] is None}))
    newest = rows[-1]["recorded_at"].astimezone(SHANGHAI).isoformat() if rows else ""
    return _calendar(f"announced+{len(rows)}@{newest}" if rows else "announced", amendments, confirmed)


@lru_cache(maxsize=4096)
def _calendar(version: str, amendments: tuple[Amendment, ...], confirmed: tuple[int, ...]) -> Calendar:
    return Calendar(version, amendments, confirmed)
