"""What is done with projects outside their stages: finding one, numbering, links, systems, resemblance."""

from datetime import date
from uuid import UUID

from core.kernel.database import UnitOfWork
from core.kernel.identity import new_id
from core.projects import repository
from core.projects.model import AmountEntry, ApplicationSystem, Project, ProjectMissing, Similar

_COMPARED = 200
_ALIKE_PERCENT = 60


async def get_project(uow: UnitOfWork, code: str, *, lock: bool = False) -> Project:
    """The project of that code.

    Raises: ProjectMissing, also for another tenant's project.
    """
    project = await repository.find_project(uow, code, lock=lock)
    if project is None:
        raise ProjectMissing(code)
    return project


async def list_codes(uow: UnitOfWork) -> tuple[str, ...]:
    """Every project of the tenant, the oldest first."""
    return await repository.all_codes(uow)


async def projects_after(uow: UnitOfWork, after: UUID, *, limit: int) -> tuple[Project, ...]:
    """Whole projects in the order of their registration, beyond one: for going through all of them in stretches."""
    return await repository.list_after(uow, after, limit)


async def next_code(uow: UnitOfWork, prefix: str, plan_year: int) -> str:
    """The next free code of a plan year, such as BY-2026-0088."""
    return f"{prefix}-{plan_year}-{await repository.take_number(uow, plan_year):04d}"


async def link_projects(uow: UnitOfWork, project_id: UUID, *, kind: str, linked_code: str) -> None:
    """Say what a project follows on: predecessor, previous period, re-application.

    Raises: ProjectMissing when there is no such project here.
    """
    if not await repository.insert_link(uow, project_id, kind, linked_code):
        raise ProjectMissing(linked_code)


async def list_amounts(uow: UnitOfWork, project_id: UUID) -> tuple[AmountEntry, ...]:
    """Every figure of a project's ladder as it was fixed, oldest first."""
    return await repository.list_amounts(uow, project_id)


async def add_system(uow: UnitOfWork, *, organisation_id: UUID, name: str, state: str, on: date) -> ApplicationSystem:
    """Enter an application system of a unit."""
    system = ApplicationSystem(id=new_id(), organisation_id=organisation_id, name=name, state=state, since_on=on)
    await repository.insert_system(uow, system)
    return system


async def list_systems(uow: UnitOfWork, organisation_id: UUID | None = None) -> tuple[ApplicationSystem, ...]:
    """A unit's systems, or all of the tenant."""
    return await repository.list_systems(uow, organisation_id)


async def similar_projects(uow: UnitOfWork, unit_id: UUID, title: str, *, besides: UUID | None) -> tuple[Similar, ...]:
    """What the unit already has under a similar name; a hint for people, never a verdict."""
    grams = _pairs(title)
    found = []
    for row in await repository.titles_of(uow, unit_id, _COMPARED):
        overlap = _overlap(grams, _pairs(row["title"]))
        if row["id"] != besides and overlap >= _ALIKE_PERCENT:
            found.append(
                Similar(id=row["id"], title=row["title"], owner=row["owner"], overlap=overlap, source=row["source"])
            )
    return tuple(sorted(found, key=lambda s: -s.overlap))


def _pairs(title: str) -> frozenset[str]:
    text = "".join(title.split())
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _overlap(left: frozenset[str], right: frozenset[str]) -> int:
    union = len(left | right)
    return len(left & right) * 100 // union if union else 0
