"""Preparing what scenarios are given, so that they can be played over HTTP: tenants, people, registers, rounds.

Scenarios of a place with the same surroundings (tenants, round, options, parameters, calendar) share them; each has a
unit of its own there, so that no scenario sees the record of another.
"""

from collections.abc import Sequence
from datetime import date
from itertools import chain, count
from typing import Any

import msgspec

from core.cli.live import acts_below
from core.kernel.clock import FixedClock
from core.kernel.codec import encode
from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.kernel.money import parse_yuan
from core.kernel.services import Services
from core.kernel.tenancy import Tenant, system_actor
from core.people import Function
from core.people.seeding import AccountPlan, OrganisationPlan, People, PeoplePlan, create_people
from core.policy.cases.acts import Counted
from core.policy.cases.context import SharedEntry
from core.policy.cases.state import CaseState
from core.policy.rulebooks.registry import installed
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import SUBORDINATE_UNIT
from core.policy.scenarios import Scenario
from core.policy.scenarios.running import Player
from core.policy.scenarios.tree import OWN
from core.projects import add_system
from core.registers import (
    DayChange,
    Lodging,
    NewFinding,
    NewRenewal,
    NewRound,
    Setting,
    amend_calendar,
    calendar_of,
    choose_option,
    close,
    lift_finding,
    lodge_entry,
    mark_adjusted,
    open_round,
    publish,
    record_finding,
    record_renewal,
    set_parameter,
)
from core.stages.seating import Tree
from core.stages.totalling import carry
from tenants.demo.places import Place
from tenants.demo.planting import open_tree, seen_from
from tenants.demo.world import PASSWORD, fill_libraries, people_plan, units_of

BEFORE = date(2024, 1, 2)


