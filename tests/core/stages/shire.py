"""A shire under the village's regulation: county, city and province, each with its own bureau and water office.

The bureau sits at the rulebook's home (the city), the water office above it (the province, which only takes part).
"""

from pathlib import Path

from core.journal import outbox
from core.kernel.clock import FixedClock
from core.kernel.database import Database
from core.kernel.services import Services
from core.kernel.settings import Settings
from core.kernel.tenancy import Actor, Level, Tenant
from core.people.seeding import OrganisationPlan, PeoplePlan
from core.policy.hookspecs import hookimpl
from core.policy.rulebooks.registry import Registry
from core.policy.rules.actors import PROJECT_UNIT, Role, Seat
from core.stages import Venues, desk, list_referred
from core.stages.referring import enter
from core.worker.jobs import CONSUMERS, Toolbox
from tenants.directory import Directory
from tests.core.stages.conftest import DAY, PLAN, Village, settle
from tests.core.stages.village import C, _Village


class _Shire(_Village):
    @hookimpl
    def roles(self) -> tuple[Role, ...]:
        return (
            Role(key=PROJECT_UNIT, title="项目单位", seat=Seat.OWN, citation=C),
            Role(key="data_bureau", title="市数据局", seat=Seat.HOME, citation=C, reads_all=True),
            Role(key="water_office", title="省水利厅", seat=Seat.PARENT, citation=C),
        )


REGISTRY = Registry({"shire": _Shire()})
OFFICES = PeoplePlan(
    organisations=(
        OrganisationPlan(code="bureau", name="数据局", kind="office", roles=("data_bureau",)),
        OrganisationPlan(code="water", name="水利厅", kind="office", roles=("water_office",)),
    )
)


async def deliver(toolbox: Toolbox, *tenants: Tenant) -> None:
    """Let what has happened in these tenants reach every consumer."""
    for tenant in tenants:
        async with toolbox.database.unit_of_work(tenant.id) as uow:
            await outbox.fan_out(uow, CONSUMERS)
        for consumer in CONSUMERS:
            await toolbox.consume(tenant, consumer)


class Shire:
    """Three tenants, their people, and the relay that carries between them when told to."""

    def __init__(self, database: Database, toolbox: Toolbox, places: dict[str, Village]) -> None:
        self.database, self.toolbox, self.places = database, toolbox, places

    def __getitem__(self, level: str) -> Village:
        return self.places[level]

    def officer(self, level: str, code: str, role: str) -> Actor:
        return self.places[level].officer(code, role)

    async def relay(self) -> None:
        """Let everything that is due reach everybody."""
        for _ in range(3):
            await deliver(self.toolbox, *(village.tenant for village in self.places.values()))

    async def desk_of(self, level: str, actor: Actor) -> list[tuple[str, str, str]]:
        village = self.places[level]
        async with self.database.unit_of_work(village.tenant.id) as uow:
            venue = await village.venues.of(uow, village.tenant, DAY)
            rows, _ = await desk(uow, venue, actor)
        return [(row.code, row.stage, row.act) for row in rows]

    async def referred(self, level: str, actor: Actor, *, closed: bool = True) -> list[tuple[str, str, bool]]:
        async with self.database.unit_of_work(self.places[level].tenant.id) as uow:
            rows, _ = await list_referred(uow, actor, closed=closed)
        return [(row.project, row.stage, row.closed_on is not None) for row in rows]

    async def entering(self, level: str, actor: Actor, code: str, *, owner: str = "county") -> Actor:
        """The actor as he may work on the county's project. Raises: ProjectMissing."""
        tenant = self.places[owner].tenant
        async with self.database.unit_of_work(self.places[level].tenant.id) as uow:
            return await enter(uow, actor, tenant, f"{tenant.code}:{code}")


async def build_shire(database: Database, folder: Path) -> Shire:
    services = Services(
        settings=Settings(environment="test", storage_url=folder.as_uri()),
        database=database,
        directory=Directory(database, check_seconds=0),
        clock=FixedClock(DAY),
    )
    above: str | None = None
    venues = Venues(REGISTRY, services.directory)
    places: dict[str, Village] = {}
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
        places[level.value] = village = await settle(
            database,
            venues,
            plan=PLAN if level is Level.COUNTY else OFFICES,
            jurisdiction="shire",
            level=level,
            parent_code=above,
            takes_part=level is Level.PROVINCE,
        )
        above = village.tenant.code
    return Shire(database, Toolbox(services, registry=REGISTRY), places)
