"""What is written into the journal, what is read from it, and what a check of it finds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.kernel.tenancy import Actor

# The chain of what belongs to no project: sign-ins, settings, people.
TENANT_CHAIN = UUID(int=0)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, as the service that did it tells it.

    `on` is the legal day of the act; the instant of writing is added by the journal. `subject` names the object if it
    is not the project itself (`document:<id>`). `before` and `after` hold the fields that changed, and only those.
    """

    kind: str
    actor: Actor
    on: date
    detail: Mapping[str, Any] = {}
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    subject: str = ""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the journal, as timelines and consumers read it."""

    id: UUID
    chain_id: UUID
    seq: int
    kind: str
    subject: str
    on: date
    recorded_at: datetime
    actor_id: UUID
    actor_name: str
    organisation_id: UUID | None
    organisation: str
    acting_tenant_id: UUID
    acting_for: UUID | None
    channel: str
    detail: dict[str, Any]
    hash: str

    @property
    def project_id(self) -> UUID | None:
        return None if self.chain_id == TENANT_CHAIN else self.chain_id


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the journal does not agree with itself or with a root kept elsewhere."""

    chain_id: UUID
    seq: int
    problem: str


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of chains found. Without flaws: nothing was changed since the roots it was held against."""

    chains: int
    entries: int
    flaws: tuple[Flaw, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.flaws


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """One day's seal over a tenant's chain heads; to be kept where this database's administrators cannot write."""

    day_on: date
    made_at: datetime
    chains: int
    previous: bytes
    root: bytes
    heads: bytes
