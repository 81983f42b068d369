"""Making the demo world: the tenants of every installed place that ships journeys, an officer for every role."""

import re
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
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT, Role, Seat
from core.policy.scenarios import Scenario
from core.policy.scenarios.tree import OWN, TenantGiven
from core.registers import Lodging, NewRound, lodge_entry, open_round
from core.registers.experts import NewExpert, add_expert
from core.stages import ActRefused, NewProject, Venues, begin
from core.stages.seating import Tree, usual_seat
from tenants.demo.planting import open_tree, seen_from
from tenants.demo.shown import journeys_of, places_shown

PASSWORD = "Demo-2026-Lixiang"  # noqa: S105 - a demonstration's password, refused nowhere else
PARTYS_PASSWORD = "Party-2026-Lixiang"  # noqa: S105 - likewise
UNITS = (
    ("culture", "文化广电旅游体育局"),
    ("water", "水务局"),
    ("education", "教育局"),
    ("civil_affairs", "民政局"),
)
FOUNDED = date(2025, 1, 6)
ROUND_ISSUED = date(2025, 8, 5)
DEMO_DAY = date(2025, 9, 1)
_PREFIXES = {Level.PROVINCE: "省", Level.CITY: "市", Level.DISTRICT: "区", Level.COUNTY: "县"}
_ADMINISTRATORS = (
    ("系统管理员", AccountKind.SYSTEM),
    ("安全管理员", AccountKind.SECURITY),
    ("审计管理员", AccountKind.AUDIT),
)
WAITING = (
    "“甬城泊车”平台全过程项目管理服务",
    "AI驱动的综合管廊视频智能巡检系统",
    "象山港大桥健康监测系统运维及数据质量提升服务",
)


def people_plan(rules: Rulebook, units: Sequence[tuple[str, str]]) -> PeoplePlan:
    """One office per acting role of the regulation, units by code and name, and the three administrators."""
    offices = [role for role in rules.roles.values() if _has_office(role)]
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
        for name, kind in _ADMINISTRATORS
    ]
    return PeoplePlan(
        organisations=tuple(bodies),
        accounts=tuple(accounts),
        policy=SignInPolicy(factor_for_administrators=False, password_days=0),
    )


def _has_office(role: Role) -> bool:
    """Whether a body of some tenant holds a role; units hold their own, and others stand outside."""
    return role.key not in (PROJECT_UNIT, SUBORDINATE_UNIT) and role.seat is not Seat.EXTERNAL


async def open_world(services: Services, place: str, waiting: Sequence[str] = ()) -> Tree:
    """Open the demo tenants of a place, from the top: people, registers, experts, the yearly round, and projects.

    The tenant of its journeys is called after the place, those above it after their levels.
    """
    rules, scenario = installed().place(place).rulebook(), next(journeys_of(place))
    given = scenario.given.tenants or (_alone(place),)
    own = scenario.given.at or given[-1].name

    async def fill(uow: UnitOfWork, tenant: Tenant) -> None:
        await _fill(uow, rules, tenant, scenario, waiting if tenant.name == own else ())

    def code_of(one: TenantGiven) -> str:
        return place if one.name == own else f"{place}-{one.level}"

    tree = await open_tree(services, place, given, code_of, fill)
    return seen_from(tree, own)


async def _fill(uow: UnitOfWork, rules: Rulebook, tenant: Tenant, scenario: Scenario, waiting: Sequence[str]) -> None:
    """People and experts of one tenant, and, where projects are begun, units with their registers and the round."""
    actor = system_actor(tenant.id, name="演示数据")
    units = () if tenant.takes_part else units_of(tenant)
    people = await create_people(uow, people_plan(rules, units), clock=FixedClock(FOUNDED))
    await fill_libraries(uow, rules, actor)
    if tenant.takes_part:
        return
    await _fill_registers(uow, rules, actor, [people.organisations[unit].id for unit, _ in units])
    if scenario.given.round is not None:
        venue = await Venues(installed()).of(uow, tenant, ROUND_ISSUED)
        new_round = NewRound(plan_year=2026, issued_on=ROUND_ISSUED, title="2026 年度项目申报")
        await open_round(uow, rules, actor, calendar=venue.calendar, new=new_round, on=ROUND_ISSUED)
    venue = await Venues(installed()).of(uow, tenant, DEMO_DAY)
    for title in waiting:
        with suppress(ActRefused):  # Some regulations take no project in by its title alone.
            await begin(uow, venue, actor=actor, request=NewProject(title=title, unit_code=units[0][0]))


def units_of(tenant: Tenant) -> tuple[tuple[str, str], ...]:
    """The units of a demo tenant, by code and name."""
    named = tenant.name[-1:]
    prefix = named if named in _PREFIXES.values() else _PREFIXES[tenant.level]
    return tuple((code, f"{prefix}{name}") for code, name in UNITS)


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
    """Load the demo world where there is none; the answer is a line per tenant with its accounts, by role."""
    lines = [f"演示账号，口令均为 {PASSWORD}  Demo accounts, one password:"]
    for place in places_shown():
        own = await services.directory.by_code(place)
        if own is None:
            tree = await open_world(services, place, WAITING)
        else:
            tree = Tree(own, {tenant.id: tenant for tenant in await services.directory.all()})
        from_the_top = sorted(tree.kin(), key=lambda one: list(Level).index(one.level))
        lines += [_accounts(tree, tenant) for tenant in from_the_top]
    return lines


def _accounts(tree: Tree, tenant: Tenant) -> str:
    """Who may sign in to a demo tenant: units, roles that sit there, administrators, each with its login."""
    rules = installed().place(tree.here.jurisdiction).rulebook()
    shown = [f"{role.title} {role.key}" for role in rules.roles.values() if _sits(tree, rules, role, tenant)]
    units = [] if tenant.takes_part else [f"{name} {code}" for code, name in units_of(tenant)]
    people = "；".join((*units, *shown, *(f"{name} {kind}_admin" for name, kind in _ADMINISTRATORS)))
    return f"{tenant.name}（{tenant.code}）：{people}"


def _sits(tree: Tree, rules: Rulebook, role: Role, tenant: Tenant) -> bool:
    """Whether a role that acts has its usual seat in a tenant, or may sit in any."""
    usual = usual_seat(tree, rules, role) or tree.here.id
    anywhere = role.seat not in (Seat.OWN, Seat.HOME, Seat.PARENT)
    return role.acts and _has_office(role) and (anywhere or usual == tenant.id)


def _alone(place: str) -> TenantGiven:
    """The one tenant of a place whose journeys name none: whoever issued its regulation, without the office."""
    issued_by = installed().place(place).answers.regulations[0].issued_by
    found = re.match(".*[省市区县]", issued_by)
    name = found.group() if found is not None else issued_by
    levels = {prefix: level for level, prefix in _PREFIXES.items()}
    return TenantGiven(name=name, level=levels.get(name[-1], OWN.level))
