"""Acting across tenants (跨层级办理): a stage whose role sits elsewhere is referred there, and is acted on from there.

The acting tenant holds a referral: whose project, which stage, in which role, until when. The owner's relay writes it
when the stage opens and closes it when the stage closes; a repetition changes nothing. Whoever acts is checked in his
own tenant against his referral, and then works in the owner's tenant with exactly the roles it gives. No wall is
opened: each unit of work knows one tenant. A closed referral still lets an office read what it once decided on.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core import journal
from core.journal import Recorded
from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid, Problem
from core.kernel.tenancy import Actor, Channel, Tenant
from core.people.permissions import PROJECTS_READ, require
from core.policy.rulebooks.registry import Registry, RulesMissing
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import Seat
from core.projects import ProjectMissing
from core.registers import RENEWED, adopt_renewal
from core.stages import referrals
from core.stages.seating import Tree, usual_seat

PAGE = 200


class Referred(msgspec.Struct, frozen=True, kw_only=True):
    """One task of another tenant's project that waits here, or did. `project` is how it is called from here."""

    project: str
    owner: str
    owner_name: str
    title: str
    unit: str
    stage: str
    stage_title: str
    ref: str
    n: int
    role: str
    role_title: str
    act: str
    opened_on: date
    due_on: date | None
    closed_on: date | None


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What one tenant has to say to another: its tasks there, acts done from there, renewals that hold there too."""

    tasks: tuple[dict[str, Any], ...]
    acts: tuple[Recorded, ...]
    renewals: tuple[Recorded, ...]


def split_code(code: str) -> tuple[str, str]:
    """`owner:number` taken apart; without an owner the project is one's own."""
    owner, _, number = code.rpartition(":")
    return owner, number


async def parcels_of(
    uow: UnitOfWork, registry: Registry, tree: Tree, entries: Sequence[Recorded]
) -> dict[UUID, Parcel]:
    """What a batch of an owner's entries means for other tenants, by tenant."""
    here = uow.require_tenant()
    projects = sorted({entry.project_id for entry in entries if entry.project_id is not None})
    found: dict[UUID, dict[tuple[Any, ...], dict[str, Any]]] = {}
    for tenant_id, task in [*await _waiting(uow, registry, projects), *await _open_to(uow, registry, tree, projects)]:
        place = tuple(task[name] for name in ("project_id", "stage", "ref", "opened_seq", "role"))
        found.setdefault(tenant_id, {}).setdefault(place, task)
    acts = [entry for entry in entries if entry.project_id is not None and entry.acting_tenant_id != here]
    renewals = tuple(entry for entry in entries if entry.kind == RENEWED)
    below = {tenant.id for tenant in tree.below()} if renewals else set()
    return {
        tenant_id: Parcel(
            tasks=tuple(found.get(tenant_id, {}).values()),
            acts=tuple(entry for entry in acts if entry.acting_tenant_id == tenant_id),
            renewals=renewals if tenant_id in below else (),
        )
        for tenant_id in {entry.acting_tenant_id for entry in acts} | found.keys() | below
    }


async def _waiting(uow: UnitOfWork, registry: Registry, projects: Sequence[UUID]) -> list[tuple[UUID, dict[str, Any]]]:
    """What waits, or waited, in other tenants."""
    rows = [dict(row) for row in await referrals.list_sent(uow, projects)] if projects else []
    return [(row.pop("acting_tenant_id"), _titled(_rules_of(registry, row), row)) for row in rows]


async def _open_to(
    uow: UnitOfWork, registry: Registry, tree: Tree, projects: Sequence[UUID]
) -> list[tuple[UUID, dict[str, Any]]]:
    """What is open to others without waiting for them: oversight of the project, and calls that anybody may answer."""
    others = [tenant.id for tenant in tree.kin() if tenant.id != tree.here.id]
    found: list[tuple[UUID, dict[str, Any]]] = []
    for row in await referrals.list_runs(uow, projects) if projects and others else []:
        run = dict(row)
        rules, created_on = _rules_of(registry, run), run.pop("created_on")
        if rules is not None:
            found += _standing(tree, rules, run | {"opened_on": created_on})
            found += [(tenant_id, called) for called in _calls(rules, run) for tenant_id in others]
    return found


def _rules_of(registry: Registry, row: dict[str, Any]) -> Rulebook | None:
    """The rulebook a row's project is pinned to, if it is still installed."""
    place, edition, options = row.pop("jurisdiction"), row.pop("edition"), decode(row.pop("options"), dict)
    try:
        return registry.pinned(place, edition, options)
    except RulesMissing:
        return None


def _titled(rules: Rulebook | None, row: dict[str, Any]) -> dict[str, Any]:
    """A task in its rulebook's own words."""
    if rules is None:
        return row | {"stage_title": row["stage"], "role_title": row["role"], "competes": True}
    role = rules.roles.get(row["role"])
    title = role.title if role is not None else row["role"]
    competes = role is not None and role.seat is Seat.ANY
    return row | {"stage_title": rules.title_of(row["stage"]), "role_title": title, "competes": competes}


