"""Making the demo world: one tenant per installed place that ships a demonstration, with an officer for every role."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from core.kernel.clock import FixedClock
from core.kernel.database import UnitOfWork
from core.kernel.services import Services
from core.kernel.tenancy import Actor, Level, Tenant, system_actor
from core.people import AccountKind, Function
from core.people.access import SignInPolicy
from core.people.seeding import AccountPlan, OrganisationPlan, PeoplePlan, create_people
from core.policy.actors import PROJECT_UNIT, SUBORDINATE_UNIT, Seat
from core.policy.registry import installed
from core.policy.rulebook import Rulebook
from core.registers import Lodging, NewRound, lodge_entry, open_round
from core.registers.experts import NewExpert, add_expert
from core.stages import ActRefused, NewProject, Venues, begin
from tenants.provisioning import opening_tenant

PASSWORD = "Demo-2026-Lixiang"  # noqa: S105 - a demonstration's password, refused nowhere else
PARTYS_PASSWORD = "Party-2026-Lixiang"  # noqa: S105 - likewise
UNITS = (
    ("culture", "区文化广电旅游体育局"),
    ("water", "区水务局"),
    ("education", "区教育局"),
    ("town", "太和镇人民政府"),
)
FOUNDED = date(2025, 1, 6)
ROUND_ISSUED = date(2025, 8, 5)
DEMO_DAY = date(2025, 9, 1)
SHOWN = ("culture", "data_bureau", "government", "system_admin")
WAITING = (
    "“甬城泊车”平台全过程项目管理服务",
    "AI驱动的综合管廊视频智能巡检系统",
    "象山港大桥健康监测系统运维及数据质量提升服务",
)


def people_plan(rules: Rulebook, units: Sequence[tuple[str, str]] = UNITS) -> PeoplePlan:
    """One office per acting role of the regulation, units by code and name, and the three administrators."""
    units_own = (PROJECT_UNIT, SUBORDINATE_UNIT)
    offices = [r for r in rules.roles.values() if r.key not in units_own and r.seat is not Seat.EXTERNAL]
    bodies = [OrganisationPlan(code=r.key, name=r.title, kind="office", roles=(r.key,)) for r in offices]
    bodies += [OrganisationPlan(code=code, name=name, roles=(PROJECT_UNIT,)) for code, name in units]
    accounts = [
        AccountPlan(
            login=body.code,
            name=f"{body.name}经办人",
            organisation=body.code,
            functions=(Function.HEAD,),
            password=PASSWORD,
        )
        for body in bodies
    ]
    accounts += [
        AccountPlan(login=f"{kind.value}_admin", name=name, kind=kind, password=PASSWORD)
        for kind, name in (
            (AccountKind.SYSTEM, "系统管理员"),
            (AccountKind.SECURITY, "安全管理员"),
            (AccountKind.AUDIT, "审计管理员"),
        )
    ]
    return PeoplePlan(
        organisations=tuple(bodies),
        accounts=tuple(accounts),
        policy=SignInPolicy(factor_for_administrators=False, password_days=0),
    )


async def open_world(services: Services, place: str, code: str, waiting: Sequence[str] = ()) -> Tenant:
    """Open a demo tenant of a place: people, registers, experts, the yearly round, and projects that wait to begin."""
    rules = installed().place(place).rulebook()
    opening = opening_tenant(
        services.database, code=code, name=f"{_name_of(place)}（演示）", level=Level.DISTRICT, jurisdiction=place
    )
    async with opening as (uow, tenant):
        actor = system_actor(tenant.id, name="演示数据")
        people = await create_people(uow, people_plan(rules), clock=FixedClock(FOUNDED))
        await _fill_registers(uow, rules, actor, [people.organisations[unit].id for unit, _ in UNITS])
        await fill_libraries(uow, rules, actor)
        venue = await Venues(installed()).of(uow, tenant, ROUND_ISSUED)
        new_round = NewRound(plan_year=2026, issued_on=ROUND_ISSUED, title="2026 年度项目申报")
        await open_round(uow, rules, actor, calendar=venue.calendar, new=new_round, on=ROUND_ISSUED)
        venue = await Venues(installed()).of(uow, tenant, DEMO_DAY)
        for title in waiting:
            # A place that wants to know more before it takes a project in has none waiting.
            with suppress(ActRefused):
                await begin(uow, venue, actor=actor, request=NewProject(title=title, unit_code=UNITS[0][0]))
    return tenant


async def _fill_registers(uow: UnitOfWork, rules: Rulebook, actor: Actor, units: Sequence[UUID]) -> None:
    """An entry of every unit in each register that a unit keeps by handing in a paper."""
    for key, register in rules.registers.items():
        if register.per == "unit" and register.paper and not register.derived:
            for unit in units:
                entry = Lodging(register=key, organisation_id=unit, on=FOUNDED, content={"note": "本年度已登记"})
                await lodge_entry(uow, rules, actor, entry)


async def fill_libraries(uow: UnitOfWork, rules: Rulebook, actor: Actor) -> None:
    """Twelve experts of three specialties in every library."""
    for key in (key for key, register in rules.registers.items() if register.library):
        for number in range(1, 13):
            new = NewExpert(
                library=key,
                name=f"专家{number:02d}",
                specialty=("软件", "网络安全", "财务")[number % 3],
                employer=f"某单位{number}",
                source="演示数据，2025-01-06",
                active_from_on=FOUNDED,
            )
            await add_expert(uow, rules, actor, new=new, on=FOUNDED)


async def load_once(services: Services) -> Sequence[str]:
    """Load the demo world where there is none; the answer is a line per account worth knowing."""
    lines: list[str] = []
    for place in installed().places():
        if (installed().place(place).folder / "demo").is_dir():
            if await services.directory.by_code(place) is None:
                await open_world(services, place, place, WAITING)
            lines += [f"{place}: {login} / {PASSWORD}" for login in SHOWN]
    return lines


def _name_of(place: str) -> str:
    """What officials call the place: whoever issued its regulation, without the office."""
    return installed().place(place).answers.regulations[0].issued_by.partition("人民政府")[0]
