"""The ledger of projects (台账): filters, search, keyset pages, totals that add up to their list.

Filters are closed: each is one predicate written here, so that nothing a client sends becomes SQL.
"""

import base64
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.codec import decode, encode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid, Problem
from core.projects.model import ProjectRow

PAGE = 200
COUNT_CAP = 10_000


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may see: all projects, or those of organisations and of roles with a task, or one case."""

    everything: bool = False
    organisations: tuple[UUID, ...] = ()
    roles: tuple[str, ...] = ()
    case_id: UUID | None = None


class ProjectFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list asks for; empty means any. Amounts in fen, on the approved, else confirmed, else declared figure."""

    text: str = ""
    status: tuple[str, ...] = ()
    stage: str = ""
    holder: str = ""
    unit_id: UUID | None = None
    plan_year: int | None = None
    project_kind: str = ""
    track: str = ""
    due_before: date | None = None
    amount_from: int | None = None
    amount_to: int | None = None


class Sort(msgspec.Struct, frozen=True):
    """One order a list may have: the expression and whether it descends; the id breaks ties."""

    expression: str
    descends: bool
    cast: str


SORTS = {
    "newest": Sort("p.created_on", descends=True, cast="date"),
    "oldest": Sort("p.created_on", descends=False, cast="date"),
    "due": Sort("coalesce(p.next_due_on, 'infinity'::date)", descends=False, cast="date"),
    "amount": Sort("coalesce(p.approved_fen, p.confirmed_fen, p.declared_fen, 0)", descends=True, cast="bigint"),
}


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the ledger; `after` is the cursor of the next one, or empty."""

    rows: tuple[ProjectRow, ...]
    after: str


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """How many projects a filter finds and what they add up to, in fen, each on its own step of the ladder."""

    projects: int
    declared_fen: int
    confirmed_fen: int
    approved_fen: int
    contract_fen: int
    accepted_fen: int


_COLUMNS = """p.id, p.code, p.title, p.kind, p.unit_id, coalesce(n.name, u.code) AS unit,
coalesce(p.document ->> 'subordinate', '') AS subordinate, p.plan_year, p.project_kind, p.track, p.status,
p.open_stages, p.holders, p.next_due_on, p.declared_fen, p.confirmed_fen, p.approved_fen, p.contract_fen,
p.accepted_fen, p.created_on, p.ended_on, p.version"""

_FROM = """FROM project p JOIN organisation u ON u.tenant_id = $1 AND u.id = p.unit_id
LEFT JOIN LATERAL (SELECT a.name FROM organisation_alias a WHERE a.tenant_id = $1 AND a.organisation_id = p.unit_id
    ORDER BY a.from_on DESC LIMIT 1) n ON true"""


async def list_projects(
    uow: UnitOfWork, sight: Sight, wanted: ProjectFilter, *, sort: str = "newest", after: str = "", limit: int = 50
) -> Page:
    """One page of what somebody may see.

    Raises: Invalid for an unknown order, a page size out of range or a cursor that is not ours.
    """
    order = SORTS.get(sort)
    if order is None or not 1 <= limit <= PAGE:
        problem = Problem(field="sort" if order is None else "limit", message=f"排序或每页条数有误（最多 {PAGE}）")
        raise Invalid("列表参数有误", details=(problem,))
    where, args = _where(uow, sight, wanted)
    if after:
        key, last = _cursor(after)
        comparison = "<" if order.descends else ">"
        args += [key, last]
        where += (
            f" AND ({order.expression}, p.id) {comparison} (${len(args) - 1}::text::{order.cast}, ${len(args)}::uuid)"
        )
    direction = "DESC" if order.descends else "ASC"
    args.append(limit + 1)
    rows = await uow.fetch(
        f"SELECT {_COLUMNS}, ({order.expression})::text AS sort_key {_FROM} WHERE {where} "
        f"ORDER BY {order.expression} {direction}, p.id {direction} LIMIT ${len(args)}",
        *args,
    )
    shown = rows[:limit]
    following = _make_cursor(shown[-1]["sort_key"], shown[-1]["id"]) if len(rows) > limit else ""
    return Page(rows=tuple(_row(row) for row in shown), after=following)


async def count_projects(uow: UnitOfWork, sight: Sight, wanted: ProjectFilter) -> int:
    """How many there are, counted no further than COUNT_CAP."""
    where, args = _where(uow, sight, wanted)
    found: int = await uow.fetchval(
        f"SELECT count(*) FROM (SELECT 1 FROM project p WHERE {where} LIMIT {COUNT_CAP + 1}) capped",  # noqa: S608 - predicates are closed
        *args,
    )
    return found


async def sum_projects(uow: UnitOfWork, sight: Sight, wanted: ProjectFilter) -> Totals:
    """What the whole list adds up to, under the very predicate of the list."""
    where, args = _where(uow, sight, wanted)
    sums = ", ".join(
        f"coalesce(sum(p.{name}), 0)::bigint AS {name}"
        for name in ("declared_fen", "confirmed_fen", "approved_fen", "contract_fen", "accepted_fen")
    )
    sql = f"SELECT count(*) AS projects, {sums} FROM project p WHERE {where}"  # noqa: S608 - predicates are closed
    row = await uow.fetchrow(sql, *args)
    return msgspec.convert(dict(row or {}), Totals)


def _where(uow: UnitOfWork, sight: Sight, wanted: ProjectFilter) -> tuple[str, list[Any]]:
    args: list[Any] = [uow.require_tenant()]
    parts = ["p.tenant_id = $1"]

    def add(predicate: str, *values: Any) -> None:
        for place, value in enumerate(values):
            args.append(value)
            predicate = predicate.replace(f"?{place}", f"${len(args)}")
        parts.append(predicate)

    _see(sight, add)
    if wanted.text:
        add("(position(lower(?0) in lower(p.title)) > 0 OR p.code = upper(?0))", wanted.text.strip())
    if wanted.status:
        add("p.status = ANY(?0)", list(wanted.status))
    for column, value in (("open_stages", wanted.stage), ("holders", wanted.holder)):
        if value:
            add(f"?0 = ANY(p.{column})", value)
    exact: tuple[tuple[str, Any], ...] = (
        ("p.unit_id = ?0", wanted.unit_id),
        ("p.plan_year = ?0", wanted.plan_year),
        ("p.project_kind = ?0", wanted.project_kind or None),
        ("p.track = ?0", wanted.track or None),
        ("p.next_due_on < ?0", wanted.due_before),
        ("coalesce(p.approved_fen, p.confirmed_fen, p.declared_fen, 0) >= ?0", wanted.amount_from),
        ("coalesce(p.approved_fen, p.confirmed_fen, p.declared_fen, 0) <= ?0", wanted.amount_to),
    )
    for predicate, wish in exact:
        if wish is not None:
            add(predicate, wish)
    return " AND ".join(parts), args


def _see(sight: Sight, add: Any) -> None:
    """Narrow a list to what somebody may see; whoever may see nothing gets an empty list."""
    if sight.case_id is not None:
        add("p.id = ?0", sight.case_id)
    elif not sight.everything:
        add(_OWN_OR_TASKED, list(sight.organisations), list(sight.roles))


_OWN_OR_TASKED = """(p.unit_id = ANY(?0) OR p.subordinate_id = ANY(?0) OR EXISTS (
    SELECT 1 FROM task t WHERE t.tenant_id = $1 AND t.project_id = p.id AND t.role = ANY(?1)))"""


def _row(row: Any) -> ProjectRow:
    fields = dict(row)
    fields.pop("sort_key")
    return ProjectRow(**fields)


def _make_cursor(key: str, last: UUID) -> str:
    return base64.urlsafe_b64encode(encode([key, str(last)]).encode()).decode().rstrip("=")


def _cursor(text: str) -> tuple[str, UUID]:
    try:
        padded = text + "=" * (-len(text) % 4)
        key, last = decode(base64.urlsafe_b64decode(padded), list)
        return str(key), UUID(last)
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        raise Invalid("翻页标记无效", details=(Problem(field="after", message="翻页标记无效"),)) from error