def _standing(tree: Tree, rules: Rulebook, row: dict[str, Any]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """The project itself, for every role that sees all projects of its reach from another tenant (全程监督)."""
    whole = {"stage": "", "ref": "", "opened_seq": 0, "n": 1, "act": "oversee", "closed_on": None}
    for role in rules.roles.values():
        seat = usual_seat(tree, rules, role) if role.reads_all else None
        if seat is not None:
            yield seat, _titled(rules, row | whole | {"role": role.key})


def _calls(rules: Rulebook, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A run that takes parties, as what it asks of each role that may sit anywhere (谁来都可以)."""
    stage = next((s for _, s in rules.all_stages() if s.key == row["stage"]), None)
    for key in stage.takes.roles if stage is not None and stage.takes is not None else ():
        if rules.roles[key].seat is Seat.ANY:
            yield _titled(rules, row | {"role": key})


async def receive(uow: UnitOfWork, owner: Tenant, parcel: Parcel) -> None:
    """Take in what another tenant says: referrals as they stand, each act in the journal and each renewal once."""
    if parcel.tasks:
        await referrals.receive(uow, (owner.id, owner.code, owner.name), parcel.tasks)
    carried = [entry.id for entry in (*parcel.acts, *parcel.renewals)]
    new = await referrals.take_new(uow, carried) if carried else set()
    told = [_echo(uow.require_tenant(), owner, entry) for entry in parcel.acts if entry.id in new]
    if told:
        await journal.append(uow, chain=None, entries=told)
    for entry in parcel.renewals:
        if entry.id in new:
            await adopt_renewal(uow, owner, entry)


def _echo(tenant_id: UUID, owner: Tenant, entry: Recorded) -> journal.Entry:
    """An act in another tenant's project, as the actor's own journal keeps it."""
    actor = Actor(
        user_id=entry.actor_id,
        name=entry.actor_name,
        tenant_id=tenant_id,
        organisation_id=entry.organisation_id,
        organisation=entry.organisation,
        acting_for=entry.acting_for,
        channel=Channel(entry.channel),
    )
    named = {key: entry.detail[key] for key in ("code", "title", "role", "stage", "outcome") if entry.detail.get(key)}
    detail = named | {"owner": owner.code, "act": entry.kind, "entry": entry.id, "hash": entry.hash}
    return journal.Entry(kind="referral:acted", actor=actor, on=entry.on, subject=f"tenant:{owner.code}", detail=detail)


async def enter(uow: UnitOfWork, actor: Actor, owner: Tenant | None, code: str) -> Actor:
    """The actor as he may work on another tenant's project: that case alone, in the roles that wait for him there.

    Who only competes for it has his entry of it alone, like any outside party, and before he enters none.
    Runs in the actor's own tenant. Raises: ProjectMissing, whether it does not exist or was never referred to him.
    """
    _, number = split_code(code)
    rows = await referrals.roles_referred(uow, owner.id, number) if owner is not None and owner.is_open else []
    mine = [row for row in rows if row["role"] in actor.roles]
    if not mine or actor.is_outside:
        raise ProjectMissing(code)
    still = frozenset(row["role"] for row in mine if row["is_open"])
    entry = mine[0]["ref"] if all(row["competes"] for row in mine) else None
    return msgspec.structs.replace(actor, roles=still, case_id=mine[0]["project_id"], entry=entry)


async def list_referred(
    uow: UnitOfWork, actor: Actor, *, closed: bool = False, after: str = "", limit: int = 50
) -> tuple[tuple[Referred, ...], str]:
    """Other tenants' projects that wait for one's roles, and with `closed` those that did, the latest first.

    Raises: NotAllowed, Invalid for a wrong page.
    """
    require(actor, PROJECTS_READ)
    if not 1 <= limit <= PAGE:
        raise Invalid("列表参数有误", details=(Problem(field="limit", message=f"每页条数应为 1 至 {PAGE}"),))
    rows = await referrals.page_of_referred(
        uow, sorted(actor.roles), closed=closed, after=_read_cursor(after), limit=limit + 1
    )
    shown = [dict(row) for row in rows[:limit]]
    following = _cursor(shown[-1]) if len(rows) > limit else ""
    found = tuple(Referred(project=f"{row['owner']}:{row.pop('code')}", **row) for row in shown)
    return found, following


def _cursor(row: dict[str, Any]) -> str:
    place = (row["opened_on"].isoformat(), row["owner"], row["code"], row["stage"], row["ref"], row["role"])
    return "~".join(place)


def _read_cursor(after: str) -> tuple[date | str | None, ...]:
    if not after:
        return (None,) * 6
    parts = after.split("~")
    try:
        opened_on = date.fromisoformat(parts[0])
    except ValueError:
        parts = []
    if len(parts) != 6:
        raise Invalid("翻页标记无效", details=(Problem(field="after", message="翻页标记无效"),))
    return (opened_on, *parts[1:])
