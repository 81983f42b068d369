"""Writing the next version of a case (落库): state, lists and receipt at once, be it an act, a move or a job."""

from typing import Any

from core.kernel.database import UnitOfWork
from core.policy.cases.case import Case
from core.projects import Project
from core.stages import receipts, repository
from core.stages.model import StaleVersion
from core.stages.projecting import Bodies, changes
from core.stages.venue import Venue


async def store(
    uow: UnitOfWork,
    venue: Venue,
    project: Project,
    before: Case,
    after: Case,
    *,
    receipt: dict[str, Any],
    role: str = "",
) -> int:
    """Write the version that follows the project's; the answer is its number.

    Raises: StaleVersion when somebody was faster.
    """
    bodies = Bodies(unit_id=project.unit_id, subordinate_id=project.subordinate_id, tree=venue.tree)
    row = repository.Writing(
        project_id=project.id,
        version=project.version + 1,
        state=after.state,
        changed=changes(before, after, bodies, role=role),
        receipt=receipt,
    )
    if not await repository.write(uow, row):
        raise await stale(uow, project, project.version)
    return row.version


async def stale(uow: UnitOfWork, project: Project, expected: int) -> StaleVersion:
    """The refusal of somebody who came second, telling who did what when."""
    last = await receipts.last_entry(uow, project.id)
    told = f"{last['person'] or '系统'}已于 {last['recorded_at']:%Y-%m-%d %H:%M} 办理。" if last is not None else ""
    return StaleVersion(expected, project.version, told)
