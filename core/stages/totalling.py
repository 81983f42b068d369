"""Yearly totals beside the rules: the sums an act may add to are locked before it is judged, and raised with it."""

from collections.abc import Iterable
from typing import Any

from core.kernel.database import UnitOfWork
from core.policy.cases.acts import Act, Counted
from core.policy.cases.case import Case
from core.policy.cases.context import Context
from core.policy.judging.totalling import counts_at
from core.policy.rulebooks.rulebook import Rulebook
from core.projects import Project


def totals_at(rules: Rulebook, project: Project, asked: Act, context: Context) -> dict[str, tuple[str, int]]:
    """Which totals an act may add to: per total the unit it is kept for (empty: the tenant) and the year."""
    case = Case(project.state, context, rules, asked)
    return {
        total.key: (
            project.unit_code if total.per == "unit" else "",
            total.year(case) if total.year is not None else asked.on.year,
        )
        for total in counts_at(rules.totals, asked.stage)
    }


async def sums_so_far(uow: UnitOfWork, places: dict[str, tuple[str, int]], *, lock: bool) -> dict[str, int]:
    """The sums so far. With `lock`, no other act adds to them until this unit of work is over."""
    found: dict[str, int] = {}
    for total, (unit, year) in sorted(places.items()):
        place = (uow.require_tenant(), total, unit, year)
        found[total] = await (_locked(uow, place) if lock else _read(uow, place)) or 0
    return found


async def _locked(uow: UnitOfWork, place: tuple[Any, ...]) -> int:
    """A row of its own is needed to be locked: the first of the year makes it, and waits as everyone else does."""
    amount: int = await uow.fetchval(
        """INSERT INTO yearly_total AS t (tenant_id, total, unit_code, year, amount_fen) VALUES ($1, $2, $3, $4, 0)
        ON CONFLICT (tenant_id, total, unit_code, year) DO UPDATE SET amount_fen = t.amount_fen RETURNING amount_fen""",
        *place,
    )
    return amount


async def _read(uow: UnitOfWork, place: tuple[Any, ...]) -> int | None:
    amount: int | None = await uow.fetchval(
        "SELECT amount_fen FROM yearly_total WHERE tenant_id = $1 AND total = $2 AND unit_code = $3 AND year = $4",
        *place,
    )
    return amount


async def add(uow: UnitOfWork, rules: Rulebook, project: Project, counted: Iterable[Counted]) -> None:
    """Raise the totals by what an accepted act has added."""
    for one in counted:
        unit = project.unit_code if rules.totals[one.total].per == "unit" else ""
        await carry(uow, one, unit)


async def carry(uow: UnitOfWork, one: Counted, unit: str = "") -> None:
    """Raise one total; also what a place has counted in the year before it is served here."""
    await uow.execute(
        """INSERT INTO yearly_total AS t (tenant_id, total, unit_code, year, amount_fen) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, total, unit_code, year)
        DO UPDATE SET amount_fen = t.amount_fen + excluded.amount_fen""",
        *(uow.require_tenant(), one.total, unit, one.year, one.amount_fen),
    )
