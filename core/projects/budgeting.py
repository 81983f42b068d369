"""Budget lines (概算分项): what a figure of the ladder consists of, adding up to it exactly."""

from collections.abc import Sequence
from datetime import date

import msgspec

from core.journal import Entry, append
from core.kernel.database import UnitOfWork
from core.kernel.errors import Invalid, Problem
from core.kernel.money import format_yuan
from core.kernel.tenancy import Actor
from core.people import NotAllowed, require
from core.people.permissions import PROJECTS_ACT
from core.projects import repository
from core.projects.model import Project

CATEGORIES = {
    "main_works": "工程建设主体",
    "software": "软件开发",
    "hardware": "硬件设备",
    "operation": "业务运营",
    "maintenance": "运行维护",
    "supporting": "配套服务",
    "other": "其他",
}


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what it is for, its category (see CATEGORIES), its amount in fen."""

    title: str
    category: str
    amount_fen: int


class BudgetRow(BudgetLine, frozen=True, kw_only=True):
    """A line as stored: under which figure, and at which place."""

    basis: str
    line: int


class BudgetMismatch(Invalid):
    """Lines that do not add up to the figure they stand under, or are wrong in themselves; all of them at once."""


async def set_budget(
    uow: UnitOfWork, project: Project, *, actor: Actor, on: date, basis: str, lines: Sequence[BudgetLine]
) -> None:
    """Put lines under a figure of the ladder; for the unit whose project it is.

    Raises: NotAllowed; BudgetMismatch naming every wrong line, and the difference when they do not add up.
    """
    if not actor.is_system:
        require(actor, PROJECTS_ACT)
        if actor.organisation_id is None or actor.organisation_id not in (project.unit_id, project.subordinate_id):
            raise NotAllowed("概算分项由项目单位填写", permission=PROJECTS_ACT)
    problems = [
        Problem(field=f"lines.{i}.category", message=f"类别只能是：{'、'.join(CATEGORIES.values())}")
        for i, line in enumerate(lines)
        if line.category not in CATEGORIES
    ]
    problems += [
        Problem(field=f"lines.{i}", message="名称不能为空，金额不能为负")
        for i, line in enumerate(lines)
        if not line.title.strip() or line.amount_fen < 0
    ]
    total = project.state.facts.get(basis)
    found = sum(line.amount_fen for line in lines)
    if total is None:
        problems.append(Problem(field="basis", message="该口径的金额尚未确定，不能填写分项"))
    elif found != total:
        message = f"分项合计 {format_yuan(found)} 元，与总额 {format_yuan(total)} 元不一致"
        problems.append(Problem(field="lines", message=message))
    if problems:
        raise BudgetMismatch("概算分项有误", details=tuple(problems))
    await repository.replace_budget(uow, project.id, basis, [(b.title, b.category, b.amount_fen) for b in lines])
    entry = Entry(
        kind="project:budget_set", actor=actor, on=on, detail={"code": project.code, "basis": basis, "lines": lines}
    )
    await append(uow, chain=project.id, entries=[entry])


async def list_budget(uow: UnitOfWork, project: Project) -> tuple[BudgetRow, ...]:
    """The lines under every figure of a project, in their order."""
    return tuple(msgspec.convert(row, BudgetRow) for row in await repository.list_budget(uow, project.id))
