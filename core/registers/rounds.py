"""Yearly application rounds (申报批次): a notice opens a window whose last day is reckoned, never typed in."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.kernel.database import UnitOfWork
from core.kernel.tenancy import Actor
from core.kernel.workdays import Calendar, LimitKind, Roll, Unit, reckon
from core.policy.rulebooks.rulebook import Rulebook
from core.registers import repository
from core.registers.keeping import office_roles, require_roles
from core.registers.model import OpenedRound, RoundExists, RoundMissing, refuse, required

WINDOW_OPTION = "window_months"
_USUAL_MONTHS = 2
_MOST_MONTHS = 24


class NewRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round as its office opens or changes it. Without `months` the tenant's option for the window holds."""

    plan_year: int
    issued_on: date
    title: str = ""
    months: int | None = None
    document_id: UUID | None = None


def closing_day(calendar: Calendar, issued_on: date, months: int) -> date:
    """The last day of a window: the corresponding day, or the next workday if that is a day off."""
    ledger = reckon(calendar, start=issued_on, amount=months, unit=Unit.MONTH, roll=Roll.FORWARD, kind=LimitKind.WINDOW)
    return ledger.due_on or issued_on


async def open_round(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, calendar: Calendar, new: NewRound, on: date
) -> OpenedRound:
    """Open the round of a plan year; `on` is the day of the act.

    Raises: NotAllowed, NotKeeper, RoundExists, Invalid.
    """
    require_roles(actor, rulebook, office_roles(rulebook), "申报批次")
    opened = _reckoned(rulebook, calendar, new, title=new.title or f"{new.plan_year} 年度立项计划申报", by=actor.name)
    if not await repository.insert_round(uow, opened, actor):
        raise RoundExists(new.plan_year)
    await _record(uow, "opened", actor, on, opened, before=None, reason="")
    return opened


async def change_round(
    uow: UnitOfWork, rulebook: Rulebook, actor: Actor, *, calendar: Calendar, new: NewRound, on: date, reason: str
) -> OpenedRound:
    """Change a round's notice day, window or title; units in it see the new last day at once.

    Raises: NotAllowed, NotKeeper, RoundMissing, Invalid.
    """
    require_roles(actor, rulebook, office_roles(rulebook), "申报批次")
    why = required(reason, "reason", "调整原因")
    before = await repository.find_round(uow, new.plan_year, lock=True)
    if before is None:
        raise RoundMissing(new.plan_year)
    kept = msgspec.structs.replace(
        new, months=new.months or before.months, document_id=new.document_id or before.document_id
    )
    changed = _reckoned(rulebook, calendar, kept, title=new.title or before.title, by=before.opened_by_name)
    await repository.update_round(uow, changed)
    await _record(uow, "changed", actor, on, changed, before=before, reason=why)
    return changed


async def current_round(uow: UnitOfWork, today: date) -> OpenedRound | None:
    """The round whose notice is the latest by today; its window may be over, which `is_open` says."""
    return await repository.latest_round(uow, today)


async def list_rounds(uow: UnitOfWork) -> tuple[OpenedRound, ...]:
    """All rounds, newest plan year first."""
    return await repository.list_rounds(uow)


def _reckoned(rulebook: Rulebook, calendar: Calendar, new: NewRound, *, title: str, by: str) -> OpenedRound:
    months = new.months or int(rulebook.options.get(WINDOW_OPTION) or _USUAL_MONTHS)
    if not 1 <= months <= _MOST_MONTHS:
        raise refuse(f"申报窗口应为 1 至 {_MOST_MONTHS} 个月", "months")
    if not new.issued_on.year <= new.plan_year <= new.issued_on.year + 2:
        raise refuse("计划年度应为通知发布当年或其后两年", "plan_year")
    return OpenedRound(
        plan_year=new.plan_year,
        issued_on=new.issued_on,
        closes_on=closing_day(calendar, new.issued_on, months),
        months=months,
        title=title.strip(),
        document_id=new.document_id,
        opened_by_name=by,
    )


async def _record(
    uow: UnitOfWork,
    verb: str,
    actor: Actor,
    on: date,
    after: OpenedRound,
    *,
    before: OpenedRound | None,
    reason: str,
) -> None:
    new = msgspec.structs.asdict(after)
    old: dict[str, Any] = msgspec.structs.asdict(before) if before is not None else {}
    entry = journal.Entry(
        kind=f"round:{verb}",
        actor=actor,
        on=on,
        subject=f"round:{after.plan_year}",
        detail={"plan_year": after.plan_year, "reason": reason},
        before={key: value for key, value in old.items() if new[key] != value} if before is not None else None,
        after={key: value for key, value in new.items() if old.get(key) != value},
    )
    await journal.append(uow, chain=None, entries=[entry])
