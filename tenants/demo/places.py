"""Tenants made for playing, and who acts there: accounts are called after their unit or role, with one password."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import httpx

from core.cli.officers import Officer
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.stages.seating import Tree
from tenants.demo.world import PARTYS_PASSWORD, PASSWORD
from tenants.relaying import Messenger


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a scenario or a journey is played: the tenants, and the unit whose project it is."""

    tree: Tree
    unit: str


@dataclass(slots=True, kw_only=True)
class Company:
    """Everybody who may act on these servers; whoever has signed in stays signed in.

    Without a messenger nothing reaches other tenants but by the worker of the installation.
    """

    client: httpx.Client
    messenger: Messenger | None
    known: dict[tuple[str, str], Officer]

    def at(self, place: Place) -> "PlayedBy":
        """The cast of one play."""
        return PlayedBy(self, place)

    def officer(self, tenant: str, login: str) -> Officer:
        """Somebody of a tenant, signed in once."""
        if (tenant, login) not in self.known:
            self.known[tenant, login] = Officer(self.client, tenant=tenant, login=login, password=PASSWORD)
        return self.known[tenant, login]


class PlayedBy:
    """Who acts in one play (see `core.cli.officers.Cast`)."""

    def __init__(self, company: Company, place: Place) -> None:
        self._company, self._place = company, place

    @property
    def tree(self) -> Tree:
        return self._place.tree

    def officer(self, role: str, tenant: UUID | None = None) -> Officer:
        unit = self._place.unit
        own = {PROJECT_UNIT: unit, SUBORDINATE_UNIT: f"{unit}_below"}
        if tenant is None:
            return self._company.officer(self.tree.here.code, own.get(role, role))
        return self._company.officer(self.tree.tenants[tenant].code, role)

    def outside(self, roles: Collection[str], entry: str, project: str, day: date) -> Officer:
        here = self.tree.here.code
        login = "-".join((entry or min(roles), project)).lower()
        if (here, login) not in self._company.known:
            self._company.known[here, login] = self._let_in(login, entry, roles, project, day)
        return self._company.known[here, login]

    def _let_in(self, login: str, entry: str, roles: Collection[str], project: str, day: date) -> Officer:
        """An account for an outside party: proposed, confirmed, and its password changed at the first sign-in."""
        rows = self.officer(PROJECT_UNIT).ask("GET", "/projects", day, params={"q": project})["rows"]
        wanted = {
            "login": login,
            "name": f"外部单位 {entry}".strip(),
            "kind": "outside",
            "bound_case_id": rows[0]["id"],
            "bound_roles": sorted(roles),
            "bound_entry": entry,
        }
        here = self.tree.here.code
        proposed = self._company.officer(here, "system_admin").ask("POST", "/accounts", day, json=wanted)
        confirming = self._company.officer(here, "security_admin")
        initial = confirming.ask("POST", f"/accounts/{proposed['id']}/activation", day, json={})["initial_password"]
        party = Officer(self._company.client, tenant=here, login=login, password=initial)
        party.entry = entry
        party.change_password(day, present=initial, wanted=PARTYS_PASSWORD)
        return party

    def relay(self) -> None:
        kin = self.tree.kin()
        if self._company.messenger is not None and len(kin) > 1:
            self._company.messenger.carry(kin)
