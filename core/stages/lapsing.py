"""Writing down what has lapsed by its date (到期登记): rights are lost on their day, this records it and tells.

Nothing waits for this job: every act lets lapse what is due before it is judged. It is right when it runs twice, or not
at all for a week; a project where nothing is left to write down is refused and passed over.
"""

from datetime import date
from typing import Any
from uuid import UUID

from core.kernel.database import Database, UnitOfWork
from core.kernel.tenancy import Tenant, system_actor
from core.policy.rulebooks.registry import RulesMissing
from core.stages.acting import act
from core.stages.model import ActRefused, ActRequest
from core.stages.venues import Venues

_AT_A_TIME = 200


async def let_lapse(database: Database, venues: Venues, tenant: Tenant, *, today: date) -> int:
    """Write down in a tenant's running projects what has run out before today; returns how many have changed."""
    lapsed, after = 0, UUID(int=0)
    while True:
        async with database.unit_of_work(tenant.id, read_only=True) as uow:
            rows = await uow.fetch(
                """SELECT p.id, p.code, p.jurisdiction, p.edition, array_agg(DISTINCT d.time_limit) AS limits
                FROM project p JOIN deadline d ON d.tenant_id = $1 AND d.project_id = p.id
                WHERE p.tenant_id = $1 AND p.id > $2 AND p.ended_on IS NULL
                    AND d.met_on IS NULL AND NOT d.dropped AND d.due_on < $3
                GROUP BY p.id, p.code, p.jurisdiction, p.edition ORDER BY p.id LIMIT $4""",
                *(tenant.id, after, today, _AT_A_TIME),
            )
        for row in rows:
            if _may_lapse(venues, dict(row)):
                lapsed += await _one(database, venues, tenant, row["code"], today)
        if len(rows) < _AT_A_TIME:
            return lapsed
        after = rows[-1]["id"]


def _may_lapse(venues: Venues, row: dict[str, Any]) -> bool:
    """Whether a limit that has run out changes anything by itself; most only say that somebody is late."""
    try:
        limits = venues.registry.edition_of(row["jurisdiction"], row["edition"], {}).limits
    except RulesMissing:
        return False
    return any(limits[key].lapse is not None for key in row["limits"] if key in limits)


async def _one(database: Database, venues: Venues, tenant: Tenant, code: str, today: date) -> bool:
    async def work(uow: UnitOfWork) -> bool:
        venue = await venues.of(uow, tenant, today)
        try:
            await act(uow, venue, actor=system_actor(tenant.id), code=code, request=ActRequest(act="elapse"))
        except (ActRefused, RulesMissing):
            return False
        return True

    return await database.run(tenant.id, work)
