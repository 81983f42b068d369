"""Projects (项目): one stored case each, the systems they build, their contracts, amounts and budget lines.

The document in a project's row is the truth; lists read the columns beside it. Nothing here moves a project:
that is `core.stages`, which also writes the columns, in one statement with the document.
"""

from core.projects.budgeting import BudgetLine, BudgetMismatch, BudgetRow, list_budget, set_budget
from core.projects.finding import Page, ProjectFilter, count_projects, list_projects, sum_projects
from core.projects.model import Project, ProjectMissing, ProjectRow
from core.projects.service import (
    add_system,
    get_project,
    link_projects,
    list_amounts,
    list_codes,
    list_systems,
    next_code,
    projects_after,
    similar_projects,
)

__all__ = [
    "BudgetLine",
    "BudgetMismatch",
    "BudgetRow",
    "Page",
    "Project",
    "ProjectFilter",
    "ProjectMissing",
    "ProjectRow",
    "add_system",
    "count_projects",
    "get_project",
    "link_projects",
    "list_amounts",
    "list_budget",
    "list_codes",
    "list_projects",
    "list_systems",
    "next_code",
    "projects_after",
    "set_budget",
    "similar_projects",
    "sum_projects",
]