async def prepare(services: Services, scenarios: Sequence[Scenario], *, prefix: str = "scenario") -> list[Place]:
    """Prepare a place for each scenario, in their order."""
    groups: dict[bytes, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        groups.setdefault(_surroundings(scenario), []).append(number)
    places: dict[int, Place] = {}
    for numbers in groups.values():
        code = f"{prefix}-{new_id().hex[-16:]}"
        tree = await _open(services, code, {f"unit{number}": scenarios[number] for number in numbers})
        places |= {number: Place(tree=tree, unit=f"unit{number}") for number in numbers}
    return [places[number] for number in range(len(scenarios))]


def _surroundings(scenario: Scenario) -> bytes:
    shared = {"tenants", "at", "round", "no_round", "options", "parameters", "calendar", "totals", "renewals"}
    given = scenario.given.model_dump(include=shared, mode="json")
    return encode([scenario.place, given, scenario.title if _is_alone(scenario) else ""]).encode()


def _is_alone(scenario: Scenario) -> bool:
    """Whether a scenario must have its tenant to itself.

    It adds to a total of the year, is given what is shared, or asks whether one project meets what another has shared.
    """
    rules = installed().place(scenario.place).rulebook()
    shares = any(register.admits is not None for register in rules.registers.values())
    if scenario.given.shared or (shares and scenario.given.projects):
        return True
    stages = {total.stage for total in rules.totals.values()}
    return bool(stages & {step.do.partition(" ")[2] for step in scenario.steps})


async def _open(services: Services, code: str, units: dict[str, Scenario]) -> Tree:
    """Open the tenants of a scenario with their offices; the answer is how its own one sees them."""
    first = next(iter(units.values()))
    given = first.given.tenants or (OWN,)
    own = first.given.at or given[-1].name

    async def fill(uow: UnitOfWork, tenant: Tenant) -> None:
        await _fill(uow, tenant, units if tenant.name == own else {}, first)

    tree = await open_tree(services, first.place, given, lambda one: f"{code}-{given.index(one)}", fill)
    return seen_from(tree, own)


async def _fill(uow: UnitOfWork, tenant: Tenant, units: dict[str, Scenario], first: Scenario) -> None:
    """People, experts and settings of one tenant, and what its units have on record."""
    rules = installed().place(first.place).rulebook()
    known = [name for _, name in units_of(tenant)]
    names = chain(known, (f"第{number}项目单位" for number in count(len(known) + 1)))
    plan = people_plan(rules, list(zip(units, names, strict=False)))
    below = [unit for unit, scenario in units.items() if acts_below(scenario)]
    people = await create_people(uow, _with_subordinates(_of_kinds(plan, units), below), clock=FixedClock(BEFORE))
    await fill_libraries(uow, rules, system_actor(tenant.id, name="情景"))
    await _settle(uow, first)
    for unit, scenario in units.items():
        await _lodge(uow, people, unit, scenario)
        await _remember(uow, people, unit, scenario)
        await _publish(uow, rules, unit, scenario)


def _of_kinds(plan: PeoplePlan, units: dict[str, Scenario]) -> PeoplePlan:
    """The plan with each unit of the kind its scenario gives it."""
    kinds = {unit: s.given.unit.kind for unit, s in units.items() if s.given.unit is not None}
    bodies = tuple(msgspec.structs.replace(b, kind=kinds.get(b.code, b.kind)) for b in plan.organisations)
    return msgspec.structs.replace(plan, organisations=bodies)


async def _publish(uow: UnitOfWork, rules: Rulebook, unit: str, scenario: Scenario) -> None:
    """What is published for all below: the unit is called there as it is called here."""
    own = scenario.given.unit.key if scenario.given.unit is not None else ""

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: said(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [said(inner) for inner in value]
        return unit if own and value == own else value

    entries = [
        SharedEntry(
            register=one.listed_in,
            key=one.key,
            title=one.title,
            on=one.on,
            place=rules.place,
            content=said(one.content),
        )
        for one in scenario.given.shared
    ]
    await publish(uow, rules, uow.require_tenant(), entries)
    for one in scenario.given.shared:
        if one.closed_on is not None:
            await close(uow, uow.require_tenant(), one.listed_in, one.key, one.closed_on)


def _with_subordinates(plan: PeoplePlan, units: Sequence[str]) -> PeoplePlan:
    """The plan with a subordinate body, and its officer, under each of the units."""
    roles = (SUBORDINATE_UNIT,)
    bodies = [
        OrganisationPlan(code=f"{unit}_below", name=f"{unit} 下属单位", parent=unit, roles=roles) for unit in units
    ]
    people = [
        AccountPlan(
            login=body.code, name=body.name, organisation=body.code, functions=(Function.HEAD,), password=PASSWORD
        )
        for body in bodies
    ]
    return msgspec.structs.replace(
        plan, organisations=(*plan.organisations, *bodies), accounts=(*plan.accounts, *people)
    )


async def _settle(uow: UnitOfWork, scenario: Scenario) -> None:
    """Options, parameters, calendar and round, as the scenario gives them."""
    given, actor = scenario.given, system_actor(uow.require_tenant(), name="情景")
    place = installed().place(scenario.place)
    rules = place.rulebook()
    for key, value in given.options.items():
        setting = Setting(key=key, value=value, reason="情景", from_on=BEFORE)
        await choose_option(uow, rules, actor, setting=setting, on=BEFORE)
    for key, value in given.parameters.items():
        setting = Setting(key=key, value=value, reason="情景", from_on=BEFORE)
        await set_parameter(uow, rules, actor, setting=setting, on=BEFORE)
    for renewal in given.renewals:
        await record_renewal(uow, rules, actor, new=NewRenewal(**renewal.model_dump()), on=BEFORE)
    if given.calendar:
        changes = [DayChange(on=day.on, works=day.works, reason=day.reason or "情景") for day in given.calendar]
        await amend_calendar(uow, actor, changes=changes, source="情景", on=BEFORE)
    for key, years in given.totals.items():
        for year, amount in years.items():
            await carry(uow, Counted(total=key, year=year, amount_fen=parse_yuan(amount)))
    if given.round is not None and not given.no_round:
        opened = NewRound(plan_year=given.round.plan_year, issued_on=given.round.issued_on, title="情景")
        calendar = await calendar_of(uow)
        await open_round(uow, place.rulebook(given.options), actor, calendar=calendar, new=opened, on=opened.issued_on)


async def _lodge(uow: UnitOfWork, people: People, unit: str, scenario: Scenario) -> None:
    """What the unit has on record: register entries, findings, systems."""
    rules = installed().place(scenario.place).rulebook()
    actor, body = system_actor(uow.require_tenant(), name="情景"), people.organisations[unit].id
    for key, entry in (scenario.given.unit.registers if scenario.given.unit else {}).items():
        content = entry.content or {"note": "已登记"}
        await lodge_entry(uow, rules, actor, Lodging(register=key, organisation_id=body, on=entry.on, content=content))
        if entry.adjusted_on is not None:
            await mark_adjusted(uow, rules, actor, register=key, organisation_id=body, on=entry.adjusted_on)
    for finding in scenario.given.unit.findings if scenario.given.unit else ():
        reason = finding.reason or "情景"
        new = NewFinding(organisation_id=body, kind=finding.kind, reason=reason, on=finding.on)
        recorded = await record_finding(uow, rules, actor, new)
        if finding.lifted_on is not None:
            await lift_finding(uow, rules, actor, finding_id=recorded.id, reason=reason, on=finding.lifted_on)
    for candidate in scenario.given.candidates:
        await add_system(uow, organisation_id=body, name=candidate.title, state="running", on=BEFORE)


async def _remember(uow: UnitOfWork, people: People, unit: str, scenario: Scenario) -> None:
    """The unit's other projects, as their standing shows them: nobody can do last year's acts today.

    Rows without a course of their own: the unit's later projects read their standing and nothing else.
    """
    place = installed().place(scenario.place)
    rules = place.rulebook()
    for number, standing in enumerate(Player(scenario, rules).fixed):
        state = CaseState(id=standing.id, code=standing.code, title=standing.title, created_on=standing.created_on)
        await uow.execute(
            """INSERT INTO project (tenant_id, id, code, kind, title, unit_id, jurisdiction, edition, rulebook,
                options, plan_year, track, status, open_stages, holders, created_on, version, document, standing,
                source)
            VALUES ($1, $2, $3, 'project', $4, $5, $6, $7, $8, '{}', $9, '', $10, $11, '{}', $12, 1, $13, $14,
                '情景')""",
            *(uow.require_tenant(), new_id(), f"{unit}-{number}", standing.title, people.organisations[unit].id),
            *(rules.place, rules.edition, rules.digest, standing.plan_year),
            *(standing.end.kind if standing.end is not None else "running", list(standing.open)),
            *(standing.created_on, encode(state), encode(standing)),
        )
