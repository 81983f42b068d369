"""A tenant made for playing, and who acts there: accounts are called after their unit or role, with one password."""

from collections.abc import Callable

import httpx
import msgspec

from core.cli.live import Officer
from core.policy.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from tenants.demo.world import PASSWORD


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a scenario or a journey is played: the tenant, and the unit whose project it is."""

    tenant: str
    unit: str

    def officers(self, client: httpx.Client, known: dict[tuple[str, str], Officer]) -> Callable[[str], Officer]:
        """Whoever acts in a role here, signed in once."""

        def officer(role: str) -> Officer:
            login = {PROJECT_UNIT: self.unit, SUBORDINATE_UNIT: f"{self.unit}_below"}.get(role, role)
            if (self.tenant, login) not in known:
                known[self.tenant, login] = Officer(client, tenant=self.tenant, login=login, password=PASSWORD)
            return known[self.tenant, login]

        return officer
