"""What stands around an entry when somebody is to be told of it: its project, the act behind it, the open tasks."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.journal import Recorded
from core.kernel.codec import decode
from core.kernel.database import UnitOfWork
from core.notices import repository
from core.policy.cases.acts import Act
from core.policy.rulebooks.registry import Registry, RulesMissing
from core.policy.rulebooks.rulebook import Rulebook


class OpenTask(msgspec.Struct, frozen=True, kw_only=True):
    """One task that waits now."""

    stage: str
    ref: str
    opened_seq: int
    role: str
    act: str
    due_on: date | None


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What notices need of a receipt: the act, and why a case ended."""

    act: Act
    end_reason: str = ""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """One project as its notices speak of it; `seats` says of roles that sit in other tenants in which one."""

    id: UUID
    code: str
    title: str
    unit_id: UUID
    subordinate_id: UUID | None
    track: str
    status: str
    tasks: tuple[OpenTask, ...]
    seats: dict[str, UUID]
    proofs: dict[UUID, Proof]
    jurisdiction: str
    edition: str
    options: dict[str, Any]


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with what it is about. Without a project it concerns the tenant itself."""

    entry: Recorded
    about: About | None = None
    rules: Rulebook | None = None

    @property
    def proof(self) -> Proof | None:
        """The receipt of the entry's act, if it has one."""
        named = self.entry.detail.get("receipt")
        return self.about.proofs.get(UUID(named)) if self.about is not None and named else None


async def gather(uow: UnitOfWork, registry: Registry, entries: Iterable[Recorded]) -> tuple[Matter, ...]:
    """Read what a batch of entries is about, in one round trip."""
    some = tuple(entries)
    projects = {entry.project_id for entry in some if entry.project_id is not None}
    receipts = [UUID(entry.detail["receipt"]) for entry in some if entry.detail.get("receipt")]
    rows = await repository.gather(uow, sorted(projects), receipts) if projects else []
    known = {row["id"]: _about(row) for row in rows}
    return tuple(_matter(entry, known, registry) for entry in some)


def _matter(entry: Recorded, known: dict[UUID, About], registry: Registry) -> Matter:
    about = known.get(entry.project_id) if entry.project_id is not None else None
    if about is None:
        return Matter(entry=entry)
    try:
        rules = registry.pinned(about.jurisdiction, about.edition, about.options)
    except RulesMissing:
        return Matter(entry=entry, about=about)
    return Matter(entry=entry, about=about, rules=rules)


def _about(row: Any) -> About:
    fields = dict(row)
    tasks = decode(fields.pop("tasks"), tuple[OpenTask, ...])
    seats = decode(fields.pop("seats"), dict[str, UUID])
    proofs = decode(fields.pop("receipts"), dict[UUID, Proof])
    options = repository.options_of({"options": fields.pop("options")})
    return About(**fields, tasks=tasks, seats=seats, proofs=proofs, options=options)
