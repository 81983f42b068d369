"""Who is served and who acts: tenants (租户), actors (操作人), and how a tenant is found.

Core names the shapes; the `tenants` floor owns the table and implements the directory.
"""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

import msgspec


class Level(StrEnum):
    """Where a tenant stands in the tree of government (行政层级)."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"


class TenantStatus(StrEnum):
    """Whether a tenant is served. A suspended one can be read by its administrators; a closed one by nobody."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class EditionPolicy(StrEnum):
    """What happens to new projects when the jurisdiction publishes a new edition of its rules."""

    FOLLOW = "follow"
    HOLD = "hold"


class Tenant(msgspec.Struct, frozen=True, kw_only=True):
    """One place that lives by a regulation.

    Not a jurisdiction: two counties may be tenants under one city's regulation. `version` grows with every
    change of the row; `options_version` only with a change of the interpretations the tenant has chosen. One that
    only takes part (只参与办理) has bodies acting in others' projects under others' rulebooks, and none of its own.
    """

    id: UUID
    code: str
    name: str
    level: Level
    parent_id: UUID | None = None
    jurisdiction: str
    edition: str | None = None
    edition_policy: EditionPolicy = EditionPolicy.FOLLOW
    status: TenantStatus = TenantStatus.OPEN
    host: str | None = None
    takes_part: bool = False
    options_version: int = 0
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.status is TenantStatus.OPEN


class Channel(StrEnum):
    """Which door an act came through; the journal keeps it."""

    WEB = "web"
    API = "api"
    WORKER = "worker"
    CLI = "cli"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, or the system itself, at the moment of acting; a snapshot that rights are checked against.

    `tenant_id` is where the person belongs, which under a referral is not the tenant of the unit of work.
    `acting_for` is the person whose powers are used under a delegation (代办), None when they are one's own.
    `admin` names one of the three separated administrations (三员分立): system, security or audit.
    `case_id` is the only case the actor may touch: the one a referral leads to, or an outside party's. `entry` is set
    for outside parties alone (外部主体): the one entry of that case that is theirs, empty where the case has none.
    """

    user_id: UUID
    name: str
    tenant_id: UUID
    organisation_id: UUID | None = None
    organisation: str = ""
    roles: frozenset[str] = frozenset()
    admin: str | None = None
    scopes: frozenset[str] = frozenset()
    acting_for: UUID | None = None
    case_id: UUID | None = None
    entry: str | None = None
    channel: str = Channel.WEB

    @property
    def is_system(self) -> bool:
        return self.user_id == SYSTEM_USER

    @property
    def is_outside(self) -> bool:
        """Whether this is an outside party (外部主体)."""
        return self.entry is not None


SYSTEM_USER = UUID(int=1)


def system_actor(tenant_id: UUID, *, channel: str = Channel.WORKER, name: str = "系统") -> Actor:
    """The service acting by itself: a deadline that passed, a relay, an import by command."""
    return Actor(user_id=SYSTEM_USER, name=name, tenant_id=tenant_id, channel=channel)


class TenantDirectory(Protocol):
    """Finds tenants. Answers come from memory; an unknown tenant is None, and the caller says so in its own way."""

    async def by_id(self, tenant_id: UUID) -> Tenant | None: ...

    async def by_code(self, code: str) -> Tenant | None: ...

    async def by_host(self, host: str) -> Tenant | None: ...

    async def children(self, tenant_id: UUID) -> tuple[Tenant, ...]: ...

    async def ancestors(self, tenant_id: UUID) -> tuple[Tenant, ...]:
        """From the parent up to the root."""
        ...

    async def all(self) -> tuple[Tenant, ...]: ...
